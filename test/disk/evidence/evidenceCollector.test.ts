import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect, recorded, recordedScenarios } from "../inspectorSandbox";
import { makePipe, put, scratch, withPermissionsEnforced } from "../scratch";
import { countingOpen } from "./countingOpen";
import { bareStateDir, collector, fingerprint, places, recordedWithLog, scan } from "./evidenceSandbox";

const signal = new AbortController().signal;

describe("EvidenceCollector on recorded state directories", () => {
  it("finds the answered call that reset a conversation", async () => {
    const stateDir = await recordedWithLog("2026.7.35/manual-resets");
    const at = Date.parse("2026-07-21T09:30:23.381Z");
    const { logs, logCoverage } = await collector().collector.collect(stateDir, [at], signal);
    const file = join(stateDir.path, "logs", "gateway.log");
    assert.deepEqual(
      logs.filter(({ event }) => event.kind === "rpc" && event.method === "sessions.reset"),
      [
        {
          at,
          offsetMinutes: 0,
          event: { kind: "rpc", method: "sessions.reset", ok: true },
          text: "[ws] ⇄ res ✓ sessions.reset 86ms conn=304bf958…139f id=8",
          place: { file, line: 31, offset: readFileSync(file).indexOf("2026-07-21T09:30:23.381") },
          recordedAt: undefined,
        },
      ],
    );
    assert.deepEqual(logCoverage, [
      { file, from: Date.parse("2026-07-21T09:00:02.260Z"), to: Date.parse("2026-07-21T09:35:29.234Z") },
    ]);
  });

  for (const version of ["2026.3.13", "2026.4.21", "2026.5.18", "2026.7.35", "2026.9.6"]) {
    it(`${version}: one start and one stop per run of the gateway`, async () => {
      const stateDir = await recordedWithLog(`${version}/basic`);
      const { logs } = await collector().collector.collect(stateDir, [], signal);
      const kinds = logs.map(({ event }) => event.kind).filter((kind) => kind.startsWith("gateway-"));
      assert.equal(kinds.length % 2, 0);
      assert.ok(kinds.length > 0);
      kinds.forEach((kind, index) => {
        assert.equal(kind, index % 2 === 0 ? "gateway-start" : "gateway-stop");
      });
    });
  }

  it("sees that an overflow did not end a session, and keeps nothing that a model said", async () => {
    const stateDir = await recordedWithLog("2026.7.35/auto-overflow");
    const { logs } = await collector().collector.collect(stateDir, [], signal);
    const preserved = logs.filter(({ event }) => event.kind === "mapping-preserved");
    assert.ok(preserved.length > 0);
    for (const { event } of preserved) assert.deepEqual(event, { kind: "mapping-preserved", key: "agent:main:main" });
    assert.ok(logs.every(({ text }) => text.startsWith("[") || text.startsWith("Auto-compaction failed (")));
  });

  it("finds who began the first turn of a run trace", async () => {
    const stateDir = await scan(recorded("2026.5.18/trajectory"));
    const at = Date.parse("2026-05-19T09:00:08.799Z");
    const { triggers } = await collector().collector.collect(stateDir, [at], signal);
    const id = "cb4474fa-ff2e-4535-8726-670c8b59b870";
    const file = join(stateDir.path, "agents", "main", "sessions", `${id}.trajectory.jsonl`);
    assert.deepEqual(triggers.get(id), [{ trigger: "user", at, place: { file, offset: 0 } }]);
    const late = await collector().collector.collect(stateDir, [at + 3 * 86_400_000], signal);
    assert.equal(late.triggers.size, 0);
  });

  it("leaves the state directory as it was, and reads nothing the second time", async () => {
    const stateDir = await recordedWithLog("2026.5.18/trajectory");
    const before = fingerprint(stateDir.path);
    const counting = countingOpen();
    const { collector: subject, log } = collector({ open: counting.open });
    const around = [Date.parse("2026-05-19T09:00:08.799Z")];
    const first = await subject.collect(stateDir, around, signal);
    const opened = counting.opened();
    assert.ok(opened > 0);
    const second = await subject.collect(stateDir, around, signal);
    assert.equal(counting.opened(), opened);
    assert.deepEqual(second, first);
    assert.equal(fingerprint(stateDir.path), before);
    assert.deepEqual(log, []);
  });

  it("has no trouble with what other things lie about", async () => {
    for (const scenario of recordedScenarios().filter((name) => /\/(?:subagent-cron|killed-midrun)$/.test(name))) {
      const inspector = inspect(recorded(scenario));
      const [stateDir] = (await inspector.refresh()).stateDirs;
      assert.ok(stateDir !== undefined);
      const { collector: subject, log } = collector();
      await subject.collect(stateDir, [Date.parse("2026-05-19T09:00:08Z")], signal);
      assert.deepEqual(log, [], scenario);
    }
  });
});

describe("EvidenceCollector on what people have", () => {
  it("collects commands, notes and cron runs with their places", async () => {
    const directory = scratch({
      "logs/commands.log": [
        '{"timestamp":"2026-03-30T09:15:00.000Z","action":"new","sessionKey":"agent:main:main","senderId":"+15551234567","source":"webchat"}',
        "garbage",
        '{"timestamp":1774862400000,"action":"reset"}',
        '{"timestamp":"2026-03-3',
      ].join("\n"),
      "workspace/memory/2026-03-30-a.md":
        "# Session: 2026-03-30 09:15:00 GMT+9\n\n- **Session Key**: agent:main:main\n- **Session ID**: 315349e0\n",
      "workspace-work/memory/2026-03-30-a.md": "- **Session Key**: agent:work:main\n- **Session ID**: 415349e0\n",
      "cron/runs/j.jsonl": '{"ts":1779184836232,"jobId":"j","action":"finished","sessionId":"262a"}\n',
    });
    const { commands, notes, cronRuns, machineZone, now } = await collector().collector.collect(
      bareStateDir(directory),
      [],
      signal,
    );
    const file = join(directory, "logs", "commands.log");
    assert.deepEqual(commands, [
      {
        at: Date.parse("2026-03-30T09:15:00Z"),
        action: "new",
        sessionKey: "agent:main:main",
        source: "webchat",
        place: { file, offset: 0 },
      },
      {
        at: 1774862400000,
        action: "reset",
        sessionKey: undefined,
        source: undefined,
        place: { file, offset: readFileSync(file).indexOf('{"timestamp":177') },
      },
    ]);
    assert.deepEqual(
      notes.map(({ sessionId, at, place }) => [sessionId, at, place.file]),
      [
        ["315349e0", Date.parse("2026-03-30T00:15:00Z"), join(directory, "workspace", "memory", "2026-03-30-a.md")],
        // The time of the file is no time of the note.
        ["415349e0", undefined, join(directory, "workspace-work", "memory", "2026-03-30-a.md")],
      ],
    );
    assert.deepEqual([cronRuns.length, machineZone, now], [1, "Europe/Berlin", 1]);
  });

  it("finds rows as they were in the newest copies of the index", async () => {
    const row = (sessionId: string) => JSON.stringify({ "agent:main:main": { sessionId, updatedAt: 1 } });
    const directory = scratch({
      "openclaw.json": "{}",
      "agents/main/sessions/sessions.json": row("now"),
      "agents/main/sessions/sessions.json.bak.1774862400004": row("d"),
      "agents/main/sessions/sessions.json.bak.1774862400003": row("c"),
      "agents/main/sessions/sessions.json.bak.1774862400002": row("b"),
      "agents/main/sessions/sessions.json.bak.1774862400001": row("a"),
    });
    const { rowsBefore } = await collector().collector.collect(await scan(directory), [], signal);
    assert.deepEqual(
      rowsBefore.map((before) => [before.row.sessionId, before.from, before.keptAt]),
      [
        ["d", "store-backup", 1774862400004],
        ["c", "store-backup", 1774862400003],
        ["b", "store-backup", 1774862400002],
      ],
    );
  });

  it("tells of what cannot be read, and of everything else all the same", async () => {
    const directory = scratch({
      "logs/gateway.log": "2026-03-30T09:00:02.096+00:00 [gateway] received SIGTERM; shutting down\n",
      "logs/commands.log": "{}",
    });
    makePipe(join(directory, "logs"), "openclaw.log");
    chmodSync(directory, 0o755);
    chmodSync(join(directory, "logs", "commands.log"), 0);
    await withPermissionsEnforced(async () => {
      const { collector: subject, log } = collector({
        resetRecords: { load: () => Promise.reject(new Error("no storage")) },
      });
      const { logs, commands } = await subject.collect(bareStateDir(directory), [], signal);
      assert.deepEqual([logs.length, commands.length, log.length], [1, 0, 2]);
    });
  });

  it("is nothing where there is nothing, and stops when it is told to", async () => {
    const { collector: subject, log } = collector();
    const nothing = await subject.collect(bareStateDir("/nowhere/at/all"), [NaN, Infinity, -1], signal);
    assert.deepEqual([nothing.logs, nothing.commands, nothing.locks, log], [[], [], [], []]);
    await assert.rejects(subject.collect(bareStateDir(scratch()), [], AbortSignal.abort()));
  });

  it("reads logs elsewhere only where it may", async () => {
    const stop = "2026-03-30T09:00:02.096+00:00 [gateway] received SIGTERM; shutting down\n";
    const home = scratch({
      ".openclaw/openclaw.json": "{}",
      ".openclaw-work/openclaw.json": "{}",
      "copy/.openclaw/openclaw.json": "{}",
    });
    const tmp = scratch({
      "openclaw/openclaw-2026-03-30.log": stop,
      "openclaw/openclaw-2026-03-29.1.log": stop.replace("30T", "29T"),
      "openclaw/openclaw-work-2026-03-30.log": stop,
      "openclaw/other-2026-03-30.log": stop,
      "elsewhere/own.log": stop,
    });
    const logsOf = async (directory: string, trusted: boolean, uid = process.getuid?.(), file?: string) => {
      const where = places({ home, tmpDirs: [tmp], trusted, uid });
      const facts =
        file === undefined ? {} : { configFacts: { logFile: { value: file, place: { file: "" } } } as never };
      const { logs } = await collector({ places: () => where }).collector.collect(
        bareStateDir(directory, facts),
        [],
        signal,
      );
      return logs.map(({ place }) => place.file.slice(tmp.length + 1));
    };
    const [own, work, copy] = [join(home, ".openclaw"), join(home, ".openclaw-work"), join(home, "copy", ".openclaw")];
    assert.deepEqual(await logsOf(own, true), [
      "openclaw/openclaw-2026-03-29.1.log",
      "openclaw/openclaw-2026-03-30.log",
    ]);
    assert.deepEqual(await logsOf(work, true), ["openclaw/openclaw-work-2026-03-30.log"]);
    assert.deepEqual(await logsOf(copy, true), []);
    assert.deepEqual(await logsOf(own, false), []);
    assert.deepEqual(await logsOf(own, true, 4242), []);
    assert.deepEqual(await logsOf(copy, true, undefined, join(tmp, "elsewhere", "own.log")), ["elsewhere/own.log"]);
    assert.deepEqual(await logsOf(copy, false, undefined, join(tmp, "elsewhere", "own.log")), []);
    put(home, "logs-of-home/own.log", stop);
    const where = places({ home, tmpDirs: [], trusted: true });
    const facts = { configFacts: { logFile: { value: "~/logs-of-home/own.log", place: { file: "" } } } as never };
    const found = await collector({ places: () => where }).collector.collect(bareStateDir(copy, facts), [], signal);
    assert.equal(found.logs.length, 1);
  });
});
