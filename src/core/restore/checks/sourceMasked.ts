import * as l10n from "@vscode/l10n";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { type Check, ok, warning } from "./check";

/** OpenClaw can store a token in place of a secret; the model reads the token. */
export const checkSourceMasked: Check = function* ({ source: { index } }) {
  if (index === undefined) return;
  const { count, firstLine } = index.masked;
  if (count === 0) {
    yield ok("source-masked", l10n.t("No words were replaced by OpenClaw before they were stored."));
    return;
  }
  const messages = formatCount("message", count);
  yield warning(
    "source-masked",
    firstLine === undefined
      ? l10n.t("In {0} OpenClaw stored a token in place of what looked like a secret.", messages)
      : l10n.t(
          "In {0} OpenClaw stored a token in place of what looked like a secret, first in line {1}.",
          messages,
          formatNumber(firstLine),
        ),
    l10n.t("What was replaced is not on disk and does not come back; say it again in another way where it matters."),
  );
};
