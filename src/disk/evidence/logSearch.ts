import { splitLogLine } from "../../core/log/logLine";
import { linesIn, type LogBytes } from "./logBytes";

/** A few lines; where that shows no time, more is looked at: some long lines, and near the end of the search much more. */
const PROBE_BYTES = 4 * 1024;
const WIDE_PROBE_BYTES = 16 * 1024;
const WIDEST_PROBE_BYTES = 64 * 1024;
const NEARLY_THERE_BYTES = 2 * 1024 * 1024;
/** So near is near enough: the rest is read in order. */
const NEAR_BYTES = 16 * 1024;

/** Where to look between two bytes, as parts of the way: the middle, and around it where the middle tells nothing. */
const POINTS = [1 / 2, 5 / 8, 3 / 8, 3 / 4, 1 / 4, 7 / 8, 1 / 8];

/** So many places are looked at first: where a later one tells an earlier time, a clock was set back between them. */
const SAMPLES = 32;
/** Lines of several processes and threads are out of order by so much, ms. */
export const DISORDER_MS = 2_000;
/** Every look goes through all runs. */
const MAX_RUNS = 6;

/** A part of the file in which time goes on, bytes. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/** What a look at some place of the file told: the first line behind it that says when it was. */
type Probe = { readonly offset: number; readonly at: number } | undefined;

/** The budget is spent. */
const spent = Symbol("spent");

/**
 * Finds places in a log by time without reading what lies between. Lines are in order of time nearly always. Where a clock was
 * set back the file is searched in parts; a step too small to be seen from afar lies within what is read around a moment, or
 * hides a few lines.
 */
export class LogSearch {
  /** By the byte that was looked at and how far. The first halvings are the same for every search. */
  private readonly probes = new Map<string, Probe>();
  private runs: readonly Run[] | undefined;

  constructor(private readonly bytes: LogBytes) {}

  /**
   * Bytes at or shortly before the first line at `from` or later. Several where a large part of the file tells no time (zeros,
   * one line of megabytes) or a clock was set back: what is searched may lie at any of them. Empty when the budget is spent.
   */
  async find(from: number): Promise<readonly number[]> {
    const places = new Set<number>();
    for (const run of await this.runsOfTime()) {
      const behind = await this.bisect(from, true, run);
      if (behind === spent) return [];
      const before = behind.sawNothing ? await this.bisect(from, false, run) : behind;
      if (before !== spent) places.add(before.offset);
      places.add(behind.offset);
    }
    return [...places];
  }

  /** Where time goes on without a step back. */
  async runsOfTime(): Promise<readonly Run[]> {
    if (this.runs !== undefined) return this.runs;
    const samples: { readonly offset: number; readonly at: number }[] = [];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const probe = await this.probe(Math.floor((this.bytes.size * sample) / SAMPLES), PROBE_BYTES);
      if (probe === spent) break;
      if (probe !== undefined) samples.push(probe);
    }
    const runs: Run[] = [];
    let from = 0;
    for (const [index, sample] of samples.entries()) {
      const next = samples[index + 1];
      if (next === undefined || next.at >= sample.at - DISORDER_MS || runs.length === MAX_RUNS - 1) continue;
      const seam = await this.seamBetween(sample, next);
      if (seam === spent) break;
      runs.push({ from, to: seam });
      from = seam;
    }
    return (this.runs = [...runs, { from, to: this.bytes.size }]);
  }

  /** Shortly before the byte where a clock was set back. */
  private async seamBetween(
    one: { readonly offset: number; readonly at: number },
    other: { readonly offset: number },
  ): Promise<number | typeof spent> {
    let [low, high] = [one.offset, other.offset];
    while (high - low > NEAR_BYTES) {
      const middle = low + Math.floor((high - low) / 2);
      const probe = await this.probe(middle, WIDE_PROBE_BYTES);
      if (probe === spent) return spent;
      if (probe !== undefined && probe.offset < high && probe.at >= one.at - DISORDER_MS) low = middle;
      else high = middle;
    }
    return high;
  }

  private async bisect(
    from: number,
    nothingIsEarlier: boolean,
    run: Run,
  ): Promise<{ readonly offset: number; readonly sawNothing: boolean } | typeof spent> {
    let [low, high, sawNothing] = [run.from, run.to, false];
    while (high - low > NEAR_BYTES) {
      const { point, probe } = await this.between(low, high);
      if (probe === spent) return spent;
      sawNothing ||= probe === undefined;
      const isEarlier = probe === undefined ? nothingIsEarlier : probe.at < from;
      if (!isEarlier) high = point;
      else low = probe === undefined ? point : Math.max(point, Math.min(probe.offset, high));
    }
    return { offset: low, sawNothing };
  }

  /** A point between two bytes at which the file tells a time; the middle, when there is none. */
  private async between(low: number, high: number): Promise<{ point: number; probe: Probe | typeof spent }> {
    const range = high - low;
    const middle = low + Math.floor(range / 2);
    const reach = range <= NEARLY_THERE_BYTES ? WIDEST_PROBE_BYTES : WIDE_PROBE_BYTES;
    for (const part of POINTS) {
      const point = low + Math.floor(range * part);
      const probe = await this.probe(point, point === middle ? reach : PROBE_BYTES);
      if (probe !== undefined) return { point, probe };
    }
    return { point: middle, probe: undefined };
  }

  private async probe(offset: number, reach: number): Promise<Probe | typeof spent> {
    const name = `${String(offset)}+${String(reach)}`;
    if (this.probes.has(name)) return this.probes.get(name);
    for (const length of [PROBE_BYTES, WIDE_PROBE_BYTES, WIDEST_PROBE_BYTES]) {
      if (length > reach) break;
      const bytes = await this.bytes.read(offset, length);
      if (bytes === undefined) return spent;
      const last = offset + bytes.length >= this.bytes.size;
      for (const line of linesIn(bytes, offset, { whole: offset === 0, last })) {
        const at = splitLogLine(line.text)?.at;
        if (at === undefined) continue;
        const found = { offset: line.offset, at };
        this.probes.set(name, found);
        return found;
      }
      if (last) break;
    }
    this.probes.set(name, undefined);
    return undefined;
  }
}
