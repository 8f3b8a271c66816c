import * as l10n from "@vscode/l10n";
import { blocker, type Check, ok, quoted, warning } from "./check";

/** The id of a session is the header's; its file may have the name of another (2026.3.28–2026.5.7, after `sessions.reset`). */
export const checkSourceIds: Check = function* ({ source, window }, draft) {
  const header = source.index?.header;
  const { name } = source.file;
  if (header === undefined || !("sessionId" in name)) return;
  const to = draft?.plan.to;
  if (to !== undefined && to !== header.id) {
    yield ok(
      "source-ids",
      l10n.t(
        "The copy gets an id of its own, {0}: {1} goes on to mean the session it was taken from.",
        quoted(to),
        quoted(header.id),
      ),
    );
  } else if (window.sessionId !== header.id) {
    yield blocker(
      "source-ids",
      l10n.t(
        "The header names session {0}, but the list of conversations has it as {1}.",
        quoted(header.id),
        quoted(window.sessionId),
      ),
      l10n.t("Refresh the list of conversations, then try again."),
    );
  } else if (name.sessionId === header.id) {
    yield ok("source-ids", l10n.t("File name and header name the same session, {0}.", quoted(header.id)));
  } else {
    yield warning(
      "source-ids",
      l10n.t(
        "The file is named after session {0}, but its header says {1}.",
        quoted(name.sessionId),
        quoted(header.id),
      ),
      l10n.t(
        "Nothing has to be done: the header counts, and the entry in the index gets the header's id and the path of the copy.",
      ),
    );
  }
};
