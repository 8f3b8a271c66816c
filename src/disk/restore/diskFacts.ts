import { constants, type Stats } from "node:fs";
import { access, lstat, statfs } from "node:fs/promises";
import * as path from "node:path";
import { isInsideOrEqual } from "../../core/locations/containment";
import { parseFileName } from "../../core/names/parseFileName";
import type { DiskFacts } from "../../core/restore/restoreFacts";
import { directoryProblem, errorCode, isAbsent } from "../readErrors";
import { realPathOf } from "../regularFile";
import type { ListedName } from "../scanListing";
import { uidOf } from "./sourceFacts";

export interface DiskLook {
  /** Absolute; may not exist yet. */
  readonly vault: string;
  /** Real paths of all state directories: the vault must lie in none. */
  readonly stateDirs: readonly string[];
  /** Real path of the sessions directory, and what is in it. */
  readonly sessions: string;
  readonly names: readonly ListedName[];
  /** Real path of the file to bring back. */
  readonly source: string;
}

/** What the disk allows, told without writing. */
export async function diskFacts({ vault, stateDirs, sessions, names, source }: DiskLook): Promise<DiskFacts> {
  const above = await existingAbove(vault);
  const sessionsStats = await lstat(sessions);
  const [ofVault, ofSource] = await Promise.all([statsOf(above.path), statsOf(source)]);
  return {
    vault,
    vaultInsideStateDir: stateDirs.some((stateDir) => isInsideOrEqual(path, stateDir, above.realVault)),
    vaultProblem: await vaultProblem(above.path, ofVault),
    free: { sessions: await freeBytes(sessions), vault: await freeBytes(above.path) },
    sameFileSystem: {
      vault: ofVault && ofVault.dev === sessionsStats.dev,
      source: ofSource && ofSource.dev === sessionsStats.dev,
    },
    caseInsensitive: await ignoresCase(sessions, names),
    sessions: {
      writable: await isWritable(sessions),
      uid: uidOf(sessionsStats.uid),
      mode: sessionsStats.mode & 0o7777,
    },
    uid: process.geteuid?.(),
    neighbours: await neighboursOf(sessions, names, sessionsStats),
    newest:
      names.length === 0 ? undefined : names.reduce((newest, { mtimeMs }) => Math.max(newest, mtimeMs), -Infinity),
  };
}

/** The nearest directory that exists, and the vault's path with its links resolved as far as there is anything to resolve. */
async function existingAbove(vault: string): Promise<{ readonly path: string; readonly realVault: string }> {
  for (let at = vault, rest = ""; ; rest = path.join(path.basename(at), rest), at = path.dirname(at)) {
    try {
      return { path: at, realVault: path.join(await realPathOf(at), rest) };
    } catch (error) {
      if (!isAbsent(error) || path.dirname(at) === at) return { path: at, realVault: vault };
    }
  }
}

async function vaultProblem(above: string, stats: Stats | undefined): Promise<DiskFacts["vaultProblem"]> {
  if (stats?.isDirectory() !== true) return directoryProblem({ code: "ENOTDIR" }, above);
  try {
    await access(above, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return directoryProblem(error, above);
  }
}

async function isWritable(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (errorCode(error) !== undefined) return false;
    throw error;
  }
}

async function freeBytes(directory: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(directory);
    const free = bavail * bsize;
    return Number.isFinite(free) && bsize > 0 ? free : undefined;
  } catch {
    return undefined; // not every file system tells
  }
}

async function statsOf(file: string): Promise<Stats | undefined> {
  return lstat(await realPathOf(file).catch(() => file)).catch(() => undefined);
}

/** A name that is there is asked for in another case: told, when it is the same file and that name is not listed itself. */
async function ignoresCase(directory: string, names: readonly ListedName[]): Promise<boolean> {
  const listed = new Set(names.map(({ base }) => base));
  for (const { base, inode } of names) {
    const other = swapped(base);
    if (other === base || listed.has(other)) continue;
    const stats = await lstat(path.join(directory, other)).catch(() => undefined);
    return stats !== undefined && stats.ino === inode;
  }
  // An empty directory: its own name tells as much.
  const own = path.basename(directory);
  const [one, other] = await Promise.all([
    statsOf(directory),
    statsOf(path.join(path.dirname(directory), swapped(own))),
  ]);
  return swapped(own) !== own && one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}

function swapped(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** So many transcripts speak for all. */
const MOST_NEIGHBOURS = 200;

/** Owner and mode that most of the newest transcripts have; without any, what OpenClaw gives them and the directory's owner. */
async function neighboursOf(
  directory: string,
  names: readonly ListedName[],
  sessions: Stats,
): Promise<DiskFacts["neighbours"]> {
  const newest = names
    .filter(({ base, type }) => type === "file" && parseFileName(base).kind === "transcript")
    .sort((one, other) => other.mtimeMs - one.mtimeMs)
    .slice(0, MOST_NEIGHBOURS);
  const count = new Map<string, { readonly uid: number | undefined; readonly mode: number; times: number }>();
  for (const { base } of newest) {
    const stats = await lstat(path.join(directory, base)).catch(() => undefined);
    if (stats === undefined) continue;
    const [uid, mode] = [uidOf(stats.uid), stats.mode & 0o7777];
    const known = count.get(`${String(uid)} ${String(mode)}`);
    if (known === undefined) count.set(`${String(uid)} ${String(mode)}`, { uid, mode, times: 1 });
    else known.times++;
  }
  const [most] = [...count.values()].sort((one, other) => other.times - one.times);
  return most === undefined ? { uid: uidOf(sessions.uid), mode: 0o600 } : { uid: most.uid, mode: most.mode };
}
