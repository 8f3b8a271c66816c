import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fitWidth } from "../core/text/displayWidth";
import { visibleText } from "../core/text/visibleText";
import { foldLines } from "./foldText";

/** Where the command line writes to. */
export interface Terminal {
  /** Columns of the terminal; undefined when the output goes elsewhere and nothing has to fit. */
  readonly width: number | undefined;
  readonly style: Style;
  /** Resolves when there is room for more, so that output of any length needs no memory. */
  write(text: string): Promise<void>;
  /** A line for people, beside the answer. */
  hint(text: string): void;
  /** One line that is written over by the next one; nothing when nobody watches. `""` removes it. */
  progress(text: string): void;
  /**
   * Asks a question and waits for one line; undefined when the input ends without one or the signal says so. Only to be called
   * where `canAsk`: elsewhere nobody reads the question.
   */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  readonly canAsk: boolean;
}

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  warning(text: string): string;
}

export interface Streams {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly stdin?: Readable & { readonly isTTY?: boolean };
}

/** The reader of our output has gone (`| head`): nothing is left to do, and nothing went wrong. */
export class ClosedPipe extends Error {}

export function createTerminal(
  { stdout, stderr, stdin }: Streams,
  env: Readonly<Record<string, string | undefined>>,
  wantsColor: boolean,
): Terminal {
  const isTerminal = stdout.isTTY === true;
  // https://no-color.org: any value but the empty one
  const color = wantsColor && isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  let closed = false;
  let broken: Error | undefined;
  let wake = (): void => undefined;
  const end = (error?: NodeJS.ErrnoException): void => {
    closed = true;
    if (error && error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") broken = error;
    wake();
  };
  stdout.on("error", end);
  stdout.on("close", () => {
    end();
  });
  // A terminal that is gone must not end us with a stack trace either.
  stderr.on("error", () => undefined);

  return {
    width: isTerminal ? stdout.columns : undefined,
    style: color ? coloured : plain,
    async write(text) {
      const failIfClosed = (): void => {
        if (closed) throw broken ?? new ClosedPipe("The output was closed.");
      };
      failIfClosed();
      if (stdout.write(text)) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        stdout.once("drain", resolve);
      });
      failIfClosed();
    },
    hint(text) {
      const shown = foldLines(visibleText(text), isTerminal && stderr.isTTY === true ? stdout.columns : undefined);
      stderr.write(`${color && stderr.isTTY ? coloured.dim(shown) : shown}\n`);
    },
    progress(text) {
      // A line that is wider than the terminal could not be written over.
      const shown = fitWidth(visibleText(text), Math.max(1, (stdout.columns ?? 80) - 1));
      if (stderr.isTTY && isTerminal) stderr.write(`\r\u001b[K${shown}`);
    },
    // Also where the plan goes: nobody says yes to what he does not see.
    canAsk: stdin?.isTTY === true && stderr.isTTY === true && isTerminal,
    ask(question, signal) {
      if (!stdin || signal.aborted) return Promise.resolve(undefined);
      stderr.write(visibleText(question));
      return oneLine(stdin, signal);
    },
  };
}

function oneLine(input: Readable, signal: AbortSignal): Promise<string | undefined> {
  // Not as a terminal: line editing is the system's, and Ctrl+C stays a signal.
  const lines = createInterface({ input, terminal: false });
  return new Promise((resolve) => {
    const end = (line: string | undefined): void => {
      signal.removeEventListener("abort", stop);
      resolve(line);
      lines.close();
    };
    const stop = (): void => {
      end(undefined);
    };
    lines.once("line", end);
    lines.once("close", stop);
    signal.addEventListener("abort", stop);
  });
}

const plain: Style = { bold: String, dim: String, warning: String };

const coloured: Style = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  warning: (text) => `\u001b[33m${text}\u001b[39m`,
};
