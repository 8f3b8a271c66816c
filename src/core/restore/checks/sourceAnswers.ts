import * as l10n from "@vscode/l10n";
import { messageCount } from "../../index/transcriptIndex";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { blocker, type Check, ok, nameOf } from "./check";

/** A transcript without a row of the assistant is emptied before the next run (prepareSessionManagerForRun; run: 2026.7.35). */
export const checkSourceAnswers: Check = function* ({ source: { index, file } }) {
  if (index === undefined) return;
  const { roles } = index;
  // OpenClaw's own replies are rows of the assistant as well.
  if (roles.assistant + roles.mirror > 0) {
    yield ok(
      "source-answers",
      l10n.t(
        "It holds {0}, {1} of them the model's.",
        formatCount("message", messageCount(roles)),
        formatNumber(roles.assistant),
      ),
    );
    return;
  }
  yield blocker(
    "source-answers",
    roles.user === 0
      ? l10n.t("{0} holds no messages.", nameOf(file.path))
      : l10n.t(
          "{0} holds {1} and no answer: OpenClaw empties such a transcript before its next run.",
          nameOf(file.path),
          formatCount("message", roles.user),
        ),
    l10n.t("Read it here or export it, and send the words again; the file stays as it is."),
  );
};
