import { LogCollector } from "../../core/log/logCollector";
import type { LogCoverage, LogRecord } from "../../core/log/logRecord";
import { endOfLines, linesIn, startOfLines, type LogBytes } from "./logBytes";
import { DISORDER_MS, LogSearch } from "./logSearch";
import { without, type MomentWindow, type MomentsWindow, type TimeWindow } from "./logWindows";

const MAX_WINDOWS = 64;
/** Around one moment. Read outward from it, so that what is nearest is never what is missing. */
const MOMENT_BYTES = 512 * 1024;
const CHUNK_BYTES = 64 * 1024;
/** First and last bytes are always read: they tell what time the log covers, and which gateway was started. */
const END_BYTES = 64 * 1024;
/** A window that ended so long before the newest line gets no more lines, ms. */
const SETTLED_MS = 60_000;

export interface LogReading {
  readonly records: readonly LogRecord[];
  /** Stretches of time of which a log was kept and, where somebody asked, read. */
  readonly coverage: readonly LogCoverage[];
  /** Stretches that somebody asked for and that were too much to be read whole: what is nearest to the moment was read. */
  readonly unread: readonly LogCoverage[];
}

/** Records of windows that will never have more, by their times as text. A log that only grew keeps them. */
export type SettledWindows = ReadonlyMap<string, readonly LogRecord[]>;

/** How far was read from a moment in one direction. */
interface Side {
  /** Where the next piece begins, or ends when it goes back. */
  offset: number;
  /** Epoch ms of the farthest line. */
  reached: number;
  done: boolean;
}

/** One look at one log. */
export class LogFileReader {
  /** By the byte at which the line begins: parts that are read may overlap. */
  private readonly records = new Map<number, LogRecord>();
  private readonly gaps: TimeWindow[] = [];
  private readonly whole: { readonly window: TimeWindow; readonly records: readonly LogRecord[] }[] = [];
  /** What was read for the window at hand. */
  private taken: LogRecord[] = [];
  private readonly stretches: TimeWindow[] = [];
  private earliest: number | undefined;
  private latest: number | undefined;

  constructor(
    private readonly file: string,
    private readonly bytes: LogBytes,
    private readonly before: SettledWindows,
  ) {}

  /** @param windows newest first */
  async read(windows: readonly MomentsWindow[]): Promise<LogReading & { readonly settled: SettledWindows }> {
    const { size } = this.bytes;
    if (size <= MOMENT_BYTES) {
      if ((await this.piece(0, size)) === undefined) this.gaps.push({ from: -Infinity, to: Infinity });
      return this.result();
    }
    const [head, tail] = [await this.piece(0, END_BYTES), await this.piece(size - END_BYTES, END_BYTES)];
    // Where an end tells no time, nothing is known of what lies before or behind.
    const [from, to] = [head?.from ?? -Infinity, tail?.to ?? Infinity];
    // Nor where a clock was set back so far that the end is earlier than the beginning.
    const isOrdered = (head?.to ?? -Infinity) <= (tail?.from ?? Infinity) + DISORDER_MS;
    const search = new LogSearch(this.bytes);
    let looked = 0;
    for (const window of windows) {
      if (isOrdered && (window.to < from || window.from > to)) continue;
      if (++looked <= MAX_WINDOWS && (await this.readWindow(window, search))) continue;
      // Too many, or too much: what is older is not read either.
      this.gaps.push({ from: -Infinity, to: window.to });
      break;
    }
    return this.result();
  }

  /** False when the budget is spent. */
  private async readWindow(window: MomentsWindow, search: LogSearch): Promise<boolean> {
    const known = this.before.get(nameOf(window));
    if (known !== undefined) {
      this.keep(known);
      this.whole.push({ window, records: known });
      return true;
    }
    this.taken = [];
    let isWhole = true;
    for (const moment of window.moments) {
      // Neighbours have been read already, as far as they were.
      const left = without(moment, this.stretches);
      const [first, last] = [left[0], left.at(-1)];
      if (first === undefined || last === undefined) continue;
      const wanted = { from: first.from, to: last.to, at: Math.min(Math.max(moment.at, first.from), last.to) };
      const stretch = await this.readMoment(wanted, search);
      if (stretch === undefined) return false;
      this.stretches.push(stretch);
      if (stretch.from <= wanted.from && stretch.to >= wanted.to) continue;
      isWhole = false;
      this.gaps.push({ from: moment.from, to: moment.to });
    }
    if (isWhole) this.whole.push({ window, records: this.taken });
    return true;
  }

  /** Which stretch of time around it was read; undefined when the budget is spent. */
  private async readMoment(wanted: MomentWindow, search: LogSearch): Promise<TimeWindow | undefined> {
    const places = await search.find(wanted.at);
    let read: TimeWindow | undefined;
    for (const place of places) {
      const stretch = await this.readAround(place, wanted);
      read = { from: Math.min(read?.from ?? Infinity, stretch.from), to: Math.max(read?.to ?? -Infinity, stretch.to) };
    }
    return read;
  }

  /** From a place at a moment to both sides, the nearer side first. Tells which stretch of time was read whole. */
  private async readAround(place: number, { at, from, to }: MomentWindow): Promise<TimeWindow> {
    const behind: Side = { offset: place, reached: at, done: false };
    const before: Side = { offset: place, reached: at, done: false };
    const collector = new LogCollector();
    let used = 0;
    let isFirst = true;
    while (used < MOMENT_BYTES && !(behind.done && before.done)) {
      const isForward = isFirst || before.done || (!behind.done && behind.reached - at <= at - before.reached);
      const side = isForward ? behind : before;
      const read = isForward ? await this.readOn(side, to, collector) : await this.readBack(side, from);
      if (read === undefined) break;
      used += read.bytes;
      // The line in which the place lies belongs to what is before.
      if (isFirst) before.offset = read.begins;
      isFirst = false;
    }
    // A last line that is earlier than the moment, after a clock was set back, is no step ahead.
    return {
      from: before.done ? from : Math.min(before.reached, at),
      to: behind.done ? to : Math.max(behind.reached, at),
    };
  }

  /** One piece towards the end of the file. Undefined when the budget is spent. */
  private async readOn(
    side: Side,
    to: number,
    collector: LogCollector,
  ): Promise<{ readonly bytes: number; readonly begins: number } | undefined> {
    const { offset } = side;
    const bytes = await this.bytes.read(offset, CHUNK_BYTES);
    if (bytes === undefined) return undefined;
    const isLast = offset + bytes.length >= this.bytes.size;
    const isWhole = await this.isLineStart(offset);
    if (isWhole === undefined) return undefined;
    this.collect(collector, bytes, offset, isWhole, isLast);
    side.reached = collector.last ?? side.reached;
    side.done = isLast || (collector.last ?? -Infinity) > to;
    const end = endOfLines(bytes);
    side.offset = offset + (end > 0 ? end : bytes.length);
    return { bytes: bytes.length, begins: offset + (isWhole ? 0 : startOfLines(bytes)) };
  }

  /** One piece towards the beginning of the file, which ends where a line does. */
  private async readBack(
    side: Side,
    from: number,
  ): Promise<{ readonly bytes: number; readonly begins: number } | undefined> {
    const offset = Math.max(0, side.offset - CHUNK_BYTES);
    const bytes = await this.bytes.read(offset, side.offset - offset);
    if (bytes === undefined) return undefined;
    const collector = new LogCollector();
    this.collect(collector, bytes, offset, offset === 0, false);
    side.reached = collector.first ?? side.reached;
    side.done = offset === 0 || (collector.first ?? Infinity) < from;
    const start = startOfLines(bytes);
    // Of a line that is longer than a piece the rest is passed over: it is more than is ever parsed.
    side.offset = offset + (offset === 0 || start >= bytes.length ? 0 : start);
    return { bytes: bytes.length, begins: offset };
  }

  private async isLineStart(offset: number): Promise<boolean | undefined> {
    if (offset === 0) return true;
    const before = await this.bytes.read(offset - 1, 1);
    return before && before[0] === 10;
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
      this.taken.push(record);
      const at = record.place.offset ?? 0;
      const known = this.records.get(at);
      // The same start read once with its version and once without: what is known stays known.
      if (known?.event.kind !== "gateway-start" || known.event.version === undefined) this.records.set(at, record);
    }
  }

  private result(): LogReading & { readonly settled: SettledWindows } {
    const records = [...this.records.values()];
    const [from, to] = [this.earliest, this.latest];
    if (from === undefined || to === undefined) return { records, coverage: [], unread: [], settled: new Map() };
    const { file } = this;
    const coverage = without({ from, to }, this.gaps).map((part) => ({ file, ...part }));
    const unread = this.gaps
      .map((gap) => ({ file, from: Math.max(gap.from, from), to: Math.min(gap.to, to) }))
      .filter((gap) => gap.from <= gap.to);
    const settled = this.whole
      .filter(({ window }) => window.to < to - SETTLED_MS)
      .map(({ window, records: known }) => [nameOf(window), known] as const);
    return { records, coverage, unread, settled: new Map(settled) };
  }
}

function nameOf({ from, to }: TimeWindow): string {
  return `${String(from)}-${String(to)}`;
}
