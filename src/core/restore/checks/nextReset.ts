import type { ResetPolicy, Surroundings } from "../../surroundings/surroundings";
import { isoTime } from "../../text/formatTime";
import { nextBoundary } from "../nextReset";

/** From when on the next message resets the restored conversation again. */
export interface NextReset {
  readonly by: "daily" | "idle";
  /** Epoch ms. */
  readonly at: number;
  /** Zone that the daily hour is reckoned in; whether it was seen. */
  readonly zone: string;
  readonly zoneKnown: boolean;
  readonly policy: ResetPolicy;
}

/** The earliest by any way in which the versions that may run here read the config; undefined: nothing resets it by itself. */
export function nextReset({ policy, zone: [zone] }: Surroundings, now: number): NextReset | undefined {
  let first: NextReset | undefined;
  const take = (by: NextReset["by"], at: number | undefined, of: ResetPolicy): void => {
    if (at === undefined || isoTime(at) === undefined || (first !== undefined && first.at <= at)) return;
    first = { by, at, zone: zone.zone, zoneKnown: zone.known, policy: of };
  };
  for (const each of policy) {
    if (each.daily !== undefined) take("daily", nextBoundary(now, each.daily.atHour, zone.zone), each);
    if (each.idle !== undefined) take("idle", now + each.idle.minutes * MINUTE, each);
  }
  return first;
}

const MINUTE = 60_000;
