import { readFile } from "node:fs/promises";
import { uptime } from "node:os";

/** What the machine tells of processes. */
export interface ProcessLook {
  /** Undefined: cannot be told. */
  exists(pid: number): boolean | undefined;
  /** When it was started, clock ticks since the machine was; Linux only. */
  startTicks(pid: number): Promise<number | undefined>;
  /** Epoch ms at which the machine was started; undefined: cannot be told. */
  bootedAt?(): number | undefined;
}

export const thisMachine: ProcessLook = {
  exists(pid) {
    try {
      process.kill(pid, 0); // signal 0 is never delivered: it only asks
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ESRCH") return false;
      return code === "EPERM" ? true : undefined;
    }
  },

  async startTicks(pid) {
    if (process.platform !== "linux") return undefined;
    // The second field is a name in parentheses that may hold anything; the 22nd is the 20th behind it.
    const stat = await readFile(`/proc/${String(pid)}/stat`, "utf8").catch(() => "");
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    return Number.isFinite(ticks) ? ticks : undefined;
  },

  bootedAt() {
    return Date.now() - uptime() * 1000;
  },
};
