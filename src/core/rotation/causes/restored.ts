import * as l10n from "@vscode/l10n";
import { type NamingRecord, record } from "../../evidence/evidence";
import { shortened } from "../../text/shortened";
import { iso } from "../compared";
import { certain, type Judgement, silent } from "../judgement";
import type { RestoreFact, RotationFacts } from "../rotationFacts";

/** The inspector's own receipt names this archive and this session: nobody has reset anything. */
export function judgeRestored({ restore }: RotationFacts): Judgement {
  return restore === undefined ? silent : certain("restored", receipt(restore));
}

function receipt(fact: RestoreFact): NamingRecord {
  return record("receipt", () => told(fact), fact.place);
}

function told({ kind, id, of, at, from = "", to }: RestoreFact): string {
  const when = iso(at);
  if (to === undefined) {
    return l10n.t("The receipt {0} of {1} says that session {2} was set aside by it.", id, when, from);
  }
  switch (kind) {
    case "restore":
      return l10n.t(
        "The receipt {0} of a restore, {1}, says that session {2} was set aside so that session {3} is current again.",
        ...[id, when, from, shortened(to)],
      );
    case "undo":
      return l10n.t(
        "The receipt {0} of an undo of {1}, {2}, says that session {3} was set aside so that session {4} is current again.",
        ...[id, of ?? "", when, from, shortened(to)],
      );
    case "switch-back":
      return l10n.t(
        "The receipt {0} of switching back from {1}, {2}, says that session {3} was set aside so that session {4} is current again.",
        ...[id, of ?? "", when, from, shortened(to)],
      );
  }
}
