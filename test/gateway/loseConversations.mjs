// One life of a gateway in which conversations are made and lost, each in its own way.
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { bystander } from "./conversations.mjs";
import { indexOf, transcriptsWith } from "./stateSight.mjs";

/** What a model on loopback answers: long where a compaction needs something to do. */
export function answer({ messages }) {
  const asked = JSON.stringify(messages.at(-1) ?? "");
  return { text: /long note/.test(asked) ? "This is one more sentence of the note. ".repeat(350) : "Noted." };
}

/**
 * @param {Awaited<ReturnType<typeof import("./gateway.mjs").startGateway>>} gateway Its clock at nine, two days ago
 * @param {readonly import("./conversations.mjs").Conversation[]} conversations
 * @param {ReturnType<typeof import("./localNoon.mjs").localNoon>} noon
 */
export async function loseConversations(gateway, conversations, noon) {
  const all = (act) => Promise.all(conversations.map(act));
  const one = async (loss, act) => {
    const found = conversations.find((each) => each.loss === loss);
    if (found) await act(found);
  };
  /** A message that comes while the turn before is being ended is queued, and told as ended at once: the disk knows better. */
  const say = async (key, text, needle) => {
    await gateway.send(key, text, 240_000);
    for (const began = Date.now(); transcriptsWith(gateway.state, [needle]).length === 0; await delay(200)) {
      if (Date.now() - began > 120_000) throw new Error(`${needle} was not written down within two minutes.`);
    }
  };
  const saySince = ({ key, since }) => say(key, `Another thing: the lunch is called ${since}.`, since);

  await gateway.send(bystander.key, `The other plan is called ${bystander.first}.`, 240_000);
  await all(({ key, first }) => say(key, `Please remember that the release is called ${first}.`, first));
  await one("checkpoint", async ({ key }) => {
    for (const about of ["the parser", "the log", "the database"]) {
      await say(key, `Please write a long note about ${about}.`, `a long note about ${about}`);
    }
  });
  await all(({ key, last }) => say(key, `And the database is called ${last}.`, last));
  await one("checkpoint", async ({ key }) => gateway.send(key, "/compact", 240_000));

  // Minutes apart: which window followed which is learned from the time.
  await gateway.setClock(noon.at(-2, "09:30"));
  await one("command", async (lost) => {
    await gateway.send(lost.key, "/new");
    await saySince(lost);
  });
  await gateway.setClock(noon.at(-2, "09:45"));
  await one("editor", async (lost) => {
    await gateway.send(lost.key, "/new");
    await saySince(lost);
  });
  await gateway.setClock(noon.at(-2, "10:00"));
  await one("undone", async (lost) => {
    await gateway.send(lost.key, "/new");
    await saySince(lost);
  });
  await gateway.setClock(noon.at(-2, "10:30"));
  await one("rpc", async (lost) => {
    await gateway.call("sessions.reset", { key: lost.key });
    await saySince(lost);
  });
  await gateway.setClock(noon.at(-2, "11:00"));
  await one("deleted", ({ key }) => gateway.call("sessions.delete", { key, deleteTranscript: true }));
  await one("checkpoint", saySince);

  // Past the boundary at four: by the message itself, or by the run of an agent.
  await gateway.setClock(noon.at(-1, "05:00"));
  await one("daily", saySince);
  await one("agent-run", async ({ key, since }) => {
    await gateway.call("agent", { message: `The lunch is called ${since}.`, sessionKey: key, idempotencyKey: "run-1" });
    await gateway.call("agent.wait", { runId: "run-1", timeoutMs: 60_000 }, 70_000);
  });
}

/** The row goes while the gateway is stopped, by hand or by a mishap; the transcript stays, and nothing names it. */
export function removeRow(state, key) {
  const file = indexOf(state);
  const { [key]: removed, ...others } = JSON.parse(readFileSync(file, "utf8"));
  if (removed === undefined) throw new Error(`There is no row of ${key}.`);
  writeFileSync(file, JSON.stringify(others, null, 2));
}
