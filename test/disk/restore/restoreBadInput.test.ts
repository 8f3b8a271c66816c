import assert from "node:assert/strict";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RestoreCheck } from "../../../src/core/restore/restoreCheck";
import type { RestoreTarget } from "../../../src/core/restore/restoreRequest";
import type { CreateInspectorOptions } from "../../../src/inspector";
import { header, message, sessions, start, stateDir, transcript } from "../inspectorSandbox";
import { makePipe, scratch, withPermissionsEnforced } from "../scratch";
import { zstOf } from "../zstWriter";
import { bytesAndTimes, readIndex, requestFor, restoringIn, stopping, type Restoring } from "./restoreSandbox";

const old = "11111111-1111-4111-8111-111111111111";
const live = "22222222-2222-4222-8222-222222222222";
const archive = `${old}.jsonl.reset.2026-04-01T09-00-00.000Z`;
const talk = transcript(header(old), message("a", null), message("b", "a", 1, "hi", "assistant"));
const isArchive = /\.reset\./;
const main = "agent:main:main";

/** One conversation that was reset once, and what else a test puts there. */
function aState(files: Readonly<Record<string, unknown>> = {}, key = main): string {
  return stateDir({
    "openclaw.json": { meta: { lastTouchedVersion: "2026.7.35", lastTouchedAt: new Date(start).toISOString() } },
    [`${sessions}/sessions.json`]: { [key]: { sessionId: live, sessionFile: `${live}.jsonl`, updatedAt: start } },
    [`${sessions}/${live}.jsonl`]: transcript(
      header(live, 60),
      message("c", null, 61),
      message("d", "c", 62, "yes", "assistant"),
    ),
    [`${sessions}/${archive}`]: talk,
    ...files,
  });
}

/** Plans, tries to apply all the same, and looks whether anything changed. `level code` of each thing that stops it. */
async function refused(
  at: Restoring,
  name: RegExp = isArchive,
  target: RestoreTarget = { kind: "in-place", key: main, keyIsNamed: true },
): Promise<readonly string[]> {
  const before = bytesAndTimes(at.stateDir);
  const { restorer } = at.inspector;
  const planned = await restorer.plan(requestFor(at, name, target));
  await assert.rejects(restorer.apply(planned), { name: "RestoreRefused" });
  assert.deepEqual(bytesAndTimes(at.stateDir), before, "nothing was changed");
  assert.deepEqual(await restorer.list(at.stateDir), []);
  return codesOf(planned.checks);
}

/** Plans and applies, with these warnings. */
async function done(
  at: Restoring,
  name: RegExp = isArchive,
  target: RestoreTarget = { kind: "in-place", key: main, keyIsNamed: true },
): Promise<readonly string[]> {
  const { restorer } = at.inspector;
  const planned = await restorer.plan(requestFor(at, name, target));
  assert.deepEqual(stopping(planned.checks), []);
  await restorer.apply(planned);
  return codesOf(planned.checks);
}

/** Of any archive of 2026.7.35 with the default policy. */
const isAlwaysSaid = new Set<RestoreCheck["code"]>(["freshness", "retention", "usage-counted-twice"]);

function codesOf(checks: readonly RestoreCheck[]): readonly string[] {
  const worth = checks.filter(({ level, code }) => level !== "ok" && !isAlwaysSaid.has(code));
  for (const { text, remedy } of worth) assert.match(`${text} ${remedy ?? ""}`, /^\S.*[.)] \S.*[.)]$/su);
  return [...new Set(worth.map(({ level, code }) => `${level} ${code}`))].sort();
}

describe("what stands in the way of a restore is told, and nothing is changed", function () {
  this.timeout(20_000);

  const archives: readonly [what: string, content: string | Buffer, found: readonly string[]][] = [
    [
      "an archive cut in the middle of its header",
      talk.slice(0, 40),
      ["blocker source-answers", "blocker source-header", "warning source-damage"],
    ],
    ["an empty archive", "", ["blocker source-answers", "blocker source-header", "blocker source-readable"]],
    [
      "an archive without a header",
      talk.slice(talk.indexOf("\n") + 1),
      ["blocker source-header", "warning source-damage"],
    ],
    [
      "an archive with its header behind a message",
      `${message("z", null)}\n${talk}`,
      ["blocker source-header", "warning source-damage"],
    ],
    ["an archive in which nobody answered", transcript(header(old), message("a", null)), ["blocker source-answers"]],
  ];
  for (const [what, content, found] of archives) {
    it(what, async () => {
      const at = await restoringIn(aState({ [`${sessions}/${archive}`]: content }));
      assert.deepEqual(await refused(at), found);
    });
  }

  it("an archive cut in the middle of its last line is restored as far as it goes", async () => {
    const cut = `${talk}${message("e", "b", 2).slice(0, 30)}`;
    const at = await restoringIn(aState({ [`${sessions}/${archive}`]: cut }));
    assert.deepEqual(await done(at), ["warning source-damage"]);
    const copy = readFileSync(join(at.sessions, `${old}.jsonl`), "utf8");
    assert.equal(copy, `${cut}\n`, "the next message has a line of its own");
  });

  it("an archive whose header names another session than its name", async () => {
    const other = talk.replace(old, "44444444-4444-4444-8444-444444444444");
    const at = await restoringIn(aState({ [`${sessions}/${archive}`]: other }));
    assert.deepEqual(await done(at), ["warning source-ids"]);
    assert.equal(readIndex(at)[main]?.sessionId, "44444444-4444-4444-8444-444444444444");
  });

  it("no index at all", async () => {
    const directory = aState();
    rmSync(join(directory, sessions, "sessions.json"));
    const at = await restoringIn(directory);
    assert.deepEqual(await done(at), ["warning index-readable"]);
    assert.deepEqual(Object.keys(readIndex(at)), [main]);
  });

  it("a packed archive that was cut short", async () => {
    const packed = zstOf(Buffer.from(talk), 100);
    const name = `${old}.jsonl.deleted.2026-04-01T09-00-00.000Z.${"a".repeat(32)}.zst`;
    const at = await restoringIn(
      aState({ [`${sessions}/${archive}`]: "", [`${sessions}/${name}`]: packed.subarray(0, packed.length - 150) }),
    );
    assert.deepEqual(await refused(at, /\.zst$/), [
      "blocker source-answers",
      "blocker source-readable",
      "warning source-damage",
    ]);
  });

  it("a packed archive comes back unpacked", async () => {
    const name = `${old}.jsonl.deleted.2026-04-01T09-00-00.000Z.${"a".repeat(32)}.zst`;
    const at = await restoringIn(aState({ [`${sessions}/${name}`]: zstOf(Buffer.from(talk)) }));
    assert.deepEqual(await done(at, /\.zst$/), []);
    assert.equal(readFileSync(join(at.sessions, `${old}.jsonl`), "utf8"), talk);
  });

  it("an index that does not parse", async () => {
    const at = await restoringIn(aState({ [`${sessions}/sessions.json`]: '{"agent:main:main": {"sessionId": ' }));
    assert.deepEqual(await refused(at), ["blocker index-readable"]);
  });

  it("an index that is a link", async () => {
    const at = await restoringIn(aState());
    renameSync(join(at.sessions, "sessions.json"), join(at.sessions, "real.json"));
    symlinkSync("real.json", join(at.sessions, "sessions.json"));
    assert.deepEqual(await refused(at), ["blocker index-symlink"]);
  });

  it("an index that is a link out of the state directory", async () => {
    const at = await restoringIn(aState());
    const outside = join(scratch(), "sessions.json");
    renameSync(join(at.sessions, "sessions.json"), outside);
    symlinkSync(outside, join(at.sessions, "sessions.json"));
    const before = readFileSync(outside, "utf8");
    assert.deepEqual(await refused(at), ["blocker index-readable", "blocker index-symlink"]);
    assert.equal(readFileSync(outside, "utf8"), before);
  });

  it("an index of 40 MB is edited", async () => {
    const rows = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [
        `agent:main:x:${String(at)}`,
        { sessionId: `s${String(at)}`, updatedAt: start, skillsSnapshot: { prompt: "x".repeat(100_000) } },
      ]),
    );
    const row = { sessionId: live, sessionFile: `${live}.jsonl`, updatedAt: start };
    const at = await restoringIn(aState({ [`${sessions}/sessions.json`]: { [main]: row, ...rows } }));
    assert.deepEqual(await done(at), ["warning index-size"]);
    const { [main]: restored, ...others } = readIndex(at);
    assert.equal(restored?.sessionId, old);
    assert.deepEqual(others, rows);
  });

  it("an index of more than 64 MB", async () => {
    const row = {
      sessionId: live,
      sessionFile: `${live}.jsonl`,
      updatedAt: start,
      skillsSnapshot: "x".repeat(65 * 1024 * 1024),
    };
    const at = await restoringIn(aState({ [`${sessions}/sessions.json`]: { [main]: row } }));
    assert.deepEqual(await refused(at), ["blocker index-size"]);
  });

  it("a directory that may not be written", () =>
    withPermissionsEnforced(async () => {
      const at = await restoringIn(aState());
      chmodSync(at.sessions, 0o555);
      const before = bytesAndTimes(at.stateDir);
      const { restorer } = at.inspector;
      const planned = await restorer.plan(requestFor(at, isArchive));
      await assert.rejects(restorer.apply(planned), { name: "RestoreRefused", message: new RegExp(at.sessions) });
      assert.deepEqual(bytesAndTimes(at.stateDir), before);
      assert.deepEqual(await restorer.unfinished(at.stateDir), []);
    }));

  it("a transcript that is current and leads out of the state directory", async () => {
    const at = await restoringIn(aState());
    const outside = join(scratch(), "elsewhere.jsonl");
    renameSync(join(at.sessions, `${live}.jsonl`), outside);
    symlinkSync(outside, join(at.sessions, `${live}.jsonl`));
    assert.deepEqual(await refused(at), ["blocker containment"]);
  });

  it("an entry that names a file outside", async () => {
    const outside = join(scratch({ "secret.jsonl": talk }), "secret.jsonl");
    const row = { sessionId: live, sessionFile: outside, updatedAt: start };
    const at = await restoringIn(aState({ [`${sessions}/sessions.json`]: { [main]: row } }));
    assert.deepEqual(await done(at), []);
    assert.equal(readFileSync(outside, "utf8"), talk);
  });

  it("a pipe and a directory with the names of transcripts do not keep others waiting", async () => {
    const directory = aState();
    makePipe(join(directory, sessions), "33333333-3333-4333-8333-333333333333.jsonl");
    mkdirSync(join(directory, sessions, `${old}.jsonl`));
    const at = await restoringIn(directory);
    assert.deepEqual(await done(at), []);
    assert.notEqual(readIndex(at)[main]?.sessionFile, join(at.sessions, `${old}.jsonl`));
  });

  it("the current transcript is a pipe", async () => {
    const directory = aState();
    rmSync(join(directory, sessions, `${live}.jsonl`));
    makePipe(join(directory, sessions), `${live}.jsonl`);
    assert.deepEqual(await refused(await restoringIn(directory)), ["blocker containment"]);
  });

  it("a key that a shell would run", async () => {
    const key = "agent:main:x:direct:$(touch PWNED)";
    const at = await restoringIn(aState({}, key));
    assert.deepEqual(await done(at, isArchive, { kind: "in-place", key, keyIsNamed: true }), []);
    assert.equal(readIndex(at)[key]?.sessionId, old);
  });

  it("a key that every object has", async () => {
    const at = await restoringIn(aState());
    assert.deepEqual(await refused(at, isArchive, { kind: "new-key", key: "__proto__" }), ["blocker target-name"]);
  });

  it("a clock that is in the past", async () => {
    const at = await restoringIn(aState(), clockAt(start - 30 * 24 * 60 * 60_000));
    assert.deepEqual(await refused(at), ["blocker clock"]);
  });

  it("a workspace that is not trusted", async () => {
    const at = await restoringIn(aState(), { trusted: () => false });
    assert.deepEqual(await refused(at), ["blocker workspace-trust"]);
  });

  it("a vault inside the state directory", async () => {
    const directory = aState();
    const at = await restoringIn(directory, { vaultBase: join(directory, "backups") });
    assert.deepEqual(await refused(at), ["blocker vault"]);
  });

  it("no place for a vault", async () => {
    const at = await restoringIn(aState(), { vaultBase: undefined });
    const planned = await at.inspector.restorer.plan(requestFor(at, isArchive));
    assert.deepEqual(codesOf(planned.checks), ["blocker vault"]);
  });

  it("an archive with a second name", async () => {
    const directory = aState();
    linkSync(join(directory, sessions, archive), join(scratch(), "second"));
    const at = await restoringIn(directory);
    assert.deepEqual(await done(at), ["warning file-system"]);
    writeFileSync(join(at.sessions, `${old}.jsonl`), "x", { flag: "a" });
    assert.equal(readFileSync(join(at.sessions, archive), "utf8"), talk);
  });
});

function clockAt(now: number): Partial<CreateInspectorOptions> {
  return { now: () => now };
}
