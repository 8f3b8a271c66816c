/** What the command line answers with, for scripts. The same for every command. */
export const exitCodes = {
  /** Nothing wrong was found. */
  fine: 0,
  /** The answer is complete, and problems are part of it. */
  problems: 1,
  /** Wrong usage, or nothing could be read. */
  failed: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a sentence for people and exit code 2. */
export class Failure extends Error {}
