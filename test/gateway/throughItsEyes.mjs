// What the gateway shows of restored conversations: at once, and past the boundary.
import assert from "node:assert/strict";
import { bystander } from "./conversations.mjs";
import { eyesOf } from "./gatewayEyes.mjs";
import { hashOf, isArchive, isTranscript, namesIn, transcriptsWith } from "./stateSight.mjs";

export async function backAgain({ sheet, state }, gateway, model, restored) {
  const eyes = eyesOf(gateway, model);
  const archivesBefore = archivesIn(state);
  for (const { loss, key, id, first, last, since, displacedKey } of restored) {
    await sheet.check(`${loss}: the gateway lists the old id`, async () => assert.equal(await eyes.sessionId(key), id));
    await sheet.check(`${loss}: its history has the first and the last message`, async () => {
      const history = await eyes.history(key);
      assert.ok(history.includes(first) && history.includes(last), history.slice(0, 2_000));
      assert.ok(!history.includes(since), "and none of the displaced conversation");
    });
    await sheet.check(`${loss}: the model is told the old conversation, and no other`, async () => {
      const told = await eyes.say(key);
      assert.ok(told.includes(first) && told.includes(last), told.slice(-2_000));
      assert.ok(!told.includes(since));
      assert.equal(await eyes.sessionId(key), id, "the id is the same");
    });
    if (displacedKey === undefined) continue;
    await sheet.check(`${loss}: the displaced conversation goes on under its own key`, async () => {
      assert.ok((await eyes.history(displacedKey)).includes(since));
      const told = await eyes.say(displacedKey);
      assert.ok(told.includes(since) && !told.includes(first));
    });
  }
  await sheet.check("the bystander's history is whole", async () =>
    assert.ok((await eyes.history(bystander.key)).includes(bystander.first)),
  );
  await sheet.check("nothing was reset again, and the archives are as they were", () => {
    assert.deepEqual(archivesIn(state), archivesBefore);
    for (const { source, sourceHash } of restored) {
      if (!isTranscript(source)) assert.equal(hashOf(source), sourceHash, source);
    }
  });
}

export async function stillThere({ sheet, state }, gateway, model, restored) {
  const eyes = eyesOf(gateway, model);
  const archivesBefore = archivesIn(state);
  for (const { loss, key, id, first, last } of restored) {
    if (loss === "undone") continue;
    await sheet.check(`${loss}: with the offered policy it stays`, async () => {
      const told = await eyes.say(key);
      assert.ok(told.includes(first) && told.includes(last), told.slice(-2_000));
      assert.equal(await eyes.sessionId(key), id);
    });
  }
  await sheet.check("with the offered policy nothing was reset", () =>
    assert.deepEqual(archivesIn(state), archivesBefore),
  );
}

/** OpenClaw's default: that this happens is why a policy is offered. */
export async function resetAgain({ sheet, archives, state }, gateway, model, restored) {
  const eyes = eyesOf(gateway, model);
  for (const { loss, key, id, first } of restored) {
    if (loss === "undone") continue;
    await sheet.check(`${loss}: without it, the first message resets it`, async () => {
      assert.equal(await eyes.sessionId(key), id, "until then it is there");
      const told = await eyes.say(key);
      assert.ok(!told.includes(first));
      assert.notEqual(await eyes.sessionId(key), id);
      if (archives) assert.ok(namesIn(state).some((name) => name.includes(id) && isArchive(name)));
    });
  }
}

/** After `undo --switch-back`: the key has what was said since, and what was restored and continued is kept. */
export async function switchedBack({ sheet, state, conversations }, gateway, model) {
  const eyes = eyesOf(gateway, model);
  const [undone] = conversations.filter(({ loss }) => loss === "undone");
  await sheet.check("switched back: the gateway has the conversation in between again", async () => {
    const history = await eyes.history(undone.key);
    assert.ok(history.includes(undone.since) && !history.includes(undone.first), history.slice(0, 2_000));
    const told = await eyes.say(undone.key);
    assert.ok(told.includes(undone.since) && !told.includes(undone.first));
  });
  await sheet.check("switched back: what was continued is kept", () =>
    assert.equal(transcriptsWith(state, [undone.first, undone.last, "What was it called?"]).length, 1),
  );
}

const archivesIn = (state) => namesIn(state).filter((name) => /\.jsonl\.(reset|deleted)\./.test(name));
