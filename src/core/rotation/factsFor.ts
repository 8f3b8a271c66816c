import type { CronRun } from "../conversation/agentInput";
import type { Agent, StateDir } from "../conversation/model";
import type { LogCoverage, LogRecord } from "../log/logRecord";
import type { Surroundings } from "../surroundings/surroundings";
import { EndsBeside } from "./endsBeside";
import { OwnRestores } from "./ownRestores";
import type { Boundary } from "./rotation";
import type {
  CollectedEvidence,
  CommandRecord,
  PlacedNote,
  ResetRecord,
  RotationFacts,
  RowBefore,
  TurnTrigger,
} from "./rotationFacts";
import { Timed } from "./timed";
import { startOf } from "./windowOrder";

/** Log lines of so long before and after a boundary are looked at, ms: a compaction takes minutes before it gives up. */
const LOG_BEFORE_MS = 5 * 60_000;
const LOG_AFTER_MS = 2 * 60_000;
const COMMANDS_AROUND_MS = 60_000;
const NOTES_AROUND_MS = 10 * 60_000;
const CRON_AROUND_MS = 5 * 60_000;
/** Other conversations that began within so much of a boundary began together with it, ms. */
const TOGETHER_MS = 60_000;
const MOST_LINES = 200;
const MOST_STARTS = 1_000;

/** Finds what was collected around a boundary. Made once for a state directory; asked for thousands of boundaries. */
export class FactFinder {
  readonly #stateDir: StateDir;
  /** Only lines need it. */
  readonly #beside: EndsBeside | undefined;
  readonly #now: number;
  readonly #logs: Timed<LogRecord>;
  readonly #coverage: readonly LogCoverage[];
  readonly #unread: readonly LogCoverage[];
  readonly #commands: Timed<CommandRecord>;
  readonly #notes: ReadonlyMap<string, readonly PlacedNote[]>;
  readonly #cronRuns: Timed<CronRun & { readonly at: number }>;
  readonly #rowsBefore: ReadonlyMap<string, readonly RowBefore[]>;
  readonly #triggers: ReadonlyMap<string, readonly TurnTrigger[]>;
  readonly #records: ReadonlyMap<string, ResetRecord>;
  readonly #restores: OwnRestores;
  readonly #starts = new Map<Agent, { readonly starts: Timed<Start>; readonly keys: ReadonlySet<string> }>();

  constructor(stateDir: StateDir, evidence: CollectedEvidence) {
    this.#stateDir = stateDir;
    const { logs, commands, resetRecords } = evidence;
    const hasLines = logs.length > 0 || commands.length > 0 || resetRecords.length > 0;
    this.#beside = hasLines ? new EndsBeside(stateDir) : undefined;
    this.#now = evidence.now;
    this.#logs = new Timed(evidence.logs);
    this.#coverage = evidence.logCoverage;
    this.#unread = evidence.logUnread ?? none;
    this.#commands = new Timed(evidence.commands);
    this.#notes = groupBy(evidence.notes, ({ sessionId }) => sessionId);
    this.#cronRuns = new Timed(
      evidence.cronRuns.flatMap((run) => (run.at === undefined ? [] : [{ ...run, at: run.at }])),
    );
    this.#rowsBefore = groupBy(evidence.rowsBefore, ({ row }) => row.sessionId ?? "");
    this.#restores = new OwnRestores(evidence.restores ?? none);
    this.#triggers = evidence.triggers;
    this.#records = new Map(evidence.resetRecords.map((record) => [record.id, record]));
  }

  factsFor(agent: Agent, boundary: Boundary, surroundings: Surroundings): RotationFacts {
    const { at, from, to } = boundary;
    const resetRecord = this.#recordOf(boundary);
    const logCovers = logAt(this.#coverage, at);
    return {
      boundary,
      surroundings,
      logs: withRecorded(this.#around(this.#logs, at, LOG_BEFORE_MS, LOG_AFTER_MS), resetRecord?.logs),
      logCovers,
      // What the gateway logs it prints as well: one whole log is enough.
      logUnread: logCovers === undefined ? logAt(this.#unread, at) : undefined,
      commands: withRecorded(
        this.#around(this.#commands, at, COMMANDS_AROUND_MS, COMMANDS_AROUND_MS),
        resetRecord?.commands,
      ),
      notes: this.#notesOf(from.sessionId, at),
      cronRuns: this.#around(this.#cronRuns, at, CRON_AROUND_MS, CRON_AROUND_MS),
      rowBefore: this.#rowBefore(boundary, resetRecord),
      trigger: resetRecord?.trigger ?? this.#trigger(to?.sessionId, at),
      beganTogether: this.#beganTogether(agent, boundary),
      resetRecord,
      config: this.#stateDir.configFacts,
      beside: this.#beside?.of(boundary),
      restore: this.#restores.of(boundary),
      broughtBack: this.#restores.broughtBack(boundary),
      now: this.#now,
    };
  }

  /** A session may end several times, and anybody may write a note: it counts for the end it was written at. */
  #notesOf(sessionId: string, at: number | undefined): readonly PlacedNote[] {
    const notes = this.#notes.get(sessionId);
    if (notes === undefined || at === undefined) return none;
    return notes.filter((note) => note.at !== undefined && Math.abs(note.at - at) <= NOTES_AROUND_MS);
  }

  #around<Item extends { readonly at: number }>(
    items: Timed<Item>,
    at: number | undefined,
    before: number,
    after: number,
  ): readonly Item[] {
    return at === undefined ? none : items.around(at, before, after, MOST_LINES);
  }

  /** A record is of the boundary it was made for; ids may repeat where clocks are broken. */
  #recordOf({ id, from, conversation, naming }: Boundary): ResetRecord | undefined {
    if (naming?.fromSessionId === from.sessionId) return naming;
    const record = this.#records.get(id);
    if (record === undefined || record.fromSessionId !== from.sessionId) return undefined;
    return conversation === undefined || record.key === conversation.key ? record : undefined;
  }

  #rowBefore({ from, conversation, at }: Boundary, record: ResetRecord | undefined): RowBefore | undefined {
    if (record?.rowBefore !== undefined && record.rowBefore.sessionId === from.sessionId) {
      return { row: record.rowBefore, from: "reset-record", place: undefined, keptAt: record.recordedAt };
    }
    let newest: RowBefore | undefined;
    for (const kept of this.#rowsBefore.get(from.sessionId) ?? none) {
      if (conversation !== undefined && kept.row.key !== conversation.key) continue;
      if (kept.keptAt !== undefined && at !== undefined && kept.keptAt > at) continue;
      if (newest === undefined || (kept.keptAt ?? 0) > (newest.keptAt ?? 0)) newest = kept;
    }
    return newest;
  }

  #trigger(sessionId: string | undefined, at: number | undefined): TurnTrigger | undefined {
    if (sessionId === undefined) return undefined;
    let first: TurnTrigger | undefined;
    for (const turn of this.#triggers.get(sessionId) ?? none) {
      // A turn's record is written a moment before the session it began is renamed.
      if (at !== undefined && turn.at < at - 2_000) continue;
      if (first === undefined || turn.at < first.at) first = turn;
    }
    return first;
  }

  #beganTogether(agent: Agent, { conversation, at }: Boundary): RotationFacts["beganTogether"] {
    const { starts, keys } = this.#startsOf(agent);
    const of = keys.size - (conversation !== undefined && keys.has(conversation.key) ? 1 : 0);
    if (at === undefined) return { count: 0, of };
    const others = starts
      .between(at - TOGETHER_MS, at + TOGETHER_MS, MOST_STARTS)
      .filter(({ key }) => key !== conversation?.key);
    return { count: others.length < 2 ? others.length : new Set(others.map(({ key }) => key)).size, of };
  }

  /** Of conversations that are meant to go on: heartbeats, cron jobs and helpers begin anew by design. */
  #startsOf(agent: Agent): { readonly starts: Timed<Start>; readonly keys: ReadonlySet<string> } {
    const known = this.#starts.get(agent);
    if (known !== undefined) return known;
    const lasting = agent.conversations.filter(({ group }) => group === "people" || group === "other");
    const starts = lasting.flatMap(({ key, windows }) => windows.map((window) => ({ at: startOf(window), key })));
    const found = { starts: new Timed(starts), keys: new Set(lasting.map(({ key }) => key)) };
    this.#starts.set(agent, found);
    return found;
  }
}

interface Start {
  readonly at: number;
  readonly key: string;
}

const none: readonly never[] = [];

function logAt(logs: readonly LogCoverage[], at: number | undefined): LogCoverage | undefined {
  return at === undefined ? undefined : logs.find(({ from, to }) => from <= at && at <= to);
}

/** What is still in the log, and what was kept of it; each line once. */
function withRecorded<
  Item extends { readonly at: number; readonly place: { readonly file: string; readonly line?: number | undefined } },
>(found: readonly Item[], kept: readonly Item[] | undefined): readonly Item[] {
  if (kept === undefined || kept.length === 0) return found;
  const identity = ({ at, place }: Item): string => `${String(at)}\n${place.file}\n${String(place.line)}`;
  const seen = new Set(found.map(identity));
  const more = kept.filter((each) => Number.isFinite(each.at) && !seen.has(identity(each)));
  return [...found, ...more].sort((a, b) => a.at - b.at);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
