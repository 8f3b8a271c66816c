import * as l10n from "@vscode/l10n";
import type { VersionRange } from "../../locations/versionRange";
import { momentText } from "../../report/moment";
import { within } from "../../surroundings/versionFact";
import { formatNumber } from "../../text/formatSize";
import { toldTime } from "../../text/toldTime";
import type { RestoreCheck } from "../restoreCheck";
import type { RestoreFacts } from "../restoreFacts";
import type { RestoreDraft } from "../restorePlan";
import { blocker, type Check, ok, warning } from "./check";
import { type NextReset, nextReset } from "./nextReset";
import { plannedNumber } from "./plannedEntry";

/** Turns of heartbeats reset a conversation that is due, too (initSessionState; run: 2026.3.13). */
const heartbeatsReset: VersionRange = { from: "2026.1.0", until: "2026.3.31" };

/** Later than this nobody is told: "not for a year". */
const FAR = 300 * 86_400_000;

/**
 * A restored conversation is judged by the same rule that reset it: up to 2026.4.24 by `updatedAt`, from 2026.4.25 on by
 * `sessionStartedAt` and `lastInteractionAt`, each falling back to something older (run: 2026.3.13, 2026.4.21, 2026.5.18, 2026.7.35).
 */
export const checkFreshness: Check = function* (facts, draft) {
  const { now, surroundings } = facts;
  if (draft !== undefined && draft.plan.kind === "restore") yield* timesWritten(draft);
  const next = nextReset(surroundings, now);
  if (next === undefined) {
    yield ok(
      "freshness",
      l10n.t("Nothing resets this conversation by itself, by the config and by what OpenClaw does without one."),
    );
  } else if (next.at - now > FAR) {
    yield ok("freshness", l10n.t("Nothing resets this conversation by itself before {0}.", toldTime(next.at) ?? ""));
  } else {
    yield resetAgain(next, facts);
  }
};

/** The three times are written together: which of them decides depends on the version. */
function* timesWritten({ plan }: RestoreDraft): Generator<RestoreCheck> {
  const entry = plan.entries.find(({ key }) => key === plan.key)?.after;
  if (entry === undefined) return;
  const missing = times.filter((name) => !(Math.abs((plannedNumber(entry, name) ?? 0) - plan.createdAt) <= SAME));
  yield missing.length === 0
    ? ok(
        "freshness",
        l10n.t(
          "The next message does not reset it again: updatedAt, sessionStartedAt and lastInteractionAt of its entry are set to now, which every version of OpenClaw goes by.",
        ),
      )
    : blocker(
        "freshness",
        l10n.t(
          "The plan does not set these times to now, so the very next message could reset the conversation again: {0}.",
          missing.join(", "),
        ),
        l10n.t("Make a new plan; if it happens again, report it please."),
      );
}

const times = ["updatedAt", "sessionStartedAt", "lastInteractionAt"] as const;

/** Milliseconds that rounding may take. */
const SAME = 1_000;

function resetAgain(next: NextReset, { surroundings, now }: RestoreFacts): RestoreCheck {
  const remedy = l10n.t(
    'So that it does not happen, write `session: { reset: { mode: "idle", idleMinutes: 525600 } }` into openclaw.json before then; every OpenClaw version takes that for "not for a year".',
  );
  const byHeartbeat = surroundings.heartbeat.on && within(surroundings.version, heartbeatsReset) !== "no";
  const text = whenReset(next, now);
  return warning(
    "freshness",
    byHeartbeat ? `${text} ${l10n.t("Up to 2026.3.31 a heartbeat does it, too.")}` : text,
    remedy,
  );
}

function whenReset({ by, at, zone, zoneKnown }: NextReset, now: number): string {
  const utc = toldTime(at) ?? "";
  if (by === "idle") {
    return l10n.t(
      "Unless somebody writes before, the first message after {0} resets it again: the policy is {1} minutes of idleness.",
      utc,
      formatNumber(Math.round((at - now) / 60_000)),
    );
  }
  const local = momentText(at, zone);
  if (local === utc) {
    return zoneKnown
      ? l10n.t("The first message after {0} resets it again: the policy is a reset every day.", utc)
      : l10n.t(
          "The first message after {0} resets it again, if the gateway's clock is in UTC: the policy is a reset every day.",
          utc,
        );
  }
  return zoneKnown
    ? l10n.t(
        "The first message after {0} resets it again, by the gateway's clock {1}: the policy is a reset every day.",
        utc,
        local,
      )
    : l10n.t(
        "The first message after {0} resets it again, if the gateway's clock says {1} then: the policy is a reset every day.",
        utc,
        local,
      );
}
