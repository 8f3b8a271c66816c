import * as l10n from "@vscode/l10n";
import { isoTime } from "../../text/formatTime";
import { toldDuration, toldTime } from "../../text/toldTime";
import { blocker, ok, type PlaceCheck, warning } from "./check";

/**
 * Everything that is written says "now". By a clock that is behind, the entry would be stale at once, and an archive that is
 * stamped weeks back would be deleted by retention with the next message.
 */
export const checkClock: PlaceCheck = function* ({ now, disk, rows }) {
  const entry = newest(rows.map(({ updatedAt }) => updatedAt));
  const file = newest([disk.newest]);
  const told = toldTime(now) ?? "";
  // One odd time stamp proves nothing; the index and the files together do.
  if (entry - now > DAY && file - now > DAY) {
    yield blocker(
      "clock",
      l10n.t(
        "It is {0} by the clock of this machine, but the index was changed {1} and a file {2}: what is set aside now would be deleted as old.",
        told,
        toldTime(entry) ?? "",
        toldTime(file) ?? "",
      ),
      l10n.t("Set the clock, then try again."),
    );
    return;
  }
  const later = Math.max(entry, file);
  if (later - now > TOLERANCE) {
    yield warning(
      "clock",
      entry > file
        ? l10n.t(
            "It is {0} by the clock of this machine, but the index was changed {1}, {2} later.",
            told,
            toldTime(entry) ?? "",
            toldDuration(entry - now),
          )
        : l10n.t(
            "It is {0} by the clock of this machine, but a file was changed {1}, {2} later.",
            told,
            toldTime(file) ?? "",
            toldDuration(file - now),
          ),
      l10n.t(
        "Look whether the clock is right: with a wrong one the restored conversation may be taken for old and reset again.",
      ),
    );
    return;
  }
  yield ok("clock", l10n.t("The clock is later than everything that was written here: {0}.", isoTime(now) ?? told));
};

/** Clocks of two machines on one disk differ by so much. */
const TOLERANCE = 2_000;
const DAY = 86_400_000;

/** -Infinity where there is none; a store may hold any number. */
function newest(times: readonly (number | undefined)[]): number {
  let last = -Infinity;
  for (const at of times) if (at !== undefined && isoTime(at) !== undefined && at > last) last = at;
  return last;
}
