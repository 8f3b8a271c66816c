import * as l10n from "@vscode/l10n";
import type { VersionRange } from "../../locations/versionRange";
import { parseFileName } from "../../names/parseFileName";
import { within } from "../../surroundings/versionFact";
import { formatCount } from "../../text/formatCount";
import { type Check, ok, quoted } from "./check";

/** `compactionCheckpoints` in the entry; files beside the transcript up to 2026.5. */
const listed: VersionRange = { from: "2026.4.7", until: "2026.7.35" };

export const checkCheckpoints: Check = function* ({ names, source, surroundings: { version } }, draft) {
  const id = source.index?.header?.id;
  if (id === undefined) return;
  if (source.file.name.kind === "checkpoint") {
    yield ok(
      "checkpoints",
      l10n.t(
        "A checkpoint is restored as a session of its own; the transcript that was compacted stays a window of session {0}.",
        quoted(id),
      ),
    );
    return;
  }
  if (within(version, listed) === "no") return;
  let count = 0;
  for (const base of names) {
    if (!base.includes(".checkpoint.")) continue;
    const name = parseFileName(base);
    if (name.kind === "checkpoint" && name.sessionId === id) count++;
  }
  if (count === 0) return;
  const files = formatCount("checkpoint", count);
  yield draft?.plan.entries.some(({ after }) => after?.includes('"compactionCheckpoints"')) === true
    ? ok("checkpoints", l10n.t("This session has {0} on disk; its entry lists them.", files))
    : ok("checkpoints", l10n.t("This session has {0} on disk, which stay as they are.", files));
};
