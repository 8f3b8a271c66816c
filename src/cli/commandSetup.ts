import { type Command, InvalidArgumentError } from "commander";
import type { Inspector } from "../core/inspectorPort";
import type { ExitCode } from "./exitCode";
import type { Terminal } from "./terminal";
import type { World } from "./world";

/** What a command is added to the program with. */
export interface CommandSetup {
  readonly program: Command;
  readonly world: World;
  /** A text of its own, broken to the width of the terminal. */
  readonly folded: (text: string) => () => string;
  /** Makes what a command works with, runs it, and lets go of it. */
  readonly run: (options: SharedOptions, command: RunningCommand) => Promise<void>;
}

export type RunningCommand = (inspector: Inspector, terminal: Terminal) => Promise<ExitCode>;

/** Options that every command has; the last two only those that write. */
export interface SharedOptions {
  readonly stateDir?: readonly string[];
  readonly color: boolean;
  readonly backupDir?: string;
  readonly keepDir?: string;
}

export function shared(command: Command): Command {
  return command
    .option(
      "--state-dir <directory>",
      "OpenClaw's state directory; may be given several times (default: where OpenClaw itself looks)",
      (directory: string, before: readonly string[] | undefined) => [...(before ?? []), directory],
    )
    .option("--no-color", "no colours; also when NO_COLOR is set or the output is no terminal");
}

/** Kept copies are windows of their conversation; in another folder than the usual one they are found by its name only. */
export function withKeepDir(command: Command): Command {
  return command.option(
    "--keep-dir <directory>",
    "where copies are kept (default: `kept` beside the backups of restores)",
  );
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("It must be a number from 1.");
  }
  return value;
}

export function withBackupDir(command: Command): Command {
  return command.option(
    "--backup-dir <directory>",
    "where backups, journals and receipts are (default: openclaw-sessions in $XDG_STATE_HOME or ~/.local/state)",
  );
}
