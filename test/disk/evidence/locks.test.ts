import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { uptime } from "node:os";
import { join } from "node:path";
import { LockReader } from "../../../src/disk/evidence/locks";
import { thisMachine, type ProcessLook } from "../../../src/disk/evidence/processLook";
import { put, scratch } from "../scratch";
import { recorded } from "../inspectorSandbox";
import { bareStateDir, places, scan } from "./evidenceSandbox";

const signal = new AbortController().signal;

function machine(running: Readonly<Record<number, number | undefined>>): ProcessLook {
  return { exists: (pid) => pid in running, startTicks: (pid) => Promise.resolve(running[pid]) };
}

describe("LockReader", () => {
  it("reads the lock of a session that was answering when it was recorded", async () => {
    const stateDir = await scan(recorded("2026.7.35/running"));
    const expected = (alive: boolean | undefined) => [
      {
        place: {
          file: join(stateDir.path, "agents/main/sessions/4f50c767-006f-46b7-9aaa-970c3a96872a.jsonl.lock"),
        },
        of: "4f50c767-006f-46b7-9aaa-970c3a96872a",
        pid: 12062,
        since: Date.parse("2026-07-21T09:00:06.952Z"),
        alive,
      },
    ];
    const alive = async (running: Readonly<Record<number, number | undefined>>) =>
      new LockReader(machine(running)).read(stateDir, places(), signal);
    assert.deepEqual(await alive({ 12062: 700924 }), expected(true));
    assert.deepEqual(await alive({ 12062: undefined }), expected(true));
    assert.deepEqual(await alive({ 12062: 5 }), expected(false));
    assert.deepEqual(await alive({}), expected(false));
  });

  it("finds the gateway's own lock in both places", async () => {
    const configPath = "/home/dev/.openclaw/openclaw.json";
    const hash = createHash("sha256").update(configPath).digest("hex").slice(0, 8);
    const tmp = scratch({
      [`openclaw/gateway.${hash}.lock`]: `{"pid":7,"createdAt":"2026-03-30T09:00:01.681Z","startTime":688091}`,
      "openclaw/gateway.00000000.lock": "{}",
    });
    const directory = scratch({
      "tmp/openclaw-1000/gateway.state.lock": `{"pid":8,"ownerId":"o","port":18789}${" ".repeat(500)}`,
      "tmp/openclaw-1000/gateway.state.lock.sqlite": "",
    });
    const locks = await new LockReader(machine({ 7: 688091 })).read(
      bareStateDir(directory, { configPath }),
      places({ tmpDirs: [tmp] }),
      signal,
    );
    assert.deepEqual(
      locks.map(({ place, of, pid, alive }) => [place.file, of, pid, alive]),
      [
        [join(tmp, "openclaw", `gateway.${hash}.lock`), undefined, 7, true],
        [join(directory, "tmp/openclaw-1000/gateway.state.lock"), undefined, 8, false],
      ],
    );
  });

  it("says nothing certain of a lock that says nothing", async () => {
    const directory = scratch({ "openclaw.json": "{}", "agents/main/sessions/sessions.json": "{}" });
    for (const [name, text] of [
      ["sessions.json.lock", ""],
      ["a.jsonl.lock", '{"pid":"7"}'],
      ["b.jsonl.lock", '{"pid":-1,"createdAt":"never"}'],
    ] as const) {
      put(directory, `agents/main/sessions/${name}`, text);
    }
    const locks = await new LockReader(machine({})).read(await scan(directory), places(), signal);
    assert.deepEqual(locks.map(({ of, pid, alive }) => [of, pid, alive]).sort(), [
      ["a", undefined, undefined],
      ["b", undefined, undefined],
      ["sessions.json", undefined, undefined],
    ]);
    assert.ok(locks.every(({ since }) => since !== undefined));
  });

  it("takes no lock from before the machine's start for held, whoever has the number now", async () => {
    const directory = scratch({ "openclaw.json": "{}", "agents/main/sessions/sessions.json": "{}" });
    put(directory, "agents/main/sessions/a.jsonl.lock", '{"pid":1,"createdAt":"2026-04-22T06:00:00Z"}');
    put(directory, "agents/main/sessions/b.jsonl.lock", '{"pid":1,"createdAt":"2026-04-22T08:30:00Z"}');
    const look = { ...machine({}), exists: () => true };
    const bootedAt = (): number => Date.parse("2026-04-22T08:00:00Z");
    const read = async (one: ProcessLook): Promise<unknown> => {
      const locks = await new LockReader(one).read(await scan(directory), places(), signal);
      return locks.map(({ of, alive }) => [of, alive]).sort();
    };
    assert.deepEqual(await read({ ...look, bootedAt }), [
      ["a", false],
      ["b", true],
    ]);
    assert.deepEqual(await read(look), [
      ["a", true],
      ["b", true],
    ]);
    assert.ok(Math.abs((thisMachine.bootedAt?.() ?? 0) + uptime() * 1000 - Date.now()) < 2_000);
  });

  it("knows this process", async () => {
    assert.equal(thisMachine.exists(process.pid), true);
    assert.equal(thisMachine.exists(2 ** 30), false);
    if (process.platform === "linux") assert.ok(((await thisMachine.startTicks(process.pid)) ?? 0) > 0);
    assert.equal(await thisMachine.startTicks(2 ** 30), undefined);
  });
});
