// A gateway tells that a turn has ended before its row says so: stopped in between, the row says `running` for good.
import { statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { indexOf, namesIn, rowsOf } from "./stateSight.mjs";

const QUIET_MS = 1_000;
const LIMIT_MS = 60_000;

/** Resolves when no row says that it runs, no transcript is locked, and nothing has been written to the index for a second. */
export async function settled(state) {
  for (const began = Date.now(); ; await delay(100)) {
    const unsettled = whatIsNot(state);
    if (unsettled === undefined) return;
    if (Date.now() - began > LIMIT_MS) throw new Error(`A minute after the last turn, ${unsettled}.`);
  }
}

function whatIsNot(state) {
  const running = Object.entries(rowsOf(state)).filter(([, { status }]) => status === "running");
  if (running.length > 0) return `rows still say that they run: ${JSON.stringify(Object.fromEntries(running))}`;
  const locks = namesIn(state).filter((name) => name.endsWith(".lock"));
  if (locks.length > 0) return `there are still locks: ${locks.join(", ")}`;
  // The gateway's clock is shifted, that of the disk is not.
  if (Date.now() - statSync(indexOf(state)).mtimeMs < QUIET_MS) return "the index is still being written";
  return undefined;
}
