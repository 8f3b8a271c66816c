import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RestoreTarget } from "../../../src/core/restore/restoreRequest";
import { RestoreRefused } from "../../../src/core/restore/restorer";
import {
  bytesAndTimes,
  readIndex,
  requestFor,
  restoringIn,
  restoringRecorded,
  stopping,
  windowWith,
  type Restoring,
} from "./restoreSandbox";
import { message, recorded } from "../inspectorSandbox";

const main = "agent:main:main";
const inPlace = (key: string): RestoreTarget => ({ kind: "in-place", key });

/** What people lose, as recorded, and where the copy of it is put. */
const lost: readonly {
  readonly what: string;
  readonly scenario: string;
  readonly name: RegExp;
  readonly key: string;
  readonly displaced?: "archive" | "new-key";
  /** Base name of the transcript afterwards, and its session id; "new": one that was made up. */
  readonly comesBackAs: string;
}[] = [
  {
    what: "an archive that /new left",
    scenario: "2026.7.35/manual-resets",
    name: /^bdea9c6c.*\.reset\./,
    key: main,
    comesBackAs: "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d.jsonl",
  },
  {
    what: "an archive that /new left, the current conversation under a key of its own",
    scenario: "2026.3.13/manual-resets",
    name: /\.jsonl\.reset\.[^/]*T09-15/,
    key: main,
    displaced: "new-key",
    comesBackAs: "its own name",
  },
  {
    what: "an archive whose name the current conversation has taken, after sessions.reset",
    scenario: "2026.4.21/manual-resets",
    name: /^45a5548e.*\.reset\.2026-04-22T09-30-34/,
    key: main,
    comesBackAs: "another name",
  },
  {
    what: "an archive whose name is that of another session, after sessions.reset twice",
    scenario: "2026.4.21/manual-resets",
    name: /^45a5548e.*\.reset\.2026-04-22T09-35-39/,
    key: main,
    comesBackAs: "bc5a95e1-1951-4cd3-9d2c-997a7577294b.jsonl",
  },
  {
    what: "an archive that the daily reset left",
    scenario: "2026.5.18/daily-reset",
    name: /\.reset\.2026-05-21/,
    key: main,
    comesBackAs: "its own name",
  },
  {
    what: "a deleted session whose entry is gone",
    scenario: "2026.4.21/manual-resets",
    name: /\.deleted\./,
    key: "agent:main:scratch",
    comesBackAs: "13152c7c-2de7-4ea3-a4ab-807692854a57.jsonl",
  },
  {
    what: "a checkpoint",
    scenario: "2026.5.18/compaction-restart",
    name: /^71e812ac.*\.checkpoint\.2c9a5aaa/,
    key: main,
    comesBackAs: "new",
  },
];

describe("restoring from a recorded state directory, and undoing it", function () {
  this.timeout(20_000);

  for (const each of lost) {
    it(`${each.what} (${each.scenario})`, async () => {
      const at = await restoringRecorded(each.scenario);
      const request = requestFor(at, each.name, inPlace(each.key));
      await goThereAndBack(at, { ...request, displaced: { kind: each.displaced ?? "archive" } }, each.comesBackAs);
    });
  }

  it("an orphan that no entry names", async () => {
    const at = await restoringRecorded("2026.5.18/daily-reset");
    const [orphan] = at.inspector.snapshot.stateDirs[0]?.agents[0]?.orphans ?? [];
    const base = orphan?.primary?.name.base ?? "none";
    await goThereAndBack(at, requestFor(at, new RegExp(`^${base}$`)), base);
  });

  it("a .bak that stands alone", async () => {
    const stateDir = recorded("2026.7.35/manual-resets");
    const sessions = join(stateDir, "agents/main/sessions");
    const archive = "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d.jsonl.reset.2026-07-21T09-15-11.944Z";
    renameSync(join(sessions, archive), join(sessions, archive.replace(".reset.", ".bak.")));
    const at = await restoringIn(stateDir);
    await goThereAndBack(at, requestFor(at, /^bdea9c6c.*\.bak\./), "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d.jsonl");
  });

  it("an archive under a key of its own, beside the current conversation", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const before = readIndex(at);
    const request = requestFor(at, /^bdea9c6c.*\.reset\./, { kind: "new-key" });
    const planned = await at.inspector.restorer.plan(request);
    assert.deepEqual(stopping(planned.checks), []);
    const { plan } = await at.inspector.restorer.apply(planned);
    const { [plan.key]: added, ...others } = readIndex(at);
    assert.deepEqual(others, before);
    assert.equal(added?.sessionId, "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d");
    assert.match(plan.key, /^agent:main:dashboard:[\da-f-]{36}$/);
  });
});

/** Restores, looks at what is there, undoes, and undoes the undoing. */
async function goThereAndBack(
  at: Restoring,
  request: Parameters<Restoring["inspector"]["restorer"]["plan"]>[0],
  comesBackAs: string,
): Promise<void> {
  const { restorer } = at.inspector;
  const { key } = request.target;
  assert.ok(key !== undefined && request.file !== undefined);
  const before = bytesAndTimes(at.stateDir);
  const planned = await restorer.plan(request);
  assert.deepEqual(stopping(planned.checks), []);
  assert.deepEqual(bytesAndTimes(at.stateDir), before, "planning changes nothing");

  const receipt = await restorer.apply(planned);
  const restored = bytesAndTimes(at.stateDir);
  const row = readIndex(at)[key];
  const base = row?.sessionFile?.slice(at.sessions.length + 1) ?? "";
  const source = readFileSync(request.file, "utf8");
  const now = readFileSync(join(at.sessions, base), "utf8");
  assert.equal(receipt.outcome, "finished");
  assert.equal(row?.sessionId, headerId(now));
  assert.equal(withoutHeader(now), withoutHeader(source));
  if (comesBackAs === "new") assert.notEqual(headerId(now), headerId(source));
  else assert.equal(now, source);
  if (/\.jsonl$/.test(comesBackAs)) assert.equal(base, comesBackAs);
  assert.deepEqual(lostContents(before, restored), [], "every content but the index's is still there under some name");
  assert.equal(
    at.inspector.snapshot.stateDirs[0]?.agents[0]?.conversations.find((each) => each.key === key)?.windows[0]
      ?.sessionId,
    row.sessionId,
  );

  const back = await restorer.planUndo(at.stateDir, receipt.plan.id);
  assert.deepEqual(stopping(back.checks), []);
  const undone = await restorer.apply(back);
  assert.deepEqual(bytesAndTimes(at.stateDir), before, "undone to the last byte");

  const again = await restorer.planUndo(at.stateDir, undone.plan.id);
  assert.deepEqual(stopping(again.checks), []);
  await restorer.apply(again);
  assert.deepEqual(bytesAndTimes(at.stateDir), restored, "undoing is undone to the last byte");
  assert.deepEqual(
    (await restorer.list(at.stateDir)).map(({ plan, outcome }) => `${plan.kind} ${outcome}`),
    ["undo finished", "undo undone", "restore undone"],
  );
}

function headerId(transcript: string): string {
  return (JSON.parse(transcript.slice(0, transcript.indexOf("\n"))) as { readonly id: string }).id;
}

function withoutHeader(transcript: string): string {
  return transcript.slice(transcript.indexOf("\n"));
}

/** Names of transcripts whose content stands nowhere any more. */
function lostContents(before: Record<string, string>, after: Record<string, string>): readonly string[] {
  const hashes = new Set(Object.values(after).map(hashOf));
  return Object.entries(before)
    .filter(([name, facts]) => !name.endsWith("sessions.json") && !hashes.has(hashOf(facts)))
    .map(([name]) => name);
}

function hashOf(facts: string): string {
  return facts.slice(facts.lastIndexOf(" ") + 1);
}

describe("after a restored conversation went on", () => {
  it("undo is refused, and switching back keeps what was said since", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { restorer } = at.inspector;
    const liveId = readIndex(at)[main]?.sessionId;
    const { plan } = await restorer.apply(await restorer.plan(requestFor(at, /^bdea9c6c.*\.reset\./)));
    const file = readIndex(at)[main]?.sessionFile ?? "";
    appendFileSync(file, `${message("later", null, 1, "said since")}\n`);
    const said = readFileSync(file, "utf8");
    const between = bytesAndTimes(at.stateDir);

    const undo = await restorer.planUndo(at.stateDir, plan.id);
    assert.deepEqual(stopping(undo.checks), [`blocker changed-since: ${file} was written to since.`]);
    await assert.rejects(restorer.apply(undo), RestoreRefused);
    assert.deepEqual(bytesAndTimes(at.stateDir), between);

    const planned = await restorer.planSwitchBack(at.stateDir, plan.id, false);
    assert.deepEqual(stopping(planned.checks), []);
    const receipt = await restorer.apply(planned);
    assert.equal(receipt.outcome, "finished");
    assert.equal(readIndex(at)[main]?.sessionId, liveId);
    const texts = readdirSync(at.sessions)
      .filter((name) => name.includes(".jsonl"))
      .map((name) => readFileSync(join(at.sessions, name), "utf8"));
    assert.ok(texts.includes(said), "what was said since is there, whole");
    assert.ok(windowWith(at.inspector, /^bdea9c6c.*\.reset\./));
  });

  it("what the plan was made from is another now: nothing is changed", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const { restorer } = at.inspector;
    const planned = await restorer.plan(requestFor(at, /^bdea9c6c.*\.reset\./));
    const index = join(at.sessions, "sessions.json");
    copyFileSync(index, `${index}.new`);
    appendFileSync(`${index}.new`, "\n");
    renameSync(`${index}.new`, index);
    const before = bytesAndTimes(at.stateDir);
    await assert.rejects(restorer.apply(planned), {
      name: "RestoreRefused",
      message: `${index} is no longer as it was when this was planned. Nothing was changed. Make the plan again.`,
    });
    assert.deepEqual(bytesAndTimes(at.stateDir), before);
  });

  it("a window that vanished is told in words", async () => {
    const at = await restoringRecorded("2026.7.35/manual-resets");
    const request = requestFor(at, /^bdea9c6c.*\.reset\./);
    rmSync(request.file ?? "");
    await assert.rejects(at.inspector.restorer.plan(request), { name: "ReadError", code: "vanished" });
  });
});
