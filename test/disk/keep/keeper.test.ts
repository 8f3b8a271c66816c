import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KeepRefused } from "../../../src/core/keep/keptCopy";
import {
  append,
  changeAfter,
  fingerprint,
  header,
  message,
  sessions,
  stateDir,
  transcript,
  tree,
  watched,
} from "../inspectorSandbox";
import { scratch } from "../scratch";
import {
  afterReset,
  archiveName,
  keeping,
  keptNames,
  mainKey,
  newId,
  oldId,
  oldTranscript,
  requestFor,
  windowOfSession,
} from "./keepSandbox";

describe("keeping a copy", () => {
  it("copies an archive with a record beside it, and leaves the state directory as it was", async () => {
    const sandbox = await keeping();
    const before = fingerprint(sandbox.state);

    const { copy, path, wasKept } = await sandbox.inspector.keeper.keep(requestFor(sandbox));

    assert.equal(wasKept, false);
    assert.deepEqual(fingerprint(sandbox.state), before);
    assert.equal(readFileSync(path, "utf8"), oldTranscript());
    assert.deepEqual(keptNames(sandbox.keepDir), [`main/${archiveName}`, `main/${archiveName}.kept.json`]);
    assert.equal(copy.windowId, `main/${oldId}/o1`);
    assert.deepEqual([copy.key, copy.joinRung], [mainKey, "usage-family"]);
    const modes = [path, `${path}.kept.json`, dirname(path)].map((each) => statSync(each).mode & 0o777);
    assert.deepEqual(modes, process.platform === "win32" ? modes : [0o600, 0o600, 0o700]);
  });

  it("shows the copy beneath its window, the original first", async () => {
    const sandbox = await keeping();

    const { path } = await sandbox.inspector.keeper.keep(requestFor(sandbox));
    await sandbox.inspector.whenIndexed();

    const { primary, copies } = windowOfSession(sandbox.inspector, oldId);
    assert.equal(primary?.kept, undefined);
    assert.deepEqual(
      copies.map((file) => [file.path, file.kept?.originalName, file.index?.entries]),
      [[path, archiveName, 2]],
    );
  });

  it("is the window once the original and all evidence of its conversation are gone", async () => {
    const sandbox = await keeping();
    await sandbox.inspector.keeper.keep(requestFor(sandbox));
    rmSync(join(sandbox.state, sessions, archiveName));
    writeFileSync(
      join(sandbox.state, sessions, "sessions.json"),
      JSON.stringify({ [mainKey]: { sessionId: newId }, "agent:main:other": { sessionId: "unknown" } }),
    );

    const { inspector } = await keeping(sandbox.state, sandbox.keepDir);

    assert.deepEqual(tree(inspector.snapshot)[mainKey], [
      `live ${newId}.jsonl 1 messages`,
      `reset ${archiveName} 2 messages`,
    ]);
    const { join: joined } = windowOfSession(inspector, oldId);
    assert.equal(joined?.rung, "kept-copy");
    assert.match(joined.evidence, /usage|former/i);
  });

  it("reads the copy as a document", async () => {
    const sandbox = await keeping();
    const { path } = await sandbox.inspector.keeper.keep(requestFor(sandbox));

    const page = await sandbox.inspector.readPage(path, { kind: "page", page: 0 });

    assert.deepEqual(
      page.items.map(({ kind }) => kind),
      ["header", "entry", "entry"],
    );
  });

  it("says so when the same was kept already, and changes nothing", async () => {
    const sandbox = await keeping();
    const first = await sandbox.inspector.keeper.keep(requestFor(sandbox));
    const before = fingerprint(sandbox.keepDir);

    const again = await sandbox.inspector.keeper.keep(requestFor(sandbox));

    assert.deepEqual(again, { ...first, wasKept: true });
    assert.deepEqual(fingerprint(sandbox.keepDir), before);
  });

  it("keeps what a live window became beside what it was", async () => {
    const sandbox = await keeping();
    await sandbox.inspector.keeper.keep(requestFor(sandbox, newId));
    append(sandbox.state, `${sessions}/${newId}.jsonl`, message("n2", "n1", 62));
    await sandbox.inspector.refresh();

    const { copy, wasKept } = await sandbox.inspector.keeper.keep(requestFor(sandbox, newId));

    assert.deepEqual([copy.name, copy.originalName, wasKept], [`2~${newId}.jsonl`, `${newId}.jsonl`, false]);
    assert.deepEqual(tree(sandbox.inspector.snapshot)[mainKey]?.[0], `live ${newId}.jsonl 2 messages +2`);
  });

  it("finds what was kept under the name it had before the reset", async () => {
    const sandbox = await keeping(
      stateDir({
        [`${sessions}/sessions.json`]: { [mainKey]: { sessionId: oldId } },
        [`${sessions}/${oldId}.jsonl`]: oldTranscript(),
      }),
    );
    await sandbox.inspector.keeper.keep(requestFor(sandbox));
    rmSync(join(sandbox.state, sessions, `${oldId}.jsonl`));
    writeFileSync(join(sandbox.state, sessions, archiveName), oldTranscript());
    writeFileSync(join(sandbox.state, sessions, "sessions.json"), JSON.stringify({ [mainKey]: { sessionId: newId } }));
    await sandbox.inspector.refresh();

    const { copy, wasKept } = await sandbox.inspector.keeper.keep({
      ...requestFor(sandbox),
      file: join(sandbox.state, sessions, archiveName),
    });

    assert.deepEqual([copy.name, wasKept], [`${oldId}.jsonl`, true]);
  });

  it("loses no copy where many keep at once", async () => {
    const keepDir = join(scratch(), "kept");
    const state = afterReset();
    const all = await Promise.all([1, 2, 3, 4].map(() => keeping(state, keepDir)));

    const kept = await Promise.all(
      all.flatMap((sandbox) => [oldId, newId].map((id) => sandbox.inspector.keeper.keep(requestFor(sandbox, id)))),
    );

    assert.equal(new Set(kept.map(({ path }) => path)).size, 2);
    assert.deepEqual(keptNames(keepDir), [
      `main/${archiveName}`,
      `main/${archiveName}.kept.json`,
      `main/${newId}.jsonl`,
      `main/${newId}.jsonl.kept.json`,
    ]);
  });

  it("lists what was kept, newest first, also without records", async () => {
    const sandbox = await keeping();
    const first = await sandbox.inspector.keeper.keep(requestFor(sandbox));
    const second = await sandbox.inspector.keeper.keep(requestFor(sandbox, newId));
    rmSync(`${first.path}.kept.json`);

    const listed = await sandbox.inspector.keeper.list(sandbox.state);

    assert.deepEqual(
      listed.map(({ path, copy }) => [path, copy.originalName, copy.sha256.length]).sort(),
      [
        [first.path, archiveName, 0],
        [second.path, `${newId}.jsonl`, 64],
      ].sort(),
    );
  });

  for (const [what, damage] of [
    [
      "missing",
      (record: string) => {
        rmSync(record);
      },
    ],
    [
      "damaged",
      (record: string) => {
        writeFileSync(record, "{ half");
      },
    ],
  ] as const) {
    it(`shows a copy whose record is ${what} with a problem, and mends it when it is kept again`, async () => {
      const sandbox = await keeping();
      const { path } = await sandbox.inspector.keeper.keep(requestFor(sandbox));
      damage(`${path}.kept.json`);
      await sandbox.inspector.refresh();
      const kept = windowOfSession(sandbox.inspector, oldId).copies[0]?.kept;
      assert.deepEqual([kept?.problem?.code, kept?.originalName], [`kept.record-${what}`, archiveName]);

      const again = await sandbox.inspector.keeper.keep(requestFor(sandbox));
      await sandbox.inspector.refresh();

      assert.equal(again.wasKept, true);
      assert.equal(windowOfSession(sandbox.inspector, oldId).copies[0]?.kept?.sha256, again.copy.sha256);
      const damaged = keptNames(sandbox.keepDir).filter((name) => name.includes(".damaged-"));
      assert.equal(damaged.length, what === "damaged" ? 1 : 0);
    });
  }

  it("tells of a copy that is not what was kept, and keeps the original anew", async () => {
    const sandbox = await keeping();
    const { path } = await sandbox.inspector.keeper.keep(requestFor(sandbox));
    appendFileSync(path, message("zz", "o2", 3) + "\n");
    await sandbox.inspector.refresh();
    const problems = windowOfSession(sandbox.inspector, oldId).copies.concat(
      windowOfSession(sandbox.inspector, oldId).primary ?? [],
    );
    assert.ok(problems.some(({ kept }) => kept?.problem?.code === "kept.copy-differs"));

    const again = await sandbox.inspector.keeper.keep({
      ...requestFor(sandbox),
      file: join(sandbox.state, sessions, archiveName),
    });

    assert.deepEqual([again.wasKept, again.copy.name], [false, `2~${archiveName}`]);
  });

  it("shows what was kept of an agent that is gone", async () => {
    const sandbox = await keeping();
    await sandbox.inspector.keeper.keep(requestFor(sandbox));
    rmSync(join(sandbox.state, "agents"), { recursive: true });
    mkdirSync(join(sandbox.state, "agents"));

    const { inspector } = await keeping(sandbox.state, sandbox.keepDir);

    assert.deepEqual(tree(inspector.snapshot), { [mainKey]: [`reset ${archiveName} 2 messages`] });
  });

  it("is shown to who else looks on", async () => {
    const state = afterReset();
    const sandbox = await keeping(state);
    const onlooker = await keeping(state, sandbox.keepDir);
    await watched(onlooker.inspector);

    await changeAfter(
      onlooker.inspector,
      () => sandbox.inspector.keeper.keep(requestFor(sandbox)),
      () => windowOfSession(onlooker.inspector, oldId).copies.length === 1,
    );

    assert.equal(windowOfSession(onlooker.inspector, oldId).copies[0]?.kept?.key, mainKey);
  });

  it("takes marks from the cache as they were", async () => {
    const sandbox = await keeping();
    await sandbox.inspector.keeper.keep(requestFor(sandbox));
    const cacheDir = join(scratch(), "cache");
    const marks = async (): Promise<unknown> => {
      const { inspector } = await keeping(sandbox.state, sandbox.keepDir, { cacheDir });
      const mark = windowOfSession(inspector, oldId).copies.map(({ kept, head }) => [kept, head?.firstEntryId]);
      inspector.dispose();
      return mark;
    };

    const first = await marks();

    assert.deepEqual(await marks(), first);
    assert.match(JSON.stringify(first), /usage-family/);
  });
});

describe("a copy is refused", () => {
  it("into a state directory", async () => {
    const state = afterReset();
    const sandbox = await keeping(state, join(state, "kept"));

    await assert.rejects(sandbox.inspector.keeper.keep(requestFor(sandbox)), (error) => {
      assert.ok(error instanceof KeepRefused);
      assert.match(error.message, /lies in/);
      return true;
    });
  });

  it("into a state directory by way of a link", async () => {
    const state = afterReset();
    const link = join(scratch(), "link");
    symlinkSync(join(state, "agents"), link);
    const before = fingerprint(state);
    const sandbox = await keeping(state, link);

    await assert.rejects(sandbox.inspector.keeper.keep(requestFor(sandbox)), KeepRefused);
    assert.deepEqual(fingerprint(state), before);
  });

  it("of a link that leads out of the state directory", async () => {
    const outside = scratch({ "secret.jsonl": transcript(header(oldId), message("o1", null)) });
    const state = stateDir({ [`${sessions}/sessions.json`]: { [mainKey]: { sessionId: oldId } } });
    symlinkSync(join(outside, "secret.jsonl"), join(state, sessions, `${oldId}.jsonl`));
    const sandbox = await keeping(state);

    await assert.rejects(sandbox.inspector.keeper.keep(requestFor(sandbox)), KeepRefused);
  });

  it("where there is no folder", async () => {
    const sandbox = await keeping(afterReset(), "");

    await assert.rejects(sandbox.inspector.keeper.keep(requestFor(sandbox)), /openclawSessions\.keep\.directory/);
  });
});
