import type { RootInput } from "../core/conversation/agentInput";
import { buildAgentInSteps } from "../core/conversation/buildAgent";
import type { Agent, SqliteSessions, StateDir } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import type { LocatedStateDir } from "./locateStateDirs";
import { directoryProblem } from "./readErrors";
import { missingStore } from "./readStore";
import { isTranscriptName, type FileChange } from "./scanDirectory";
import { eraOf } from "./scanEra";
import { patchAgent } from "./scanPatch";
import type { SideFindings } from "./scanSideEvidence";
import type { ScannedRoot } from "./scanStateDir";
import { TimeSlice } from "./scanTimeSlice";
import type { AgentRoots, LocatedRoot } from "./sessionRoots";
import type { SqliteFinding } from "./sqliteTables";

/** What is known of a state directory besides its agents. */
export type StateDirFacts = Pick<StateDir, "configPath" | "configFacts" | "version" | "problems">;

/** Everything that was seen of a state directory on disk. */
export interface SeenStateDir {
  readonly located: LocatedStateDir;
  readonly agents: readonly AgentRoots[];
  /** By real path; only those that may be read. */
  readonly roots: ReadonlyMap<string, ScannedRoot>;
  /** Kept copies, by agent. */
  readonly kept: ReadonlyMap<string, ScannedRoot>;
  /** By agent. */
  readonly sqlite: ReadonlyMap<string, SqliteFinding>;
  readonly side: SideFindings;
  readonly facts: StateDirFacts;
}

/** A state directory that was found and not looked into yet. */
export function untold({ path, realPath, foundBy }: LocatedStateDir): StateDir {
  return { path, realPath, foundBy, configPath: undefined, era: "empty", version: undefined, agents: [], problems: [] };
}

/**
 * The model of what was seen, some of its agents told anew and the others as they were. The same object as before when nothing
 * is different. Gives way to others every few milliseconds.
 */
export async function tellStateDir(
  before: StateDir,
  anew: readonly AgentRoots[],
  seen: SeenStateDir,
): Promise<StateDir> {
  const told = new Map(before.agents.map((agent) => [agent.id, agent]));
  const slice = new TimeSlice();
  for (const agent of anew) told.set(agent.agentId, await tellAgent(told.get(agent.agentId), agent, seen, slice));

  const { path, realPath, foundBy } = seen.located;
  const { configPath, configFacts, version } = seen.facts;
  const agents = seen.agents.flatMap(({ agentId }) => told.get(agentId) ?? []);
  const { era, problems } = eraOf(agents, realPath);
  const others = seen.facts.problems.filter(({ code }) => code !== "state.unknown-layout");
  const after: StateDir = {
    path,
    realPath,
    foundBy,
    configPath,
    configFacts,
    era,
    version,
    agents,
    problems: [...others, ...problems],
  };
  return isSame(before, after) ? before : after;
}

/**
 * The cheap way for files that only grew, or that got their index. `exact` is false when telling the agents anew might tell
 * something else.
 */
export function patchStateDir(
  before: StateDir,
  agents: readonly AgentRoots[],
  changes: readonly FileChange[],
): { readonly stateDir: StateDir; readonly exact: boolean } {
  let exact = agents.length === 1;
  const patched = new Map<string, Agent>();
  for (const { agentId } of agents) {
    const agent = before.agents.find(({ id }) => id === agentId);
    if (agent === undefined) continue;
    const result = patchAgent(agent, changes);
    exact &&= result.exact;
    if (result.agent !== agent) patched.set(agentId, result.agent);
  }
  if (patched.size === 0) return { stateDir: before, exact };
  return { stateDir: { ...before, agents: before.agents.map((agent) => patched.get(agent.id) ?? agent) }, exact };
}

async function tellAgent(
  previous: Agent | undefined,
  agent: AgentRoots,
  seen: SeenStateDir,
  slice: TimeSlice,
): Promise<Agent> {
  const { agentId, roots } = agent;
  const { sqlite, problems = [] } = seen.sqlite.get(agentId) ?? {};
  const kept = seen.kept.get(agentId)?.directory;
  const steps = buildAgentInSteps({
    agentId,
    roots: roots.map((root) => inputOf(root, agent, seen, sqlite)),
    kept: kept?.files,
    sqlite,
    problems: kept?.unreadable === undefined ? problems : [...problems, directoryProblem(kept.unreadable, kept.path)],
    previous,
  });
  for (;;) {
    if (slice.over()) await slice.rest();
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function inputOf(
  located: LocatedRoot,
  { agentId, isDefault }: AgentRoots,
  { roots, side: { cronRuns, memoryNotes }, agents }: SeenStateDir,
  sqlite: SqliteSessions | undefined,
): RootInput {
  const root = roots.get(located.realPath);
  const { path, storePath, outside, read, agentIds } = located;
  const otherAgentIds = agentIds.filter((id) => id !== agentId);
  const hasDefault = agents.some((agent) => agent.isDefault && agentIds.includes(agent.agentId));
  const takesRest = hasDefault ? isDefault : agentIds[0] === agentId;
  const problems = [...located.problems, ...(root === undefined ? [] : problemsOf(root, sqlite))];
  return {
    root: { path, storePath, outside, read, problems },
    files: root?.directory.files ?? [],
    rows: root?.rows ?? [],
    side: { storeBackups: root?.backups ?? [], cronRuns, memoryNotes },
    shared: otherAgentIds.length === 0 ? undefined : { otherAgentIds, takesRest },
  };
}

function problemsOf(
  { directory, store, located }: ScannedRoot,
  sqlite: SqliteSessions | undefined,
): readonly Problem[] {
  const problems = [...store.problems];
  if (directory.unreadable !== undefined) problems.unshift(directoryProblem(directory.unreadable, directory.path));
  const hasTranscripts = directory.files.some(({ name }) => isTranscriptName(name));
  if (store.outcome === "absent" && hasTranscripts && sqlite === undefined) {
    problems.push(missingStore(located.storePath));
  }
  return problems;
}

function isSame(one: StateDir, other: StateDir): boolean {
  const { agents, ...facts } = one;
  const { agents: otherAgents, ...otherFacts } = other;
  return (
    agents.length === otherAgents.length &&
    agents.every((agent, at) => agent === otherAgents[at]) &&
    JSON.stringify(facts) === JSON.stringify(otherFacts)
  );
}
