import * as l10n from "@vscode/l10n";
import { deadlineOf, lastWriteOf, resetRetentionKey, retentionsOf } from "../../findings/retention";
import { within } from "../../surroundings/versionFact";
import { toldTime } from "../../text/toldTime";
import { type Check, ok, warning } from "./check";
import { isInPlace } from "./subject";

/** Archives of resets and of deleted sessions go after 30 days from the stamp in their names (2026.4.20–2026.7.35). */
export const checkRetention: Check = function* (facts) {
  const { source, surroundings, stateDir, agent, now, request, displaced } = facts;
  const retentions = retentionsOf(surroundings.version, stateDir.configFacts);
  const deadline = deadlineOf(source.file, retentions, lastWriteOf(agent.conversations, now));
  const remedy = keepsArchives(within(surroundings.version, resetRetentionKey) === "yes");
  if (deadline !== undefined) {
    const when = toldTime(deadline.at) ?? "";
    const text =
      deadline.at <= now
        ? l10n.t("OpenClaw deletes the archive itself with the next message: it has been due since {0}.", when)
        : l10n.t("OpenClaw deletes the archive itself with the first message after {0}.", when);
    yield warning("retention", deadline.retention.known ? text : unsure(text), remedy);
  } else {
    yield ok(
      "retention",
      l10n.t("Nothing deletes the file that is restored because of its age, and a copy is put among the backups."),
    );
  }
  const { reset } = retentions;
  if (reset === undefined || displaced?.file === undefined || !isInPlace(facts) || request.displaced.kind !== "archive")
    return;
  const until = l10n.t(
    "The conversation that is current now is set aside as an archive; OpenClaw deletes it with the first message after {0}.",
    toldTime(now + reset.keptMs) ?? "",
  );
  yield warning(
    "retention",
    reset.known ? until : unsure(until),
    l10n.t("A copy of it is put among the backups, too."),
  );
};

/** @param isAccepted whether each version that may run here starts with that setting */
function keepsArchives(isAccepted: boolean): string {
  return isAccepted
    ? l10n.t(
        "A copy is put among the backups, where nothing deletes it. To have archives kept, write `session: { maintenance: { resetArchiveRetention: false } }` into openclaw.json.",
      )
    : l10n.t(
        "A copy is put among the backups, where nothing deletes it. From OpenClaw {0} on archives are kept with `session.maintenance.resetArchiveRetention: false` in openclaw.json; older versions do not start with it.",
        resetRetentionKey.from,
      );
}

function unsure(text: string): string {
  return l10n.t("{0} That is so if OpenClaw 2026.4.20 to 2026.7.35 runs here, which is not known.", text);
}
