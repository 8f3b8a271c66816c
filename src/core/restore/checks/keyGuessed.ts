import * as l10n from "@vscode/l10n";
import { guessedKey } from "../guessedKey";
import { blocker, type Check, ok, quoted, someOf, warning } from "./check";

/** What is put back under the key of another chat is read by other people. A key that somebody named is no guess. */
export const checkKeyGuessed: Check = function* ({ request: { target }, agent, window }) {
  if (target.kind !== "in-place") return;
  const guess = guessedKey(agent, window.windowId, target.key);
  if (guess === undefined) return;
  const { key, evidence, others } = guess;
  if (target.keyIsNamed === true) {
    yield ok(
      "key-guessed",
      l10n.t("You named the key {0}; on disk only the time speaks for it. {1}", quoted(key), evidence),
    );
  } else if (others.length === 0) {
    yield warning(
      "key-guessed",
      l10n.t(
        "That this was a conversation of {0} is concluded, nothing on disk names its key. {1}",
        quoted(key),
        evidence,
      ),
      l10n.t(
        "Look into the transcript first; if it is another chat's, name its key (on the command line: --key), or restore side by side (--into-new-key).",
      ),
    );
  } else {
    yield blocker(
      "key-guessed",
      l10n.t(
        "That this was a conversation of {0} is a guess: these began at about the same time and fit as well: {1}. {2}",
        quoted(key),
        someOf(others),
        evidence,
      ),
      l10n.t(
        "Look into the transcript, then name the key it belongs to (on the command line: --key; in the editor choose it with Change Where…), or restore side by side (--into-new-key).",
      ),
    );
  }
};
