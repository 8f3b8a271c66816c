// Everything about one OpenClaw version: conversations are made and lost in one life of its gateway, given back by our command
// line, and looked at through the gateway's own eyes in three more: at once, past the next boundary with the policy we
// offer, and past the one after it without.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { conversation } from "./conversations.mjs";
import { freePort, startGateway } from "./gateway.mjs";
import { install } from "./install.mjs";
import { localNoon } from "./localNoon.mjs";
import { answer, loseConversations, removeRow } from "./loseConversations.mjs";
import { ourCommand } from "./ourCommand.mjs";
import { restoreAll } from "./restoreAll.mjs";
import { startModel } from "./scriptedModel.mjs";
import { fingerprint, isArchive, transcriptsWith } from "./stateSight.mjs";
import { backAgain, stillThere, switchedBack, resetAgain } from "./throughItsEyes.mjs";
import { undoAfterMessage, undoAtOnce } from "./undoRounds.mjs";

/** @param {import("./testedVersions.mjs").testedVersions[number]} tested @param {ReturnType<typeof import("./sheet.mjs").newSheet>} sheet */
export async function restoreRounds({ version, archives, losses }, sheet) {
  await sheet.must("is installed", () => install(version));
  const home = mkdtempSync(join(tmpdir(), "gateway-"));
  const state = join(home, ".openclaw");
  const noon = localNoon();
  const model = await startModel(answer);
  const port = await freePort();
  const conversations = losses.map((loss) => conversation(loss, archives));
  const command = ourCommand({ home, state, zone: noon.zone });
  const round = { sheet, state, conversations, command, archives };
  let running;

  /** @param {string} title @param {{ startAt: string, config?: object }} options @param {(gateway: Awaited<ReturnType<typeof startGateway>>) => Promise<void>} act */
  const life = async (title, options, act) => {
    running = await sheet.must(`the gateway starts ${title}`, () =>
      startGateway({ version, home, modelPort: model.port, timeZone: noon.zone, port, ...options }),
    );
    await act(running);
    await delay(3_000); // A turn is told as ended before its row is: stopped in between, the row says `running`.
    await running.stop();
    running = undefined;
  };
  const rightNow = () => new Date().toISOString();

  let kept = false;
  try {
    await life("two days ago", { startAt: noon.at(-2, "09:00") }, async (gateway) => {
      await sheet.must("conversations are made and lost", () => loseConversations(gateway, conversations, noon));
      await sheet.check("while it runs, nothing is restored", () => refusedWhileRunning(round));
    });
    for (const { loss, key } of conversations) if (loss === "row-removed") removeRow(state, key);
    await sheet.must("each left what it is known for", () => asKnown(round));

    await undoAtOnce(round);
    const restored = await restoreAll(round);
    await life("after the restore", { startAt: rightNow() }, (gateway) => backAgain(round, gateway, model, restored));
    await undoAfterMessage(round, restored);
    const config = offeredPolicy(restored);
    await life("past four, with what is offered", { startAt: noon.at(1, "05:00"), config }, async (gateway) => {
      await stillThere(round, gateway, model, restored);
      await switchedBack(round, gateway, model);
    });
    await life("past four again, without", { startAt: noon.at(2, "05:00") }, (gateway) =>
      resetAgain(round, gateway, model, restored),
    );
  } catch (error) {
    kept = true;
    throw error;
  } finally {
    await running?.stop();
    await model.stop();
    if (kept || sheet.counts.failed > 0) console.log(`  ${version}: what it left is kept in ${home}`);
    else rmSync(home, { recursive: true, force: true });
  }
}

async function refusedWhileRunning({ command, state, conversations: [some] }) {
  await delay(2_000); // What it still had to write of the last turn.
  const [file] = transcriptsWith(state, [some.first, some.last], [some.since]);
  const before = fingerprint(state);
  const { code, answer, told } = await command("restore", file, ...some.options, "--yes", "--gateway-is-stopped");
  assert.equal(code, 3, told);
  assert.equal(answer.outcome, "blocked", told);
  assert.deepEqual(
    answer.checks.filter(({ level }) => level === "blocker").map(({ code: name }) => name),
    ["gateway"],
    told,
  );
  assert.equal(fingerprint(state), before);
}

/** One file that holds the old conversation and nothing since, named as that loss names it. */
function asKnown({ state, conversations, archives }) {
  for (const { loss, first, last, since } of conversations) {
    const found = transcriptsWith(state, [first, last], [since]);
    assert.equal(found.length, 1, `${loss}: ${found.join(", ")}`);
    const [file = ""] = found;
    const named = file.includes(".checkpoint.") || file.includes(".deleted.") || isArchive(file);
    assert.equal(named, archives && !["row-removed", "agent-run"].includes(loss), `${loss}: ${file}`);
  }
}

/** The config as the plan advises it; the person would write it by hand or let the editor do it. */
function offeredPolicy(restored) {
  const config = {};
  for (const { path, value } of restored.flatMap(({ advice }) => advice)) {
    let place = config;
    for (const name of path.slice(0, -1)) place = place[name] ??= {};
    place[path.at(-1)] = value;
  }
  assert.equal(config.session?.reset?.mode, "idle", "a policy is offered");
  return config;
}
