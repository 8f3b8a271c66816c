import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Disposable, Inspector } from "../core/inspectorPort";
import { visibleText } from "../core/text/visibleText";
import { explainExamples, listExamples, programExamples, showExamples, watchExamples } from "./examples";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { explain } from "./explainCommand";
import { foldLines } from "./foldText";
import { list } from "./listCommand";
import { show } from "./showCommand";
import { ClosedPipe, createTerminal, type Streams, type Terminal } from "./terminal";
import { watch } from "./watchCommand";

/** What the command line needs of its surroundings; the roof gives the real ones, tests their own. */
export interface World {
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly version: string;
  /** IANA name; the machine's own zone when absent. */
  readonly timeZone?: string;
  /** How long `watch` waits with its verdict; a second when absent. */
  readonly settleMs?: number;
  /** With directories: look there and nowhere else. */
  createInspector(stateDirs: readonly string[]): Inspector;
  /** Calls the listener when somebody wants the program to end (a signal), until it is disposed of. */
  onStop(listener: () => void): Disposable;
}

/** Runs one command line; `words` are the arguments after the program's name. Never throws. */
export async function runProgram(words: readonly string[], world: World): Promise<ExitCode> {
  const { stdout, stderr } = world.streams;
  // A reader that has gone is noticed by createTerminal; without a listener Node would end us with a stack trace.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  let exitCode: ExitCode = exitCodes.fine;
  const program = createProgram(world, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof ClosedPipe) return exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.failed;
    const message = visibleText(`openclaw-sessions: ${messageOf(error)}`);
    stderr.write(`${foldLines(message, stderr.isTTY === true ? stdout.columns : undefined)}\n`);
    return exitCodes.failed;
  }
}

function createProgram(world: World, finish: (code: ExitCode) => void): Command {
  const folded = (text: string) => () => foldLines(text, world.streams.stdout.columns ?? 80);
  const program = new Command("openclaw-sessions");
  program
    .description(
      "Shows the conversations that OpenClaw keeps on disk: current ones and those that a reset set aside.\nUnofficial. Reads only; nothing in the state directory is changed.",
    )
    .version(world.version)
    .showHelpAfterError("Try --help.")
    // The terms beside the texts are wide: by default a narrow terminal would get texts that are not folded at all.
    .configureHelp({ minWidthToWrap: 20 })
    .addHelpText("after", folded(programExamples))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.streams.stdout.write(text),
      // It quotes the words it does not understand, and those may be pasted from anywhere.
      writeErr: (text) => world.streams.stderr.write(visibleText(text)),
      getOutHelpWidth: () => world.streams.stdout.columns ?? 80,
      getErrHelpWidth: () => world.streams.stdout.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });

  const run = async (
    options: SharedOptions,
    command: (inspector: Inspector, terminal: Terminal) => Promise<ExitCode>,
  ) => {
    const terminal = createTerminal(world.streams, world.env, options.color);
    const inspector = world.createInspector(options.stateDir ?? []);
    try {
      finish(await command(inspector, terminal));
    } finally {
      inspector.dispose();
    }
  };

  shared(program.command("list"))
    .summary("list conversations and their windows")
    .description(
      "Lists conversations and, beneath each, the windows that are still on disk, newest first. A window is one stretch of a conversation that the agent remembered as a whole; a reset ends it.",
    )
    .option("--agent <id>", "only this agent")
    .option("--all", "everything: heartbeats, cron runs, sub-agents and all earlier windows too")
    .option("--json", "print one JSON object with everything (see docs/cli.md); --all makes no difference")
    .addHelpText("after", folded(listExamples))
    .action((options: SharedOptions & { agent?: string; all?: true; json?: true }) =>
      run(options, (inspector, terminal) => list(inspector, { all: false, json: false, ...options }, terminal)),
    );

  shared(program.command("show"))
    .summary("print a transcript")
    .description("Prints a transcript, oldest entry first.")
    .argument(
      "<what>",
      "session id or its beginning (from 4 characters), window id, session key (its newest window), or file",
    )
    .addOption(new Option("--format <format>", "how to print").choices(["text", "markdown"]).default("text"))
    .option("--all", "long parts in full; without it they are one line with their size")
    .option("--page <number>", "only this page, from 1", positiveNumber)
    .option("--line <number>", "only what line <number> of the file holds, in full", positiveNumber)
    .addHelpText("after", folded(showExamples))
    .action((what: string, options: ShowOptionsOfCommander) =>
      run(options, (inspector, terminal) =>
        show(inspector, what, { all: false, ...options, workingDirectory: world.workingDirectory }, terminal),
      ),
    );

  shared(program.command("explain"))
    .summary("say why conversations were reset")
    .description(
      "Without a name: lists resets, newest first, and what else was found. With one: prints why that conversation or window was cut, with the evidence, what speaks against it, and what is missing.",
    )
    .argument(
      "[what]",
      "session key (all its resets), session id or its beginning (from 4 characters), window id, or file",
    )
    .option("--all", "heartbeats, cron runs and sub-agents too, and all of them; with a name: all reports in full")
    .option("--json", "print one JSON object with everything (see docs/cli.md)")
    .option(
      "--with-text",
      "session keys and names in full, and the words around the reset; without it they are left out",
    )
    .addHelpText("after", folded(explainExamples))
    .action((what: string | undefined, options: ExplainOptionsOfCommander) =>
      run(options, (inspector, terminal) => {
        const { workingDirectory, timeZone } = world;
        return explain(
          inspector,
          what,
          { all: false, json: false, withText: false, ...options, workingDirectory, timeZone },
          terminal,
        );
      }),
    );

  shared(program.command("watch"))
    .summary("tell of every reset as it happens")
    .description(
      "Prints one line for every reset that happens from now on, with the cause that was found, until it is stopped with Ctrl+C or a signal. Where the new session or the cause is known later only, a second line completes the first.",
    )
    .option(
      "--json",
      "one JSON object per line; the same as in `explain --json`, and `update` where it completes an earlier one",
    )
    .option("--with-text", "session keys and names in full")
    .addHelpText("after", folded(watchExamples))
    .action((options: SharedOptions & { json?: true; withText?: true }) =>
      run(options, (inspector, terminal) => {
        const onStop = (listener: () => void): Disposable => world.onStop(listener);
        return watch(
          inspector,
          {
            json: false,
            withText: false,
            ...options,
            onStop,
            now: Date.now,
            timeZone: world.timeZone,
            settleMs: world.settleMs ?? 1_000,
          },
          terminal,
        );
      }),
    );
  return program;
}

interface ExplainOptionsOfCommander extends SharedOptions {
  readonly all?: true;
  readonly json?: true;
  readonly withText?: true;
}

interface SharedOptions {
  readonly stateDir?: readonly string[];
  readonly color: boolean;
}

interface ShowOptionsOfCommander extends SharedOptions {
  readonly format: "text" | "markdown";
  readonly all?: true;
  readonly page?: number;
  readonly line?: number;
}

function shared(command: Command): Command {
  return command
    .option(
      "--state-dir <directory>",
      "OpenClaw's state directory; may be given several times (default: where OpenClaw itself looks)",
      (directory: string, before: readonly string[] | undefined) => [...(before ?? []), directory],
    )
    .option("--no-color", "no colours; also when NO_COLOR is set or the output is no terminal");
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("It must be a number from 1.");
  }
  return value;
}

/** Sentences for people come from us; anything else is a defect of ours, and its stack helps to find it. */
function messageOf(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof Error) return error.name === "ReadError" ? error.message : (error.stack ?? error.message);
  return String(error);
}
