import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { applyPlan } from "../../src/commands/applyPlanCommand";
import { recover } from "../../src/commands/recoverCommand";
import { switchBack, undoRestore } from "../../src/commands/undoCommands";
import { showPlan } from "../../src/commands/showPlan";
import type { CommandContext } from "../../src/commands/commandContext";
import type { RestoreReceipt } from "../../src/core/restore/restoreJournal";
import type { Window, WindowKind } from "../../src/core/conversation/model";
import { Command } from "../../src/editor/contributions";
import type { PlanSubject, RestoreSubject } from "../../src/editor/planSubject";
import { planUri, receiptUri } from "../../src/editor/planUri";
import { api, eventually, type OpenFixture, openFixture } from "./host";

const backupDirectory = "openclawSessions.backupDirectory";

/** A conversation that was reset four times, the last archive of it given back in place. */
describe("a restore", () => {
  let fixture: OpenFixture;
  let vault: string;
  let asked: string[];

  beforeEach(async () => {
    vault = realpathSync(mkdtempSync(join(tmpdir(), "ocsi-vault-")));
    asked = [];
    const settings = vscode.workspace.getConfiguration();
    await settings.update("openclawSessions.timeZone", "UTC", true);
    await settings.update(backupDirectory, vault, true);
    fixture = await openFixture("2026.7.35/manual-resets");
  });
  afterEach(async () => {
    await fixture.dispose();
    await vscode.workspace.getConfiguration().update(backupDirectory, undefined, true);
    rmSync(vault, { recursive: true, force: true });
  });

  it("shows a plan with lenses, applies it after one question, and is undone byte for byte", async () => {
    const before = hashes(fixture.path);
    const context = await answering(true);
    const window = archived(fixture);
    const plan = subjectOf(fixture, window);
    await showPlan(context, plan);
    const shown = active();
    equal(shown.document.languageId, "openclaw-plan");
    deepEqual(hashes(fixture.path), before, "looking changes nothing");
    const titles = await lensTitles(shown.document.uri);
    deepEqual(words(titles), ["Restore", "Open Transcript", "Show Change", "Change Where…", "Rehearse"]);
    equal(titles[0], "$(debug-restart)\u00a0Restore", shown.document.getText());

    await vscode.commands.executeCommand(Command.showChange, shown.document.uri);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    ok(input instanceof vscode.TabInputTextDiff);
    const [old, next] = await Promise.all(
      [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    match(next?.getText() ?? "", new RegExp(`"sessionId": "${window.sessionId}"`));
    ok(!old?.getText().includes(window.sessionId));
    deepEqual([old?.languageId, next?.languageId], ["openclaw-entry", "openclaw-entry"]);
    match(next?.getText() ?? "", /"updatedAt": \d{13}, \/\/ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n/);

    await applyPlan(context)(planUri(context.inspector.snapshot, plan, "UTC"));
    equal(asked.length, 1);
    match(asked[0] ?? "", /^Restore this conversation\?/);
    equal(active().document.uri.path.endsWith(".openclaw-receipt"), true);
    deepEqual(openPlans(), []);
    equal(currentId(fixture), window.sessionId);
    for (const [name, hash] of before) if (name.includes(".jsonl.reset.")) equal(hashes(fixture.path).get(name), hash);

    const [receipt] = await context.inspector.restorer.list(fixture.stateDir().path);
    ok(receipt);
    equal(
      active().document.uri.toString(),
      receiptUri(context.inspector.snapshot, fixture.stateDir().path, receipt.plan, "UTC").toString(),
    );
    const undo: PlanSubject = { kind: "undo", stateDir: fixture.stateDir().path, id: receipt.plan.id };
    await showPlan(context, undo);
    await applyPlan(context)(active().document.uri);
    equal(asked.length, 2);
    deepEqual(hashes(fixture.path), before);
  });

  it("says what to set before the gateway starts, and once it was undone that nothing is left to undo", async () => {
    const context = await answering(true);
    const messages = answeredMessages();
    try {
      const { plan } = await restored(context);
      const name = { stateDir: fixture.stateDir().path, id: plan.id };
      const { document: receipt } = active();
      deepEqual(words(await lensTitles(receipt.uri)), ["Undo…", "Copy Setting", "Open openclaw.json", "Start Gateway"]);
      const done = await messages.next();
      deepEqual(done.buttons, ["Copy Setting", "Start Gateway", "Undo…"]);
      done.answer("Copy Setting");
      deepEqual((await messages.next()).buttons, ["Open openclaw.json", "Start Gateway", "Undo…"]);
      match(await vscode.env.clipboard.readText(), /^session: \{.*reset: \{ mode: "idle"/s);

      await showPlan(context, { kind: "undo", ...name });
      await applyPlan(context)(active().document.uri);
      deepEqual((await messages.next()).buttons, ["Start Gateway", "Undo…"]);
      await undoRestore(context)(name);
      match((await messages.next()).text, /undone already/);
    } finally {
      messages.dispose();
    }
  });

  it("changes nothing when the question is not answered", async () => {
    const before = hashes(fixture.path);
    const context = await answering(false);
    await showPlan(context, subjectOf(fixture, archived(fixture)));
    await applyPlan(context)(active().document.uri);
    equal(asked.length, 1);
    deepEqual(hashes(fixture.path), before);
    deepEqual(await context.inspector.restorer.list(fixture.stateDir().path), []);
  });

  it("needs the user's word where it cannot be told whether a gateway runs, and takes it for this plan alone", async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        resolve((server.address() as AddressInfo).port);
      });
    });
    try {
      const config = join(fixture.path, "openclaw.json");
      writeFileSync(config, readFileSync(config, "utf8").replace(/"port": \d+/, `"port": ${port}`));
      const { inspector } = await api();
      await inspector.refresh();
      const refused = await answering(false);
      await showPlan(refused, subjectOf(fixture, archived(fixture)));
      const before = currentId(fixture);
      await applyPlan(refused)(active().document.uri);
      deepEqual(
        asked.map((each) => each.split(".")[0]),
        ["It cannot be told whether a gateway works on this state directory"],
      );
      equal(currentId(fixture), before);

      await applyPlan(await answering(true))(active().document.uri);
      deepEqual(
        asked.slice(1).map((each) => each.split(/[.?]/)[0]),
        ["It cannot be told whether a gateway works on this state directory", "Restore this conversation"],
      );
      equal(currentId(fixture), archived(fixture, undefined, "live").sessionId);
    } finally {
      server.close();
    }
  });

  it("is switched back when the conversation went on: what was said since is kept", async () => {
    const context = await answering(true);
    const before = currentId(fixture);
    const receipt = await restored(context);
    const file = receipt.plan.changes.find(({ role }) => role === "restored")?.path ?? "";
    const said = JSON.stringify({
      ...{ type: "message", id: "ffffffff", parentId: null, timestamp: "2026-07-22T09:00:00.000Z" },
      message: { role: "user", content: [{ type: "text", text: "And then?" }] },
    });
    appendFileSync(file, `${said}\n`);
    const stateDir = fixture.stateDir().path;
    await showPlan(context, { kind: "undo", stateDir, id: receipt.plan.id });
    const titles = await lensTitles(active().document.uri);
    match(titles[0] ?? "", /Cannot undo: 1 blocker/);
    ok(
      titles.some((title) => title.endsWith("Switch Back…")),
      titles.join(),
    );
    await applyPlan(context)(active().document.uri);
    equal(asked.length, 1, "what is refused asks nothing");

    await switchBack(context)(active().document.uri);
    await applyPlan(context)(active().document.uri);
    equal(asked.length, 2);
    equal(currentId(fixture), before);
    const kept = readdirSync(fixture.sessions).filter((name) => name.includes(".jsonl"));
    ok(kept.some((name) => readFileSync(join(fixture.sessions, name), "utf8").includes(said)));
  });

  it("is taken back when it was interrupted, and its receipt says so", async () => {
    const before = hashes(fixture.path);
    const context = await answering(true);
    const { plan, directory } = await restored(context);
    const journal = join(directory, "journal.jsonl");
    const lines = readFileSync(journal, "utf8").split("\n");
    const last = lines.findIndex((line) => line.includes('"event":"verified"'));
    ok(last > 2, String(last));
    writeFileSync(journal, `${lines.slice(0, last).join("\n")}\n`);
    rmSync(join(directory, "receipt.json"), { force: true });
    const stateDir = fixture.stateDir().path;
    deepEqual(
      (await context.inspector.restorer.unfinished(stateDir)).map((each) => each.plan.id),
      [plan.id],
    );

    await recover(context)({ stateDir, id: plan.id, how: "take-back" });
    deepEqual(hashes(fixture.path), before);
    const { document } = active();
    await eventually(() => document.getText().includes("taken back"), "the receipt says so");
  });

  it("takes a key for a name, whatever is in it", async () => {
    const store = join(fixture.sessions, "sessions.json");
    writeFileSync(store, readFileSync(store, "utf8").replace('"agent:main:main"', JSON.stringify(hostile)));
    await eventually(() => keysOf(fixture).includes(hostile), "the hostile key is shown");
    const context = await answering(true);
    const window = archived(fixture, hostile);
    await showPlan(context, {
      ...subjectOf(fixture, window),
      target: { kind: "in-place", key: hostile, keyIsNamed: true },
    });
    await applyPlan(context)(active().document.uri);
    equal(asked.length, 1, active().document.getText());
    equal(currentId(fixture, hostile), window.sessionId);
    for (const place of [fixture.path, fixture.sessions, vault, process.cwd()]) {
      ok(!readdirSync(place).some((name) => name.includes("PWNED")), place);
    }
  });

  async function restored(context: CommandContext): Promise<RestoreReceipt> {
    await showPlan(context, subjectOf(fixture, archived(fixture)));
    await applyPlan(context)(active().document.uri);
    const [receipt] = await context.inspector.restorer.list(fixture.stateDir().path);
    if (!receipt) throw new Error("Nothing was restored.");
    return receipt;
  }

  async function answering(answer: boolean): Promise<CommandContext> {
    const { commands } = await api();
    return {
      ...commands,
      ask: (question, detail) => {
        asked.push(`${question}\n${detail}`);
        return Promise.resolve(answer);
      },
    };
  }
});

const hostile = "agent:main:x:direct:$(touch PWNED)";

function keysOf(fixture: OpenFixture): readonly string[] {
  return fixture.stateDir().agents.flatMap(({ conversations }) => conversations.map(({ key }) => key));
}

function archived(fixture: OpenFixture, of = "agent:main:main", wanted: WindowKind = "reset"): Window {
  const [agent] = fixture.stateDir().agents;
  const windows = agent?.conversations.find(({ key }) => key === of)?.windows ?? [];
  const found = windows.find(({ kind }) => kind === wanted);
  if (!found) throw new Error("There is no archive.");
  return found;
}

function subjectOf(fixture: OpenFixture, { agentId, windowId }: Window): RestoreSubject {
  // Several chats were reset at the same moment in these files.
  const target = { kind: "in-place", key: "agent:main:main", keyIsNamed: true } as const;
  return {
    kind: "restore",
    stateDir: fixture.stateDir().path,
    agentId,
    windowId,
    target,
    displaced: { kind: "archive" },
  };
}

function currentId(fixture: OpenFixture, key = "agent:main:main"): unknown {
  const store = JSON.parse(readFileSync(join(fixture.sessions, "sessions.json"), "utf8")) as Record<
    string,
    { sessionId: unknown }
  >;
  return store[key]?.sessionId;
}

/** Every file's name, mode and content. */
function hashes(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );
  return new Map(
    files.sort().map((name) => {
      const path = join(directory, name);
      const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
      return [name, `${(statSync(path).mode & 0o777).toString(8)} ${hash}`];
    }),
  );
}

async function lensTitles(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri);
  return lenses.map(({ command }) => command?.title ?? "");
}

interface Message {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly answer: (button: string) => void;
}

/** Messages of information in the order they are shown; nobody can click on their buttons in tests. */
function answeredMessages() {
  const shown: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  const show = vscode.window.showInformationMessage;
  const stub = (text: string, ...buttons: readonly string[]) =>
    new Promise<string>((answer) => {
      const message = { text, buttons, answer };
      const next = waiting.shift();
      if (next) next(message);
      else shown.push(message);
    });
  Object.assign(vscode.window, { showInformationMessage: stub });
  return {
    next: (): Promise<Message> => {
      const first = shown.shift();
      return first
        ? Promise.resolve(first)
        : new Promise((resolve) => {
            waiting.push(resolve);
          });
    },
    dispose() {
      Object.assign(vscode.window, { showInformationMessage: show });
    },
  };
}

/** Without the icons. */
function words(titles: readonly string[]): readonly string[] {
  return titles.map((title) => title.replace(/^\$\([\w-]+\)\u00a0/, ""));
}

function openPlans(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ label }) => label))
    .filter((label) => /plan|what changes/.test(label));
}

function active(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error("No editor is active.");
  return editor;
}
