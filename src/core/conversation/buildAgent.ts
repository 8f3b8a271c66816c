import type { AgentInput, ResolvedRow, RootInput } from "./agentInput";
import { buildWindows, windowIdOf } from "./buildWindow";
import { buildConversation, newestFirst } from "./conversation";
import { rowProblems } from "./conversationProblems";
import { type CurrentWindows, findCurrentWindows } from "./currentWindows";
import { compareText, isTranscriptFile } from "./fileFacts";
import { groupWindows } from "./groupWindows";
import { joinWindows } from "./joinWindows";
import { collectFacts, type KnownFacts } from "./knownFacts";
import type { Agent, Conversation, SessionFile, Window } from "./model";
import { reuseUnchanged } from "./reuse";
import { ownership } from "./sharedRoots";
import { assignTrajectories } from "./trajectoryHomes";
import { nothing } from "./windowDraft";
import { windowsWithoutFile } from "./windowsWithoutFile";

export type { AgentInput, CronRun, MemoryNote, ResolvedRow, RootInput, SideEvidence, StoreBackup } from "./agentInput";
export { noSideEvidence } from "./agentInput";

/**
 * Tells the conversations of one agent from its files, its store and what else is known. Every file ends in exactly one place:
 * in one window (as its primary file, a copy or a trajectory) or among the other files. A window stands in several conversations
 * only when several store rows mean it.
 */
export function buildAgent(input: AgentInput): Agent {
  const steps = buildAgentInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same in steps. Ten thousand transcripts take a tenth of a second in code that has not run before; whoever shares the
 * event loop should not have to wait for that long.
 */
export function* buildAgentInSteps(input: AgentInput): Generator<undefined, Agent, undefined> {
  const { agentId, roots, kept = nothing } = input;
  const { ownsKey, ownsFile } = ownership(agentId, roots);
  const facts = collectFacts(agentId, roots);
  const { transcripts, rest } = sortFiles(roots, facts, kept);
  yield;
  const onDisk = groupWindows(transcripts);
  yield;
  const current = findCurrentWindows(facts.rows, onDisk);
  const drafts = [...onDisk, ...windowsWithoutFile(facts, onDisk, current)];
  assignTrajectories(facts, drafts);
  yield;
  yield* joinWindows(drafts, facts);

  const byKey = new Map<string, Window[]>();
  const orphans: Window[] = [];
  for (const [at, draft] of drafts.entries()) {
    if (at % WINDOWS_PER_STEP === 0) yield;
    for (const window of buildWindows(agentId, draft)) {
      const key = window.join?.key;
      if (key === undefined) {
        const file = draft.files[0] ?? draft.trajectories[0];
        if (file === undefined || ownsFile(file)) orphans.push(window);
      } else if (ownsKey(key)) {
        const windows = byKey.get(key);
        if (windows) windows.push(window);
        else byKey.set(key, [window]);
      }
    }
  }

  const agent: Agent = {
    id: agentId,
    roots: roots.map(({ root }) => root),
    conversations: buildConversations({ input, byKey, facts, current, ownsKey }),
    orphans: orphans.sort(newestFirst),
    otherFiles: rest.filter(ownsFile).sort((a, b) => compareText(a.path, b.path)),
    sqlite: input.sqlite,
    indexed: countIndexed(transcripts),
    problems: input.problems,
  };
  yield;
  return reuseUnchanged(agent, input.previous);
}

/** About ten milliseconds of work. */
const WINDOWS_PER_STEP = 2_000;

/** A file that a row means is a transcript whatever its name: OpenClaw reads it as one. */
function sortFiles(
  roots: readonly RootInput[],
  facts: KnownFacts,
  kept: readonly SessionFile[],
): { readonly transcripts: SessionFile[]; readonly rest: SessionFile[] } {
  const meant = new Set(facts.rows.map(({ filePath }) => filePath));
  const transcripts: SessionFile[] = [];
  const rest: SessionFile[] = [];
  for (const { files } of roots) {
    for (const file of files) {
      if (isTranscriptFile(file) || (file.name.kind === "unknown" && meant.has(file.path))) transcripts.push(file);
      else if (file.name.kind !== "trajectory") rest.push(file);
    }
  }
  for (const file of kept) if (isTranscriptFile(file)) transcripts.push(file);
  return { transcripts, rest };
}

interface Known {
  readonly input: AgentInput;
  readonly byKey: ReadonlyMap<string, readonly Window[]>;
  readonly facts: KnownFacts;
  readonly current: CurrentWindows;
  readonly ownsKey: (key: string) => boolean;
}

/** Of all keys that have a row, or a window by other evidence. */
function buildConversations({ input: { agentId, roots }, byKey, facts, current, ownsKey }: Known): Conversation[] {
  const storePaths = new Map(roots.flatMap(({ root, rows }) => rows.map((resolved) => [resolved, root.storePath])));
  const rows = new Map<string, ResolvedRow>();
  for (const resolved of facts.rows) {
    const { key } = resolved.row;
    if (!rows.has(key) && ownsKey(key)) rows.set(key, resolved);
  }
  const keys = [...new Set([...rows.keys(), ...byKey.keys()])].sort(compareText);
  return keys.map((key) => {
    const resolved = rows.get(key);
    const window = resolved && current.get(resolved);
    const storePath = (resolved && storePaths.get(resolved)) ?? "";
    return buildConversation({
      key,
      agentId,
      row: resolved?.row,
      windows: byKey.get(key) ?? nothing,
      currentId: window && windowIdOf(agentId, window),
      problems: resolved === undefined ? nothing : rowProblems(resolved, window, storePath),
    });
  });
}

/** Files that cannot be read are not waited for. */
function countIndexed(transcripts: readonly SessionFile[]): Agent["indexed"] {
  let done = 0;
  let total = 0;
  for (const { index, problem } of transcripts) {
    if (index !== undefined) done++;
    if (index !== undefined || problem === undefined) total++;
  }
  return { done, total };
}
