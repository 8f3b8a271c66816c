import * as l10n from "@vscode/l10n";
import type { SessionFile } from "../../conversation/model";
import { evidence } from "../../evidence/evidence";
import { archiveReason, endedFile, namedFile } from "../compared";
import { type Judgement, likely, possible, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";
import { successorFileOf } from "../successorFile";

/** `truncateAfterCompaction`: the rest goes on in a file of its own, and the old one is kept (2026.4.22–7.35). */
export function judgeCompactionSuccessor(facts: RotationFacts): Judgement {
  const { from, to } = facts.boundary;
  const successor = successorFileOf(to);
  if (successor === undefined || archiveReason(facts.boundary) === "deleted") return silent;
  const { file, parent } = successor;
  if (parent?.includes(".checkpoint.") === true) return silent;
  const name = namedFile(file, (base) =>
    l10n.t("{0} is named as compactions and checkpoints name the file that they continue in.", base),
  );
  const compactions = file.index?.compactions.count ?? 0;
  const stem = stemOf(endedFile(facts.boundary)) ?? from.sessionId;
  if (parent === undefined || !parent.startsWith(stem)) return possible("compaction-successor", [name]);
  const begun = evidence("transcript", () => l10n.t("Its header names {0} as its parent.", parent), {
    file: file.path,
    line: 1,
  });
  if (compactions === 0) return possible("compaction-successor", [name, begun]);
  const summed = evidence("transcript", () => l10n.t("Compactions in it: {0}.", compactions), { file: file.path });
  return likely("compaction-successor", [name, begun, summed]);
}

/** Of `old-1.jsonl` and of its archives: `old-1`. */
function stemOf(file: SessionFile | undefined): string | undefined {
  return file !== undefined && "stem" in file.name ? file.name.stem : undefined;
}
