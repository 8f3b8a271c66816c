import * as l10n from "@vscode/l10n";
import type { PlatformPath } from "node:path";
import { expandTilde } from "../locations/homeDirectories";
import type { Problem } from "../problem";
import { formatNumber } from "../text/formatSize";
import { shortened } from "../text/shortened";
import { normalizeAgentId } from "./agentId";

export interface StorePlace {
  /** Absolute path of the store file. */
  readonly path: string;
  /** True when every agent has the same path: the keys in it keep them apart. */
  readonly shared: boolean;
  readonly problem: Problem | undefined;
}

export interface StorePathQuery {
  readonly path: PlatformPath;
  /** Absolute. */
  readonly stateDir: string;
  /** The home directory `~` stands for. */
  readonly home: string;
  /** The config file, for the problem. */
  readonly configPath: string | undefined;
}

/** Where an agent's store is without `session.store`: `<state>/agents/<id>/sessions/sessions.json`. */
export function defaultStorePath(path: PlatformPath, stateDir: string, agentId: string): string {
  return path.join(stateDir, "agents", normalizeAgentId(agentId), "sessions", "sessions.json");
}

/**
 * Where `session.store` puts an agent's store (2026.1.29–2026.9.6: resolveStorePath): `{agentId}` is replaced, a leading `~`
 * expanded, anything else relative to the gateway's working directory. That one we do not know; we look below the state
 * directory and say so. What can be no path at all is a problem, and the usual place is given.
 */
export function resolveStorePath(template: string, agentId: string, query: StorePathQuery): StorePlace {
  const { path, stateDir, home, configPath } = query;
  const shared = !template.includes("{agentId}");
  const usual = (problem: Problem): StorePlace => ({
    path: defaultStorePath(path, stateDir, agentId),
    shared: false,
    problem,
  });
  if (template.includes("\0")) return usual(withNul(configPath));
  if (template.length > LONGEST_PATH) return usual(tooLong(template.length, configPath));
  const expanded = expandTilde(path, template.replaceAll("{agentId}", normalizeAgentId(agentId)), home);
  const resolved = path.resolve(stateDir, expanded);
  if (path.isAbsolute(expanded)) return { path: resolved, shared, problem: undefined };
  return {
    path: resolved,
    shared,
    problem: {
      code: "config.store-relative",
      message: l10n.t(
        "session.store is the relative path {0}. OpenClaw takes it from the gateway's working directory, which is not known here; {1} was looked at. An absolute path, or one that starts with ~, is certain.",
        shortened(template),
        shortened(resolved),
      ),
      ...(configPath === undefined ? {} : { file: configPath }),
    },
  };
}

/** The longest path of any system, that of Windows; Linux takes 4,096 bytes. Characters. */
const LONGEST_PATH = 32_767;

function tooLong(length: number, configPath: string | undefined): Problem {
  return {
    code: "config.store-unusable",
    message: l10n.t(
      "session.store is {0} characters long and cannot be the path of a file. The usual place was looked at; correct session.store.",
      formatNumber(length),
    ),
    ...(configPath === undefined ? {} : { file: configPath }),
  };
}

/** No file system knows a path with a NUL character, and every call that is given one throws. */
function withNul(configPath: string | undefined): Problem {
  return {
    code: "config.store-unusable",
    message: l10n.t(
      "session.store holds a NUL character and cannot be the path of a file. The usual place was looked at; correct session.store.",
    ),
    ...(configPath === undefined ? {} : { file: configPath }),
  };
}
