import * as l10n from "@vscode/l10n";
import type { Agent, Snapshot, SqliteSessions, StateDir, Window } from "../core/conversation/model";
import { distinctProblems, type Problem } from "../core/problem";

/** Problems that belong to no window: of directories, configs, indexes, conversations and other files. */
export function surroundingProblems(snapshot: Snapshot): readonly Problem[] {
  return distinctProblems([...snapshot.problems, ...snapshot.stateDirs.flatMap(ofStateDir)]);
}

export function windowsOf(snapshot: Snapshot): readonly Window[] {
  return snapshot.stateDirs.flatMap(({ agents }) => agents.flatMap(windowsOfAgent));
}

export function windowsOfAgent({ conversations, orphans }: Agent): readonly Window[] {
  return [...conversations.flatMap(({ windows }) => windows), ...orphans];
}

/** Sessions that are there and that this version cannot read. */
export function sqliteNotice({ databasePath }: SqliteSessions): Problem {
  return {
    code: "sqlite.not-readable-yet",
    message: l10n.t("Sessions of this agent are in SQLite (2026.8+), not readable yet"),
    file: databasePath,
  };
}

function ofStateDir({ problems, agents }: StateDir): readonly Problem[] {
  return [...problems, ...agents.flatMap(ofAgent)];
}

function ofAgent(agent: Agent): readonly Problem[] {
  return [
    ...agent.problems,
    ...(agent.sqlite ? [sqliteNotice(agent.sqlite)] : []),
    ...agent.roots.flatMap(({ problems }) => problems),
    ...agent.conversations.flatMap(({ problems }) => problems),
    ...agent.otherFiles.flatMap(({ problem }) => problem ?? []),
  ];
}
