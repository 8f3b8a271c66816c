import assert from "node:assert/strict";
import { lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  bytesAndTimes,
  readIndex,
  requestFor,
  restoringIn,
  restoringRecorded,
  stopping,
  type Restoring,
} from "./restoreSandbox";
import { recorded, write } from "../inspectorSandbox";

const archive = /^bdea9c6c.*\.reset\./;
const main = "agent:main:main";

async function applied(at: Restoring) {
  const planned = await at.inspector.restorer.plan(requestFor(at, archive));
  assert.deepEqual(stopping(planned.checks), []);
  return at.inspector.restorer.apply(planned);
}

describe("the vault of a state directory", () => {
  it("lies under the hash of its real path, for nobody else to read", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { plan } = await applied(at);
    const vault = await at.inspector.restorer.vaultOf(at.stateDir);
    assert.match(vault.slice(at.vaultBase.length), /^\/[\da-f]{16}$/);
    assert.equal(lstatSync(vault).mode & 0o777, 0o700);
    for (const name of readdirSync(vault, { recursive: true, encoding: "utf8" })) {
      assert.equal(lstatSync(join(vault, name)).mode & 0o077, 0, name);
    }
    const text = readFileSync(join(vault, "restores", plan.id, "journal.jsonl"), "utf8");
    assert.doesNotMatch(text, /Tamarack/, "no words of a conversation");
  });

  it("gives every content of a plan to be looked at, before and after it is applied", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { restorer } = at.inspector;
    const planned = await restorer.plan(requestFor(at, archive));
    assert.ok(planned.plan !== undefined);
    const index = planned.plan.changes.find(({ role }) => role === "index");
    assert.ok(index?.after.kind === "file" && index.before.kind === "file");
    const { before, after } = index;
    const shown = async (sha256: string): Promise<unknown> =>
      planned.plan && JSON.parse(readFileSync(await restorer.contentPath(planned.plan, sha256), "utf8"));
    const there = readIndex(at);
    const will = (await shown(after.sha256)) as typeof there;
    assert.deepEqual(await shown(before.sha256), there);
    assert.equal(will[main]?.sessionId, "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d");
    await restorer.apply(planned);
    assert.deepEqual(readIndex(at), will);
    assert.deepEqual([await shown(before.sha256), await shown(after.sha256)], [there, will]);
    await assert.rejects(restorer.contentPath(planned.plan, "0".repeat(64)), { name: "RestoreRefused" });
    await assert.rejects(restorer.contentPath(planned.plan, "../../etc/passwd"), { name: "RestoreRefused" });
  });
});

describe("a plan", () => {
  it("that was not made by this restorer is refused", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const planned = await at.inspector.restorer.plan(requestFor(at, archive));
    const copy = JSON.parse(JSON.stringify(planned)) as typeof planned;
    await assert.rejects(at.inspector.restorer.apply(copy), { name: "RestoreRefused" });
  });

  it("that is a quarter of an hour old is refused: its times would no longer be right", async () => {
    let late = 0;
    const at = await restoringRecorded("2026.7.35/manual-resets", { now: () => Date.now() + late });
    const planned = await at.inspector.restorer.plan(requestFor(at, archive));
    late = 16 * 60_000;
    const before = bytesAndTimes(at.stateDir);
    await assert.rejects(at.inspector.restorer.apply(planned), { name: "RestoreRefused", message: /too long ago/ });
    assert.deepEqual(bytesAndTimes(at.stateDir), before);
  });

  it("that the daily hour has overtaken is refused: what it brings back would be reset at once", async () => {
    const day = 24 * 60 * 60_000;
    const four = (Math.floor(Date.now() / day) + 1) * day + 4 * 60 * 60_000;
    let now = four - 120_000;
    const at = await restoringRecorded("2026.7.35/manual-resets", { now: () => now });
    const { restorer } = at.inspector;
    const planned = await restorer.plan(requestFor(at, archive));
    now = four + 120_000;
    const before = bytesAndTimes(at.stateDir);
    await assert.rejects(restorer.apply(planned), { name: "RestoreRefused", message: /the hour came/ });
    assert.deepEqual(bytesAndTimes(at.stateDir), before);
    assert.equal((await restorer.apply(await restorer.plan(requestFor(at, archive)))).outcome, "finished");
  });

  it("can be given up while it is made, and before anything is changed", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const before = bytesAndTimes(at.stateDir);
    const stopped = AbortSignal.abort();
    const { restorer } = at.inspector;
    await assert.rejects(restorer.plan(requestFor(at, archive), undefined, stopped), { name: "AbortError" });
    const planned = await restorer.plan(requestFor(at, archive));
    await assert.rejects(restorer.apply(planned, undefined, stopped), { name: "AbortError" });
    assert.deepEqual(bytesAndTimes(at.stateDir), before);
    assert.equal((await restorer.apply(await restorer.plan(requestFor(at, archive)))).outcome, "finished");
  });
});

describe("a restore that was begun and not ended", () => {
  for (const how of ["finish", "take-back"] as const) {
    it(`is found, stands in the way of others, and is ended: ${how}`, async () => {
      const at = await restoringRecorded("2026.7.35/manual-resets");
      const { restorer } = at.inspector;
      const before = bytesAndTimes(at.stateDir);
      const { plan, directory } = await applied(at);
      const after = bytesAndTimes(at.stateDir);
      const journal = join(directory, "journal.jsonl");
      const lines = readFileSync(journal, "utf8").split("\n");
      const last = lines.findLastIndex((line) => line.startsWith('{"event":"changed"'));
      writeFileSync(journal, lines.slice(0, last + 1).join("\n") + "\n");

      assert.deepEqual(
        (await restorer.unfinished(at.stateDir)).map((each) => each.plan.id),
        [plan.id],
      );
      const other = await restorer.plan(requestFor(at, /^6a9dcfca.*\.reset\./));
      assert.match(stopping(other.checks).join("\n"), /^blocker unfinished-restore: /m);

      const lock = { pid: process.pid, createdAt: new Date().toISOString(), stateDir: at.stateDir };
      write(at.stateDir, "tmp/openclaw-0/gateway.state.lock", lock);
      const between = bytesAndTimes(at.stateDir);
      await assert.rejects(restorer.recover(at.stateDir, plan.id, how, true), {
        name: "RestoreRefused",
        message: /A gateway works on this state directory/,
      });
      assert.deepEqual(bytesAndTimes(at.stateDir), between, "nothing is ended under a gateway that runs");
      rmSync(join(at.stateDir, "tmp"), { recursive: true });

      const receipt = await restorer.recover(at.stateDir, plan.id, how);
      assert.equal(receipt.outcome, how === "finish" ? "finished" : "taken-back");
      assert.deepEqual(bytesAndTimes(at.stateDir), how === "finish" ? after : before);
      assert.deepEqual(await restorer.unfinished(at.stateDir), []);
    });
  }
});

describe("a rehearsal", () => {
  it("does in a copy what a restore does, and changes nothing here", async () => {
    const stateDir = recorded("2026.7.35/manual-resets");
    const index = join(stateDir, "agents/main/sessions/sessions.json");
    writeFileSync(index, readFileSync(index, "utf8").replaceAll("/home/dev/.openclaw/", `${stateDir}/`));
    const at = await restoringIn(stateDir);
    const { restorer } = at.inspector;
    const before = bytesAndTimes(at.stateDir);
    const planned = await restorer.plan(requestFor(at, archive));
    const first = await restorer.rehearse(planned);
    const second = await restorer.rehearse(planned);
    assert.deepEqual(bytesAndTimes(at.stateDir), before);

    assert.equal(second.receipt.outcome, "finished");
    assert.ok(second.stateDir.startsWith(await restorer.vaultOf(at.stateDir)));
    const sessions = join(second.stateDir, "agents/main/sessions");
    const rows = readIndex({ sessions });
    assert.equal(rows[main]?.sessionId, "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d");
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(`"${stateDir}/`));
    assert.deepEqual(readdirSync(join(await restorer.vaultOf(at.stateDir), "rehearsals")).length, 1, first.stateDir);
    assert.deepEqual(await restorer.list(at.stateDir), []);

    await restorer.apply(planned);
    const there = readdirSync(sessions).filter((name) => name.includes(".jsonl"));
    const here = readdirSync(at.sessions).filter((name) => name.includes(".jsonl"));
    const withoutTime = (names: readonly string[]) =>
      names.map((name) => name.replace(/\.reset\.2026-1.*/, ".reset.now")).sort();
    assert.deepEqual(withoutTime(there), withoutTime(here));
  });

  it("is possible while a gateway runs", async () => {
    const stateDir = recorded("2026.7.35/manual-resets");
    const lock = { pid: process.pid, createdAt: new Date().toISOString() };
    const name = "agents/main/sessions/a32f58af-2f2c-4f14-bbba-7143e76144af.jsonl.lock";
    write(stateDir, name, lock);
    const at = await restoringIn(stateDir);
    const { restorer } = at.inspector;
    const planned = await restorer.plan(requestFor(at, archive));
    await assert.rejects(restorer.apply(planned), { name: "RestoreRefused" });
    const before = bytesAndTimes(stateDir);
    assert.equal((await restorer.rehearse(planned)).receipt.outcome, "finished");
    assert.deepEqual(bytesAndTimes(stateDir), before);
  });

  it("is refused where a restore would be, and leaves nothing behind when it is given up", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { restorer } = at.inspector;
    const impossible = await restorer.plan(requestFor(at, archive, { kind: "new-key", key: "__proto__" }));
    await assert.rejects(restorer.rehearse(impossible), { name: "RestoreRefused" });
    const planned = await restorer.plan(requestFor(at, archive));
    await assert.rejects(restorer.rehearse(planned, undefined, AbortSignal.abort()), { name: "AbortError" });
    assert.deepEqual(readdirSync(join(await restorer.vaultOf(at.stateDir), "rehearsals")), []);
  });
});
