import assert from "node:assert/strict";
import fc from "fast-check";
import type { ResolvedRow } from "../../../src/core/conversation/agentInput";
import type { Agent, JoinRung, SessionFile, Window } from "../../../src/core/conversation/model";
import { agent, type Around, checkpointOf, file, key, row, stamp, storeRow } from "./builders";
import { anOpening } from "../../anOpening";

const runs = {
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: Math.round(150 * Number(process.env["PROPERTY_SCALE"] ?? 1)),
};

/** A few of everything, so that ids, keys and times meet. */
const anyId = fc.constantFrom("a", "b", "c", "d", "e", "f");
const anyKey = fc.constantFrom("main", "telegram:direct:5", "main:heartbeat", "cron:job", "cron:job:run:a");
const anyTime = fc.constantFrom("08:00", "08:00:00.030", "08:00:20", "08:01:30", "09:00", "09:00:30", "10:00");
const anySender = fc.constantFrom(undefined, "", "11111111", "22222222");

const anyName = fc.oneof(
  fc.tuple(anyId).map(([id]) => `${id}.jsonl`),
  fc
    .tuple(anyId, fc.constantFrom("reset", "deleted", "bak"), anyTime)
    .map(([id, reason, at]) => `${id}.jsonl.${reason}.${stamp(at)}`),
  anyId.map((id) => `${id}.checkpoint.11111111-2222-4333-8444-555555555555.jsonl`),
  anyId.map((id) => `${id}.trajectory.jsonl`),
  fc.constantFrom("sessions.json", "a.jsonl.lock", "notes.txt"),
);

const anyFile = fc
  .record({
    name: anyName,
    id: fc.option(anyId, { nil: undefined }),
    header: fc.constantFrom("id of the name", "other id", "none"),
    first: fc.constantFrom("e1", "e2", null),
    at: fc.option(anyTime, { nil: undefined }),
    to: anyTime,
    entries: fc.option(fc.nat(9), { nil: undefined }),
    read: fc.constantFrom(true, true, true, false),
    sender: anySender,
    heartbeat: fc.boolean(),
    trace: fc.option(anyKey, { nil: undefined }),
  })
  .map(({ name, id, header, first, at, to, entries, read, sender, heartbeat, trace }) =>
    file(name, {
      ...(header === "none" ? { id: null } : header === "other id" && id !== undefined ? { id } : {}),
      ...(at === undefined ? {} : { at }),
      ...(entries === undefined ? {} : { entries }),
      ...(sender === undefined
        ? {}
        : { opening: anOpening({ heartbeat, sender: sender === "" ? undefined : sender }) }),
      ...(trace === undefined ? {} : { key: key(trace) }),
      first,
      to,
      read,
    }),
  );

const anyRow = fc
  .record({
    rest: anyKey,
    id: anyId,
    target: fc.option(anyName, { nil: undefined }),
    family: fc.subarray(["a", "b", "c"]),
    checkpoint: fc.option(anyId, { nil: undefined }),
    reportId: fc.option(anyId, { nil: undefined }),
    started: fc.option(anyTime, { nil: undefined }),
  })
  .map(({ rest, id, target, family, checkpoint, reportId, started }) =>
    row(rest, id, {
      ...(target === undefined ? {} : { sessionFile: target }),
      ...(started === undefined ? {} : { sessionStartedAt: Date.parse(`2026-04-01T${started.padEnd(8, ":00")}Z`) }),
      ...(reportId === undefined ? {} : { reportSessionId: reportId, reportSessionKey: key(rest) }),
      usageFamilySessionIds: family,
      checkpoints: checkpoint === undefined ? [] : [checkpointOf(checkpoint)],
    }),
  );

const anyAround: fc.Arbitrary<Around> = fc.record({
  storeBackups: fc.array(
    fc.tuple(anyKey, anyId).map(([rest, id]) => ({ base: `bak.${id}`, at: 1, rows: [storeRow(rest, id)] })),
    { maxLength: 2 },
  ),
  cronRuns: fc.array(
    anyId.map((id) => ({ base: "job.jsonl", jobId: "job", sessionId: id, sessionKey: undefined, at: undefined })),
    { maxLength: 2 },
  ),
  memoryNotes: fc.array(
    fc.tuple(anyKey, anyId).map(([rest, id]) => ({ base: `${id}.md`, sessionId: id, sessionKey: key(rest) })),
    { maxLength: 2 },
  ),
});

const anyInput = fc.record({
  files: fc.uniqueArray(anyFile, { maxLength: 12, selector: ({ path }) => path }),
  rows: fc.uniqueArray(anyRow, { maxLength: 4, selector: (each) => each.row.key }),
  around: anyAround,
});

function windowsOf({ conversations, orphans }: Agent): Window[] {
  return [...conversations.flatMap(({ windows }) => windows), ...orphans];
}

describe("whatever lies in a sessions directory", () => {
  it("every file is in exactly one place", () => {
    fc.assert(
      fc.property(anyInput, ({ files, rows, around }) => {
        const built = agent(files, rows, around);
        const places = new Map<SessionFile, Set<string>>();
        const put = (each: SessionFile | undefined, place: string): void => {
          if (each !== undefined) places.set(each, (places.get(each) ?? new Set()).add(place));
        };
        for (const window of windowsOf(built)) {
          put(window.primary, `${window.windowId} primary`);
          window.copies.forEach((each, at) => {
            put(each, `${window.windowId} copy ${String(at)}`);
          });
          for (const each of window.trajectories) put(each, `${window.windowId} trajectory`);
        }
        for (const each of built.otherFiles) put(each, "other files");
        assert.deepEqual(
          files.map((each) => places.get(each)?.size),
          files.map(() => 1),
        );
      }),
      runs,
    );
  });

  it("the order of the input does not matter", () => {
    const shuffled = anyInput.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.shuffledSubarray(input.files, { minLength: input.files.length }),
        fc.shuffledSubarray(input.rows, { minLength: input.rows.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([{ files, rows, around }, otherFiles, otherRows]) => {
        const built = agent(files, rows, around);
        assert.equal(agent(otherFiles, otherRows, { ...around, previous: built }), built);
      }),
      runs,
    );
  });

  it("windows have ids of their own, and a window says of which conversation it is", () => {
    fc.assert(
      fc.property(anyInput, ({ files, rows, around }) => {
        const { conversations, orphans } = agent(files, rows, around);
        for (const conversation of conversations) {
          const ids = conversation.windows.map(({ windowId }) => windowId);
          assert.equal(new Set(ids).size, ids.length);
          for (const { join } of conversation.windows) assert.equal(join?.key, conversation.key);
        }
        for (const { join } of orphans) assert.equal(join, undefined);
        const all = new Map(
          windowsOf({ conversations, orphans } as Agent).map((each) => [each.windowId, each.primary]),
        );
        for (const each of windowsOf({ conversations, orphans } as Agent)) {
          assert.equal(all.get(each.windowId), each.primary);
        }
      }),
      runs,
    );
  });

  it("every row is a conversation, and its window comes first", () => {
    fc.assert(
      fc.property(anyInput, ({ files, rows, around }) => {
        const { conversations } = agent(files, rows, around);
        for (const resolved of rows) {
          const conversation = conversations.find((each) => each.key === resolved.row.key);
          assert.ok(conversation);
          const [first] = conversation.windows;
          if (first === undefined) continue;
          const pointedAt = pathsOf(first).includes(resolved.filePath ?? "");
          assert.ok(pointedAt || first.sessionId === resolved.row.sessionId || !isListed(resolved, files));
        }
      }),
      runs,
    );
  });

  it("less evidence never leads to another key by a stronger rung", () => {
    const reduced = fc.tuple(
      anyInput,
      fc.constantFrom("family", "checkpoints", "report", "backups", "notes", "traces"),
    );
    fc.assert(
      fc.property(reduced, ([{ files, rows, around }, gone]) => {
        const before = joinsOf(agent(files, rows, around));
        const after = joinsOf(agent(...without(gone, files, rows, around)));
        for (const [name, joins] of after) {
          for (const { key: to, rung } of joins) {
            const was = before.get(name);
            // What could not be decided may be decidable now: contradictory evidence went away.
            if (was === undefined || was.length === 0 || was.some((join) => join.key === to)) continue;
            const strongest = Math.min(...was.map((join) => strength.indexOf(join.rung)));
            assert.ok(strength.indexOf(rung) >= strongest, `${name}: ${rung} to ${to} without ${gone}`);
          }
        }
      }),
      runs,
    );
  });
});

const strength: readonly JoinRung[] = [
  "store-row",
  "usage-family",
  "session-file-name",
  "system-prompt-report",
  "trajectory",
  "checkpoint-list",
  "store-backup",
  "bootstrap-context",
  "memory-note",
  "cron-run",
  "heartbeat-prompt",
  "time-adjacency",
  "chain",
  "only-conversation",
];

function pathsOf({ primary, copies }: Window): string[] {
  return [primary, ...copies].flatMap((each) => (each === undefined ? [] : [each.path]));
}

function isListed({ filePath, row: { sessionId } }: ResolvedRow, files: readonly SessionFile[]): boolean {
  return files.some(({ path, head }) => path === filePath || head?.headerId === sessionId);
}

function joinsOf(built: Agent): Map<string, { readonly key: string; readonly rung: JoinRung }[]> {
  const joins = new Map<string, { readonly key: string; readonly rung: JoinRung }[]>();
  for (const { windowId, join } of windowsOf(built)) {
    const known = joins.get(windowId) ?? [];
    joins.set(windowId, join === undefined ? known : [...known, join]);
  }
  return joins;
}

/** The input without one kind of evidence. */
function without(
  gone: string,
  files: readonly SessionFile[],
  rows: readonly ResolvedRow[],
  around: Around,
): [readonly SessionFile[], readonly ResolvedRow[], Around] {
  const change = (facts: Partial<ResolvedRow["row"]>): ResolvedRow[] =>
    rows.map((each) => ({ ...each, row: { ...each.row, ...facts } }));
  switch (gone) {
    case "family":
      return [files, change({ usageFamilySessionIds: [] }), around];
    case "checkpoints":
      return [files, change({ checkpoints: [] }), around];
    case "report":
      return [files, change({ reportSessionId: undefined, reportSessionKey: undefined }), around];
    case "backups":
      return [files, rows, { ...around, storeBackups: [] }];
    case "notes":
      return [files, rows, { ...around, memoryNotes: [] }];
    default:
      return [files.filter(({ name }) => name.kind !== "trajectory"), rows, around];
  }
}
