import * as l10n from "@vscode/l10n";
import type { Agent, Snapshot, SqliteSessions, StateDir, Window } from "../core/conversation/model";
import { distinctProblems, type Problem, type ProblemCode } from "../core/problem";

/** Problems that belong to no window: of directories, configs, indexes, conversations and other files. */
export function surroundingProblems(snapshot: Snapshot): readonly Problem[] {
  return distinctProblems([...snapshot.problems, ...snapshot.stateDirs.flatMap(ofStateDir)]);
}

/** Why there may be resets that nobody can tell of: what could not be read at all. */
export function unreadPlaces(snapshot: Snapshot): readonly Problem[] {
  const there = snapshot.stateDirs.flatMap(ofStateDir).filter(({ code }) => hidesResets.has(code));
  return distinctProblems([...there, ...snapshot.problems]);
}

const hidesResets: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "sqlite.not-readable-yet",
  "sqlite.unreadable",
  "directory.unreadable",
  "state.unknown-layout",
  "config.unreadable",
  "store.not-json",
  "store.half-written",
  "store.not-object",
]);

export function windowsOf({ stateDirs }: Pick<Snapshot, "stateDirs">): readonly Window[] {
  return stateDirs.flatMap(({ agents }) => agents.flatMap(windowsOfAgent));
}

export function windowsOfAgent({ conversations, orphans }: Agent): readonly Window[] {
  return [...conversations.flatMap(({ windows }) => windows), ...orphans];
}

/** Code of `sqliteNotices`. */
export const SQLITE_NOTICE = "sqlite.not-readable-yet";

/** Sessions that are there and that this version cannot read: of which agents, and where. */
export function sqliteNotices({ stateDirs }: Pick<Snapshot, "stateDirs">): readonly Problem[] {
  return stateDirs.flatMap(({ path, agents }) =>
    agents.flatMap((agent) => (agent.sqlite ? [sqliteNotice(path, agent, agent.sqlite)] : [])),
  );
}

function sqliteNotice(stateDir: string, { id }: Agent, { databasePath }: SqliteSessions): Problem {
  return {
    code: SQLITE_NOTICE,
    message: l10n.t(
      "The sessions of agent {0} in {1} are in SQLite (OpenClaw 2026.8 and newer), which cannot be read yet.",
      id,
      stateDir,
    ),
    file: databasePath,
  };
}

function ofStateDir(stateDir: StateDir): readonly Problem[] {
  return [...stateDir.problems, ...sqliteNotices({ stateDirs: [stateDir] }), ...stateDir.agents.flatMap(ofAgent)];
}

function ofAgent(agent: Agent): readonly Problem[] {
  return [
    ...agent.problems,
    ...agent.roots.flatMap(({ problems }) => problems),
    ...agent.conversations.flatMap(({ problems }) => problems),
    ...agent.otherFiles.flatMap(({ problem }) => problem ?? []),
  ];
}
