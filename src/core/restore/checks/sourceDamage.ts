import * as l10n from "@vscode/l10n";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { type Check, ok, warning } from "./check";

/** Damage goes along: nothing of a transcript is left out or mended. */
export const checkSourceDamage: Check = function* ({ source: { index } }, draft) {
  if (index === undefined) return;
  const lines = index.problems.flatMap(({ line }) => line ?? []).slice(0, NAMED);
  if (index.problemCount === 0) {
    yield ok("source-damage", l10n.t("Every line of the transcript can be read."));
  } else {
    const shown = lines.map(formatNumber).join(", ");
    const count = formatCount("problem", index.problemCount);
    yield warning(
      "source-damage",
      lines.length === 0
        ? l10n.t("The transcript has {0}.", count)
        : l10n.t("The transcript has {0}, the first of them in these lines: {1}.", count, shown),
      l10n.t(
        "Nothing has to be done: every line is copied as it is. OpenClaw passes over those that it cannot read, or drops them from its copy; the file they come from keeps them.",
      ),
    );
  }
  // OpenClaw adds a line without a look at the byte before it.
  if (index.withoutLastLine === undefined) return;
  const text = index.problems.some(({ code }) => code === "line.half")
    ? l10n.t("The last line is cut off in the middle, and the file does not end with a line break.")
    : l10n.t("The last line does not end with a line break.");
  const isCopied = draft?.plan.changes.some(({ role }) => role === "restored") ?? true;
  yield warning(
    "source-damage",
    text,
    isCopied
      ? l10n.t(
          "The copy gets one, so that the next message has a line of its own. The file it comes from stays as it is.",
        )
      : l10n.t(
          "The first new message may be joined to that line and be passed over by OpenClaw: send a short one first, or restore side by side a copy that you kept.",
        ),
  );
};

const NAMED = 5;
