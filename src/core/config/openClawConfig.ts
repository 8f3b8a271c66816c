import * as l10n from "@vscode/l10n";
import type { PlatformPath } from "node:path";
import type { Sourced } from "../conversation/model";
import { distinctProblems, type Problem } from "../problem";
import { formatNumber } from "../text/formatSize";
import type { ConfigFacts } from "../surroundings/surroundings";
import { shortened } from "../text/shortened";
import { normalizeAgentId } from "./agentId";
import { configFactsOf } from "./configFacts";
import { resolveIncludes, type ConfigFiles } from "./configIncludes";
import { parseConfigText } from "./configText";
import { substituteVariables, variableLookUp } from "./configVariables";
import { isJsonObject } from "./jsonObject";

/**
 * What listing conversations needs of OpenClaw's config: the file holds tokens and keys in clear text, so nothing but this and
 * `ConfigFacts` leaves the function that reads it.
 */
export interface OpenClawConfig {
  readonly agents: readonly ConfiguredAgent[];
  /** `session.store`: a path or a template with `{agentId}`; variables are replaced. */
  readonly sessionStore: string | undefined;
  /** `session.scope`: "global" keeps everything under the one key `global`. */
  readonly sessionScope: string | undefined;
  /** `session.mainKey`: what the main conversation's key ends in instead of `main`. */
  readonly mainKey: string | undefined;
  readonly version: Sourced<string> | undefined;
}

export interface ConfiguredAgent {
  /** As OpenClaw uses it in keys and paths. */
  readonly id: string;
  readonly isDefault: boolean;
}

export interface ConfigReading {
  readonly config: OpenClawConfig;
  /** What the config says about resets, heartbeats and logs; undefined where it could not be read. */
  readonly facts?: ConfigFacts | undefined;
  readonly includedFiles: readonly string[];
  readonly problems: readonly Problem[];
}

export interface ConfigSurroundings {
  readonly path: PlatformPath;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: ConfigFiles;
}

/** The config of an install that has no config file. */
export const emptyConfig: OpenClawConfig = {
  agents: [],
  sessionStore: undefined,
  sessionScope: undefined,
  mainKey: undefined,
  version: undefined,
};

/** Reads the config text of `file`. Never throws; what cannot be understood is a problem, and the rest is still used. */
export async function readOpenClawConfig(
  text: string,
  file: string,
  { path, env, files }: ConfigSurroundings,
): Promise<ConfigReading> {
  const parsed = parseConfigText(text, file);
  if (parsed.kind === "problem") return { config: emptyConfig, includedFiles: [], problems: [parsed.problem] };

  const { value, includedFiles, problems } = await resolveIncludes(parsed.value, file, files, path);
  if (!isJsonObject(value)) {
    const message = l10n.t("{0} does not hold an object.", file);
    return { config: emptyConfig, includedFiles, problems: [...problems, { code: "config.not-json5", message, file }] };
  }

  const found: Problem[] = [...problems];
  let unlisted = 0;
  const lookUp = variableLookUp(value, env);
  const replaced = (name: string, template: string | undefined): string | undefined => {
    if (template === undefined) return undefined;
    const { text: result, unset } = substituteVariables(template, lookUp);
    for (const variable of unset.slice(0, MOST_VARIABLES)) found.push(unsetProblem(name, variable, file));
    unlisted += Math.max(0, unset.length - MOST_VARIABLES);
    return result;
  };

  const session = isJsonObject(value["session"]) ? value["session"] : {};
  const meta = isJsonObject(value["meta"]) ? value["meta"] : {};
  const agents = agentsOf(value["agents"]);
  if (agents.length > MAX_AGENTS) found.push(tooManyProblem(agents.length, file));
  return {
    config: {
      agents: agents.slice(0, MAX_AGENTS),
      sessionStore: replaced("session.store", nonEmpty(session["store"])),
      sessionScope: nonEmpty(session["scope"]),
      mainKey: replaced("session.mainKey", nonEmpty(session["mainKey"])),
      version: versionOf(meta["lastTouchedVersion"], path.basename(file)),
    },
    facts: configFactsOf(value, { text, file, lookUp }),
    includedFiles,
    problems: bounded(distinctProblems(found), unlisted, file),
  };
}

/** More than these of one config say nothing new; one that was made to has hundreds of thousands. */
const MOST_PROBLEMS = 1_000;
const MOST_VARIABLES = 100;

function bounded(problems: readonly Problem[], unlisted: number, file: string): readonly Problem[] {
  const listed = problems.slice(0, MOST_PROBLEMS);
  const last = listed.at(-1);
  const more = problems.length - listed.length + unlisted;
  if (last === undefined || more === 0) return listed;
  const message = l10n.t("Further problems of {0} that are not listed: {1}.", file, formatNumber(more));
  return [...listed, { code: last.code, message, file }];
}

/** So many agents of a config are taken; nobody runs as many, and for each of them directories are looked for. */
export const MAX_AGENTS = 1_000;

/** `agents.list[]` (up to 2026.7.35, still accepted later) and `agents.entries{}` (from 2026.8.1), the same agent once. */
function agentsOf(value: unknown): readonly ConfiguredAgent[] {
  const agents = isJsonObject(value) ? value : {};
  const list = Array.isArray(agents["list"]) ? (agents["list"] as unknown[]) : [];
  const entries = isJsonObject(agents["entries"]) ? Object.entries(agents["entries"]) : [];
  const named: [unknown, unknown][] = [
    ...list.map((agent): [unknown, unknown] => [field(agent, "id"), agent]),
    ...entries,
  ];

  const found = new Map<string, ConfiguredAgent>();
  for (const [name, agent] of named) {
    const written = nonEmpty(name);
    if (written === undefined) continue;
    const id = normalizeAgentId(written);
    const isDefault = field(agent, "default") === true || found.get(id)?.isDefault === true;
    found.set(id, { id, isDefault });
  }
  return [...found.values()];
}

function versionOf(value: unknown, base: string): Sourced<string> | undefined {
  const version = nonEmpty(value);
  // The config is somebody's text: only what looks like a version becomes a fact.
  if (version === undefined || !/^[0-9A-Za-z.+-]{1,40}$/.test(version)) return undefined;
  return {
    value: version,
    source: l10n.t("meta.lastTouchedVersion in {0}: the version that last wrote the config", base),
  };
}

function unsetProblem(name: string, variable: string, file: string): Problem {
  return {
    code: "config.variable-unset",
    message: l10n.t(
      "{0} in {1} uses the variable {2}, which is not set here; the gateway may know it.",
      name,
      file,
      shortened(variable),
    ),
    file,
  };
}

function tooManyProblem(count: number, file: string): Problem {
  return {
    code: "config.too-many-agents",
    message: l10n.t(
      "{0} names {1} agents; the first {2} are shown, and those that have a directory in agents.",
      file,
      count,
      MAX_AGENTS,
    ),
    file,
  };
}

function field(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function nonEmpty(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const trimmed = value.trim();
  return trimmed === "" ? undefined : trimmed;
}
