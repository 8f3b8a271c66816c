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

/** What a look at some place of the file told: the first line behind it that says when it was. */
type Probe = { readonly offset: number; readonly at: number } | undefined;

/** The budget is spent. */
const spent = Symbol("spent");

/**
 * Finds places in a log by time without reading what lies between. Lines are in order of time nearly always; a clock that was
 * set back costs some lines at the seam, never the rest.
 */
export class LogSearch {
  /** By the byte that was looked at and how far. The first halvings are the same for every search. */
  private readonly probes = new Map<string, Probe>();

  constructor(private readonly bytes: LogBytes) {}

  /**
   * Bytes at or shortly before the first line at `from` or later. Two where a large part of the file tells no time (zeros, one
   * line of megabytes): what is searched may lie on either side of it. Empty when the budget is spent.
   */
  async find(from: number): Promise<readonly number[]> {
    const behind = await this.bisect(from, true);
    if (behind === spent) return [];
    if (!behind.sawNothing) return [behind.offset];
    const before = await this.bisect(from, false);
    return before === spent || before.offset === behind.offset ? [behind.offset] : [before.offset, behind.offset];
  }

  private async bisect(
    from: number,
    nothingIsEarlier: boolean,
  ): Promise<{ readonly offset: number; readonly sawNothing: boolean } | typeof spent> {
    let [low, high, sawNothing] = [0, this.bytes.size, false];
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
