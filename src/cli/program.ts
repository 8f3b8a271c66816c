import { Command, CommanderError } from "commander";
import { RestoreFailed, RestoreRefused } from "../core/restore/restorer";
import { visibleText } from "../core/text/visibleText";
import type { RunningCommand, SharedOptions } from "./commandSetup";
import { programExamples } from "./examples";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { foldLines } from "./foldText";
import { addReadingCommands } from "./readingCommands";
import { ClosedPipe, createTerminal } from "./terminal";
import type { World } from "./world";
import { addWritingCommands } from "./writingCommands";

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
    return exitCodeOf(error);
  }
}

function createProgram(world: World, finish: (code: ExitCode) => void): Command {
  const folded = (text: string) => () => foldLines(text, world.streams.stdout.columns ?? 80);
  const program = new Command("openclaw-sessions");
  program
    .description(
      "Shows the conversations that OpenClaw keeps on disk, current ones and those that a reset set aside, says why they were reset, and gives them back.\nUnofficial. restore, undo, recover and keep write; the other commands change nothing in the state directory.",
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

  const run = async (options: SharedOptions, command: RunningCommand): Promise<void> => {
    const terminal = createTerminal(world.streams, world.env, options.color);
    const { backupDir, keepDir } = options;
    const inspector = world.createInspector(options.stateDir ?? [], { backupDir, keepDir });
    try {
      finish(await command(inspector, terminal));
    } finally {
      inspector.dispose();
    }
  };
  const setup = { program, world, folded, run };
  addReadingCommands(setup);
  addWritingCommands(setup);
  return program;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof RestoreRefused) return exitCodes.notDone;
  return error instanceof RestoreFailed ? exitCodes.unfinished : exitCodes.failed;
}

/** Sentences for people come from us; anything else is a defect of ours, and its stack helps to find it. */
function messageOf(error: unknown): string {
  if (error instanceof Failure || error instanceof RestoreRefused || error instanceof RestoreFailed)
    return error.message;
  if (error instanceof Error) return error.name === "ReadError" ? error.message : (error.stack ?? error.message);
  return String(error);
}
