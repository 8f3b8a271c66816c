import { PassThrough, Writable } from "node:stream";
import type { Snapshot } from "../../src/core/conversation/model";
import { type Explanations, noExplanations } from "../../src/core/explanations";
import { type Inspector, type InspectorChange, ReadError, type TranscriptPage } from "../../src/core/inspectorPort";
import type { Keeper } from "../../src/core/keep/keptCopy";
import type { Restorer } from "../../src/core/restore/restorer";
import type { TranscriptIndex } from "../../src/core/index/transcriptIndex";
import { type Streams } from "../../src/cli/terminal";
import { runProgram } from "../../src/cli/program";
import { pageOf } from "../core/render/pages";
import type { Line } from "../core/transcript/records";

function unexpected(name: string): Promise<never> {
  return Promise.reject(new Error(`This test did not say what ${name} gives.`));
}

/** Of tests that restore nothing. */
export const unexpectedRestorer: Restorer = {
  vaultOf: () => unexpected("vaultOf"),
  plan: () => unexpected("plan"),
  apply: () => unexpected("apply"),
  list: () => Promise.resolve([]),
  planUndo: () => unexpected("planUndo"),
  planSwitchBack: () => unexpected("planSwitchBack"),
  unfinished: () => Promise.resolve([]),
  recover: () => unexpected("recover"),
  rehearse: () => unexpected("rehearse"),
  gateway: () => unexpected("gateway"),
  contentPath: () => unexpected("contentPath"),
};

/** What a test says there is, behind the port; counts what it is asked for. */
export class FakeInspector implements Inspector {
  explanations: Explanations = noExplanations;
  readonly watching = { mode: "off", reason: undefined, watches: 0 } as const;
  readonly asked: string[] = [];
  readonly notices = {
    claim: () => Promise.resolve(true),
    lastLook: () => Promise.resolve(undefined),
    looked: () => Promise.resolve(),
  };
  /** A test that restores says what it gives. */
  restorer: Restorer = unexpectedRestorer;
  keeper: Keeper = { folder: undefined, keep: () => unexpected("keep"), list: () => Promise.resolve([]) };
  readonly #listeners = new Set<(change: InspectorChange) => void>();

  constructor(
    public snapshot: Snapshot,
    /** What `whenExplained` gives. */
    public explained: Explanations,
    private readonly files: Readonly<Record<string, readonly Line[]>> = {},
  ) {}

  onDidChange(listener: (change: InspectorChange) => void) {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Something happened: explanations first, as they follow a snapshot. */
  tell(change: Partial<InspectorChange>, explained = this.explained): void {
    this.explained = explained;
    for (const listener of this.#listeners) listener({ structure: false, files: [], rotations: [], ...change });
  }

  refresh(): Promise<Snapshot> {
    return Promise.resolve(this.snapshot);
  }

  whenIndexed(): Promise<Snapshot> {
    return Promise.resolve(this.snapshot);
  }

  whenExplained(): Promise<Explanations> {
    this.explanations = this.explained;
    return Promise.resolve(this.explanations);
  }

  watch(): void {
    this.asked.push("watch");
  }

  readPage(path: string): Promise<TranscriptPage> {
    this.asked.push(`readPage ${path}`);
    const lines = this.files[path];
    if (!lines) return Promise.reject(new ReadError("vanished", path, `${path} is no longer there.`));
    return Promise.resolve(pageOf(...lines));
  }

  readLineAt() {
    return Promise.resolve([]);
  }

  lineNumberAt(): Promise<number> {
    return Promise.resolve(1);
  }

  index(path: string): Promise<TranscriptIndex> {
    return Promise.reject(new ReadError("vanished", path, "not here"));
  }

  admit(): void {
    this.asked.push("admit");
  }

  dispose(): void {
    this.asked.push("dispose");
  }
}

class Output extends Writable {
  text = "";
  isTTY = false;
  /** Of a terminal, for help. */
  columns?: number;
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.text += String(chunk);
    done();
    this.emit("written");
  }
}

/** The program in this process, on a fake inspector. */
export class FakeProgram {
  readonly stdout = new Output();
  readonly stderr = new Output();
  /** Answers to questions; nobody answers unless a test calls `answers`. */
  readonly stdin = Object.assign(new PassThrough(), { isTTY: false });
  readonly #stops = new Set<() => void>();

  constructor(readonly inspector: FakeInspector) {}

  run(...words: readonly string[]): Promise<number> {
    const streams: Streams = { stdout: this.stdout, stderr: this.stderr, stdin: this.stdin };
    return runProgram(words, {
      streams,
      env: {},
      timeZone: "UTC",
      settleMs: 0,
      workingDirectory: "/s",
      version: "0.0.0",
      createInspector: () => this.inspector,
      onStop: (listener) => {
        this.#stops.add(listener);
        return { dispose: () => void this.#stops.delete(listener) };
      },
    });
  }

  /** Somebody who types this when asked; undefined: closes the input. */
  answers(text: string | undefined): this {
    for (const stream of [this.stdin, this.stdout, this.stderr]) stream.isTTY = true;
    if (text === undefined) this.stdin.end();
    else this.stdin.write(`${text}\n`);
    return this;
  }

  /** As Ctrl+C would. */
  stop(): void {
    for (const listener of this.#stops) listener();
  }

  get stops(): number {
    return this.#stops.size;
  }

  /** Resolves when what was written holds `text`. */
  async says(stream: "stdout" | "stderr", text: string): Promise<void> {
    const output = this[stream];
    while (!output.text.includes(text)) {
      await new Promise<void>((resolve) => {
        output.once("written", () => {
          resolve();
        });
      });
    }
  }
}
