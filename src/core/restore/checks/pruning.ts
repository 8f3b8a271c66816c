import * as l10n from "@vscode/l10n";
import type { VersionRange } from "../../locations/versionRange";
import { parseSessionKey } from "../../names/sessionKey";
import { parseDuration } from "../../surroundings/duration";
import { within } from "../../surroundings/versionFact";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { toldTime } from "../../text/toldTime";
import { type Check, ok, warning } from "./check";
import { isOwnIndex } from "../incoming";
import { targetKey } from "./subject";

/** Entries that were not used for `pruneAfter` are removed, and those beyond `maxEntries`, oldest first, where mode is `enforce`. */
const maintaining: VersionRange = { from: "2026.2.9", until: "2026.7.35" };
/** `enforce` is what happens without a config. */
const enforcing: VersionRange = { from: "2026.4.20", until: "2026.7.35" };
/** Entries of groups, channels and threads stay (run: 2026.7.35). */
const groupsStay: VersionRange = { from: "2026.5.2", until: undefined };
/** `openclaw sessions cleanup` removes old files that no entry names. */
const cleaning: VersionRange = { from: "2026.5.5", until: "2026.7.35" };

const DAY = 86_400_000;

/** What removes entries and files that nobody uses: a direct chat that was idle for 40 days went with a message of another one (run: 2026.7.35). */
export const checkPruning: Check = function* (facts, draft) {
  const { surroundings, stateDir, now, rows } = facts;
  const { version } = surroundings;
  const maintenance = stateDir.configFacts?.maintenance;
  const mode = maintenance?.mode?.value;
  const applies =
    mode === undefined ? within(version, enforcing) : mode === "enforce" ? within(version, maintaining) : "no";
  const key = targetKey(facts, draft);
  const isGroup = key !== undefined && isShared(key) && within(version, groupsStay) === "yes";
  if (applies !== "no" && !isGroup) {
    const written = maintenance?.pruneAfter?.value;
    const parsed = written === undefined ? undefined : parseDuration(written, "d");
    const after = parsed !== undefined && parsed > 0 ? parsed : 30 * DAY;
    const told = toldTime(now + after);
    if (told !== undefined) {
      yield ok(
        "pruning",
        l10n.t(
          "Its entry counts as used from now on; unless it is used again, OpenClaw may remove it after {0}.",
          told,
        ),
      );
    }
  }
  const most = maintenance?.maxEntries?.value;
  const limit = most !== undefined && most > 0 ? most : 500;
  const own = rows.filter((row) => isOwnIndex(facts, row.storePath));
  const isNew = !own.some((row) => row.key === key);
  if (applies !== "no" && isNew && own.length + 1 > limit) {
    yield warning(
      "pruning",
      l10n.t(
        "The index has {0} and OpenClaw keeps {1}: with one more, it removes the entry that was unused longest.",
        formatCount("entry", own.length),
        formatNumber(limit),
      ),
      l10n.t("Raise session.maintenance.maxEntries in openclaw.json first, or restore into the key that exists."),
    );
  }
  if (maintenance?.maxDiskBytes !== undefined && applies !== "no") {
    yield warning(
      "pruning",
      l10n.t(
        "session.maintenance.maxDiskBytes is {0}: beyond that OpenClaw deletes archives, the oldest first.",
        String(maintenance.maxDiskBytes.value),
      ),
      l10n.t(
        "Raise it in openclaw.json before the next message if the sessions directory is near it; the backups are not touched.",
      ),
    );
  }
  if (within(version, cleaning) !== "no") {
    yield ok(
      "pruning",
      l10n.t("No clean-up takes the new file for an orphan: an entry names it, and its time is that of the restore."),
    );
  }
};

function isShared(key: string): boolean {
  const { about } = parseSessionKey(key);
  if ("thread" in about && about.thread !== undefined) return true;
  return about.kind === "group" || about.kind === "channel" || about.kind === "room";
}
