import * as l10n from "@vscode/l10n";
import type { Agent, Conversation, Snapshot, StateDir, Window } from "../core/conversation/model";
import { type Explanations, noExplanations, windowKey } from "../core/explanations";
import type { Finding } from "../core/findings/finding";
import { compareFindings, findIncidents } from "../core/findings/findIncidents";
import { silentMoments } from "../core/findings/gap";
import type { Problem } from "../core/problem";
import { withoutOwnRestores } from "../core/rotation/ownRestores";
import type { LookAlike, Rotation } from "../core/rotation/rotation";
import { RotationExplainer } from "../core/rotation/rotationExplainer";
import type { CollectedEvidence, ResetRecord } from "../core/rotation/rotationFacts";
import { surroundingsInSteps } from "../core/surroundings/surroundingsOf";
import { momentsOf } from "./explainMoments";
import { ResetWitness, type SeenRotation } from "./explainWitness";
import { structureDiffers } from "./scanSnapshot";
import { TimeSlice } from "./scanTimeSlice";
import { RunQueue } from "./watchQueue";

export interface LiveExplanationsOptions {
  readonly snapshot: () => Snapshot;
  /** Resolves when every transcript is indexed: counts and endings are evidence. */
  readonly whenIndexed: (signal?: AbortSignal) => Promise<Snapshot>;
  readonly collect: (stateDir: StateDir, around: readonly number[], signal: AbortSignal) => Promise<CollectedEvidence>;
  /** Keeps what explains a rotation that was seen. */
  readonly keep: (record: ResetRecord, realPath: string) => Promise<void>;
  readonly onExplained: () => void;
  readonly log: (message: string) => void;
}

/** A reset is several steps on disk, and its evidence arrives with the first answer: wait until it is quiet. */
const QUIET_MS = 250;
const MAX_WAIT_MS = 1_500;
/** Some incidents show by the clock alone: a lock that stays, a transcript that stands still. */
const LOOK_AGAIN_MS = 60_000;

/** What is explained of one state directory, and from what. */
interface Explained {
  readonly stateDir: StateDir;
  readonly evidence: CollectedEvidence;
  readonly ofConversation: ReadonlyMap<Conversation, readonly Rotation[]>;
  readonly ofOrphan: ReadonlyMap<Window, readonly Rotation[]>;
  readonly rotations: readonly Rotation[];
  readonly lookAlikes: readonly LookAlike[];
  readonly findings: readonly Finding[];
}

/**
 * Keeps the explanations up to date with the snapshot, in the background and in slices. Nothing is explained before
 * somebody asks for it; from then on every change is followed.
 */
export class LiveExplanations {
  private current = noExplanations;
  private readonly queue: RunQueue;
  private readonly abort = new AbortController();
  private readonly witness = new ResetWitness();
  private explained = new Map<string, Explained>();
  /** The snapshot that `current` was made from. */
  private of: Snapshot | undefined;
  private wanted = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: LiveExplanationsOptions) {
    this.queue = new RunQueue({
      run: () => this.run(),
      onError: (error) => {
        if (!this.abort.signal.aborted) options.log(`explaining failed: ${describe(error)}`);
      },
      quietMs: QUIET_MS,
      maxWaitMs: MAX_WAIT_MS,
    });
  }

  get explanations(): Explanations {
    return this.current;
  }

  /** Throws what went wrong: nobody may take "nothing was found" for "nothing could be looked at". */
  async when(signal?: AbortSignal): Promise<Explanations> {
    this.wanted = true;
    await this.options.whenIndexed(signal);
    if (this.of !== this.options.snapshot()) await this.queue.requestNow();
    signal?.throwIfAborted();
    return this.current;
  }

  /** The snapshot is another one now. */
  changed(seen: readonly SeenRotation[]): void {
    this.witness.saw(seen);
    if (this.wanted) this.queue.request();
  }

  /** From now on time alone is a reason to look again. */
  watch(): void {
    this.timer ??= setInterval(() => {
      if (this.wanted) this.queue.request();
    }, LOOK_AGAIN_MS).unref();
  }

  dispose(): void {
    clearInterval(this.timer);
    this.abort.abort();
    this.queue.dispose();
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    const snapshot = await this.options.whenIndexed(signal);
    const explained = new Map<string, Explained>();
    const problems: Problem[] = [];
    for (const stateDir of snapshot.stateDirs) {
      try {
        explained.set(stateDir.realPath, await this.explain(stateDir));
      } catch (error) {
        signal.throwIfAborted();
        // What goes wrong in one state directory never hides the others.
        this.options.log(`explaining ${stateDir.path} failed: ${describe(error)}`);
        problems.push(failed(stateDir, error));
      }
      signal.throwIfAborted();
    }
    this.explained = explained;
    this.of = snapshot;
    this.current = together([...explained.values()], problems);
    this.options.onExplained();
  }

  private async explain(stateDir: StateDir): Promise<Explained> {
    const { signal } = this.abort;
    const before = this.explained.get(stateDir.realPath);
    const moments = [...momentsOf(stateDir), ...silentMoments(stateDir)];
    const collected = await this.options.collect(stateDir, moments, signal);
    const { fresh, known } = this.witness.witnessed(stateDir, collected);
    const restores = collected.restores ?? none;
    // Not waited for: storage that does not answer must not keep anybody from being told.
    for (const record of withoutOwnRestores(fresh, restores)) void this.keep(record, stateDir.realPath);
    const evidence = { ...collected, resetRecords: withoutOwnRestores(known, restores) };

    const reusable = before !== undefined && isStill(before, stateDir, evidence) ? before : undefined;
    const slice = new TimeSlice();
    const steps = surroundingsInSteps(stateDir, evidence);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) if (slice.over()) await slice.rest();
    const surroundings = step.value;
    const explainer = new RotationExplainer(stateDir, evidence, surroundings);
    const ofConversation = new Map<Conversation, readonly Rotation[]>();
    const ofOrphan = new Map<Window, readonly Rotation[]>();
    const rotations: Rotation[] = [];
    for (const agent of stateDir.agents) {
      for (const subject of subjectsOf(agent)) {
        if (slice.over()) await slice.rest();
        if ("key" in subject) {
          const found = reusable?.ofConversation.get(subject) ?? explainer.ofConversation(agent, subject);
          ofConversation.set(subject, found);
          rotations.push(...found);
        } else {
          const found = reusable?.ofOrphan.get(subject) ?? explainer.ofOrphan(agent, subject);
          ofOrphan.set(subject, found);
          rotations.push(...found);
        }
      }
    }
    for (const agent of stateDir.agents) rotations.push(...explainer.ofGone(agent, rotations));
    const findings: Finding[] = [];
    const rotationsFrom = byWindow(rotations, ({ from }) => from.windowId);
    for (const finding of findIncidents({ stateDir, evidence, rotations, rotationsFrom, surroundings })) {
      findings.push(finding);
      if (slice.over()) await slice.rest();
    }
    const lookAlikes = explainer.lookAlikes();
    return { stateDir, evidence, ofConversation, ofOrphan, rotations, lookAlikes, findings };
  }

  /** What cannot be kept is explained all the same, from what is there now. */
  private async keep(record: ResetRecord, realPath: string): Promise<void> {
    try {
      await this.options.keep(record, realPath);
    } catch (error) {
      this.options.log(`the evidence of a reset could not be kept: ${describe(error)}`);
    }
  }
}

function* subjectsOf({ conversations, orphans }: Agent): Generator<Conversation | Window> {
  yield* conversations;
  yield* orphans;
}

/** Whether a conversation that is the same object is explained as before: nothing came or went around it, no new evidence. */
function isStill(before: Explained, stateDir: StateDir, evidence: CollectedEvidence): boolean {
  if (before.stateDir.configFacts !== stateDir.configFacts) return false;
  const snapshotOf = (one: StateDir): Snapshot => ({ stateDirs: [one], lookedAt: none, problems: none });
  return (
    !structureDiffers(snapshotOf(before.stateDir), snapshotOf(stateDir)) && sameEvidence(before.evidence, evidence)
  );
}

const none: readonly never[] = [];

/** The clock apart, which judges nothing that happened. */
function sameEvidence(one: CollectedEvidence, other: CollectedEvidence): boolean {
  return (
    sameItems(one.logs, other.logs) &&
    JSON.stringify([one.logCoverage, one.logUnread]) === JSON.stringify([other.logCoverage, other.logUnread]) &&
    sameItems(one.commands, other.commands) &&
    sameItems(one.notes, other.notes) &&
    sameItems(one.cronRuns, other.cronRuns) &&
    sameItems(one.rowsBefore, other.rowsBefore) &&
    one.triggers.size === other.triggers.size &&
    sameRecords(one.resetRecords, other.resetRecords) &&
    JSON.stringify(one.restores) === JSON.stringify(other.restores) &&
    one.machineZone === other.machineZone
  );
}

/** The same as far as an explanation depends on them: who saw a reset first does not change what was seen. */
function sameRecords(one: readonly ResetRecord[], other: readonly ResetRecord[]): boolean {
  return (
    one.length === other.length &&
    one.every((record, at) => {
      const same = other[at];
      const [head, sameHead] = [record.toFile?.head, same?.toFile?.head];
      if (record.id !== same?.id || record.at !== same.at || record.toSessionId !== same.toSessionId) return false;
      return (head?.opening === undefined) === (sameHead?.opening === undefined);
    })
  );
}

function sameItems<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one === other || (one.length === other.length && one.every((item, at) => item === other[at]));
}

function failed({ path }: StateDir, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "state.failed", message: l10n.t("Explaining {0} failed: {1}.", path, reason), file: path };
}

function together(explained: readonly Explained[], problems: readonly Problem[]): Explanations {
  const rotations = explained.flatMap((each) => each.rotations).sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
  return {
    rotations,
    findings: explained.flatMap((each) => each.findings).sort(compareFindings),
    lookAlikes: explained.flatMap((each) => each.lookAlikes).sort((one, other) => one.at - other.at),
    byWindow: byWindow([...rotations].reverse(), ({ stateDir, from }) => windowKey(stateDir, from.windowId)),
    problems,
  };
}

function byWindow(
  rotations: readonly Rotation[],
  keyOf: (rotation: Rotation) => string,
): ReadonlyMap<string, readonly Rotation[]> {
  const found = new Map<string, Rotation[]>();
  for (const rotation of rotations) {
    const key = keyOf(rotation);
    const others = found.get(key);
    if (others === undefined) found.set(key, [rotation]);
    else others.push(rotation);
  }
  return found;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
