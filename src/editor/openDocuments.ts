import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Disposable, InspectorChange } from "../core/inspectorPort";
import type { DocumentContent } from "./documentContent";
import { filesOf, findPlace } from "./findPlace";
import { readContent } from "./readContent";
import { whyOfDocument } from "./rotationOfDocument";
import type { ReplaceableInspector } from "./replaceableInspector";
import { RestorePlans } from "./restorePlans";
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
  /** Something changed, or somebody asked, while it was being read. */
  again: boolean;
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
  /** What the plans show that are open, and what their buttons apply. */
  readonly plans: RestorePlans;

  constructor(
    private readonly inspector: ReplaceableInspector,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.plans = new RestorePlans(inspector);
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

  /** Reads the documents of these kinds again: something else than a file changed what they show. */
  refreshKinds(...kinds: readonly SessionDocument["kind"][]): void {
    for (const held of this.held.values()) if (kinds.includes(held.document.kind)) this.reload(held);
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
      again: false,
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

  /**
   * One read at a time. Whoever asks while a read is under way gets the result of one that began later; a file that never
   * rests keeps nobody waiting longer than that.
   */
  private load(held: Held): Promise<OpenDocument> {
    held.again = held.loading !== undefined;
    held.loading ??= this.loadTwiceAtMost(held).finally(() => {
      held.loading = undefined;
      if (held.again && !held.abort.signal.aborted) this.reload(held);
    });
    return held.loading;
  }

  private reload(held: Held): void {
    this.load(held).catch((error: unknown) => {
      this.log.error(`${titleOf(held.uri)}: ${String(error)}`);
    });
  }

  private async loadTwiceAtMost(held: Held): Promise<OpenDocument> {
    const first = await noticeable(titleOf(held.uri), this.read(held));
    if (!takeRequest(held)) return first;
    return noticeable(titleOf(held.uri), this.read(held));
  }

  private async read(held: Held): Promise<OpenDocument> {
    try {
      return await this.readNow(held);
    } catch (error) {
      // Closed while it was read: VS Code may still be waiting for a text that nobody will look at.
      if (held.abort.signal.aborted && held.shown) return held.shown;
      throw error;
    }
  }

  private async readNow(held: Held): Promise<OpenDocument> {
    await this.inspector.ready;
    const { uri, document, expanded } = held;
    const { signal } = held.abort;
    const content = await readContent(this.inspector, document, {
      title: titleOf(uri),
      expanded: new Set(expanded),
      timeZone: readTimeZone(),
      shown: held.shown?.content,
      plans: this.plans,
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

  private follow(change: InspectorChange): void {
    for (const held of this.held.values()) if (this.concerns(held, change)) this.reload(held);
  }

  private concerns({ shown, document }: Held, { structure, files, explained = false }: InspectorChange): boolean {
    // Its words are made of what was found out, and of nothing else.
    if (document.kind === "explanation") return explained;
    // What somebody is about to agree to does not change before his eyes.
    if (document.kind === "plan" || document.kind === "entry" || document.kind === "receipt") return false;
    const { file, counted, cause, before } = shown?.content ?? {};
    if (file === undefined || files.includes(file) || files.includes(document.file)) return true;
    if (counted === false && this.isCounted(file)) return true;
    if (document.kind !== "transcript") return false;
    if (structure || !explained) return structure;
    const known = whyOfDocument(this.inspector, document, file, readTimeZone());
    return known.cause !== cause || known.before !== before;
  }

  /** Counts arrive in the background, with a change that names no file. */
  private isCounted(file: string): boolean {
    const window = findPlace(this.inspector.snapshot, { file })?.window;
    return window !== undefined && filesOf(window).some(({ path, index }) => path === file && index !== undefined);
  }
}

function takeRequest(held: Held): boolean {
  const { again } = held;
  held.again = false;
  return again;
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
