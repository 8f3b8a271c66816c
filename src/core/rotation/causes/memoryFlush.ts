import { endedFile, namedFile } from "../compared";
import * as l10n from "@vscode/l10n";
import { type Judgement, silent } from "../judgement";
import { loggedEvent } from "../logLines";
import { namedByLog } from "../namedByLog";
import { ranges } from "../ranges";
import type { RotationFacts } from "../rotationFacts";

/** Saving memories before a compaction failed again and again, and OpenClaw started anew (2026.7.1–7.35). Only a log tells. */
export function judgeMemoryFlush(facts: RotationFacts): Judgement {
  const line = loggedEvent(facts, ["memory-flush-exhausted"]);
  if (line === undefined) return silent;
  const file = endedFile(facts.boundary);
  const left =
    file === undefined || facts.boundary.archive !== undefined
      ? []
      : [namedFile(file, (base) => l10n.t("{0} was left under its own name.", base))];
  return namedByLog(facts, "memory-flush", line, { range: ranges.memoryFlush, leaves: "in-place", more: left });
}
