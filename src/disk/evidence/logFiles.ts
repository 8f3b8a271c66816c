import { lstat } from "node:fs/promises";
import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { isInsideOrEqual } from "../../core/locations/containment";
import { expandTilde } from "../../core/locations/homeDirectories";
import { stateDirName } from "../../core/locations/stateDirCandidates";
import { realPathOf, type Within } from "../regularFile";
import { listDirectory, type ListedName } from "../scanListing";

/** Where logs and locks may lie besides the state directory. Values, so that a test looks nowhere else. */
export interface EvidencePlaces {
  /** The system's directories for temporary files: `os.tmpdir()` and, where there is one, `/tmp`. */
  readonly tmpDirs: readonly string[];
  /** Of the user we are; undefined on Windows. */
  readonly uid: number | undefined;
  /** OpenClaw's home directory. */
  readonly home: string;
  /** Logs outside the state directory are read only when this is true (workspace trust). */
  readonly trusted: boolean;
}

/** A log that is there, by its look from outside. */
export interface LogFile {
  readonly path: string;
  readonly within: Within;
  readonly listed: ListedName;
}

/** More than a year of daily files; the newest count. */
const MAX_LOGS = 400;

/** `openclaw-2026-04-22.log`, with a profile `openclaw-work-2026-04-22.log`, rotated `.1` to `.5` before or behind `.log`. */
const sharedLog = /^openclaw-(?:([\w-]{1,64})-)?\d{4}-\d\d-\d\d(?:\.\d)?\.log(?:\.\d)?$/;
const anyLog = /\.(?:log|jsonl)(?:\.\d)?$/;
/** Logs of other things: who typed which command, who changed the config. */
const otherLog = /^(?:commands|.*audit.*)\.(?:log|jsonl)/;

/**
 * The logs that a gateway with this state directory may have written, newest first. The gateway itself writes to
 * `logging.file`, else to a shared directory for temporary files; its service keeps what it prints in `<state>/logs`.
 */
export async function findLogFiles(stateDir: StateDir, places: EvidencePlaces): Promise<readonly LogFile[]> {
  const found = new Map<string, LogFile>();
  const add = (files: readonly LogFile[]): void => {
    for (const file of files) found.set(file.path, file);
  };
  add(await logsIn(path.join(stateDir.path, "logs"), stateDir.realPath, isServiceLog));
  add(await configuredLogs(stateDir, places));
  if (places.trusted) {
    const profile = await profileOf(stateDir, places.home);
    if (profile !== undefined) {
      for (const directory of await ownTemporaryDirectories(places)) {
        add(await logsIn(directory, directory, (base) => profileOfLog(base) === profile));
      }
    }
  }
  return [...found.values()].sort((one, other) => other.listed.mtimeMs - one.listed.mtimeMs).slice(0, MAX_LOGS);
}

/**
 * Directories of OpenClaw for temporary files, as far as they are ours: `/tmp` is anybody's, and what another user puts there
 * is no evidence.
 */
export async function ownTemporaryDirectories({ tmpDirs, uid }: EvidencePlaces): Promise<readonly string[]> {
  const names = uid === undefined ? ["openclaw"] : ["openclaw", `openclaw-${String(uid)}`];
  const found: string[] = [];
  for (const directory of tmpDirs.flatMap((tmp) => names.map((name) => path.join(tmp, name)))) {
    const facts = await lstat(directory).catch(() => undefined);
    if (facts?.isDirectory() === true && (uid === undefined || facts.uid === uid)) found.push(directory);
  }
  return [...new Set(found)];
}

function isServiceLog(base: string): boolean {
  return anyLog.test(base) && !otherLog.test(base);
}

/** `logging.file`: `~` is OpenClaw's home; a relative path is taken from the state directory, which is all we know. */
async function configuredLogs(stateDir: StateDir, { home, trusted }: EvidencePlaces): Promise<readonly LogFile[]> {
  const value = stateDir.configFacts?.logFile?.value.trim() ?? "";
  if (value === "" || value.includes("\0")) return [];
  const file = path.resolve(stateDir.path, expandTilde(path, value, home));
  const real = await realPathOf(file).catch(() => undefined);
  const directory = path.dirname(file);
  const inside = isInsideOrEqual(path, stateDir.realPath, real ?? (await realPathOf(directory).catch(() => directory)));
  if (!inside && !trusted) return [];
  const { name, ext } = path.parse(file);
  const own = new RegExp(`^${escaped(name)}(?:\\.[1-5]${escaped(ext)}|${escaped(ext)}(?:\\.[1-5])?)$`);
  return logsIn(directory, inside ? stateDir.realPath : directory, (base) => own.test(base));
}

async function logsIn(
  directory: string,
  within: Within,
  wanted: (base: string) => boolean,
): Promise<readonly LogFile[]> {
  const listing = await listDirectory(directory);
  if (listing.outcome !== "listed") return [];
  return listing.names
    .filter(({ base, type, bytes }) => type === "file" && bytes > 0 && wanted(base))
    .map((listed) => ({ path: path.join(directory, listed.base), within, listed }));
}

/** "" for `~/.openclaw`, "work" for `~/.openclaw-work`; undefined for a state directory that is anywhere else. */
async function profileOf(stateDir: StateDir, home: string): Promise<string | undefined> {
  const homes = [home, await realPathOf(home).catch(() => home)];
  for (const candidate of [stateDir.path, stateDir.realPath]) {
    const base = path.basename(candidate);
    if (!homes.includes(path.dirname(candidate))) continue;
    if (base === stateDirName) return "";
    if (base.startsWith(`${stateDirName}-`)) return base.slice(stateDirName.length + 1);
  }
  return undefined;
}

function profileOfLog(base: string): string | undefined {
  const match = sharedLog.exec(base);
  return match === null ? undefined : (match[1] ?? "");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
