import { deepEqual, equal, ok } from "node:assert/strict";
import { appendFileSync, copyFileSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { Command, scheme } from "../../src/editor/contributions";
import { api, eventually, type OpenFixture, openFixture } from "./host";

const current = "a32f58af-2f2c-4f14-bbba-7143e76144af";
const reset = "bdea9c6c-9ead-46b5-b3e4-8848cad35d3d.jsonl.reset.2026-07-21T09-15-11.944Z";

describe("documents", () => {
  let fixture: OpenFixture;

  beforeEach(async () => {
    await vscode.workspace.getConfiguration().update("openclawSessions.timeZone", "UTC", true);
    fixture = await openFixture("2026.7.35/manual-resets");
  });
  afterEach(() => fixture.dispose());

  it("show a transcript, read-only, with the cursor at its end", async () => {
    const editor = await open(join(fixture.sessions, `${current}.jsonl`));
    const { document } = editor;
    equal(document.languageId, "openclaw-transcript");
    equal(document.uri.path, "/main/main · 2026-07-21 09-35.openclaw-transcript");
    equal(vscode.workspace.fs.isWritableFileSystem(scheme), false);
    const lines = document.getText().split("\n");
    equal(lines[0], "main · agent:main:main · current window");
    ok(lines.includes("    And is there a risk with the staging database?"), document.getText());
    ok(editor.selection.active.line >= document.lineCount - 2);
  });

  it("bring outline, folding and hovers from the same parse", async () => {
    const { document } = await open(join(fixture.sessions, reset));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    deepEqual(
      symbols.filter(({ name }) => name.startsWith("user")).map(({ name }) => name),
      ["user: Please remember that the release codename is Tamarack.", "user: Can you list the files here?"],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    const turns = symbols.filter(({ range }) => !range.isSingleLine).map(({ range }) => range.start.line);
    deepEqual(
      turns.filter((line) => !folds.some(({ start }) => start === line)),
      [],
    );
    const turn = document
      .getText()
      .split("\n")
      .findIndex((line) => line.startsWith("━━ user"));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(turn, document.lineAt(turn).text.indexOf("2026-07-21") + 2),
    );
    const texts = hovers.flatMap(({ contents }) => contents.filter((it) => it instanceof vscode.MarkdownString));
    ok(texts.some(({ value }) => value.includes("2026")));
  });

  it("follow a file that grows: the text above stays, the cursor's reader sees the new entry", async () => {
    const file = join(fixture.sessions, `${current}.jsonl`);
    const { document } = await open(file);
    const before = document.getText().split("\n");
    appendFileSync(file, `${entry("beef0001", "What did I forget?", lastEntryId(file))}\n`);
    await eventually(() => document.getText().includes("What did I forget?"), "the new entry is shown");
    const end = before.findIndex((line) => line.startsWith("· end of the transcript"));
    deepEqual(document.getText().split("\n").slice(0, end), before.slice(0, end));
  });

  it("keep a reader in the middle where he reads, and one at the end at the end", async () => {
    const file = join(fixture.sessions, "77777777-aaaa-4bbb-8ccc-dddddddddddd.jsonl");
    const lines = Array.from({ length: 200 }, (_, index) => entry(hex(index), `Number ${index}.`, hex(index - 1)));
    writeFileSync(file, `${header("77777777-aaaa-4bbb-8ccc-dddddddddddd")}\n${lines.join("\n")}\n`);
    const { inspector } = await api();
    await inspector.refresh();
    await inspector.whenIndexed();
    const editor = await open(file);
    const lastVisible = () => editor.visibleRanges.at(-1)?.end.line ?? 0;
    await eventually(() => lastVisible() >= editor.document.lineCount - 3, "the end is visible");

    appendFileSync(
      file,
      `${Array.from({ length: 40 }, (_, it) => entry(hex(200 + it), `Number ${200 + it}.`, hex(199 + it))).join("\n")}\n`,
    );
    await eventually(() => editor.document.getText().includes("Number 239."), "the new entries are shown");
    await eventually(() => lastVisible() >= editor.document.lineCount - 3, "the end is visible again");

    const middle = new vscode.Position(100, 0);
    editor.selection = new vscode.Selection(middle, middle);
    editor.revealRange(new vscode.Range(middle, middle), vscode.TextEditorRevealType.AtTop);
    const firstVisible = () => editor.visibleRanges[0]?.start.line ?? 0;
    // Sticky lines cover what would be the first ones.
    await eventually(() => firstVisible() > 80 && firstVisible() <= 100, "the middle is visible");
    const before = firstVisible();
    appendFileSync(file, `${entry(hex(240), "Number 240.", hex(239))}\n`);
    await eventually(() => editor.document.getText().includes("Number 240."), "one more entry is shown");
    equal(firstVisible(), before);
    equal(editor.selection.active.line, 100);
  });

  it("stay with their window when a reset renames its file, and say where the conversation went on", async () => {
    const file = join(fixture.sessions, `${current}.jsonl`);
    const { document } = await open(file);
    const text = document.getText();
    const next = "11111111-2222-4333-8444-555555555555";
    renameSync(file, `${file}.reset.2026-07-21T10-00-00.000Z`);
    writeFileSync(join(fixture.sessions, `${next}.jsonl`), `${header(next)}\n${entry("beef0002", "A new day.")}\n`);
    const store = join(fixture.sessions, "sessions.json");
    writeFileSync(store, readFileSync(store, "utf8").replaceAll(current, next));

    await eventually(() => document.getText().includes("Open the current window"), "the rotation is announced");
    ok(document.getText().includes("    And is there a risk with the staging database?"));
    equal(document.getText().includes("A new day."), false);
    ok(!text.includes("Open the current window"));

    const link = (await links(document)).find(({ target }) => target?.path === Command.openTranscript);
    await vscode.commands.executeCommand(
      Command.openTranscript,
      ...(JSON.parse(link?.target?.query ?? "[]") as unknown[]),
    );
    ok(vscode.window.activeTextEditor?.document.getText().includes("A new day."));
  });

  it("say in one line that their file has gone", async () => {
    const file = join(fixture.sessions, reset);
    const { document } = await open(file);
    unlinkSync(file);
    await eventually(() => document.lineCount === 2, "the document is one line");
    equal(document.getText(), `The file has gone: ${file}\n`);
  });

  it("show elided text in place and in a document of its own", async () => {
    const editor = await open(join(fixture.sessions, reset));
    const [part] = (await links(editor.document)).filter(({ target }) => target?.path.endsWith(".openclaw-part"));
    ok(part?.target);
    const own = await vscode.workspace.openTextDocument(part.target);
    const elided = own.getText().split("\n").at(-2)?.trim() ?? "";
    ok(elided.length > 3);
    equal(editor.document.getText().includes(elided), false);

    editor.selection = new vscode.Selection(part.range.start, part.range.start);
    await vscode.commands.executeCommand(Command.showElidedHere);
    await eventually(() => editor.document.getText().includes(elided), "the part is shown in place");
    await vscode.commands.executeCommand(Command.hideElidedHere);
    await eventually(() => !editor.document.getText().includes(elided), "the part is elided again");
  });

  it("stay where the reader is when text is shown in place, also above the end of a live transcript", async () => {
    const file = join(fixture.sessions, `${current}.jsonl`);
    const more = Array.from({ length: 100 }, (_, it) =>
      entry(hex(it), `Number ${it}.`, it === 0 ? lastEntryId(file) : hex(it - 1)),
    );
    appendFileSync(file, `${more.join("\n")}\n`);
    const { inspector } = await api();
    await inspector.refresh();
    await inspector.whenIndexed();
    const editor = await open(file);
    await eventually(() => editor.document.getText().includes("entries · "), "all of it is shown, and counted");
    const found = (await links(editor.document)).find(({ target }) => target?.path.endsWith(".openclaw-part"));
    ok(found);
    const { start } = found.range;
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(found.range, vscode.TextEditorRevealType.AtTop);
    const seen = () => editor.visibleRanges.some((it) => it.start.line <= start.line && start.line <= it.end.line);
    await eventually(seen, "the elided text is visible");
    for (const command of [Command.showElidedHere, Command.hideElidedHere]) {
      const before = editor.document.getText();
      await vscode.commands.executeCommand(command);
      ok(editor.document.getText() !== before, command);
      await eventually(() => editor.selection.active.line === start.line, "the cursor is on its line");
      // Where the view goes is told after the text and the cursor: this asks VS Code for something else in between.
      await links(editor.document);
      ok(seen(), `line ${start.line} is visible after ${command}`);
    }
  });

  it("each get a tab of their own when several are opened together, one alone is in preview until it is double-clicked", async () => {
    const ids = (await windowNodes()).slice(0, 3);
    equal(ids.length, 3);
    await vscode.commands.executeCommand(Command.openTranscript, ids[0], ids);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await eventually(() => tabs().length === 3 && tabs().every(({ isPreview }) => !isPreview), "three tabs stay");

    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand(Command.openTranscript, ids[1]);
    await eventually(() => tabs().length === 1 && tabs()[0]?.isPreview === true, "one tab is in preview");
    const clicks = [1, 2].map(() => vscode.commands.executeCommand(Command.openTranscript, ids[2]));
    await Promise.all(clicks);
    await eventually(() => tabs().length === 1 && tabs()[0]?.isPreview === false, "the second click keeps the tab");
  });

  it("name the agent and the profile in the tab where there are several", async () => {
    await fixture.dispose();
    fixture = await openFixture("2026.7.35/basic", undefined, ".openclaw-work");
    const ops = fixture.stateDir().agents.find(({ id }) => id === "ops");
    const file = ops?.conversations.flatMap(({ windows }) => windows.flatMap(({ primary }) => primary ?? []))[0];
    ok(file);
    const { document } = await open(file.path);
    const tab = document.uri.path.split("/").at(-1) ?? "";
    ok(/^ops · .+ \(work\) · \d{4}-/.test(tab), tab);
  });

  it("get their counts when the index comes after them", async () => {
    const file = join(fixture.sessions, "66666666-aaaa-4bbb-8ccc-dddddddddddd.jsonl");
    const lines = Array.from({ length: 3000 }, (_, index) => entry(hex(index), `Number ${index}.`, hex(index - 1)));
    writeFileSync(file, `${header("66666666-aaaa-4bbb-8ccc-dddddddddddd")}\n${lines.join("\n")}\n`);
    await vscode.commands.executeCommand(Command.openAsTranscript, vscode.Uri.file(file));
    const shown = () => vscode.window.activeTextEditor?.document.getText() ?? "";
    await eventually(() => shown().includes("· end of the transcript · 3,000 entries"), "the entries are counted");
  });

  it("open raw files for reading only, with the colours of their lines", async () => {
    const uri = vscode.Uri.file(join(fixture.sessions, reset));
    await open(uri.fsPath);
    await vscode.commands.executeCommand(Command.openRaw);
    const raw = vscode.window.activeTextEditor?.document;
    equal(raw?.uri.toString(), uri.toString());
    await eventually(() => raw.languageId.startsWith("json"), "the language is JSON");
    await vscode.commands.executeCommand("type", { text: "x" });
    equal(raw.isDirty, false);
    equal(raw.getText(), readFileSync(uri.fsPath, "utf8"));
  });

  it("lead to the raw line of the entry under the cursor", async () => {
    const file = join(fixture.sessions, reset);
    const editor = await open(file);
    const line = editor.document
      .getText()
      .split("\n")
      .findIndex((it) => it.includes("Can you list the files here?"));
    editor.selection = new vscode.Selection(line, 0, line, 0);
    await vscode.commands.executeCommand(Command.goToRawLine);
    const raw = vscode.window.activeTextEditor;
    equal(raw?.document.uri.fsPath, file);
    ok(raw.document.lineAt(raw.selection.active.line).text.includes("Can you list the files here?"));
  });

  it("link to nothing that a transcript says", async () => {
    const file = join(fixture.sessions, `${current}.jsonl`);
    const hostile =
      "[a](command:workbench.action.quit) command:workbench.action.quit vscode://file/etc/passwd " +
      "openclaw-session:/x?%7B%7D \u001b[31mred\u202eder\u200b <script>alert(1)</script>";
    appendFileSync(file, `${entry("beef0003", hostile, lastEntryId(file))}\n`);
    const { document } = await open(file);
    await eventually(() => document.getText().includes("<script>"), "the hostile entry is shown");
    const ours = new Set<string>(Object.values(Command));
    const targets = (await links(document)).flatMap(({ target }) => target ?? []);
    deepEqual(
      targets.filter((it) => it.scheme !== scheme && !(it.scheme === "command" && ours.has(it.path))).map(String),
      [],
    );
    ok(!targets.some((it) => it.toString().includes("quit") || it.toString().includes("passwd")));
    ok(!/[\u001b\u202e\u200b]/.test(document.getText()));
  });

  it("open what the Explorer points at: archives, and files that no state directory shows", async () => {
    const uri = vscode.Uri.file(join(fixture.sessions, reset));
    await vscode.commands.executeCommand(Command.openAsTranscript, uri, [uri]);
    ok(vscode.window.activeTextEditor?.document.getText().includes("Tamarack"));

    const elsewhere = join(fixture.path, "..", "saved.jsonl.reset.2026-07-21T09-15-11.944Z");
    copyFileSync(uri.fsPath, elsewhere);
    await vscode.commands.executeCommand(Command.openAsTranscript, vscode.Uri.file(elsewhere));
    const saved = vscode.window.activeTextEditor?.document;
    ok(saved?.uri.path.includes("saved.jsonl.reset") && saved.getText().includes("Tamarack"));
  });

  it("refuse to read what nobody pointed at, whatever an address says", async () => {
    const secret = join(fixture.path, "..", "secret.jsonl");
    writeFileSync(secret, `${header("secret")}\n`);
    const document = { kind: "transcript", file: secret, range: { kind: "tail", from: 0 } };
    const uri = vscode.Uri.from({ scheme, path: "/a/b.openclaw-transcript", query: JSON.stringify(document) });
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
    equal(text, `${secret} does not lie in a sessions directory that is shown.\n`);
  });

  it("come in pages: the end first, neighbours and the first page by commands, nothing moves while the end grows", async () => {
    const file = join(fixture.sessions, "99999999-aaaa-4bbb-8ccc-dddddddddddd.jsonl");
    const filler = "word ".repeat(80);
    const line = (index: number) =>
      entry(hex(index), `Number ${index}. ${filler}`, index === 0 ? null : hex(index - 1));
    const lines = Array.from({ length: 1500 }, (_, index) => line(index));
    writeFileSync(file, `${header("99999999-aaaa-4bbb-8ccc-dddddddddddd")}\n${lines.join("\n")}\n`);
    const { inspector } = await api();
    await inspector.refresh();
    await inspector.whenIndexed();

    const end = (await open(file)).document;
    const text = end.getText();
    ok(text.includes("Number 1499.") && !text.includes("Number 0."));
    ok(text.includes("‹ earlier entries"));

    await vscode.commands.executeCommand(Command.previousPage);
    const before = vscode.window.activeTextEditor;
    ok(before && before.document !== end && !before.document.getText().includes("Number 1499."));
    ok(before.selection.active.line >= before.document.lineCount - 2, "a previous page opens at its end");

    await vscode.commands.executeCommand(Command.firstPage);
    const first = vscode.window.activeTextEditor;
    ok(first?.document.getText().includes("Number 0.") && first.selection.active.line === 0);

    await vscode.commands.executeCommand(Command.nextPage);
    ok(!vscode.window.activeTextEditor?.document.getText().includes("Number 0."));
    await vscode.commands.executeCommand(Command.lastPage);
    equal(vscode.window.activeTextEditor?.document.uri.toString(), end.uri.toString());

    const more = Array.from({ length: 1500 }, (_, index) => line(1500 + index));
    appendFileSync(file, `${more.join("\n")}\n`);
    const shown = () => vscode.window.activeTextEditor?.document.getText() ?? "";
    await eventually(() => shown().includes("› later entries"), "the page has an end of its own");
    const kept = text.slice(0, text.indexOf("· end of the transcript"));
    equal(shown().slice(0, kept.length), kept);
  });
});

async function open(file: string): Promise<vscode.TextEditor> {
  const { inspector } = await api();
  const windows = inspector.snapshot.stateDirs
    .flatMap((stateDir) => stateDir.agents)
    .flatMap((agent) => [...agent.conversations.flatMap((it) => it.windows), ...agent.orphans]);
  const window = windows.find(({ primary }) => primary?.path === file);
  if (!window) throw new Error(`${file} is shown nowhere.`);
  await vscode.commands.executeCommand(Command.openTranscript, { file, windowId: window.windowId });
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== scheme) throw new Error(`${file} was not opened.`);
  return editor;
}

/** Ids of tree nodes that open transcripts, each another one. */
async function windowNodes(): Promise<string[]> {
  const { view } = await api();
  const { provider } = view;
  const found = new Map<string, string>();
  const look = (id?: string): void => {
    for (const child of provider.getChildren(id)) {
      const { subject, click } = provider.node(child) ?? {};
      if (click === "transcript" && subject?.file) found.set(subject.file.path, child);
      look(child);
    }
  };
  look();
  return [...found.values()];
}

async function links({ uri }: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
  return vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", uri, 1000);
}

function hex(index: number): string {
  if (index < 0) return "ffffffff";
  return index.toString(16).padStart(8, "0");
}

function lastEntryId(file: string): string {
  const last = readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "";
  return (JSON.parse(last) as { id: string }).id;
}

function header(id: string): string {
  return JSON.stringify({ type: "session", version: 3, id, timestamp: "2026-07-21T10:00:01.000Z", cwd: "/w" });
}

function entry(id: string, text: string, parentId: string | null = null): string {
  const timestamp = "2026-07-21T10:00:02.000Z";
  const message = { role: "user", content: [{ type: "text", text }], timestamp: Date.parse(timestamp) };
  return JSON.stringify({ type: "message", id, parentId, timestamp, message });
}
