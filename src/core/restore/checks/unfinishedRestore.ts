import * as l10n from "@vscode/l10n";
import { blocker, type PlaceCheck, quoted, someOf } from "./check";

/** What was begun is ended first: a plan made in between would take the half of it for the state of things. */
export const checkUnfinishedRestore: PlaceCheck = function* ({ unfinished }) {
  const [first] = unfinished;
  if (first === undefined) return;
  yield blocker(
    "unfinished-restore",
    l10n.t("A restore was begun here and not ended: {0}.", someOf(unfinished)),
    l10n.t(
      "Finish it or take it back first: `openclaw-sessions recover {0}` with --finish or --take-back, or the notification in the editor.",
      quoted(first),
    ),
  );
};
