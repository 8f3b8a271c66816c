import * as l10n from "@vscode/l10n";
import type { Rotation } from "../rotation/rotation";
import { startOf } from "../rotation/windowOrder";
import { dailyBoundaryBefore } from "../surroundings/dailyBoundary";
import { toldTime } from "../text/toldTime";
import { visibleLine } from "../text/visibleText";

/**
 * What the daily boundary would say if the gateway had run in another zone, with the numbers. Undefined where the zone makes
 * no difference: no daily policy, or nothing to compare with.
 */
export function verdictInZone(
  rotation: Pick<Rotation, "at" | "cost" | "from" | "surroundings">,
  zone: string,
): string | undefined {
  const { at, cost, from, surroundings } = rotation;
  const daily = surroundings.policy.find((policy) => policy.daily)?.daily;
  if (at === undefined || !daily) return undefined;
  const boundary = dailyBoundaryBefore(at, daily.atHour, zone);
  const compared = daily.clock === "sessionStartedAt" ? startOf(from) : (cost.lastAt ?? from.lastAt);
  const [boundaryText, comparedText] = [toldTime(boundary), toldTime(compared)];
  if (compared === undefined || boundaryText === undefined || comparedText === undefined) return undefined;

  const name = visibleLine(zone, 60);
  if (daily.clock === "sessionStartedAt") {
    return compared < boundary
      ? l10n.t(
          "If the gateway had run in {0} instead: the daily boundary before the reset was at {1}, after the session began ({2}); a daily reset would fit as well.",
          name,
          boundaryText,
          comparedText,
        )
      : l10n.t(
          "If the gateway had run in {0} instead: the daily boundary before the reset was at {1}, before the session began ({2}); it could not be a daily reset.",
          name,
          boundaryText,
          comparedText,
        );
  }
  return compared < boundary
    ? l10n.t(
        "If the gateway had run in {0} instead: the daily boundary before the reset was at {1}, after the last activity ({2}); a daily reset would fit as well.",
        name,
        boundaryText,
        comparedText,
      )
    : l10n.t(
        "If the gateway had run in {0} instead: the daily boundary before the reset was at {1}, before the last activity ({2}); it could not be a daily reset.",
        name,
        boundaryText,
        comparedText,
      );
}
