import * as l10n from "@vscode/l10n";
import { evidence, type Evidence } from "../evidence/evidence";
import type { LogCoverage } from "../log/logRecord";
import { formatDuration, isoTime } from "../text/formatTime";
import type { VersionFact } from "./surroundings";
import type { VersionMark } from "./versionMark";
import { versionOrder } from "./versionFact";

/**
 * Which OpenClaw ran at a moment, by the marks it left. Upgrades only go up: an older mark says what a later version is at
 * least, a later mark what an earlier one was at most. A mark also holds for the day around it, unless another one disagrees.
 * Where marks disagree whichever way they are read (somebody went back to an older version) the version is unknown there.
 */
export class VersionHistory {
  /** Oldest first. */
  private readonly marks: readonly VersionMark[];
  private readonly times: Float64Array;
  /** For each mark, the place of the one that says what the version is at least from there on; -1 for none. */
  private readonly atLeast: Int32Array;
  /** For each mark, the place of the one that says what the version was at most until there; -1 for none. */
  private readonly atMost: Int32Array;
  /** Places of the marks that name their version, oldest first. */
  private readonly named: readonly number[];

  constructor(
    marks: Iterable<VersionMark>,
    private readonly log: GatewayLog = { coverage: [], starts: [] },
  ) {
    this.marks = [...marks].filter(({ at }) => Number.isFinite(at)).sort((one, other) => one.at - other.at);
    this.times = Float64Array.from(this.marks, ({ at }) => at);
    this.named = this.marks.flatMap(({ names }, place) => (names === undefined ? [] : [place]));
    this.atLeast = new Int32Array(this.marks.length);
    this.atMost = new Int32Array(this.marks.length);
    let best = -1;
    for (let place = 0; place < this.marks.length; place++) {
      this.atLeast[place] = best = this.lowerAfter(best, place);
    }
    best = -1;
    for (let place = this.marks.length - 1; place >= 0; place--) {
      this.atMost[place] = best = this.upperBefore(best, place);
    }
  }

  /** `at` in epoch ms. */
  at(at: number): VersionFact {
    return this.exact(at) ?? this.range(at);
  }

  private exact(at: number): VersionFact | undefined {
    const next = this.namedAfter(at);
    const [before, after] = [this.markAt(this.named[next - 1]), this.markAt(this.named[next])];
    if (before?.names !== undefined && before.from === after?.from) {
      return exactly(before.names.version, [before.evidence(), after?.evidence() ?? before.evidence()]);
    }
    if (before?.names !== undefined && (before.at === at || this.logRanThrough(before.at, at))) {
      return exactly(before.names.version, [before.evidence()]);
    }
    const isNear = (mark: VersionMark | undefined): boolean =>
      mark !== undefined &&
      Math.abs(mark.at - at) <= DAY &&
      !this.restarted(Math.min(mark.at, at), Math.max(mark.at, at));
    if (isNear(before) && isNear(after)) return undefined;
    const near = isNear(before) ? before : isNear(after) && after?.names?.holds === "around" ? after : undefined;
    if (near?.names === undefined || !this.allows(at, near.names.version)) return undefined;
    return exactly(near.names.version, [near.evidence(), closeEnough(near, at)]);
  }

  private range(at: number): VersionFact {
    const released = releasedBy(at);
    for (const tolerance of [DAY, 0]) {
      const [lower, upper] = this.bounds(at, tolerance);
      if (isAbove(lower?.from, upper?.until)) continue;
      const found = distinct([lower, upper]).map((mark) => mark.evidence());
      // A clock that is wrong says nothing about releases.
      const tooEarly = isAbove(lower?.from, released?.until);
      const isNarrower = !tooEarly && released !== undefined && isAbove(upper?.until ?? newest, released.until);
      if (isNarrower) found.push(released.evidence());
      const [first, ...rest] = found;
      if (first === undefined) return { kind: "unknown" };
      return {
        kind: "range",
        from: lower?.from,
        until: isNarrower ? released.until : upper?.until,
        evidence: [first, ...rest],
      };
    }
    return this.disagreement(at);
  }

  private disagreement(at: number): VersionFact {
    const [lower, upper] = this.bounds(at, 0);
    if (lower === undefined || upper === undefined) return { kind: "unknown" };
    const [one, other] = [lower.evidence(), upper.evidence()];
    if (lower.names !== undefined && upper.names !== undefined) {
      return { kind: "range", from: upper.from, until: lower.until, evidence: [one, other] };
    }
    const why = evidence("default", () =>
      l10n.t(
        "These two marks do not fit one version that was only ever upgraded: OpenClaw {0} or later is followed by {1} or earlier. Which one ran at {2} is not known.",
        lower.from ?? "",
        upper.until ?? "",
        isoTime(at) ?? "",
      ),
    );
    return { kind: "unknown", evidence: [why, one, other] };
  }

  /** The marks that say what the version at that moment is at least and at most. */
  private bounds(at: number, tolerance: number): readonly [VersionMark | undefined, VersionMark | undefined] {
    const last = this.firstLaterThan(at + tolerance) - 1;
    const first = this.firstFrom(at - tolerance);
    return [this.markAt(this.atLeast[last]), this.markAt(this.atMost[first])];
  }

  private allows(at: number, version: string): boolean {
    const [lower, upper] = this.bounds(at, DAY);
    return !isAbove(lower?.from, version) && !isAbove(version, upper?.until);
  }

  /** A gateway takes another version only by a restart, and a log that goes on shows every start. */
  private logRanThrough(from: number, to: number): boolean {
    return !this.restarted(from, to) && this.log.coverage.some((log) => log.from <= from && log.to >= to);
  }

  private restarted(from: number, to: number): boolean {
    const { starts } = this.log;
    const next = starts[firstWhere(starts.length, (place) => (starts[place] ?? 0) > from)];
    return next !== undefined && next <= to;
  }

  private lowerAfter(best: number, place: number): number {
    const [before, mark] = [this.markAt(best), this.markAt(place)];
    if (mark === undefined) return best;
    if (isAbove(before?.from, mark.until)) return mark.from === undefined ? -1 : place;
    if (mark.from === undefined) return best;
    return before?.from === undefined || !isAbove(before.from, mark.from) ? place : best;
  }

  private upperBefore(best: number, place: number): number {
    const [after, mark] = [this.markAt(best), this.markAt(place)];
    if (mark === undefined) return best;
    if (isAbove(mark.from, after?.until)) return mark.until === undefined ? -1 : place;
    if (mark.until === undefined) return best;
    return after?.until === undefined || !isAbove(mark.until, after.until) ? place : best;
  }

  private markAt(place: number | undefined): VersionMark | undefined {
    return place === undefined ? undefined : this.marks[place];
  }

  /** Place of the first mark later than `at`. */
  private firstLaterThan(at: number): number {
    return firstWhere(this.times.length, (place) => (this.times[place] ?? 0) > at);
  }

  private firstFrom(at: number): number {
    return firstWhere(this.times.length, (place) => (this.times[place] ?? 0) >= at);
  }

  /** Place in `named` of the first one later than `at`. */
  private namedAfter(at: number): number {
    return firstWhere(this.named.length, (place) => (this.markAt(this.named[place])?.at ?? 0) > at);
  }
}

/** What the gateway's log tells of its starts, whether or not they name a version. */
export interface GatewayLog {
  readonly coverage: readonly LogCoverage[];
  /** Epoch ms, oldest first. */
  readonly starts: readonly number[];
}

/** Milliseconds. So long a mark holds beyond its own moment: a gateway is seldom upgraded, and never unnoticed for long. */
const DAY = 24 * 60 * 60_000;

/** Milliseconds. */
const EARLIEST_CALENDAR = 14 * 60 * 60_000;

/** Later than any version. */
const newest = "9999.12.999";

/**
 * Versions are named after the month they are released in (so it is for every release of 2026 whose time the registry tells), so
 * none of a later month existed yet. A calendar on this earth shows the next month 14 hours ahead of UTC at the most.
 */
function releasedBy(at: number): { readonly until: string; readonly evidence: () => Evidence } | undefined {
  const latest = new Date(at + EARLIEST_CALENDAR);
  const [year, month] = [latest.getUTCFullYear(), latest.getUTCMonth() + 1];
  if (!(year >= 2026 && year <= 9999)) return undefined;
  const until = `${year}.${month}.31`;
  const say = (): string =>
    l10n.t(
      "OpenClaw versions are named after the month of their release: at {0} there was none later than {1}.",
      isoTime(at) ?? "",
      `${year}.${month}`,
    );
  return { until, evidence: () => evidence("machine", say) };
}

function closeEnough(mark: VersionMark, at: number): Evidence {
  const apart = formatDuration(Math.abs(mark.at - at));
  return evidence("default", () =>
    mark.at <= at
      ? l10n.t(
          "That was {0} before, and nothing speaks of another version in between: it is taken to have run on.",
          apart,
        )
      : l10n.t(
          "That was {0} later, and nothing speaks of another version before: it is taken to have run already.",
          apart,
        ),
  );
}

function exactly(version: string, [first, ...rest]: readonly [Evidence, ...Evidence[]]): VersionFact {
  const others = rest.filter((each) => each !== first);
  return { kind: "exact", version, evidence: [first, ...others] };
}

/** False where one of them is open. */
function isAbove(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && versionOrder(one) > versionOrder(other);
}

function distinct(marks: readonly (VersionMark | undefined)[]): readonly VersionMark[] {
  return [...new Set(marks)].filter((mark) => mark !== undefined);
}

/** The first of `count` places for which `is` holds; it holds for all after that. `count` when there is none. */
function firstWhere(count: number, is: (place: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
