// Everything about one OpenClaw version: conversations are made and lost in one life of its gateway, given back by our command
// line, and looked at through the gateway's own eyes in three more: at once, past the next boundary with the policy we
// offer, and past the one after it without.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conversation } from "./conversations.mjs";
import { freePort, startGateway } from "./gateway.mjs";
import { install } from "./install.mjs";
import { localNoon } from "./localNoon.mjs";
import { answer, loseConversations, removeRow } from "./loseConversations.mjs";
import { ourCommand } from "./ourCommand.mjs";
import { restoreAll } from "./restoreAll.mjs";
import { editorOn } from "./restoreInEditor.mjs";
import { startModel } from "./scriptedModel.mjs";
import { settled } from "./settled.mjs";
import { fingerprint, isArchive, transcriptsWith } from "./stateSight.mjs";
import { backAgain, stillThere, switchedBack, resetAgain } from "./throughItsEyes.mjs";
import { undoAfterMessage, undoAtOnce, undoOfTheEditor } from "./undoRounds.mjs";

/** @param {import("./testedVersions.mjs").testedVersions[number]} tested @param {ReturnType<typeof import("./sheet.mjs").newSheet>} sheet */
export async function restoreRounds({ version, archives, losses }, sheet) {
  await sheet.must("is installed", () => install(version));
  const home = mkdtempSync(join(tmpdir(), "gateway-"));
  const state = join(home, ".openclaw");
  const noon = localNoon();
  const model = await startModel(answer);
  const port = await freePort();
  // The last one: what the editor restored is taken back at once, and that is refused when another restore came between.
  const conversations = [...losses, "editor"].map((loss) => conversation(loss, archives));
  const command = ourCommand({ home, state, zone: noon.zone });
  const editor = editorOn({ home, state, zone: noon.zone });
  const round = { sheet, state, conversations, command, editor, archives };
  let running;

  /** @param {string} title @param {{ startAt: string, config?: object }} options @param {(gateway: Awaited<ReturnType<typeof startGateway>>) => Promise<void>} act */
  const life = async (title, options, act) => {
    running = await sheet.must(`the gateway starts ${title}`, () =>
      startGateway({ version, home, modelPort: model.port, timeZone: noon.zone, port, ...options }),
    );
    await act(running);
    await sheet.check("its last turn has ended on disk", () => settled(state));
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
    await undoOfTheEditor(round, restored);
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
    if (kept || sheet.counts.failed > 0) tellWhatItLeft(version, home);
    else rmSync(home, { recursive: true, force: true });
  }
}

async function refusedWhileRunning({ command, state, conversations: [some] }) {
  await settled(state);
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

function tellWhatItLeft(version, home) {
  console.log(`  ${version}: what it left is kept in ${home}. The gateway's last words:`);
  try {
    const lines = readFileSync(join(home, "gateway.log"), "utf8").trimEnd().split("\n").slice(-40);
    for (const line of lines) console.log(`      ${line.slice(0, 500)}`);
  } catch (error) {
    console.log(`      ${String(error)}`);
  }
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
