import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Rotation } from "../../src/core/rotation/rotation";
import { Command } from "../../src/editor/contributions";
import { ConversationDecorations } from "../../src/editor/conversationDecorations";
import { nodeUri } from "../../src/editor/conversationUri";
import type { NoticeWindow } from "../../src/editor/noticeWindow";
import { SeenRotations } from "../../src/editor/seenRotations";
import { tellRotations } from "../../src/editor/tellRotations";
import { statusOf } from "../../src/views/findingsStatus";
import { api, eventually, type OpenFixture, openFixture } from "./host";

const silencedCauses = "openclawSessions.notifications.silencedCauses";
const archive = "803c6237-c794-4c6e-aeb2-6bbc9bba394c.jsonl.reset.2026-03-31T04-00-22.776Z";

/** A conversation at 03:57, a heartbeat at 04:00:22, and the conversation is archived. */
describe("a reset that nobody asked for", () => {
  let fixture: OpenFixture;
  let rotation: Rotation;

  beforeEach(async () => {
    await vscode.workspace.getConfiguration().update("openclawSessions.timeZone", "UTC", true);
    fixture = await openFixture("2026.3.13/heartbeat-shared");
    rotation = await rotationIn(fixture.path);
  });
  afterEach(async () => {
    await vscode.workspace.getConfiguration().update(silencedCauses, undefined, true);
    await fixture.dispose();
  });

  it("is explained from its window in the tree, in a document with outline, folding and links", async () => {
    const { document } = await explain({ stateDir: rotation.stateDir, rotationId: rotation.id });
    equal(document.languageId, "openclaw-explanation");
    equal(document.uri.path, "/main/Why main ended · 2026-03-31 04-00.openclaw-explanation");
    match(document.lineAt(0).text, /^main was reset on 2026-03-31 at 04:00:22 UTC: daily reset/);

    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    ok(
      symbols.some(({ name }) => name === "Why"),
      symbols.map(({ name }) => name).join(),
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    ok(folds.length > 3, String(folds.length));
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    const commands = new Set(links.map(({ target }) => target?.path));
    ok(commands.has(Command.openEvidence) && commands.has(Command.openTranscript), [...commands].join());
  });

  it("leads from the explanation to the window that was set aside, and to the one the conversation goes on in", async () => {
    const { document } = await explain({ stateDir: rotation.stateDir, rotationId: rotation.id });
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    deepEqual(
      lenses.map(({ command }) => command?.title),
      ["Restore…", "Open the earlier window", "Open the current window", "Open openclaw.json"],
    );
    await vscode.commands.executeCommand(Command.openEarlierWindow, document.uri);
    match(active().document.getText(), /set aside by a reset/);
    await vscode.commands.executeCommand(Command.openCurrentWindow, document.uri);
    match(
      active().document.lineAt(1).text,
      /^◂ Reset on 2026-03-31 04:00: daily reset .* · \d+ earlier messages · Explain$/,
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      active().document.uri,
    );
    deepEqual(
      links.filter(({ range }) => range.start.line === 1).map(({ target }) => target?.path),
      [Command.openTranscript, Command.explain],
    );
  });

  it("leads from evidence to the entry of the transcript", async () => {
    const file = rotation.to?.primary?.path ?? "";
    const offset = rotation.to?.primary?.head?.opening?.offset ?? 0;
    ok(offset > 0);
    await vscode.commands.executeCommand(Command.openEvidence, { file, offset });
    const editor = active();
    equal(editor.document.languageId, "openclaw-transcript");
    match(editor.document.lineAt(editor.selection.active.line).text, /heartbeat/i);
  });

  it("leads from evidence to a line of another file, which can be edited when it is the config", async () => {
    const file = join(fixture.path, "openclaw.json");
    await vscode.commands.executeCommand(Command.openEvidence, { file, line: 3 });
    equal(active().document.uri.fsPath, file);
    equal(active().selection.active.line, 2);
    await vscode.commands.executeCommand(Command.openEvidence, { file: join(fixture.path, "gone.log"), line: 3 });
    equal(active().document.uri.fsPath, file);
  });

  it("is named in the transcript of its archive: at the top, at the end, and on hover with its evidence", async () => {
    await vscode.commands.executeCommand(Command.openEvidence, { file: join(fixture.sessions, archive), offset: 0 });
    const { document } = active();
    const sentence = /main was reset on 2026-03-31 at 04:00:22 UTC: daily reset/;
    await eventually(() => sentence.test(document.lineAt(1).text), "the header says why");
    const last = document.lineCount - 2;
    match(document.lineAt(last).text, sentence);
    for (const line of [1, last]) {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        new vscode.Position(line, 10),
      );
      const texts = hovers.flatMap(({ contents }) => contents.filter((it) => it instanceof vscode.MarkdownString));
      ok(
        texts.some(({ value }) => value.includes("boundary")),
        `line ${line}`,
      );
      deepEqual(
        texts.filter(({ isTrusted }) => isTrusted),
        [],
      );
    }
  });

  it("marks its conversation until it was looked at", async () => {
    const { inspector } = await api();
    const seen = new SeenRotations({ get: (_, otherwise) => otherwise, update: () => Promise.resolve() }, 0);
    const decorations = new ConversationDecorations(inspector, seen);
    const uri = nodeUri({ stateDir: rotation.stateDir, agentId: "main", key: "agent:main:main" });
    const before = decorations.provideFileDecoration(uri);
    deepEqual([before?.badge, before?.propagate], ["!", false]);
    equal(decorations.provideFileDecoration(vscode.Uri.file("/tmp/x")), undefined);
    decorations.dispose();
  });

  it("is a finding, and leads from there to the explanation", async () => {
    const { findings, inspector } = await api();
    await eventually(
      () => inspector.explanations.findings.some(({ subject }) => subject.rotationId === rotation.id),
      "it is found",
    );
    const { provider } = findings;
    const id = provider.getChildren().find((each) => provider.node(each)?.subject?.rotationId === rotation.id) ?? "";
    ok(provider.getChildren(id).length > 1, "evidence, and what to do next");
    await vscode.commands.executeCommand(Command.explain, id);
    equal(active().document.languageId, "openclaw-explanation");
    await vscode.commands.executeCommand(Command.copyFinding, id);
    match(await vscode.env.clipboard.readText(), /^03-31 04:00 UTC main: daily reset/);
    match(statusOf(inspector.explanations.findings)?.text ?? "", /^\$\(history\) .*\d+ (errors?|warnings?)$/);
    equal(statusOf([]), undefined);
  });

  it("is told once, with buttons that do what they say", async () => {
    const window = new FakeWindow("Explain");
    await tellRotations({ rotations: [rotation], since: undefined, firstEver: false }, window);
    match(window.message, /main was reset at 04:00, daily reset/);
    deepEqual(window.buttons, ["Explain", "Restore…", "Don't Show for This Cause"]);
    equal(active().document.languageId, "openclaw-explanation");

    const silence = new FakeWindow("Don't Show for This Cause");
    await tellRotations({ rotations: [rotation], since: undefined, firstEver: false }, silence);
    deepEqual(vscode.workspace.getConfiguration().get(silencedCauses), ["daily"]);
    deepEqual(silence.confirmed?.buttons, ["Undo", "Settings"]);
    const undo = new FakeWindow("Don't Show for This Cause", "Undo");
    await tellRotations({ rotations: [rotation], since: undefined, firstEver: false }, undo);
    deepEqual(vscode.workspace.getConfiguration().get(silencedCauses), []);

    const several = new FakeWindow(undefined);
    await tellRotations({ rotations: [rotation, rotation], since: 0, firstEver: true }, several);
    deepEqual(several.buttons, ["Show Findings", "Explain…"]);
  });
});

class FakeWindow implements NoticeWindow {
  message = "";
  buttons: readonly string[] = [];
  confirmed: { readonly message: string; readonly buttons: readonly string[] } | undefined;

  constructor(
    private readonly choice: string | undefined,
    private readonly secondChoice?: string,
  ) {}

  show(message: string, buttons: readonly string[]): Promise<string | undefined> {
    this.message = message;
    this.buttons = buttons;
    return Promise.resolve(this.choice);
  }

  confirm(message: string, buttons: readonly string[]): Promise<string | undefined> {
    this.confirmed = { message, buttons };
    return Promise.resolve(this.secondChoice);
  }
}

async function rotationIn(stateDir: string): Promise<Rotation> {
  const { inspector } = await api();
  await inspector.whenExplained();
  const found = inspector.explanations.rotations.find((each) => each.stateDir === stateDir);
  if (!found) throw new Error("Nothing is explained.");
  return found;
}

async function explain(argument: unknown): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand(Command.explain, argument);
  return active();
}

function active(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error("No editor is active.");
  return editor;
}
