import * as l10n from "@vscode/l10n";
import type { RestoreFiles } from "../restoreFiles";
import { RestoreRefused } from "../restorer";
import type { EngineHost, LockHolder } from "./engineHost";
import { codeOf } from "./fileFault";
import { readText } from "./readContent";

/** A lock without a holder in it is one that is just being made, unless it has been so for this long, in ms. */
const unwrittenFor = 60_000;

export interface HeldLock {
  release(): Promise<void>;
}

/**
 * Takes a lock: a file that only one process can create, with who it is. The content is what OpenClaw writes into
 * `sessions.json.lock` (2026.1 – 2026.4.29): `pid`, `createdAt`, `starttime`. One that a process left behind which has gone is
 * taken over, by one process at a time: to take over, a second lock is held meanwhile.
 *
 * Throws RestoreRefused with the sentence of `held` when somebody has it.
 */
export async function takeLock(
  files: RestoreFiles,
  host: EngineHost,
  path: string,
  held: (path: string, pid: number | undefined) => string,
  alone = false,
  depth = 0,
): Promise<HeldLock> {
  if (await create(files, host, path)) return heldLock(files, path);
  const found = await staleness(files, host, path);
  if (found.kind === "live" || depth > 2) throw new RestoreRefused(held(path, found.pid));
  // The index's lock is taken while the vault's is held: none of our processes comes between, and nothing of ours is left there.
  const turn = alone ? undefined : await takeLock(files, host, `${path}.takeover`, held, false, depth + 1);
  try {
    // Looked at again in our turn: somebody may have taken it over while we waited.
    const again = await staleness(files, host, path);
    if (again.kind === "live") throw new RestoreRefused(held(path, again.pid));
    if (again.kind === "stale") await files.unlink(path);
    if (!(await create(files, host, path))) throw new RestoreRefused(held(path, undefined));
  } finally {
    await turn?.release();
  }
  return heldLock(files, path);
}

/** What is said when another of our processes is at work. */
export function vaultIsBusy(path: string, pid: number | undefined): string {
  return pid === undefined
    ? l10n.t(
        "Another restore is at work here. Wait until it has ended, or remove {0} when you are sure that none is.",
        path,
      )
    : l10n.t(
        "Another restore is at work here (process {0}). Wait until it has ended, or remove {1} when you are sure that none is.",
        pid,
        path,
      );
}

export function indexIsLocked(path: string, pid: number | undefined): string {
  return pid === undefined
    ? l10n.t("Somebody writes the session index at this moment: {0}. Stop the gateway and try again.", path)
    : l10n.t("Process {0} writes the session index at this moment: {1}. Stop the gateway and try again.", pid, path);
}

function heldLock(files: RestoreFiles, path: string): HeldLock {
  return { release: () => files.unlink(path) };
}

async function create(files: RestoreFiles, { now, process }: EngineHost, path: string): Promise<boolean> {
  const starttime = await process.startTicks();
  const holder = { pid: process.pid, createdAt: new Date(now()).toISOString(), starttime };
  let file;
  try {
    file = await files.create(path, 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    await file.write(new TextEncoder().encode(`${JSON.stringify(holder)}\n`));
  } catch (error) {
    // A lock that names nobody would only be in the way; the error itself is what is told.
    await files.unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

async function staleness(
  files: RestoreFiles,
  { now, process }: EngineHost,
  path: string,
): Promise<{ readonly kind: "absent" | "stale" | "live"; readonly pid: number | undefined }> {
  const there = await files.look(path);
  if (there.kind === "absent") return { kind: "absent", pid: undefined };
  if (there.kind !== "file") return { kind: "live", pid: undefined };
  const text = await readText(files, path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return { kind: "absent", pid: undefined };
  const holder = parseHolder(text);
  if (holder === undefined) {
    return { kind: now() - there.mtimeMs > unwrittenFor ? "stale" : "live", pid: undefined };
  }
  return { kind: (await process.mayLive(holder)) ? "live" : "stale", pid: holder.pid };
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid, createdAt, starttime } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
    const made = typeof createdAt === "string" ? Date.parse(createdAt) : Number(createdAt);
    return {
      pid,
      startTicks: typeof starttime === "number" ? starttime : undefined,
      createdAt: Number.isFinite(made) ? made : undefined,
    };
  } catch {
    return undefined;
  }
}
