import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import { MAX_CONFIG_BYTES } from "../core/config/configText";
import type { ConfigFiles } from "../core/config/configIncludes";
import { emptyConfig, readOpenClawConfig, type ConfigReading } from "../core/config/openClawConfig";
import { ReadError } from "../core/inspectorPort";
import type { ConfigCandidate } from "../core/locations/configCandidates";
import { openBytes } from "./byteSource";
import { problemOf } from "./readErrors";
import { realPathOf, type Within } from "./regularFile";

export interface ConfigFileReading extends ConfigReading {
  /** The file that was found, readable or not; undefined when there is none, which is no problem: everything has a default. */
  readonly configPath: string | undefined;
}

export interface ReadConfigOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A config that is a link to elsewhere (dotfiles, Nix) is followed only where the workspace is trusted. */
  readonly trusted: boolean;
}

/** Reads the first config that exists. Never throws for what is on disk; see `OpenClawConfig` for what is kept of it. */
export async function readConfig(
  candidates: readonly ConfigCandidate[],
  { env, trusted }: ReadConfigOptions,
): Promise<ConfigFileReading> {
  for (const { path: file } of candidates) {
    const text = await readText(file, trusted ? await directoriesOf(file) : path.dirname(file));
    if (typeof text === "string") {
      return { configPath: file, ...(await readOpenClawConfig(text, file, { path, env, files: includes })) };
    }
    if (text.code === "vanished") continue;
    const problem = { ...problemOf(text), code: "config.unreadable" as const };
    return { configPath: file, config: emptyConfig, includedFiles: [], problems: [problem] };
  }
  return { configPath: undefined, config: emptyConfig, includedFiles: [], problems: [] };
}

const includes: ConfigFiles = {
  async readInclude(file, directory) {
    const text = await readText(file, directory);
    return typeof text === "string" ? { kind: "text", text } : { kind: "problem", message: text.message };
  },
};

/** The directory of the file and the one it really is in. */
async function directoriesOf(file: string): Promise<readonly string[]> {
  const real = await realPathOf(file).catch(() => file);
  return [path.dirname(file), path.dirname(real)];
}

async function readText(file: string, within: Within): Promise<string | ReadError> {
  try {
    const source = await openBytes(file, { within });
    try {
      if (source.size > MAX_CONFIG_BYTES) {
        return new ReadError(
          "unsupported",
          file,
          l10n.t("{0} is larger than 2 MB; OpenClaw does not read it either.", file),
        );
      }
      return Buffer.from(await source.read(0, MAX_CONFIG_BYTES)).toString("utf8");
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof ReadError) return error;
    throw error;
  }
}
