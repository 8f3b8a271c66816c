import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  bytesAndTimes,
  readIndex,
  requestFor,
  restoringIn,
  restoringRecorded,
  stopping,
  timesInWholeMs,
  windowWith,
} from "./restoreSandbox";
import { recorded, write } from "../inspectorSandbox";
import { scratch } from "../scratch";

const archive = /^bdea9c6c.*\.reset\./;
const main = "agent:main:main";
const oldId = "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d";

describe("where sessions may be", () => {
  it("a state directory that is reached through a link, and so is its agents directory", async () => {
    const real = recorded("2026.7.35/manual-resets");
    renameSync(join(real, "agents"), join(real, "elsewhere"));
    symlinkSync("elsewhere", join(real, "agents"));
    const link = join(scratch(), ".openclaw");
    symlinkSync(real, link);
    const at = await restoringIn(link);
    const { restorer } = at.inspector;
    const before = bytesAndTimes(real);
    const planned = await restorer.plan(requestFor(at, archive));
    assert.deepEqual(stopping(planned.checks), []);
    const { plan } = await restorer.apply(planned);
    assert.equal(readIndex(at)[main]?.sessionId, oldId);
    assert.equal(await restorer.vaultOf(link), await restorer.vaultOf(real));
    await restorer.apply(await restorer.planUndo(link, plan.id));
    assert.deepEqual(bytesAndTimes(real), before);
  });

  it("a store outside the state directory, as the config says", async () => {
    const stateDir = recorded("2026.7.35/manual-resets");
    const outside = scratch();
    renameSync(join(stateDir, "agents/main/sessions"), join(outside, "main"));
    timesInWholeMs(outside);
    const config = JSON.parse(readFileSync(join(stateDir, "openclaw.json"), "utf8")) as Record<string, unknown>;
    write(stateDir, "openclaw.json", { ...config, session: { store: join(outside, "{agentId}", "sessions.json") } });
    const at = { ...(await restoringIn(stateDir)), sessions: join(outside, "main") };
    const { restorer } = at.inspector;
    const planned = await restorer.plan(requestFor(at, archive));
    assert.deepEqual(stopping(planned.checks), []);
    const before = bytesAndTimes(outside);
    await assert.rejects(restorer.rehearse(planned), {
      name: "RestoreRefused",
      message: /outside the state directory/,
    });
    const { plan } = await restorer.apply(planned);
    assert.equal(readIndex(at)[main]?.sessionId, oldId);
    assert.deepEqual(readdirSync(join(stateDir, "agents/main")), ["agent"]);
    await restorer.apply(await restorer.planUndo(stateDir, plan.id));
    assert.deepEqual(bytesAndTimes(outside), before);
  });

  it("a copy that was kept, when its archive is gone", async () => {
    const keepDir = join(scratch(), "kept");
    const at = await restoringRecorded("2026.7.35/manual-resets", { keepDir });
    const { keeper, restorer } = at.inspector;
    const { window, file } = windowWith(at.inspector, archive);
    const content = readFileSync(file, "utf8");
    const kept = await keeper.keep({ stateDir: at.stateDir, agentId: "main", windowId: window.windowId });
    rmSync(file);
    await at.inspector.refresh();
    await at.inspector.whenIndexed();
    const request = { ...requestFor(at, /^bdea9c6c/), file: undefined, windowId: window.windowId };
    const planned = await restorer.plan(request);
    assert.deepEqual(stopping(planned.checks), []);
    assert.equal(planned.plan?.source, kept.path);
    const rehearsal = await restorer.rehearse(planned);
    assert.equal(readIndex({ sessions: join(rehearsal.stateDir, "agents/main/sessions") })[main]?.sessionId, oldId);
    await restorer.apply(planned);
    assert.equal(readFileSync(join(at.sessions, `${oldId}.jsonl`), "utf8"), content);
    assert.equal(readFileSync(kept.path, "utf8"), content);
  });

  it("two of us at the same time: one restores, the other is told", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { restorer } = at.inspector;
    const plans = [
      await restorer.plan(requestFor(at, archive)),
      await restorer.plan(requestFor(at, /^6a9dcfca.*\.reset\./)),
    ];
    const results = await Promise.allSettled(plans.map((planned) => restorer.apply(planned)));
    const failed = results.flatMap((each) => (each.status === "rejected" ? [each.reason as Error] : []));
    assert.deepEqual(
      failed.map(({ name }) => name),
      ["RestoreRefused"],
    );
    assert.deepEqual((await restorer.list(at.stateDir)).filter(({ outcome }) => outcome === "finished").length, 1);
    assert.deepEqual(await restorer.unfinished(at.stateDir), []);
  });

  it("tables that appear between planning and applying: refused", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { restorer } = at.inspector;
    const planned = await restorer.plan(requestFor(at, archive));
    assert.deepEqual(stopping(planned.checks), []);
    const later = recorded("2026.9.6/basic");
    mkdirSync(join(at.stateDir, "agents/main/agent"), { recursive: true });
    cpSync(join(later, "agents/main/agent"), join(at.stateDir, "agents/main/agent"), { recursive: true });
    const before = bytesAndTimes(at.stateDir);
    await assert.rejects(restorer.apply(planned), { name: "RestoreRefused" });
    const again = await restorer.plan(requestFor(at, archive));
    assert.match(stopping(again.checks).join("\n"), /^blocker era: /m);
    assert.deepEqual(bytesAndTimes(at.stateDir), before);
  });
});
