import fc from "fast-check";
import type { Ending, Opening, SessionFile } from "../../../src/core/conversation/model";
import type { LogEvent } from "../../../src/core/log/logRecord";
import type { RotationFacts } from "../../../src/core/rotation/rotationFacts";
import type { ResetPolicy, VersionFact } from "../../../src/core/surroundings/surroundings";
import type { StoreRow } from "../../../src/core/store/storeRow";
import { anIndex } from "../../anIndex";
import { storeRow } from "../conversation/builders";
import { aPolicy, between, exactly, given, type Given, type Side, time, unknownVersion, zones } from "./rotationFacts";

/** Moments around the boundary that matter, and hostile ones. */
const start = time("30T00:00");
const moment = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 3 * 86_400_000 }).map((ms) => start + ms) },
  { weight: 6, arbitrary: fc.integer({ min: -3_000, max: 70_000 }).map((ms) => time("04:00:00.397") + ms) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, Number.NaN, Infinity, 8.64e15, 9e15, Date.UTC(2100, 0)) },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const ids = fc.constantFrom("old-1", "new-1", "new-2");
const keys = fc.constantFrom(
  "agent:main:main",
  "agent:main:main:heartbeat",
  "agent:main:cron:job-1",
  "agent:main:telegram:direct:5551234",
  "agent:main:heartbeat-recovered-1",
  "global",
  "\u0000{0}",
);

const version: fc.Arbitrary<VersionFact> = fc.oneof(
  fc.constant(unknownVersion),
  fc
    .constantFrom(
      "2026.1.30",
      "2026.2.14",
      "2026.3.13",
      "2026.3.28",
      "2026.4.21",
      "2026.5.18",
      "2026.6.8",
      "2026.7.35",
      "no version",
    )
    .map(exactly),
  fc
    .tuple(maybe(fc.constantFrom("2026.1.30", "2026.3.14")), maybe(fc.constantFrom("2026.4.24", "2026.7.35")))
    .map(([from, until]) => between(from, until)),
);

const opening: fc.Arbitrary<Partial<Opening>> = fc.record({
  speaker: fc.constantFrom("user", "heartbeat", "cron", "exec-notice", "startup", "subagent-task", "unknown"),
  startup: fc.constantFrom(undefined, "new", "reset"),
  typedCommand: fc.constantFrom(undefined, undefined, "new"),
  stamped: fc.boolean(),
  currentTime: fc.boolean(),
  at: maybe(moment),
});

const ending: fc.Arbitrary<Partial<Ending>> = fc.record({
  error: fc.constantFrom(undefined, "overflow", "role-order", "other"),
  stopReason: fc.constantFrom(undefined, "stop", "error"),
  inputTokens: fc.constantFrom(undefined, 10, 190_000),
  compactions: fc.nat(3),
  unanswered: fc.boolean(),
  lastUserAt: maybe(moment),
});

const names = fc.constantFrom(
  undefined,
  undefined,
  "old-1.jsonl",
  "new-1.jsonl",
  "2026-03-31T04-00-00-000Z_new-1.jsonl",
);
const parents = fc.constantFrom(undefined, "/s/old-1.jsonl", "/s/old-1.checkpoint.1.jsonl", "x");
const file: fc.Arbitrary<Partial<SessionFile>> = fc
  .record({ mtimeMs: moment, parentSession: parents, mirror: fc.nat(1), compactions: fc.nat(1), indexed: fc.boolean() })
  .map(({ mtimeMs, parentSession, mirror, compactions, indexed }) => ({
    mtimeMs,
    ...(indexed
      ? {
          index: anIndex({
            header: { id: "new-1", version: 3, at: undefined, cwd: undefined, parentSession, line: 1 },
            roles: { ...anIndex().roles, mirror },
            compactions: { count: compactions, noPriorHistoryLine: undefined },
          }),
        }
      : {}),
  }));

interface SideFacts extends Side {
  readonly times: {
    readonly headerAt: number | undefined;
    readonly firstAt: number | undefined;
    readonly lastAt: number | undefined;
  };
}

const side: fc.Arbitrary<SideFacts> = fc.record({
  id: ids,
  cwd: fc.constantFrom("/home/u/workspace", "/home/u"),
  opening: fc.option(opening, { nil: {} }),
  ending: fc.option(ending, { nil: {} }),
  file,
  times: fc.record({ headerAt: maybe(moment), firstAt: maybe(moment), lastAt: maybe(moment) }),
});

function toSide({ times, ...facts }: SideFacts, base: string | undefined, more: object): Side {
  return {
    ...facts,
    ...(base === undefined ? {} : { name: base }),
    head: { ...times, firstEntryId: times.firstAt === undefined ? undefined : "1", ...more },
  };
}

const events: fc.Arbitrary<LogEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("rpc" as const),
    method: fc.constantFrom("sessions.reset", "sessions.delete", "agent"),
    ok: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom("compaction-failed" as const, "role-conflict" as const, "memory-flush-exhausted" as const),
    key: maybe(keys),
    newId: maybe(ids),
  }),
  fc.record({ kind: fc.constantFrom("history-corrupted" as const, "mapping-preserved" as const), key: maybe(keys) }),
  fc.record({ kind: fc.constantFrom("pruned" as const, "capped" as const), count: maybe(fc.nat(9)) }),
);

const row: fc.Arbitrary<StoreRow> = fc
  .record({
    sessionId: ids,
    updatedAt: maybe(moment),
    sessionStartedAt: maybe(moment),
    lastInteractionAt: maybe(moment),
    status: fc.constantFrom(undefined, "killed", "timeout", "done", "running"),
    usageFamilySessionIds: fc.subarray(["old-1", "new-1", "new-2"]),
    contextTokens: fc.constantFrom(undefined, 200_000, 0),
    originProvider: fc.constantFrom(undefined, "heartbeat", "webchat"),
    rest: fc.constantFrom({}, { endedAt: time("03:59") }),
  })
  .map(({ sessionId, ...facts }) => storeRow("main", sessionId, facts));

const policy: fc.Arbitrary<ResetPolicy> = fc
  .record({
    daily: maybe(
      fc.record({
        atHour: fc.constantFrom(4, 0, 23, 25, -1),
        clock: fc.constantFrom("updatedAt" as const, "sessionStartedAt" as const),
      }),
    ),
    idle: maybe(
      fc.record({
        minutes: fc.constantFrom(5, 45, 525_600, 0),
        clock: fc.constantFrom("updatedAt" as const, "lastInteractionAt" as const),
      }),
    ),
  })
  .map(aPolicy);

const place = { file: "/p", line: 1 };

const more: fc.Arbitrary<NonNullable<Given["more"]>> = fc.record({
  logs: fc.array(
    fc
      .record({ at: moment, event: events })
      .map(({ at, event }) => ({ at, event, offsetMinutes: 0, text: "A line.", place, recordedAt: undefined })),
    { maxLength: 3 },
  ),
  logCovers: maybe(fc.constant({ file: "/log", from: 0, to: Infinity })),
  commands: fc.array(
    fc.record({
      at: moment,
      action: fc.constantFrom("new", "stop"),
      sessionKey: maybe(keys),
      source: fc.constant(undefined),
      place: fc.constant(place),
    }),
    { maxLength: 2 },
  ),
  notes: fc.array(
    fc.constant({ base: "n.md", sessionKey: "agent:main:main", sessionId: "old-1", place, at: undefined }),
    { maxLength: 1 },
  ),
  cronRuns: fc.array(
    fc.constant({ base: "job-1.jsonl", jobId: "job-1", sessionId: "old-1", sessionKey: undefined, at: time("04:00") }),
    { maxLength: 1 },
  ),
  rowBefore: maybe(
    fc.record({
      row,
      from: fc.constantFrom("store-backup" as const, "reset-record" as const),
      place: fc.constant(undefined),
      keptAt: maybe(moment),
    }),
  ),
  trigger: maybe(
    fc.record({ trigger: fc.constantFrom("user", "heartbeat", "constructor"), at: moment, place: fc.constant(place) }),
  ),
  beganTogether: fc.constantFrom({ count: 0, of: 0 }, { count: 3, of: 4 }, { count: 0, of: 900 }),
});

/** Facts of all sorts about one boundary, most of them sensible and some of them not. */
export const someRotationFacts: fc.Arbitrary<RotationFacts> = fc
  .record({
    key: keys,
    how: fc.constantFrom("reset" as const, "reset" as const, "deleted" as const, "orphan" as const, "gone" as const),
    from: side,
    to: side,
    next: fc.record({
      followed: fc.boolean(),
      name: names,
      announced: fc.constantFrom(undefined, undefined, "new" as const),
      replayed: fc.nat(2),
    }),
    row: maybe(row),
    version,
    zone: fc.constantFrom(
      zones("UTC"),
      zones("UTC?", "Asia/Tokyo?"),
      zones("Asia/Tokyo?", "Nowhere/Land?"),
      zones("Not a zone"),
    ),
    policy: fc.array(policy, { minLength: 1, maxLength: 3 }),
    at: fc.constantFrom("04:00:00.397", "09:00", "1T12:00"),
    more,
    known: fc.boolean(),
  })
  .map(({ from, to, next, policy: [first, ...others], row: current, known, ...facts }) => {
    const given_ = given({
      ...facts,
      ...(current === undefined ? {} : { row: current }),
      policy: first === undefined ? [aPolicy({})] : [first, ...others],
      from: toSide({ ...from, id: "old-1" }, undefined, {}),
      to: next.followed ? toSide(to, next.name, { announced: next.announced, replayed: next.replayed }) : null,
    });
    return known ? given_ : { ...given_, boundary: { ...given_.boundary, conversation: undefined } };
  });
