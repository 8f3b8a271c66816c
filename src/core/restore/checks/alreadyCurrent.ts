import * as l10n from "@vscode/l10n";
import { messageCount } from "../../index/transcriptIndex";
import { formatCount } from "../../text/formatCount";
import { blocker, type Check, quoted, warning } from "./check";
import { isInPlace } from "./subject";

/** Nothing is displaced by itself. An older or fuller copy of the window that is current can still be meant. */
export const checkAlreadyCurrent: Check = function* (facts) {
  const { conversation, window, source, displaced, request } = facts;
  const header = source.index?.header;
  if (!isInPlace(facts) || displaced === undefined || header === undefined) return;
  const current = conversation?.windows.find(({ kind }) => kind === "live");
  if (current === undefined || current.windowId !== window.windowId || displaced.headerId !== header.id) return;
  if (displaced.file === undefined) return;
  const isSameFile = displaced.file.path === source.realPath;
  const messages = source.index && messageCount(source.index.roles);
  const isFuller = messages !== undefined && messages > (displaced.messages ?? Infinity);
  if (!isSameFile && (isFuller || request.file !== undefined)) {
    yield warning(
      "already-current",
      l10n.t(
        "This is another copy of the conversation that is current now: it has {0}, the current one {1}.",
        formatCount("message", messages ?? 0),
        formatCount("message", displaced.messages ?? 0),
      ),
      l10n.t(
        "Restore it into a new key if you want both side by side; in place, the current one is set aside and kept.",
      ),
    );
    return;
  }
  yield blocker(
    "already-current",
    l10n.t("This is the conversation that is current now, session {0}.", quoted(displaced.sessionId)),
    l10n.t("There is nothing to restore; choose an earlier window, or send a message and go on."),
  );
};
