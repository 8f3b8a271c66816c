import * as l10n from "@vscode/l10n";
import { parseSessionKey } from "../../names/sessionKey";
import { ranges } from "../../rotation/ranges";
import { within } from "../../surroundings/versionFact";
import { blocker, type Check, ok } from "./check";
import { hasPlanned, plannedNumber } from "./plannedEntry";

/**
 * A main session whose entry looks ended and whose transcript is newer than the entry is not used again: the next message archives
 * it whatever the times say (2026.7.1–2026.7.35; run: 2026.7.35).
 */
export const checkEndedRow: Check = function* ({ surroundings: { version } }, draft) {
  if (draft?.plan.kind !== "restore" || within(version, ranges.endedRowPerhaps) === "no") return;
  const { key, entries, changes } = draft.plan;
  if (parseSessionKey(key).about.kind !== "main") return;
  const entry = entries.find((each) => each.key === key)?.after;
  if (entry === undefined) return;
  const restored = changes.find(({ role }) => role === "restored")?.after;
  const updatedAt = plannedNumber(entry, "updatedAt");
  const isOlder = restored?.kind === "file" && updatedAt !== undefined && restored.mtimeMs <= updatedAt;
  const left = ["status", "startedAt", "endedAt", "runtimeMs"].filter((name) => hasPlanned(entry, name));
  if (isOlder || left.length === 0) {
    yield ok(
      "freshness",
      l10n.t(
        "It does not look ended either, which OpenClaw 2026.7 would reset at once: its entry says nothing of a run that ended after the transcript was written.",
      ),
    );
    return;
  }
  yield blocker(
    "freshness",
    l10n.t(
      "The entry would look ended and be older than its transcript, so OpenClaw 2026.7 would reset it with the next message: {0}.",
      left.join(", "),
    ),
    l10n.t("Make a new plan; if it happens again, report it please."),
  );
};
