import * as l10n from "@vscode/l10n";
import { evidence } from "../../evidence/evidence";
import { archiveReason, namedFile } from "../compared";
import { type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";
import { successorFileOf } from "../successorFile";

/** Somebody went back to a compaction checkpoint, or branched from one (2026.4.7–2026.7.35). */
export function judgeCheckpointRestore(facts: RotationFacts): Judgement {
  const successor = successorFileOf(facts.boundary.to);
  if (successor === undefined || archiveReason(facts.boundary) === "deleted") return silent;
  const { file, parent } = successor;
  const name = namedFile(file, (base) =>
    l10n.t("{0} is named as compactions and checkpoints name the file that they continue in.", base),
  );
  if (parent?.includes(".checkpoint.") === true) {
    const say = (): string => l10n.t("Its header names the checkpoint {0} as its parent.", parent);
    return likely("checkpoint-restore", [evidence("transcript", say, { file: file.path, line: 1 }), name]);
  }
  const checkpoints = facts.boundary.conversation?.row?.checkpoints ?? [];
  const { sessionId } = facts.boundary.from;
  if (
    parent !== undefined ||
    !checkpoints.some((one) => one.sessionId === sessionId || one.preSessionId === sessionId)
  ) {
    return silent;
  }
  const listed = evidence("store", () => l10n.t("The store row lists checkpoints of session {0}.", sessionId));
  return possible("checkpoint-restore", [name, listed]);
}
