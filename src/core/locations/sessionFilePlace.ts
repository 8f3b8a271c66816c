import * as l10n from "@vscode/l10n";
import { posix, win32, type PlatformPath } from "node:path";
import { normalizeAgentId } from "../config/agentId";
import type { Problem } from "../problem";
import { shortened } from "../text/shortened";
import { isInside } from "./containment";

/** A directory that holds an agent's transcripts. */
export interface SessionsDirectory {
  readonly agentId: string;
  /** Absolute, as found. */
  readonly path: string;
  /** The same with every link resolved. */
  readonly realPath: string;
}

/** What of a store row says where its transcript is. */
export interface SessionFileRow {
  readonly key: string;
  readonly sessionId: string | undefined;
  readonly sessionFile: string | undefined;
}

/**
 * - `stored`: the path as the row has it
 * - `moved`: the path is of another machine or place, but of the same layout; its last part is looked for here
 * - `default`: `<sessionId>.jsonl`, which OpenClaw uses when it ignores the stored path
 */
export interface SessionFileCandidate {
  readonly path: string;
  readonly how: "stored" | "moved" | "default";
}

export interface SessionFilePlace {
  /** The first that exists is the transcript; when none does, the first is what is missing. All inside the given directories. */
  readonly candidates: readonly SessionFileCandidate[];
  readonly problem: Problem | undefined;
}

/** OpenClaw's own rule for ids (2026.1.29–2026.9.6); anything else never becomes part of a path. */
const sessionIdPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/i;

/**
 * Where the transcript of a store row is, decided without looking at the disk (2026.1.29–2026.9.6: resolveSessionFilePath). A stored
 * path is used only inside this agent's sessions directory or another agent's; anything else is ignored in favour of
 * `<sessionId>.jsonl`.
 *
 * An ignored path is either harmless or an attack, and the two must not look alike. A state directory that was moved or copied
 * still names its old place, `/home/old/.openclaw/agents/main/sessions/<name>`: that is OpenClaw's own layout with an agent
 * we know, so `<name>` is looked for here and nothing is wrong. Everything else that points outside (`/etc/passwd`, `../../x`)
 * is a problem, whether or not it exists, and is never opened.
 *
 * `root` comes first among the directories; `others` are the other agents' directories and this agent's other ones.
 */
export function placeSessionFile(
  path: PlatformPath,
  row: SessionFileRow,
  root: SessionsDirectory & { readonly storePath: string },
  others: readonly SessionsDirectory[],
): SessionFilePlace {
  const fallback = defaultCandidate(path, row, root);
  const stored = row.sessionFile?.trim();
  if (stored === undefined || stored === "") return { candidates: fallback, problem: undefined };

  const directories = [root, ...others];
  const inside = stored.includes("\0") ? undefined : insideOne(path, stored, root, directories);
  if (inside !== undefined) return { candidates: [{ path: inside, how: "stored" }], problem: undefined };

  const moved = movedCandidates(path, stored, directories);
  if (moved.length > 0) return { candidates: [...moved, ...fallback], problem: undefined };

  return { candidates: fallback, problem: outsideProblem(row, stored, root.storePath) };
}

/** Says that a row names a file outside; `stored` is quoted so that control characters are visible. */
export function outsideProblem(row: SessionFileRow, stored: string, storePath: string): Problem {
  return {
    code: "store.file-outside",
    message: l10n.t(
      "The entry {0} names a transcript outside the sessions directories, {1}. It was not read; OpenClaw ignores such a path too and uses the session id.",
      shortened(row.key),
      JSON.stringify(shortened(stored)),
    ),
    file: storePath,
  };
}

function defaultCandidate(path: PlatformPath, row: SessionFileRow, root: SessionsDirectory): SessionFileCandidate[] {
  const id = row.sessionId?.trim();
  if (id === undefined || !sessionIdPattern.test(id)) return [];
  return [{ path: path.join(root.path, `${id}.jsonl`), how: "default" }];
}

/** The stored path, rewritten to how its directory was found, when it lies inside one of them. */
function insideOne(
  path: PlatformPath,
  stored: string,
  root: SessionsDirectory,
  directories: readonly SessionsDirectory[],
): string | undefined {
  if (isForeign(path, stored)) return undefined;
  const absolute = path.resolve(root.path, stored);
  for (const directory of directories) {
    for (const base of [directory.path, directory.realPath]) {
      if (isInside(path, base, absolute)) return path.join(directory.path, path.relative(base, absolute));
    }
  }
  return undefined;
}

function movedCandidates(
  path: PlatformPath,
  stored: string,
  directories: readonly SessionsDirectory[],
): SessionFileCandidate[] {
  // A relative path is no trace of another machine.
  const flavour = posix.isAbsolute(stored) ? posix : win32.isAbsolute(stored) ? win32 : undefined;
  if (flavour === undefined || stored.includes("\0")) return [];
  const parts = flavour.normalize(stored).split(/[\\/]/);
  const [agents, agentId, sessions, name] = parts.slice(-4);
  if (name === undefined || name === "" || sessions !== "sessions" || agentId === undefined) return [];

  const wanted =
    agents === "agents" && normalizeAgentId(agentId) === agentId.toLowerCase()
      ? directories.filter((directory) => directory.agentId === agentId.toLowerCase())
      : // `<state>/sessions/<name>`, the layout of very old installs.
        /^\.(openclaw|clawdbot|moltbot|moldbot)([.-].*)?$/.test(agentId)
        ? directories.slice(0, 1)
        : [];
  return wanted.map((directory) => ({ path: path.join(directory.path, name), how: "moved" }));
}

/** `C:\…` or `\\server\…` where separators are `/`: the path of another system, not a relative name. */
function isForeign(path: PlatformPath, stored: string): boolean {
  return path.sep === "/" && /^([A-Za-z]:[\\/]|\\\\)/.test(stored);
}
