import type { Place } from "../evidence/evidence";
import { parseLogLine } from "./parseLogLine";
import type { LogRecord } from "./logRecord";

/** A version is printed within so many milliseconds of the start it belongs to. */
const START_MS = 5 * 60_000;

/** Takes the lines of one stretch of a log in their order. */
export class LogCollector {
  private readonly found: LogRecord[] = [];
  private previous: number | undefined;
  private announced: string | undefined;
  private beginning: number | undefined;
  private earliest: number | undefined;
  private latest: number | undefined;

  push(line: string, place: Place): void {
    const parsed = parseLogLine(line, place, this.previous);
    switch (parsed.kind) {
      case "record":
        this.saw(parsed.record.at);
        this.found.push(this.withVersion(parsed.record));
        return;
      case "other":
        this.saw(parsed.at);
        return;
      case "version":
        this.announce(parsed.version, parsed.at);
        return;
      case "unreadable":
        return;
    }
  }

  get records(): readonly LogRecord[] {
    return this.found;
  }

  /** Epoch ms of the earliest and of the latest line. */
  get from(): number | undefined {
    return this.earliest;
  }

  get to(): number | undefined {
    return this.latest;
  }

  /** Epoch ms of the first line; not the earliest where a clock was set back. */
  get first(): number | undefined {
    return this.beginning;
  }

  /** Epoch ms of the last line; not the latest where a clock was set back. */
  get last(): number | undefined {
    return this.previous;
  }

  private saw(at: number): void {
    this.previous = at;
    this.beginning ??= at;
    this.earliest = Math.min(this.earliest ?? at, at);
    this.latest = Math.max(this.latest ?? at, at);
  }

  /** The banner stands before the start, the notice of an update behind it. */
  private announce(version: string, at: number | undefined): void {
    if (at === undefined) {
      this.announced = version;
      return;
    }
    this.saw(at);
    const last = this.found.findLastIndex(({ event }) => event.kind === "gateway-start");
    const start = this.found[last];
    if (start?.event.kind !== "gateway-start" || start.event.version !== undefined) return;
    if (at - start.at > START_MS || at < start.at) return;
    this.found[last] = { ...start, event: { kind: "gateway-start", version } };
  }

  private withVersion(record: LogRecord): LogRecord {
    if (record.event.kind !== "gateway-start" || this.announced === undefined) return record;
    const version = this.announced;
    this.announced = undefined;
    return { ...record, event: { kind: "gateway-start", version } };
  }
}
