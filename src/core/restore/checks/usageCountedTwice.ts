import * as l10n from "@vscode/l10n";
import type { VersionRange } from "../../locations/versionRange";
import { within } from "../../surroundings/versionFact";
import { type Check, warning } from "./check";

/** Usage is summed over transcripts and archives. */
const archivesCount: VersionRange = { from: "2026.4.1", until: "2026.7.35" };

export const checkUsageCountedTwice: Check = function* ({ source: { file }, surroundings: { version } }) {
  if (file.name.kind !== "archive" || within(version, archivesCount) === "no") return;
  yield warning(
    "usage-counted-twice",
    l10n.t(
      "From 2026.4.1 on OpenClaw counts the tokens of archives as well, so those of this conversation are counted twice.",
    ),
    l10n.t("Nothing has to be done: only the figures of usage and cost are too high for those days."),
  );
};
