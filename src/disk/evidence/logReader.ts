import { openBytes } from "../byteSource";
import { sameFacts, type ListedName } from "../scanListing";
import { LogBytes, type ByteBudget } from "./logBytes";
import { withoutEchoes } from "./logEchoes";
import { LogFileReader, type LogReading, type SettledWindows } from "./logFileReader";
import type { LogFile } from "./logFiles";
import { windowsAround, type MomentsWindow } from "./logWindows";

/** What explains a rotation is logged within seconds of it; a compaction takes minutes before it gives up. */
const MARGINS = { before: 5 * 60_000, after: 2 * 60_000, longest: 15 * 60_000 };
const FILE_BYTES = 8 * 1024 * 1024;
const ALL_BYTES = 16 * 1024 * 1024;

interface FileReading extends LogReading {
  readonly listed: ListedName;
  /** The windows as text; what is known holds for the same ones only. */
  readonly asked: string;
  readonly settled: SettledWindows;
}

/** Reads of logs only what lies around given moments. Remembers what it read of files that did not change. */
export class LogReader {
  private known = new Map<string, FileReading>();

  constructor(
    private readonly log: (message: string) => void,
    private readonly open: typeof openBytes = openBytes,
  ) {}

  /** @param around epoch ms, any order */
  async read(files: readonly LogFile[], around: readonly number[], signal: AbortSignal): Promise<LogReading> {
    const windows = windowsAround(around, MARGINS);
    const asked = windows.map(({ from, to }) => `${String(from)}-${String(to)}`).join();
    const all: ByteBudget = { left: ALL_BYTES };
    const known = new Map<string, FileReading>();
    for (const file of files) {
      signal.throwIfAborted();
      const before = this.known.get(file.path);
      if (before !== undefined && before.asked === asked && sameFacts(before.listed, file.listed)) {
        known.set(file.path, before);
        continue;
      }
      try {
        const settled =
          before !== undefined && hasGrown(before.listed, file.listed) ? before.settled : new Map<string, []>();
        const reading = await this.readFile(file, windows, settled, all, signal);
        known.set(file.path, { ...reading, listed: file.listed, asked });
      } catch (error) {
        signal.throwIfAborted();
        this.log(`the log ${file.path} cannot be read: ${String(error)}`);
      }
    }
    this.known = known;
    const readings = [...known.values()];
    return {
      records: withoutEchoes(readings.flatMap(({ records }) => records)),
      coverage: readings.flatMap(({ coverage }) => coverage),
      unread: readings.flatMap(({ unread }) => unread),
    };
  }

  private async readFile(
    file: LogFile,
    windows: readonly MomentsWindow[],
    settled: SettledWindows,
    all: ByteBudget,
    signal: AbortSignal,
  ): ReturnType<LogFileReader["read"]> {
    const source = await this.open(file.path, { within: file.within, signal });
    try {
      const bytes = new LogBytes(source, [{ left: FILE_BYTES }, all], signal);
      return await new LogFileReader(file.path, bytes, settled).read(windows);
    } finally {
      await source.close();
    }
  }
}

/** The same file with more in it, as a log does. A new one under the old name has another inode, or is shorter. */
function hasGrown(before: ListedName, now: ListedName): boolean {
  return before.inode === now.inode && now.bytes >= before.bytes;
}
