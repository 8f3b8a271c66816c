import type { StateDir, Window } from "../conversation/model";
import type { LogRecord } from "../log/logRecord";

/** Clocks are read one after the other; what is later than this was written by another clock. */
const FUTURE_MS = 5 * 60_000;
/** A gateway logs what it does within so long of an entry that it writes. */
const SAME_DEED_MS = 60_000;

/**
 * Whether a line of a log may be of another gateway. The directory for temporary files is shared by all gateways of a user, so a
 * log there counts as this state directory's only if an entry of a transcript was written while it was; and lines that lie in the
 * future are nobody's.
 */
export function doubtfulLogs(
  stateDir: StateDir,
  records: readonly LogRecord[],
  now: number,
): (record: LogRecord) => boolean {
  const isOwn = ownLogs(stateDir);
  let entries: readonly number[] | undefined;
  const proven = new Set<string>();
  for (const { place, at } of records) {
    const directory = directoryOf(place.file);
    if (at > now + FUTURE_MS || proven.has(directory) || isOwn(place.file)) continue;
    entries ??= entryTimes(stateDir);
    if (isAmong(entries, at)) proven.add(directory);
  }
  const configured = configuredLog(stateDir);
  return ({ at, place: { file } }) => {
    if (at > now + FUTURE_MS) return true;
    if (isOwn(file)) return false;
    // The gateway writes where the config says, and nowhere else.
    return configured !== undefined || !proven.has(directoryOf(file));
  };
}

/** In the state directory, or `logging.file` and what it was rotated to: `mine.log`, `mine.1.log`, `mine.log.1`. */
function ownLogs(stateDir: StateDir): (file: string) => boolean {
  const directories = [stateDir.path, stateDir.realPath];
  const configured = configuredLog(stateDir);
  const stem = configured === undefined ? undefined : stemOf(configured);
  return (file) =>
    directories.some((directory) => file.startsWith(directory) && /^[/\\]/.test(file.slice(directory.length))) ||
    (stem !== undefined && stemOf(file) === stem);
}

function configuredLog({ configFacts }: StateDir): string | undefined {
  const value = configFacts?.logFile?.value.trim();
  return value === "" ? undefined : value;
}

/** `/var/log/mine.1.log` is `mine`: the directory may be written with `~`, or relative. */
function stemOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? "").replace(/(?:\.\d)?(?:\.(?:log|jsonl|txt))?(?:\.\d)?$/, "");
}

function directoryOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/** When the first and the last entry of each transcript were written, in order. Entries are OpenClaw's alone. */
function entryTimes({ agents }: StateDir): readonly number[] {
  const times: number[] = [];
  const add = ({ primary, firstAt, lastAt }: Window): void => {
    if (primary === undefined) return;
    if (firstAt !== undefined) times.push(firstAt);
    if (lastAt !== undefined) times.push(lastAt);
  };
  for (const { conversations, orphans } of agents) {
    for (const { windows } of conversations) windows.forEach(add);
    orphans.forEach(add);
  }
  return times.sort((one, other) => one - other);
}

function isAmong(times: readonly number[], at: number): boolean {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at - SAME_DEED_MS) low = middle + 1;
    else high = middle;
  }
  return (times[low] ?? Infinity) <= at + SAME_DEED_MS;
}
