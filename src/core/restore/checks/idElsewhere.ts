import * as l10n from "@vscode/l10n";
import { blocker, type Check, ok, quoted, warning } from "./check";
import { isOwnIndex } from "../incoming";
import { isInPlace, targetId, targetKey } from "./subject";

/** Two keys with one session id append to one file (2026.1–2026.7). */
export const checkIdElsewhere: Check = function* (facts, draft) {
  const id = targetId(facts, draft);
  if (id === undefined) return;
  const key = targetKey(facts, draft);
  // Before there is a plan, a new key may still get an id of its own.
  if (draft === undefined && !isInPlace(facts)) return;
  const others = facts.rows.filter((row) => !(row.key === key && isOwnIndex(facts, row.storePath)));
  const other = others.find(({ sessionId }) => sessionId === id);
  if (other === undefined) {
    const original = others.find(({ sessionId }) => sessionId === facts.source.index?.header?.id);
    yield original === undefined
      ? ok("id-elsewhere", l10n.t("No other conversation of any agent uses session {0}.", quoted(id)))
      : warning(
          "id-elsewhere",
          l10n.t(
            "Session {0} is current under another key already, {1}; what comes back is a copy with an id of its own.",
            quoted(original.sessionId ?? ""),
            quoted(original.key),
          ),
          l10n.t("Nothing has to be done: both go on by themselves. To have it once only, go on with it there."),
        );
    return;
  }
  yield blocker(
    "id-elsewhere",
    l10n.t(
      "Session {0} is current under another key already, {1} in {2}: both would write into one transcript.",
      quoted(id),
      quoted(other.key),
      quoted(other.storePath),
    ),
    isInPlace(facts)
      ? l10n.t("Go on with the conversation there, or restore it into a new key: then the copy gets an id of its own.")
      : l10n.t("Go on with the conversation there."),
  );
};
