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
    const shown = JSON.stringify(hovers.map(({ contents }) => contents));
    ok(shown.includes("2026"), shown);
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

async function links({ uri }: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
  return vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", uri, 1000);
}

function hex(index: number): string {
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
