import * as l10n from "@vscode/l10n";
import { join } from "node:path";
import type { SessionFile, StateDir } from "../core/conversation/model";
import { versionInTrajectory } from "../core/index/trajectoryVersion";
import { ReadError } from "../core/inspectorPort";
import { openBytes } from "./byteSource";
import type { ScannedRoot } from "./scanStateDir";

/** The record that tells stands second; the first one is short. */
const BEGINNING_BYTES = 64 * 1024;

/** By the newest run trace: for a state directory of which the config does not tell who wrote it. */
export async function versionByTrajectory(roots: Iterable<ScannedRoot>): Promise<StateDir["version"]> {
  let newest: { readonly file: SessionFile; readonly within: string } | undefined;
  for (const { directory, located } of roots) {
    for (const file of directory.files) {
      if (file.name.kind !== "trajectory" || file.problem !== undefined) continue;
      if (newest === undefined || file.mtimeMs > newest.file.mtimeMs) newest = { file, within: located.realPath };
    }
  }
  if (newest === undefined) return undefined;
  const { base } = newest.file.name;
  const version = versionInTrajectory(await beginningOf(join(newest.within, base), newest.within));
  if (version === undefined) return undefined;
  return {
    value: version,
    source: l10n.t("trace.metadata in {0}: the version that began this run trace", base),
    inRunTrace: true,
  };
}

/** Empty when it cannot be read: the file shows its problem where it is listed. */
async function beginningOf(file: string, within: string): Promise<string> {
  try {
    const source = await openBytes(file, { within });
    try {
      return Buffer.from(await source.read(0, BEGINNING_BYTES)).toString("utf8");
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof ReadError) return "";
    throw error;
  }
}
