// Taking a restore back: to the byte while nothing has changed, refused afterwards, and then by switching back.
import assert from "node:assert/strict";
import { fingerprint, rowsOf, transcriptsWith } from "./stateSight.mjs";

export async function undoAtOnce({ sheet, state, conversations, command }) {
  const [lost] = conversations.filter(({ loss }) => loss === "undone");
  const before = fingerprint(state);
  await sheet.check("undo: names, bytes and modes return exactly", async () => {
    const [file = ""] = transcriptsWith(state, [lost.first, lost.last], [lost.since]);
    const restored = await command("restore", file, ...lost.options, "--yes");
    assert.equal(restored.code, 0, restored.told);
    const between = fingerprint(state);
    assert.notEqual(between, before);
    const undone = await command("undo", restored.answer.receipt.plan.id, "--yes");
    assert.equal(undone.code, 0, undone.told);
    assert.equal(fingerprint(state), before);
    // Undo is a restore like any other, so it can be undone.
    const again = await command("undo", undone.answer.receipt.plan.id, "--yes");
    assert.equal(again.code, 0, again.told);
    assert.equal(fingerprint(state), between);
    const back = await command("undo", again.answer.receipt.plan.id, "--yes");
    assert.equal(back.code, 0, back.told);
    assert.equal(fingerprint(state), before);
  });
}

/** What VS Code restored, our command line takes back and gives again: both have the same backups. */
export async function undoOfTheEditor({ sheet, state, command }, restored) {
  const [{ planId, key, id } = {}] = restored.filter(({ loss }) => loss === "editor");
  const before = fingerprint(state);
  await sheet.check("undo: what VS Code restored, our command line takes back", async () => {
    const undone = await command("undo", planId, "--yes");
    assert.equal(undone.code, 0, undone.told);
    assert.notEqual(rowsOf(state)[key].sessionId, id);
    const again = await command("undo", undone.answer.receipt.plan.id, "--yes");
    assert.equal(again.code, 0, again.told);
    assert.equal(fingerprint(state), before);
  });
}

export async function undoAfterMessage({ sheet, state, command }, restored) {
  const [{ planId, key, id } = {}] = restored.filter(({ loss }) => loss === "undone");
  const before = fingerprint(state);
  await sheet.check("undo after a message: refused, and all is as it was", async () => {
    const { code, answer, told } = await command("undo", planId, "--yes");
    assert.equal(code, 3, told);
    assert.equal(answer.outcome, "blocked", told);
    assert.equal(fingerprint(state), before);
  });
  await sheet.check("undo after a message: it is switched back instead", async () => {
    const { code, told } = await command("undo", planId, "--switch-back", "--yes");
    assert.equal(code, 0, told);
    assert.notEqual(rowsOf(state)[key].sessionId, id);
  });
}
