import * as l10n from "@vscode/l10n";
import { dailyBoundaryBefore, localTime } from "../surroundings/dailyBoundary";
import type { Surroundings } from "../surroundings/surroundings";
import { offsetMinutesAt } from "../surroundings/zoneOffset";
import { formatNumber } from "../text/formatSize";
import { toldTime } from "../text/toldTime";

const DAY = 24 * 3_600_000;

/** Whole sentences: when a conversation that is touched `now` (epoch ms) is reset by itself the next time. */
export function nextResetSentences({ policy, zone }: Surroundings, now: number): readonly string[] {
  const [{ daily, idle }] = policy;
  const [{ zone: name, known, evidence }] = zone;
  const sentences: string[] = [];
  const at = daily && nextBoundary(now, daily.atHour, name);
  if (daily !== undefined && at === undefined) {
    const hour = `${String(daily.atHour).padStart(2, "0")}:00`;
    sentences.push(l10n.t("With the policy in force it is reset again by the first message after the next {0}.", hour));
  } else if (at !== undefined) {
    const local = offsetMinutesAt(at, name) === 0 ? toldTime(at) : `${localTime(at, name)} (${name}), ${toldTime(at)}`;
    const when = local ?? "";
    sentences.push(
      known
        ? l10n.t("With the policy in force it is reset again by the first message after {0}.", when)
        : l10n.t(
            "With the policy in force it is reset again by the first message after {0}, if the gateway runs in {1}, which is assumed. {2}",
            when,
            name,
            evidence.text,
          ),
    );
  }
  if (idle !== undefined) {
    const minutes = formatNumber(idle.minutes);
    sentences.push(l10n.t("The first message after {0} minutes without any resets it, too.", minutes));
  }
  if (daily === undefined && idle === undefined) {
    sentences.push(l10n.t("With the policy in force nothing resets it by itself."));
  }
  return sentences;
}

/** The first boundary after `now`: the day may have 23, 24 or 25 hours. */
export function nextBoundary(now: number, atHour: number, zone: string): number | undefined {
  return [1, 2].map((days) => dailyBoundaryBefore(now + days * DAY, atHour, zone)).find((at) => at > now);
}
