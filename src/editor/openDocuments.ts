import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Disposable, InspectorChange } from "../core/inspectorPort";
import type { DocumentContent } from "./documentContent";
import { readContent } from "./readContent";
import type { ReplaceableInspector } from "./replaceableInspector";
import { readSessionUri, type SessionDocument, titleOf } from "./sessionUri";
import { readTimeZone } from "./settings";

/** Work that takes longer shows up in the status bar, ms. */
const noticeableAfter = 300;
/** What nobody opened as a document within this time is forgotten, ms (VS Code reads a file before it opens it). */
const openedWithin = 30_000;

/** A document of ours that is open, or about to be. */
export interface OpenDocument {
  readonly uri: vscode.Uri;
  readonly document: SessionDocument;
  readonly content: DocumentContent;
  /** Encoded text; VS Code asks for its size before it reads it. */
  readonly bytes: Uint8Array;
  /** Grows with every change of the text; epoch ms. */
  readonly mtime: number;
  /** Parts that are shown in place. */
  readonly expanded: ReadonlySet<string>;
}

interface Held {
  readonly uri: vscode.Uri;
  readonly document: SessionDocument;
  readonly abort: AbortController;
  readonly expanded: Set<string>;
  shown: OpenDocument | undefined;
  loading: Promise<OpenDocument> | undefined;
  /** How often it was asked for; grows while it is being read when something changes. */
  requests: number;
}

/**
 * The text documents of ours that are open, each with what it shows. A document is read when VS Code first asks for it,
 * read again when its file changes, and forgotten when it is closed.
 */
export class OpenDocuments implements vscode.Disposable {
  private readonly held = new Map<string, Held>();
  private readonly changed = new vscode.EventEmitter<OpenDocument>();
  /** The text of an open document changed. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: Disposable[] = [this.changed];

  constructor(
    private readonly inspector: ReplaceableInspector,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.disposables.push(
      inspector.onDidChange((change) => {
        this.follow(change);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.forget(uri.toString());
      }),
    );
  }

  /** What the document shows; read now unless it is known. Throws only when it was closed meanwhile. */
  open(uri: vscode.Uri): Promise<OpenDocument> {
    const held = this.hold(uri);
    if (held.loading) return held.loading;
    return held.shown ? Promise.resolve(held.shown) : this.load(held);
  }

  /** What an open document shows at the moment. */
  get(uri: vscode.Uri): OpenDocument | undefined {
    return this.held.get(uri.toString())?.shown;
  }

  /** The same for language features: only when VS Code shows the text that the features would be about. */
  contentOf(document: vscode.TextDocument): DocumentContent | undefined {
    const content = this.get(document.uri)?.content;
    return content?.text === document.getText() ? content : undefined;
  }

  get all(): readonly OpenDocument[] {
    return [...this.held.values()].flatMap(({ shown }) => shown ?? []);
  }

  /** Shows elided parts in place, or elides them again. */
  async expand(uri: vscode.Uri, parts: ReadonlySet<string>): Promise<void> {
    const held = this.held.get(uri.toString());
    if (!held) return;
    held.expanded.clear();
    for (const part of parts) held.expanded.add(part);
    await this.load(held);
  }

  /** Reads everything again: a setting changed how it is shown. */
  refreshAll(): void {
    for (const held of this.held.values()) this.reload(held);
  }

  dispose(): void {
    for (const key of [...this.held.keys()]) this.forget(key);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private hold(uri: vscode.Uri): Held {
    const key = uri.toString();
    const known = this.held.get(key);
    if (known) return known;
    const document = readSessionUri(uri);
    if (!document) throw vscode.FileSystemError.FileNotFound(uri);
    const held: Held = {
      uri,
      document,
      abort: new AbortController(),
      expanded: new Set(),
      shown: undefined,
      loading: undefined,
      requests: 0,
    };
    this.held.set(key, held);
    setTimeout(() => {
      if (!vscode.workspace.textDocuments.some((each) => each.uri.toString() === key)) this.forget(key);
    }, openedWithin);
    return held;
  }

  private forget(key: string): void {
    this.held.get(key)?.abort.abort();
    this.held.delete(key);
  }

  /** One read at a time; what changes meanwhile leads to one more. Everybody who asks gets the newest text. */
  private load(held: Held): Promise<OpenDocument> {
    held.requests++;
    held.loading ??= this.loadUntilQuiet(held).finally(() => {
      held.loading = undefined;
    });
    return held.loading;
  }

  private reload(held: Held): void {
    this.load(held).catch((error: unknown) => {
      if (!held.abort.signal.aborted) this.log.error(`${titleOf(held.uri)}: ${String(error)}`);
    });
  }

  private async loadUntilQuiet(held: Held): Promise<OpenDocument> {
    for (;;) {
      const { requests } = held;
      const shown = await noticeable(titleOf(held.uri), this.read(held));
      if (held.requests === requests) return shown;
    }
  }

  private async read(held: Held): Promise<OpenDocument> {
    await this.inspector.ready;
    const { uri, document, expanded } = held;
    const { signal } = held.abort;
    const content = await readContent(this.inspector, document, {
      title: titleOf(uri),
      expanded: new Set(expanded),
      timeZone: readTimeZone(),
      signal,
    });
    signal.throwIfAborted();
    const before = held.shown;
    const same = before?.content.text === content.text ? before : undefined;
    held.shown = {
      uri,
      document,
      content,
      bytes: same?.bytes ?? new TextEncoder().encode(content.text),
      mtime: same?.mtime ?? Math.max(Date.now(), (before?.mtime ?? 0) + 1),
      expanded: new Set(expanded),
    };
    if (before && !same) this.changed.fire(held.shown);
    return held.shown;
  }

  private follow({ structure, files }: InspectorChange): void {
    const touched = new Set(files);
    for (const held of this.held.values()) {
      const file = held.shown?.content.file;
      const concerned = file === undefined || touched.has(file) || touched.has(held.document.file);
      if (concerned || (structure && held.document.kind === "transcript")) this.reload(held);
    }
  }
}

/** Says in the status bar what is being read, when it takes long enough to wonder. */
async function noticeable<T>(title: string, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    const location = vscode.ProgressLocation.Window;
    void vscode.window.withProgress({ location, title: l10n.t("Reading {0}", title) }, () =>
      work.catch(() => undefined),
    );
  }, noticeableAfter);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
