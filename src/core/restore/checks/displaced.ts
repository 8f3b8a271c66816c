import * as l10n from "@vscode/l10n";
import { formatCount } from "../../text/formatCount";
import { blocker, type Check, ok, quoted, warning, nameOf } from "./check";
import type { FileChange } from "../fileChange";
import type { RestoreFacts } from "../restoreFacts";
import type { RestoreDraft } from "../restorePlan";
import { isInPlace } from "./subject";

/** What is current now is somebody's conversation too. */
export const checkDisplaced: Check = function* (facts, draft) {
  const { displaced } = facts;
  if (!isInPlace(facts)) {
    yield ok("displaced", l10n.t("Nothing is displaced: the conversation comes back under a key of its own."));
    return;
  }
  if (displaced === undefined) {
    yield ok("displaced", l10n.t("Nothing is displaced: no conversation is current under this key."));
    return;
  }
  const session = quoted(displaced.sessionId);
  if (displaced.file === undefined) {
    yield warning(
      "displaced",
      l10n.t(
        "The index names session {0} as current, but its transcript is not there; nothing of it can be set aside.",
        session,
      ),
      l10n.t("Nothing has to be done: the entry as it was is kept in the backup of sessions.json."),
    );
    return;
  }
  if (displaced.file.links > 1) {
    yield warning(
      "displaced",
      l10n.t(
        "The current transcript {0} has {1} names (hard links).",
        nameOf(displaced.file.path),
        displaced.file.links,
      ),
      l10n.t("Nothing has to be done: only its name in the sessions directory changes, and no byte of it."),
    );
  }
  if (draft !== undefined && !keeps(draft.plan.changes)) {
    yield blocker(
      "displaced",
      l10n.t("The plan gives up {0} without keeping it.", nameOf(displaced.file.path)),
      l10n.t("Make a new plan, or restore into a new key; please report this."),
    );
    return;
  }
  const count = displaced.messages;
  const name = nameOf(displaced.file.path);
  const kept = keptSentence(facts, draft);
  yield ok(
    "displaced",
    count === undefined
      ? l10n.t("Current now is session {0} in {1}. {2}", session, name, kept)
      : l10n.t("Current now is session {0} in {1}, {2}. {3}", session, name, formatCount("message", count), kept),
  );
};

function keptSentence({ request }: RestoreFacts, draft: RestoreDraft | undefined): string {
  if (request.displaced.kind === "new-key") return l10n.t("It goes on under a key of its own.");
  return draft === undefined || draft.plan.changes.some(({ role }) => role === "set-aside")
    ? l10n.t("It is set aside as an archive, as a reset does it.")
    : l10n.t("Its file stays as it is.");
}

/** Each content whose name is given up stands under another name before. */
function keeps(changes: readonly FileChange[]): boolean {
  const givenUp = changes.filter(({ role }) => role === "given-up").length;
  const setAside = changes.filter(({ role }) => role === "set-aside").length;
  return setAside >= givenUp;
}
