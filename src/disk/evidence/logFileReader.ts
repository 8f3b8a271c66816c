import { LogCollector } from "../../core/log/logCollector";
import type { LogCoverage, LogRecord } from "../../core/log/logRecord";
import { endOfLines, linesIn, type LogBytes } from "./logBytes";
import { LogSearch } from "./logSearch";
import { without, type TimeWindow } from "./logWindows";

const MAX_WINDOWS = 64;
const WINDOW_BYTES = 256 * 1024;
const CHUNK_BYTES = 64 * 1024;
/** First and last bytes are always read: they tell what time the log covers, and which gateway was started. */
const END_BYTES = 64 * 1024;
/** A window that ended so long before the newest line gets no more lines, ms. */
const SETTLED_MS = 60_000;

export interface LogReading {
  readonly records: readonly LogRecord[];
  /** Stretches of time of which a log was kept and, where somebody asked, read. */
  readonly coverage: readonly LogCoverage[];
}

/** Records of windows that will never have more, by their times as text. A log that only grew keeps them. */
export type SettledWindows = ReadonlyMap<string, readonly LogRecord[]>;

/** One look at one log. */
export class LogFileReader {
  /** By the byte at which the line begins: parts that are read may overlap. */
  private readonly records = new Map<number, LogRecord>();
  private readonly gaps: TimeWindow[] = [];
  private readonly whole: { readonly window: TimeWindow; readonly records: readonly LogRecord[] }[] = [];
  private earliest: number | undefined;
  private latest: number | undefined;

  constructor(
    private readonly file: string,
    private readonly bytes: LogBytes,
    private readonly before: SettledWindows,
  ) {}

  /** @param windows newest first */
  async read(windows: readonly TimeWindow[]): Promise<LogReading & { readonly settled: SettledWindows }> {
    const { size } = this.bytes;
    if (size <= WINDOW_BYTES) {
      await this.piece(0, size);
      return this.result();
    }
    const [head, tail] = [await this.piece(0, END_BYTES), await this.piece(size - END_BYTES, END_BYTES)];
    // Where an end tells no time, nothing is known of what lies before or behind.
    const [from, to] = [head?.from ?? -Infinity, tail?.to ?? Infinity];
    const search = new LogSearch(this.bytes);
    let looked = 0;
    for (const window of windows) {
      if (window.to < from || window.from > to) continue;
      const begins = ++looked > MAX_WINDOWS ? [] : await this.beginsOf(window, search);
      if (begins.length === 0) {
        // Too many, or too much: what is older is not read either.
        this.gaps.push({ from: -Infinity, to: window.to });
        break;
      }
      await this.readWindow(window, begins);
    }
    return this.result();
  }

  private async beginsOf(window: TimeWindow, search: LogSearch): Promise<readonly number[]> {
    return this.before.has(nameOf(window)) ? [0] : search.find(window.from);
  }

  private async readWindow(window: TimeWindow, begins: readonly number[]): Promise<void> {
    const known = this.before.get(nameOf(window));
    if (known !== undefined) {
      this.keep(known);
      this.whole.push({ window, records: known });
      return;
    }
    const found: LogRecord[] = [];
    let reached = window.from - 1;
    for (const begin of begins) {
      const collector = new LogCollector();
      reached = Math.max(reached, await this.readFrom(begin, window, collector));
      found.push(...collector.records);
    }
    if (reached < window.to) this.gaps.push({ from: reached + 1, to: window.to });
    else this.whole.push({ window, records: found });
  }

  /** Reads on until the window is over, or it was too much. Returns the moment up to which everything was read. */
  private async readFrom(begin: number, window: TimeWindow, collector: LogCollector): Promise<number> {
    let offset = begin;
    let whole = begin === 0;
    const limit = Math.min(this.bytes.size, begin + WINDOW_BYTES);
    while (offset < limit) {
      const bytes = await this.bytes.read(offset, Math.min(CHUNK_BYTES, limit - offset));
      if (bytes === undefined || bytes.length === 0) break;
      const last = offset + bytes.length >= this.bytes.size;
      this.collect(collector, bytes, offset, whole, last);
      if (last || (collector.last ?? 0) > window.to) return window.to;
      const end = endOfLines(bytes);
      whole = end > 0;
      offset += whole ? end : bytes.length;
    }
    return collector.last ?? window.from - 1;
  }

  private async piece(offset: number, length: number): Promise<LogCollector | undefined> {
    const bytes = await this.bytes.read(offset, length);
    if (bytes === undefined) return undefined;
    const collector = new LogCollector();
    this.collect(collector, bytes, offset, offset === 0, offset + bytes.length >= this.bytes.size);
    return collector;
  }

  private collect(collector: LogCollector, bytes: Uint8Array, base: number, whole: boolean, last: boolean): void {
    for (const { offset, line, text } of linesIn(bytes, base, { whole, last })) {
      collector.push(text, { file: this.file, line, offset });
    }
    const { from, to } = collector;
    if (from !== undefined) this.earliest = Math.min(this.earliest ?? from, from);
    if (to !== undefined) this.latest = Math.max(this.latest ?? to, to);
    this.keep(collector.records);
  }

  private keep(records: readonly LogRecord[]): void {
    for (const record of records) {
      const at = record.place.offset ?? 0;
      const known = this.records.get(at);
      // The same start read once with its version and once without: what is known stays known.
      if (known?.event.kind !== "gateway-start" || known.event.version === undefined) this.records.set(at, record);
    }
  }

  private result(): LogReading & { readonly settled: SettledWindows } {
    const records = [...this.records.values()];
    const [from, to] = [this.earliest, this.latest];
    if (from === undefined || to === undefined) return { records, coverage: [], settled: new Map() };
    const coverage = without({ from, to }, this.gaps).map((part) => ({ file: this.file, ...part }));
    const settled = this.whole.filter(({ window }) => window.to < to - SETTLED_MS);
    return { records, coverage, settled: new Map(settled.map((known) => [nameOf(known.window), known.records])) };
  }
}

function nameOf({ from, to }: TimeWindow): string {
  return `${String(from)}-${String(to)}`;
}
