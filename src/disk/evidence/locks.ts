import { createHash } from "node:crypto";
import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { configNames } from "../../core/locations/configCandidates";
import { ReadError } from "../../core/inspectorPort";
import type { LockFact } from "../../core/rotation/rotationFacts";
import { openBytes } from "../byteSource";
import { realPathOf, type Within } from "../regularFile";
import { listDirectory, listName, sameFacts, type ListedName } from "../scanListing";
import { readableDirectories, sideFiles } from "./filesOf";
import { ownTemporaryDirectories, type EvidencePlaces } from "./logFiles";
import { thisMachine, type ProcessLook } from "./processLook";

/** A lock is a line or two; 2026.8.1+ pads it with blanks. */
const LOCK_BYTES = 16 * 1024;
const MAX_LOCKS = 200;
/** A clock is set right by less than this after a start, ms. */
const CLOCK_MS = 60_000;

interface FoundLock {
  readonly path: string;
  readonly within: Within;
  readonly of: string | undefined;
}

/**
 * Locks in the sessions directories and the gateway's own, with whether the process that took them still runs here. A lock is
 * read once; whether its process runs is asked every time.
 */
export class LockReader {
  private known = new Map<string, { readonly listed: ListedName; readonly text: string }>();

  constructor(private readonly look: ProcessLook = thisMachine) {}

  async read(stateDir: StateDir, places: EvidencePlaces, signal: AbortSignal): Promise<readonly LockFact[]> {
    // The gateway's own first: no heap of others may hide it.
    const found = [...(await gatewayLocks(stateDir, places)), ...sessionLocks(stateDir)].slice(0, MAX_LOCKS);
    const known = new Map<string, { readonly listed: ListedName; readonly text: string }>();
    const facts: LockFact[] = [];
    for (const lock of found) {
      const listed = await listName(path.dirname(lock.path), path.basename(lock.path));
      if (listed === undefined) continue;
      const before = this.known.get(lock.path);
      const isSame = before !== undefined && sameFacts(before.listed, listed);
      const text = isSame ? before.text : await textOf(lock, signal);
      if (text === undefined) continue;
      known.set(lock.path, { listed, text });
      facts.push(await factOf(lock, text, listed.mtimeMs, this.look));
    }
    this.known = known;
    return facts;
  }

  /** The locks of gateways that run here with other configs. */
  async readOthers(stateDir: StateDir, places: EvidencePlaces, signal: AbortSignal): Promise<readonly LockFact[]> {
    const own = new Set((await gatewayLocks(stateDir, places)).map(({ path: file }) => file));
    const facts: LockFact[] = [];
    for (const directory of await ownTemporaryDirectories(places)) {
      const listing = await listDirectory(directory);
      if (listing.outcome !== "listed") continue;
      const found = listing.names.filter(
        ({ base, type }) => type === "file" && /^gateway\.[\da-f]{8}\.lock$/.test(base),
      );
      for (const { base, mtimeMs } of found.slice(0, MAX_LOCKS)) {
        const file = path.join(directory, base);
        if (own.has(file)) continue;
        const lock = { path: file, within: directory, of: undefined };
        const text = await textOf(lock, signal);
        if (text !== undefined) facts.push(await factOf(lock, text, mtimeMs, this.look));
      }
    }
    return facts;
  }
}

function sessionLocks(stateDir: StateDir): readonly FoundLock[] {
  const within = readableDirectories(stateDir);
  return sideFiles(stateDir)
    .filter(({ name, problem }) => name.kind === "side" && name.role === "lock" && problem === undefined)
    .map(({ path: file, name }) => ({
      path: file,
      within,
      of: name.base.replace(/\.lock$/, "").replace(/\.jsonl$/, ""),
    }));
}

/**
 * Up to 2026.7.35 in the system's directory for temporary files, named by the config file; from 2026.8.1 in the state directory's
 * own.
 */
async function gatewayLocks(stateDir: StateDir, places: EvidencePlaces): Promise<readonly FoundLock[]> {
  const found: FoundLock[] = [];
  const bases = (await configPaths(stateDir)).flatMap((file) => hashesOf(file).map((hash) => `gateway.${hash}.lock`));
  for (const directory of await ownTemporaryDirectories(places)) {
    for (const base of new Set(bases)) {
      const listed = await listName(directory, base);
      if (listed?.type !== "file") continue;
      found.push({ path: path.join(directory, base), within: directory, of: undefined });
    }
  }
  const own = path.join(stateDir.path, "tmp");
  const listing = await listDirectory(own);
  if (listing.outcome !== "listed") return found;
  for (const { base: directory, type } of listing.names) {
    if (type !== "directory" || !/^openclaw(?:-\d+)?$/.test(directory)) continue;
    const inside = await listDirectory(path.join(own, directory));
    if (inside.outcome !== "listed") continue;
    for (const { base, type: kind } of inside.names) {
      if (kind !== "file" || !/^gateway\.(?:state|[\da-f]{8})\.lock$/.test(base)) continue;
      found.push({ path: path.join(own, directory, base), within: stateDir.realPath, of: undefined });
    }
  }
  return found;
}

/** The config file's path as the gateway may have spelled it. */
async function configPaths(stateDir: StateDir): Promise<readonly string[]> {
  const spelled = configNames.flatMap(({ name }) => [
    path.join(stateDir.path, name),
    path.join(stateDir.realPath, name),
  ]);
  if (stateDir.configPath === undefined) return spelled;
  const real = await realPathOf(stateDir.configPath).catch(() => stateDir.configPath ?? "");
  return [stateDir.configPath, real, ...spelled];
}

/** SHA-1 in 2026.1.29, SHA-256 in 2026.3.13–2026.7.35. */
function hashesOf(file: string): readonly string[] {
  return ["sha256", "sha1"].map((algorithm) => createHash(algorithm).update(file).digest("hex").slice(0, 8));
}

/** Undefined when it is gone by now, or is nobody's to read. */
async function textOf(lock: FoundLock, signal: AbortSignal): Promise<string | undefined> {
  try {
    const source = await openBytes(lock.path, { within: lock.within, signal });
    try {
      return Buffer.from(await source.read(0, LOCK_BYTES, signal)).toString("utf8");
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof ReadError && error.code === "vanished") return undefined;
    if (error instanceof ReadError) return "";
    throw error;
  }
}

async function factOf(
  { path: file, of }: FoundLock,
  text: string,
  mtimeMs: number,
  look: ProcessLook,
): Promise<LockFact> {
  const fields = fieldsOf(text);
  const pid = positiveInteger(fields["pid"]);
  const startTicks = positiveInteger(fields["startTime"] ?? fields["starttime"]);
  const since = timeOf(fields["createdAt"] ?? fields["startedAt"]) ?? mtimeMs;
  const port = positiveInteger(fields["port"]);
  const configPath = fields["configPath"];
  return {
    place: { file },
    of,
    pid,
    since,
    alive: await isAlive({ pid, startTicks, since }, look),
    ...(port === undefined ? {} : { port }),
    ...(typeof configPath === "string" && of === undefined ? { configPath } : {}),
  };
}

async function isAlive(
  {
    pid,
    startTicks,
    since,
  }: { readonly pid: number | undefined; readonly startTicks: number | undefined; readonly since: number },
  look: ProcessLook,
): Promise<boolean | undefined> {
  if (pid === undefined) return undefined;
  // Nothing outlives a restart of the machine: who has the number now took it later.
  const bootedAt = look.bootedAt?.();
  if (bootedAt !== undefined && since < bootedAt - CLOCK_MS) return false;
  const exists = look.exists(pid);
  if (exists !== true || startTicks === undefined) return exists;
  const ticks = await look.startTicks(pid);
  // Numbers of processes are used again: another start is another process.
  return ticks === undefined || ticks === startTicks;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/[\0\s]+$/, ""));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {}; // just created and not yet written, or of another make: it is a lock all the same
  }
}

function positiveInteger(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function timeOf(value: unknown): number | undefined {
  const at = typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : undefined;
}
