import * as l10n from "@vscode/l10n";
import { evidence } from "../evidence/evidence";
import type { Configured, ZoneCandidate, ZoneFact } from "./surroundings";
import { isZone, offsetMinutesAt, zoneOfOffset } from "./zoneOffset";
import type { ZoneSighting as Sighting } from "./zoneSightings";

export interface AssumedZones {
  /** `agents.defaults.userTimezone`. */
  readonly userTimezone: Configured<string> | undefined;
  /** IANA name. */
  readonly machineZone: string;
}

/** In which time zone the gateway ran at a moment: what was seen nearest to it in time, then what may be assumed. */
export class ZoneHistory {
  private readonly log: readonly Sighting[];
  private readonly doubtful: readonly Sighting[];
  private readonly stamps: readonly Sighting[];
  private readonly names: readonly Sighting[];
  private readonly userZone: Configured<string> | undefined;
  private readonly machineZone: string | undefined;

  constructor(sightings: readonly Sighting[], { userTimezone, machineZone }: AssumedZones) {
    const ordered = sightings.toSorted((one, other) => one.at - other.at);
    this.log = ordered.filter(({ from, isDoubtful }) => from === "log" && isDoubtful !== true);
    this.doubtful = ordered.filter(({ isDoubtful }) => isDoubtful === true);
    this.stamps = ordered.filter(({ from }) => from === "stamp");
    this.names = this.stamps.filter(({ name }) => name !== undefined);
    this.userZone = userTimezone !== undefined && isZone(userTimezone.value) ? userTimezone : undefined;
    this.machineZone = isZone(machineZone) ? machineZone : undefined;
  }

  /** `at` in epoch ms. */
  at(at: number): ZoneFact {
    const found = [...this.seenAt(at), ...this.assumed(at)];
    const [first, ...others] = distinctAt(at, [...found.filter(isKnown), ...found.filter((each) => !isKnown(each))]);
    return [first ?? inUtc, ...others];
  }

  private *seenAt(at: number): Iterable<ZoneCandidate> {
    const name = nearest(this.names, at);
    const offsets = [...around(this.log, at), ...around(this.stamps, at)].sort(
      (one, other) => distance(one, at) - distance(other, at),
    );
    const closest = offsets[0];
    for (const sighting of offsets) {
      // A name knows when its clocks change. It stands for what was seen with it; a log may be in another zone than stamps.
      if (name !== undefined && fits(name, sighting) && (sighting.from === name.from || this.userZone === undefined)) {
        yield this.candidate(name, name.name, sighting === closest && distance(sighting, at) <= NAME_HOLDS);
        continue;
      }
      const { offsetMinutes } = sighting;
      const zone = offsetMinutes === undefined ? undefined : zoneOfOffset(offsetMinutes);
      yield this.candidate(sighting, zone, sighting === closest && holds(sighting, offsets, at));
    }
  }

  private candidate(sighting: Sighting, zone: string | undefined, holdsThen: boolean): ZoneCandidate {
    // A stamp is written in the user's zone, where one is set.
    const known = holdsThen && (sighting.from === "log" || this.userZone === undefined);
    return { zone: zone ?? "UTC", learnedFrom: sighting.from, known, evidence: sighting.evidence() };
  }

  private *assumed(at: number): Iterable<ZoneCandidate> {
    if (this.machineZone !== undefined) {
      const zone = this.machineZone;
      const say = (): string => l10n.t("This machine's time zone is {0}; the gateway is assumed to run in it.", zone);
      yield { zone, learnedFrom: "machine", known: false, evidence: evidence("machine", say) };
    }
    const other = nearest(this.doubtful, at);
    const otherZone = other?.offsetMinutes === undefined ? undefined : zoneOfOffset(other.offsetMinutes);
    if (other !== undefined && otherZone !== undefined) yield this.candidate(other, otherZone, false);
    yield inUtc;
    if (this.userZone !== undefined) {
      const { value: zone, place } = this.userZone;
      const say = (): string =>
        l10n.t(
          "agents.defaults.userTimezone is {0}; it sets the stamps in messages and not the gateway's own clock.",
          zone,
        );
      yield { zone, learnedFrom: "config", known: false, evidence: evidence("config", say, place) };
    }
  }
}

const DAY = 24 * 60 * 60_000;

/** So long an offset holds when it was seen on one side only: clocks may change in between. */
const OFFSET_HOLDS = 30 * DAY;

/** So far apart may two sightings of the same offset be for the clocks not to have changed twice in between. */
const SAME_SEASON = 120 * DAY;

/** A zone by name knows when its clocks change; hosts are seldom moved. */
const NAME_HOLDS = 183 * DAY;

/** The last one before and the first one after a moment. */
function around(sightings: readonly Sighting[], at: number): readonly Sighting[] {
  let [low, high] = [0, sightings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sightings[middle]?.at ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return [sightings[low - 1], sightings[low]].filter((each) => each !== undefined);
}

function nearest(sightings: readonly Sighting[], at: number): Sighting | undefined {
  return around(sightings, at).toSorted((one, other) => distance(one, at) - distance(other, at))[0];
}

function distance(sighting: Sighting | undefined, at: number): number {
  return sighting === undefined ? Infinity : Math.abs(sighting.at - at);
}

function fits({ name }: Sighting, seen: Sighting): boolean {
  return name !== undefined && offsetMinutesAt(seen.at, name) === seen.offsetMinutes;
}

/** Whether the offset still held at the moment: it was seen not long from it, or on both sides in one season. */
function holds(closest: Sighting, others: readonly Sighting[], at: number): boolean {
  const onOtherSide = others.filter((other) => other.at > at !== closest.at > at);
  const before = Math.min(...onOtherSide.map((other) => distance(other, at)));
  const disagrees = onOtherSide.some(
    (other) => distance(other, at) === before && other.offsetMinutes !== closest.offsetMinutes,
  );
  // Clocks changed, or the host was moved, somewhere in between: only what was seen hours away still tells.
  if (disagrees && before <= OFFSET_HOLDS) return distance(closest, at) <= DAY / 2;
  if (distance(closest, at) <= OFFSET_HOLDS) return true;
  return !disagrees && before + distance(closest, at) <= SAME_SEASON;
}

/** The first candidate of each offset at that moment. */
function distinctAt(at: number, candidates: readonly ZoneCandidate[]): readonly ZoneCandidate[] {
  const found = new Map<number | string, ZoneCandidate>();
  for (const candidate of candidates) {
    const offset = offsetMinutesAt(at, candidate.zone) ?? candidate.zone;
    if (!found.has(offset)) found.set(offset, candidate);
  }
  return [...found.values()];
}

function isKnown({ known }: ZoneCandidate): boolean {
  return known;
}

const inUtc: ZoneCandidate = {
  zone: "UTC",
  learnedFrom: "utc",
  known: false,
  evidence: evidence("machine", () =>
    l10n.t("Servers and containers mostly run in UTC; nothing was seen that says so here."),
  ),
};
