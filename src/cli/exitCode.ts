/** What the command line answers with, for scripts. The same for every command. */
export const exitCodes = {
  /** Nothing wrong was found; what was asked for was done. */
  fine: 0,
  /** The answer is complete, and problems are part of it. */
  problems: 1,
  /** Wrong usage, or nothing could be read. */
  failed: 2,
  /** Something was to be changed and was not: a check stopped it, or nobody said yes. All is as it was. */
  notDone: 3,
  /** It stopped in between: `recover` finishes it or takes it back. */
  unfinished: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a sentence for people and exit code 2. */
export class Failure extends Error {}
