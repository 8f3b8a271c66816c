import { createHash } from "node:crypto";
import type { EngineHost, LockHolder } from "../../core/restore/engine/engineHost";
import { thisMachine } from "../evidence/processLook";

/** A clock is set right by less than this after a start, ms. */
const CLOCK_MS = 60_000;

/** This machine, as the engine sees it. */
export function engineHost(now: () => number): EngineHost {
  return {
    now,
    hash: () => {
      const hash = createHash("sha256");
      return {
        update: (bytes) => {
          hash.update(bytes);
        },
        digest: () => hash.digest("hex"),
      };
    },
    process: { pid: process.pid, startTicks: () => thisMachine.startTicks(process.pid), mayLive },
  };
}

/** Numbers of processes are used again, so the moment of the start decides where it is known. */
async function mayLive({ pid, startTicks, createdAt }: LockHolder): Promise<boolean> {
  const bootedAt = thisMachine.bootedAt?.();
  if (bootedAt !== undefined && createdAt !== undefined && createdAt < bootedAt - CLOCK_MS) return false;
  if (thisMachine.exists(pid) === false) return false;
  if (startTicks === undefined) return true;
  const ticks = await thisMachine.startTicks(pid);
  return ticks === undefined || ticks === startTicks;
}
