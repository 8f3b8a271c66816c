import assert from "node:assert/strict";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Inspector } from "../../../src/core/inspectorPort";
import { keepNewArchives } from "../../../src/core/keep/keepNewArchives";
import { changeAfter, header, message, sessions, transcript, watched, write } from "../inspectorSandbox";
import { scratch } from "../scratch";
import { afterReset, keeping, keptNames, mainKey, newId, type Sandbox, windowOfSession } from "./keepSandbox";

const thirdId = "33333333-3333-4333-8333-333333333333";
const newArchive = `${newId}.jsonl.reset.2026-04-01T10-00-00.000Z`;

describe("keeping every new archive", () => {
  it("keeps what a reset makes while it runs, and leaves older archives alone", async () => {
    const sandbox = await keeping();
    await watched(sandbox.inspector);
    const logged: string[] = [];
    const keepingAll = keepNewArchives(
      sandbox.inspector,
      () => true,
      (line) => logged.push(line),
    );

    await changeAfter(
      sandbox.inspector,
      () => {
        reset(sandbox);
      },
      () => isKept(sandbox.inspector),
    );
    await keepingAll.idle();

    assert.deepEqual(keptNames(sandbox.keepDir), [`main/${newArchive}`, `main/${newArchive}.kept.json`]);
    assert.deepEqual(logged, []);
    keepingAll.dispose();
  });

  it("keeps nothing when that is not wanted", async () => {
    const sandbox = await keeping();
    await watched(sandbox.inspector);
    const keepingAll = keepNewArchives(
      sandbox.inspector,
      () => false,
      () => undefined,
    );

    await changeAfter(
      sandbox.inspector,
      () => {
        reset(sandbox);
      },
      ({ rotations }) => rotations.length > 0,
    );
    await keepingAll.idle();

    assert.equal(existsSync(sandbox.keepDir), false);
    keepingAll.dispose();
  });

  it("takes no archive of a state directory that appears for a new one", async () => {
    const later = join(scratch(), "state");
    const known = afterReset();
    const sandbox = await keeping(known, join(scratch(), "kept"), { explicitStateDirs: [known, later] });
    const keepingAll = keepNewArchives(
      sandbox.inspector,
      () => true,
      () => undefined,
    );
    renameSync(afterReset(), later);

    await sandbox.inspector.refresh();
    await keepingAll.idle();

    assert.equal(sandbox.inspector.snapshot.stateDirs.length, 2);
    assert.equal(existsSync(sandbox.keepDir), false);
    keepingAll.dispose();
  });

  it("says once that it cannot, and goes on", async () => {
    const keepDir = join(scratch(), "kept");
    writeFileSync(keepDir, "a file where the folder should be");
    const sandbox = await keeping(afterReset(), keepDir);
    const logged: string[] = [];
    const keepingAll = keepNewArchives(
      sandbox.inspector,
      () => true,
      (line) => logged.push(line),
    );

    reset(sandbox);
    await sandbox.inspector.refresh();
    await keepingAll.idle();
    write(sandbox.state, `${sessions}/${thirdId}.jsonl.reset.2026-04-01T11-00-00.000Z`, transcript(header(thirdId)));
    await sandbox.inspector.refresh();
    await keepingAll.idle();

    assert.equal(logged.length, 1);
    assert.match(logged[0] ?? "", /could not be kept/);
    keepingAll.dispose();
  });
});

/** As a gateway does it: a rename, a new transcript, a new index. */
function reset({ state }: Sandbox): void {
  const directory = join(state, sessions);
  renameSync(join(directory, `${newId}.jsonl`), join(directory, newArchive));
  write(state, `${sessions}/${thirdId}.jsonl`, transcript(header(thirdId, 121), message("t1", null, 121)));
  write(state, `${sessions}/sessions.json`, { [mainKey]: { sessionId: thirdId } });
}

function isKept(inspector: Inspector): boolean {
  return windowOfSession(inspector, newId).copies.some(({ kept }) => kept !== undefined);
}
