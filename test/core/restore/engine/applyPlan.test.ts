import assert from "node:assert/strict";
import { applyPlan } from "../../../../src/core/restore/engine/applyPlan";
import { changedSince } from "../../../../src/core/restore/engine/changedSince";
import { readReceipts } from "../../../../src/core/restore/engine/receipts";
import { recoverPlan } from "../../../../src/core/restore/engine/recoverPlan";
import { inverse } from "../../../../src/core/restore/fileChange";
import type { RestorePlan } from "../../../../src/core/restore/restorePlan";
import { RestoreFailed, RestoreRefused } from "../../../../src/core/restore/restorer";
import type { ModelFiles } from "../modelFiles";
import { provide, sessions, shapes, source, startFiles, stateDir, testHost, vault } from "./aPlan";

const [inPlace] = shapes();
const index = `${sessions}/sessions.json`;
const journal = `${vault}/restores/in-place/journal.jsonl`;

describe("applying a plan", () => {
  for (const { name, files: start, plan } of shapes()) {
    it(`leaves what the plan says, with its permissions and times, and nothing else: ${name}`, async () => {
      const files = start();
      const expected = new Map(
        Object.entries(files.snapshot(stateDir)).map(([path, text]) => [path, attributes(text)]),
      );
      for (const { path, after } of plan.changes) {
        if (after.kind === "absent") expected.delete(path);
        else expected.set(path, `${after.mode.toString(8)} ${String(after.mtimeMs)}`);
      }
      const receipt = await apply(files, plan);
      const found = Object.entries(files.snapshot(stateDir)).map(([path, text]) => [path, attributes(text)] as const);
      assert.deepEqual(new Map(found), expected);
      assert.equal(receipt.verified.length, plan.changes.length);
      assert.deepEqual(JSON.stringify(await readReceipts(files, vault)), JSON.stringify([receipt]));
    });
  }

  it("is undone by the inverse, which is undone in its turn", async () => {
    const { files, plan } = begin();
    const before = files.snapshot(stateDir);
    await apply(files, plan);
    const after = files.snapshot(stateDir);
    const undo = inverseOf(plan, "undo-1");
    await apply(files, undo);
    assert.deepEqual(files.snapshot(stateDir), before);
    await apply(files, inverseOf(undo, "undo-2"));
    assert.deepEqual(files.snapshot(stateDir), after);
    const outcomes = (await readReceipts(files, vault)).map((receipt) => [
      receipt.plan.id,
      receipt.outcome,
      receipt.undoneBy,
    ]);
    assert.deepEqual(new Map(outcomes.map(([id, ...rest]) => [id, rest])), new Map([["undo-2", ["finished", undefined]], ["undo-1", ["undone", "undo-2"]], ["in-place", ["undone", "undo-1"]]])); // prettier-ignore
  });

  it("refuses when a file changed since the plan, and changes nothing", async () => {
    for (const path of [index, `${sessions}/new.jsonl`]) {
      const { files, plan } = begin();
      files.put(path, "changed\n");
      await refuses(files, plan, /changed by something else meanwhile/);
    }
  });

  it("refuses when what should be backed up is no longer what was planned", async () => {
    const { files, plan } = begin();
    const before = files.snapshot(stateDir);
    const other = applyPlan(files, vault, plan, { ...testHost(), tool: "test", provide: fromText("other\n") });
    await assert.rejects(
      other,
      (error: unknown) => error instanceof RestoreRefused && /has changed since the plan/.test(error.message),
    );
    assert.deepEqual(files.snapshot(stateDir), before);
    assert.deepEqual(
      (await readReceipts(files, vault)).map(({ outcome }) => outcome),
      ["not-begun"],
    );
  });

  it("refuses a link in place of the index, and a link above it", async () => {
    for (const path of [index, sessions, "/home"]) {
      const { files, plan } = begin();
      files.putLink(path);
      await refuses(files, plan, /link/);
    }
  });

  it("refuses while another process holds the vault, and takes over from one that has gone", async () => {
    const { files, plan } = begin();
    files.put(
      `${vault}/restores/lock`,
      JSON.stringify({ pid: 7, createdAt: "2026-11-20T00:00:00.000Z", starttime: 700 }),
    );
    await refuses(files, plan, /process 7/, new Set([7]));
    assert.equal((await apply(files, plan)).outcome, "finished");
  });

  it("refuses while OpenClaw writes the index, where it uses a lock, and leaves the lock", async () => {
    const { files, plan } = begin();
    files.put(`${index}.lock`, JSON.stringify({ pid: 8, createdAt: "2026-11-20T00:00:00.000Z", starttime: 800 }));
    const before = files.snapshot(stateDir);
    const host = testHost(1, new Set([8]));
    await assert.rejects(
      applyPlan(files, vault, plan, { ...host, tool: "test", provide, lockIndex: true }),
      /Process 8/,
    );
    assert.deepEqual(files.snapshot(stateDir), before);
  });

  it("has said in the journal that it began before its lock lies beside the index, so recovery removes it", async () => {
    const { files, plan } = begin();
    files.fault = (_n, name, path) =>
      name === "create" && path === `${index}.lock` ? { kind: "crash", when: "after" } : undefined;
    const options = { ...testHost(), tool: "test", provide, lockIndex: true };
    await assert.rejects(applyPlan(files, vault, plan, options));
    const left = files.afterPowerCut({ kind: "keep-all" });
    assert.equal((await readReceipts(left, vault))[0]?.outcome, "unfinished");
    // What names nobody is somebody's who is just making it, for a minute.
    const later = { ...testHost(2), now: () => testHost(2).now() + 3_600_000 };
    assert.equal((await recoverPlan(left, vault, plan.id, "take-back", later)).outcome, "taken-back");
    assert.deepEqual(left.snapshot(stateDir), begin().files.snapshot(stateDir));
  });

  it("refuses while an earlier one is not ended", async () => {
    const { files, plan } = await stopped("rename");
    const left = files.afterPowerCut({ kind: "keep-all" });
    left.remove(`${vault}/restores/lock`);
    await refuses(left, { ...plan, id: "second" }, /in-place was begun and not ended/);
  });

  it("heeds cancelling until the first change", async () => {
    const { files, plan } = begin();
    const before = files.snapshot(stateDir);
    const signal = AbortSignal.abort();
    await assert.rejects(applyPlan(files, vault, plan, { ...testHost(), tool: "test", provide, signal }), {
      name: "AbortError",
    });
    assert.deepEqual(files.snapshot(stateDir), before);
  });

  it("takes everything back when the result does not read as it should", async () => {
    const { files, plan } = begin();
    const before = files.snapshot(stateDir);
    const verify = (): Promise<never> => Promise.reject(new Error("The key does not lead to the conversation."));
    await assert.rejects(applyPlan(files, vault, plan, { ...testHost(), tool: "test", provide, verify }), {
      name: "RestoreRefused",
      message: "Nothing was restored: everything is as it was before. The key does not lead to the conversation.",
    });
    assert.deepEqual(files.snapshot(stateDir), before);
  });

  it("keeps a line that was appended to the displaced transcript at the last moment", async () => {
    const { files, plan } = begin();
    const live = `${sessions}/new.jsonl`;
    let texts = "";
    files.fault = (_call, name, path) => {
      if (name === "rename" && path.endsWith(".3.tmp") && texts === "") {
        texts = `${new TextDecoder().decode(files.contents().get(live))}{"type":"message","id":"late"}\n`;
        files.put(live, texts);
      }
      return undefined;
    };
    await assert.rejects(apply(files, plan), { name: "RestoreRefused" });
    assert.equal(new TextDecoder().decode(files.contents().get(live)), texts);
  });
});

describe("recovering", () => {
  it("leaves alone what somebody else put in the way, and says where both versions are", async () => {
    const { files, plan } = await stopped("rename");
    const left = files.afterPowerCut({ kind: "keep-all" });
    left.put(`${sessions}/old.jsonl`, "mine\n");
    const before = left.snapshot(stateDir);
    for (const how of ["finish", "take-back"] as const) {
      await assert.rejects(recoverPlan(left, vault, plan.id, how, testHost(2)), (error: unknown) => {
        assert.ok(error instanceof RestoreFailed);
        assert.match(
          error.message,
          /old\.jsonl holds something that is neither .* the file .*objects\/[0-9a-f]{64} of the backup folder/,
        );
        return true;
      });
      assert.deepEqual(left.snapshot(stateDir), before);
    }
  });

  it("takes back around an index that somebody else wrote meanwhile", async () => {
    const { files, plan } = await stopped("rename");
    const left = files.afterPowerCut({ kind: "keep-all" });
    const rows = JSON.parse(new TextDecoder().decode(left.contents().get(index))) as object;
    const theirs = JSON.stringify({ ...rows, third: { sessionId: "third" } });
    left.put(index, theirs);
    assert.equal((await recoverPlan(left, vault, plan.id, "take-back", testHost(2))).outcome, "taken-back");
    assert.equal(new TextDecoder().decode(left.contents().get(index)), theirs);
    assert.deepEqual(Object.keys(left.snapshot(sessions)), Object.keys(startFiles().snapshot(sessions)));
  });

  it("tells of a journal of one line that nobody wrote, and of none that was cut off while its plan was written", async () => {
    const { files, plan } = begin();
    await apply(files, plan);
    const planned = new TextDecoder().decode(files.contents().get(journal)).split("\n")[0] ?? "";
    const told = async (text: string): Promise<readonly string[]> => {
      files.put(journal, text);
      return (await readReceipts(files, vault)).map(({ outcome, notes }) => `${outcome}: ${notes.join(" ")}`);
    };
    for (const garbage of ["garbage\n", "garbage", '{"event":"planned","plan":{},"tool":"other"}\n', "[]\n\n"]) {
      assert.match((await told(garbage)).join(), /^unfinished: The journal .* does not hold its plan/, garbage);
    }
    for (const cutOff of ["", '{"ev', planned.slice(0, 200), planned, `${planned.slice(0, 200)}\0\0\0`]) {
      assert.deepEqual(await told(cutOff), [], cutOff);
    }
  });

  it("reads a journal whose last line is half, and tells of one that is damaged", async () => {
    const { files, plan } = await stopped("rename");
    const left = files.afterPowerCut({ kind: "keep-all" });
    const text = new TextDecoder().decode(left.contents().get(journal));
    left.put(journal, `${text}{"event":"chan`);
    assert.equal((await recoverPlan(left.clone(), vault, plan.id, "finish", testHost(2))).outcome, "finished");
    left.put(journal, text.replace('"event":"planned"', '"event":"pl\u0000nned"'));
    const [receipt] = await readReceipts(left, vault);
    assert.equal(receipt?.outcome, "unfinished");
    assert.match(receipt.notes.join(" "), /Line 1 of the journal .* is damaged.*does not hold its plan/);
    await assert.rejects(recoverPlan(left, vault, plan.id, "finish", testHost(2)), { name: "RestoreFailed" });
  });

  it("touches nothing outside the sessions directories, whatever the journal says", async () => {
    const elsewhere = "/home/u/elsewhere/precious";
    for (const [path, how] of [
      [elsewhere, "finish"],
      [elsewhere, "take-back"],
      [`${sessions}/../../../../elsewhere/precious`, "finish"],
      [`${stateDir}/openclaw.json`, "finish"],
    ] as const) {
      const { files, plan } = await stopped("rename");
      const left = files.afterPowerCut({ kind: "keep-all" });
      left.putDirectory("/home/u/elsewhere");
      const [first] = plan.changes;
      assert.ok(first?.after.kind === "file");
      // Going back it would be removed, since it is just what the journal says was put there.
      if (how === "take-back") left.put(elsewhere, left.contents().get(`${vault}/objects/${first.after.sha256}`) ?? "");
      const text = new TextDecoder().decode(left.contents().get(journal));
      left.put(journal, text.replace(JSON.stringify(first.path), JSON.stringify(path)));
      const places = (): unknown => [left.snapshot(stateDir), left.snapshot("/home/u/elsewhere")];
      const before = places();
      await assert.rejects(recoverPlan(left, vault, plan.id, how, testHost(2)), {
        name: "RestoreFailed",
        message: /is not in a sessions directory of this state directory/,
      });
      assert.deepEqual(places(), before);
    }
  });

  it("writes through no link, wherever on the way to a file it is", async () => {
    const { files, plan } = await stopped("rename");
    const left = files.afterPowerCut({ kind: "keep-all" });
    const look = left.look.bind(left);
    left.look = async (path) => (path === `${stateDir}/agents/main` ? { kind: "other" } : look(path));
    const before = left.snapshot(stateDir);
    await assert.rejects(recoverPlan(left, vault, plan.id, "finish", testHost(2)), { name: "RestoreFailed" });
    assert.deepEqual(left.snapshot(stateDir), before);
  });

  it("tells of no restore that there is not", async () => {
    for (const id of ["none", "../../x"]) {
      await assert.rejects(recoverPlan(startFiles(), vault, id, "finish", testHost()), { name: "RestoreRefused" });
    }
  });
});

describe("what changed since a plan", () => {
  it("names each file that is no longer as it was left", async () => {
    const { files, plan } = begin();
    await apply(files, plan);
    assert.deepEqual(await changedSince(files, plan, testHost()), []);
    files.put(index, "{}");
    files.put(`${sessions}/new.jsonl`, "again\n");
    files.remove(`${sessions}/old.jsonl`);
    files.put(source, "not ours\n");
    assert.deepEqual(
      (await changedSince(files, plan, testHost())).map(({ change, now }) => [change.role, now]),
      [
        ["restored", "gone"],
        ["index", "other-content"],
        ["given-up", "there"],
      ],
    );
  });
});

function begin(): { readonly files: ModelFiles; readonly plan: RestorePlan } {
  assert.ok(inPlace);
  return { files: inPlace.files(), plan: inPlace.plan };
}

function apply(files: ModelFiles, plan: RestorePlan, alive?: ReadonlySet<number>): ReturnType<typeof applyPlan> {
  return applyPlan(files, vault, plan, { ...testHost(1, alive), tool: "test", provide });
}

async function refuses(files: ModelFiles, plan: RestorePlan, why: RegExp, alive?: ReadonlySet<number>): Promise<void> {
  const before = files.snapshot(stateDir);
  await assert.rejects(apply(files, plan, alive), (error: unknown) => {
    assert.ok(error instanceof RestoreRefused);
    assert.match(error.message, why);
    return true;
  });
  assert.deepEqual(files.snapshot(stateDir), before);
}

/** Stopped before the index is replaced. */
async function stopped(call: string): Promise<{ readonly files: ModelFiles; readonly plan: RestorePlan }> {
  const { files, plan } = begin();
  files.fault = (_n, name, path) => (name === call && path === index ? { kind: "crash", when: "before" } : undefined);
  await assert.rejects(apply(files, plan));
  assert.ok(files.stopped);
  return { files, plan };
}

function inverseOf(plan: RestorePlan, id: string): RestorePlan {
  return { ...plan, id, kind: "undo", of: plan.id, changes: inverse(plan.changes) };
}

function attributes(text: string): string {
  return text.split(" ", 2).join(" ");
}

function fromText(text: string): typeof provide {
  return async function* () {
    await Promise.resolve();
    yield new TextEncoder().encode(text);
  };
}
