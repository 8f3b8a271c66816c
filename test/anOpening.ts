import type { Ending, Opening } from "../src/core/conversation/model";

/** A person's first message of which nothing is known, but for what a test is about. */
export function anOpening(facts: Partial<Opening> = {}): Opening {
  return {
    heartbeat: false,
    sender: undefined,
    speaker: "user",
    startup: undefined,
    typedCommand: undefined,
    systemEvents: false,
    execNotice: false,
    stamped: false,
    currentTime: false,
    zone: undefined,
    at: undefined,
    line: 2,
    offset: 0,
    ...facts,
  };
}

/** An ending of which nothing was read, but for what a test is about. */
export function anEnding(facts: Partial<Ending> = {}): Ending {
  return {
    speaker: undefined,
    stopReason: undefined,
    error: undefined,
    inputTokens: undefined,
    unanswered: false,
    compactions: 0,
    lastUserAt: undefined,
    offset: undefined,
    ...facts,
  };
}
