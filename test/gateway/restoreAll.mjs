// Every lost conversation is given back, by our command line or by the command of the editor; what the disk shows afterwards.
import assert from "node:assert/strict";
import { bystander } from "./conversations.mjs";
import { hashOf, headerId, isArchive, rowsOf, transcriptsWith } from "./stateSight.mjs";

/**
 * @typedef {{ loss: string, first: string, last: string, since: string, newKey: boolean, key: string, id: string,
 *   displacedKey: string | undefined, planId: string, advice: readonly any[], source: string, sourceHash: string }} Restored
 * @returns {Promise<Restored[]>} Those that could be restored
 */
export async function restoreAll({ sheet, state, conversations, command, editor }) {
  const restored = [];
  for (const lost of conversations) {
    const by = lost.loss === "editor" ? "the command in VS Code" : "our command line";
    const { value } = await sheet.check(`${lost.loss}: ${by} gives it back`, async () => {
      const [source = ""] = transcriptsWith(state, [lost.first, lost.last], [lost.since]);
      const [displaced] = transcriptsWith(state, [lost.since], [lost.first]);
      const [sourceHash, displacedHash] = [hashOf(source), displaced && hashOf(displaced)];
      const before = rowsOf(state);
      const plan =
        lost.loss === "editor" ? await byEditor({ editor, command }, lost) : await byCommand(command, lost, source);
      const after = rowsOf(state);

      const fresh = Object.keys(after).filter((key) => !(key in before));
      const key = !lost.newKey ? lost.key : (fresh[0] ?? "none");
      const displacedKey = lost.loss === "rpc" ? fresh[0] : undefined;
      const touched = [key, displacedKey];
      const others = (rows) => Object.fromEntries(Object.entries(rows).filter(([name]) => !touched.includes(name)));
      assert.deepEqual(others(after), others(before), "every other row is as it was");
      assert.ok(bystander.key in others(after));
      assert.equal(hashOf(source), sourceHash, "the archive is as it was");
      if (displacedHash !== undefined) keptAside(state, lost, displacedHash);
      const id = after[key].sessionId;
      if (lost.loss !== "checkpoint") assert.equal(id, headerId(source));
      return { ...lost, key, id, displacedKey, planId: plan.id, advice: plan.advice, source, sourceHash };
    });
    if (value) restored.push(value);
  }
  return restored;
}

async function byCommand(command, { options }, source) {
  const { code, answer, told } = await command("restore", source, ...options, "--yes");
  assert.equal(code, 0, told);
  assert.equal(answer.outcome, "done", told);
  return answer.receipt.plan;
}

/** The receipt is where our command line finds it. */
async function byEditor({ editor, command }, { key }) {
  await editor(key);
  const { code, answer, told } = await command("restores");
  assert.equal(code, 0, told);
  const [newest] = answer.restores;
  assert.equal(newest.plan.key, key);
  assert.equal(newest.outcome, "finished");
  return newest.plan;
}

/** Byte for byte, as an archive or under its new key. */
function keptAside(state, { loss, since, first }, hash) {
  const kept = transcriptsWith(state, [since], [first]);
  assert.deepEqual(kept.map(hashOf), [hash]);
  const inPlace = !["rpc", "checkpoint", "row-removed"].includes(loss);
  assert.equal(isArchive(kept[0] ?? ""), inPlace, kept[0]);
}
