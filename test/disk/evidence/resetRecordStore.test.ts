import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileHead } from "../../../src/core/conversation/model";
import { parseFileName } from "../../../src/core/names/parseFileName";
import type { ResetRecord } from "../../../src/core/rotation/rotationFacts";
import { keptFile } from "../../../src/disk/evidence/keptFile";
import { ResetRecordStore } from "../../../src/disk/evidence/resetRecordStore";
import { withinTime } from "../../../src/disk/evidence/timeLimit";
import { anEnding, anOpening } from "../../anOpening";
import { makePipe, scratch } from "../scratch";

const stateDir = "/home/dev/.openclaw";

describe("ResetRecordStore", () => {
  it("gives back what was kept, without what is private", async () => {
    const directory = join(scratch(), "storage", "resets");
    const kept = aRecord("r1", {
      logs: [aLog(5, "[ws] ⇄ res ✓ sessions.reset for +15551234567")],
      commands: [{ at: 4, action: "new", sessionKey: "agent:main:main", source: "webchat", place: { file: "/c" } }],
      trigger: { trigger: "user", at: 6, place: { file: "/t", offset: 0 } },
      rowBefore: { ...aRow, displayName: "Jane", label: "Jane", rest: { lastTo: "+15551234567" } },
    });
    await new ResetRecordStore(directory).add(kept, stateDir);
    const [loaded, ...others] = await new ResetRecordStore(directory).load(stateDir);
    assert.deepEqual(others, []);
    assert.deepEqual(loaded, {
      ...kept,
      logs: [{ ...aLog(5, "[ws] ⇄ res ✓ sessions.reset for …4567"), recordedAt: 20 }],
      commands: [
        {
          at: 4,
          action: "new",
          sessionKey: "agent:main:main",
          source: "webchat",
          place: { file: "/c", line: undefined, offset: undefined },
        },
      ].map((command) => ({ ...command, place: { file: "/c", line: undefined, offset: undefined } })),
      trigger: { trigger: "user", at: 6, place: { file: "/t", line: undefined, offset: 0 } },
      rowBefore: { ...aRow, displayName: undefined, label: undefined, rest: {} },
    });
    const [name = ""] = readdirSync(directory);
    if (process.platform !== "win32") assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(join(directory, name), "utf8"), /Jane|15551234567/);
    assert.deepEqual(await new ResetRecordStore(directory).load("/another"), []);
  });

  it("gives back the first and last rows of the transcripts, without directory and key", async () => {
    const directory = scratch();
    const head: FileHead = {
      headerId: "a",
      headerAt: 1,
      headerVersion: 3,
      cwd: undefined,
      firstEntryId: "e",
      firstAt: 2,
      lastAt: 3,
      sessionKey: undefined,
      opening: anOpening({ sender: "5eadbeef", zone: { label: "UTC", name: undefined, offsetMinutes: 0 } }),
      announced: "new",
      ending: anEnding({ error: "overflow", lastUserAt: 3 }),
      replayed: 0,
      problem: undefined,
    };
    const file = {
      name: parseFileName("a.jsonl"),
      bytes: 1,
      mtimeMs: 1,
      mode: 0,
      problem: undefined,
      index: undefined,
    };
    const kept = keptFile({ ...file, path: "/a.jsonl", head: { ...head, cwd: "/home/jane", sessionKey: "agent:x" } });
    assert.ok(kept);
    await new ResetRecordStore(directory).add(aRecord("r1", { fromFile: kept }), stateDir);
    const half = { path: "/b.jsonl", head: { ...head, opening: undefined }, messages: 0 };
    await new ResetRecordStore(directory).add(aRecord("r1", { toFile: half }), stateDir);
    await new ResetRecordStore(directory).add(aRecord("r1", { toFile: { ...half, head } }), stateDir);
    const [name = ""] = readdirSync(directory);
    assert.doesNotMatch(readFileSync(join(directory, name), "utf8"), /jane|agent:x/);
    const [loaded] = await new ResetRecordStore(directory).load(stateDir);
    assert.deepEqual(loaded?.fromFile, { path: "/a.jsonl", head, messages: undefined });
    assert.deepEqual(loaded.toFile?.head.opening, head.opening);
  });

  it("two ends of one session are two records, also under one id", async () => {
    const store = new ResetRecordStore(scratch());
    await store.add(aRecord("r1", { at: 0 }), stateDir);
    await store.add(aRecord("r1", { at: 3_600_000 }), stateDir);
    assert.equal((await store.load(stateDir)).length, 2);
  });

  it("puts together what several saw, and passes over what is torn", async () => {
    const directory = scratch();
    const [one, other] = [new ResetRecordStore(directory), new ResetRecordStore(directory)];
    await one.add(aRecord("r1", { recordedAt: 30, logs: [aLog(1, "[a] b"), aLog(2, "[a] c")] }), stateDir);
    const [name = ""] = readdirSync(directory);
    appendFileSync(join(directory, name), '{"id":"torn","agentId":"ma');
    await other.add(aRecord("r1", { recordedAt: 20, archive: "/old.jsonl" }), stateDir);
    await one.add(aRecord("r0", { at: 1 }), stateDir);
    const loaded = await other.load(stateDir);
    assert.deepEqual(
      loaded.map(({ id, recordedAt, logs, archive }) => [id, recordedAt, logs.length, archive]),
      [
        ["r0", 20, 0, undefined],
        ["r1", 20, 2, "/old.jsonl"],
      ],
    );
  });

  it("stays small: the oldest go first, and the lines of a record that are farthest from it", async () => {
    const directory = scratch();
    const store = new ResetRecordStore(directory, 100 * 1024);
    const logs = Array.from({ length: 1000 }, (_, at) => aLog(at, `[x] ${"y".repeat(200)}`));
    for (let id = 0; id < 8; id++)
      await store.add(aRecord(`r${String(id)}`, { at: 500, recordedAt: id, logs }), stateDir);
    const [name = "", ...rest] = readdirSync(directory);
    assert.deepEqual(rest, []);
    assert.ok(statSync(join(directory, name)).size <= 100 * 1024);
    const loaded = await store.load(stateDir);
    assert.ok(loaded.length >= 1 && loaded.length < 8);
    assert.ok(loaded.some(({ id }) => id === "r7"));
    for (const record of loaded)
      assert.ok(record.logs.length > 0 && record.logs.every(({ at }) => Math.abs(at - 500) < 300));
  });

  it("loses nothing when many records come at once", async () => {
    const directory = scratch();
    const stores = [1, 2, 3].map(() => new ResetRecordStore(directory));
    await Promise.all(
      stores.flatMap((store, which) =>
        Array.from({ length: 20 }, (_, id) => store.add(aRecord(`r${String(which)}-${String(id)}`), stateDir)),
      ),
    );
    assert.equal((await new ResetRecordStore(directory).load(stateDir)).length, 60);
  });

  it("keeps what tells that the run of a row had ended, or that it was emptied, and nothing else of its many fields", async () => {
    const rest = {
      endedAt: 7,
      totalTokensFresh: true,
      inputTokens: 0,
      outputTokens: 0,
      lastTo: "+15551234567",
      endedBy: 5,
    };
    const store = new ResetRecordStore(scratch());
    await store.add(aRecord("r1", { rowBefore: { ...aRow, status: undefined, rest } }), stateDir);
    const [loaded] = await store.load(stateDir);
    assert.deepEqual(loaded?.rowBefore?.rest, { endedAt: 7, totalTokensFresh: true, inputTokens: 0, outputTokens: 0 });
    assert.equal(loaded.rowBefore.key, "agent:main:main");
  });

  it("keeps the session key once, and redacts every other", async () => {
    const directory = scratch();
    const key = "agent:main:whatsapp:direct:+15551234567";
    const other = "agent:main:whatsapp:direct:+15557654321";
    const log = (at: number, of: string): ResetRecord["logs"][number] => ({
      ...aLog(at, "x"),
      event: { kind: "role-conflict", key: of, newId: "n" },
    });
    const command = { at: 4, action: "new", source: "for +15551234567", place: { file: "/c" } };
    const record = aRecord("r1", {
      key,
      rowBefore: { ...aRow, key },
      logs: [log(5, key), log(6, other)],
      commands: [
        { ...command, sessionKey: key },
        { ...command, sessionKey: other },
        { ...command, sessionKey: undefined },
      ],
    });
    await new ResetRecordStore(directory).add(record, stateDir);
    const [name = ""] = readdirSync(directory);
    const text = readFileSync(join(directory, name), "utf8");
    assert.equal(text.split("+15551234567").length, 2);
    assert.doesNotMatch(text, /15557654321/);
    const [loaded] = await new ResetRecordStore(directory).load(stateDir);
    assert.deepEqual(
      [loaded?.key, loaded?.rowBefore?.key, ...(loaded?.logs ?? []).map(({ event }) => "key" in event && event.key)],
      [key, key, key, "agent:main:whatsapp:direct:…4321"],
    );
    assert.deepEqual(
      loaded?.commands.map(({ sessionKey, source }) => [sessionKey, source]),
      [
        [key, "for …4567"],
        ["agent:main:whatsapp:direct:…4321", "for …4567"],
        [undefined, "for …4567"],
      ],
    );
  });

  it("tells of a file system that does not answer, and waits for it once only", async () => {
    let waited = 0;
    const store = new ResetRecordStore(scratch(), undefined, (what) => {
      waited++;
      return withinTime(what, () => new Promise(() => undefined), 1);
    });
    await assert.rejects(store.add(aRecord("r1"), stateDir), /takes longer than 0.001 s/);
    await assert.rejects(store.load(stateDir), /takes longer/);
    assert.equal(waited, 1);
  });

  it("does not hang where no directory can be made", async function () {
    if (process.platform !== "linux") this.skip();
    await assert.rejects(new ResetRecordStore("/proc/1/inspector/resets").add(aRecord("r1"), stateDir), /proc/);
  });

  it("never writes into the state directory, and reads no pipe", async () => {
    const directory = scratch();
    await new ResetRecordStore(join(directory, "inside", "it")).add(aRecord("r1"), directory);
    assert.deepEqual(readdirSync(directory), []);
    const storage = scratch();
    const store = new ResetRecordStore(storage);
    await store.add(aRecord("r1"), stateDir);
    const [name = ""] = readdirSync(storage);
    writeFileSync(join(storage, name), '\n{"id":1}\nnull\n[]\n{"id":"x","agentId":"a","key":"k","at":"1"}\n');
    assert.deepEqual(await store.load(stateDir), []);
    const other = scratch();
    makePipe(other, name);
    assert.deepEqual(await new ResetRecordStore(other).load(stateDir), []);
  });
});

const aRow = {
  key: "agent:main:main",
  sessionId: "old",
  sessionFile: undefined,
  updatedAt: 3,
  sessionStartedAt: 1,
  lastInteractionAt: 2,
  status: "done",
  label: undefined,
  displayName: undefined,
  subject: undefined,
  chatType: "direct",
  channel: "webchat",
  originProvider: "heartbeat",
  model: "m",
  modelProvider: "p",
  totalTokens: 5,
  contextTokens: 6,
  compactionCount: 0,
  usageFamilyKey: undefined,
  usageFamilySessionIds: [],
  checkpoints: [],
  reportSessionKey: undefined,
  reportSessionId: undefined,
  spawnedBy: undefined,
  parentSessionKey: undefined,
  rest: {},
  skipped: {},
};

function aLog(at: number, text: string): ResetRecord["logs"][number] {
  const place = { file: "/logs/gateway.log", line: undefined, offset: at };
  return { at, offsetMinutes: 0, event: { kind: "heartbeat" }, text, place, recordedAt: undefined };
}

function aRecord(id: string, more: Partial<ResetRecord> = {}): ResetRecord {
  return {
    id,
    agentId: "main",
    key: "agent:main:main",
    at: 10,
    recordedAt: 20,
    fromSessionId: "old",
    toSessionId: "new",
    archive: undefined,
    rowBefore: undefined,
    logs: [],
    commands: [],
    trigger: undefined,
    ...more,
  };
}
