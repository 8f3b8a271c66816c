import * as l10n from "@vscode/l10n";
import type { Finding, Severity } from "../finding";
import type { FindingInput } from "../findingInput";
import { type Gap, gapsOf } from "../gap";
import { gapFinding } from "./gapFinding";
import { isStillStopped, stopsOf } from "./savingStopped";

/** From the last saved entry to the next one or to now, where something shows that there was more to save. */
export function* holes(input: FindingInput): Generator<Finding> {
  const stops = stopsOf(input);
  for (const gap of gapsOf(input)) {
    if (isStillStopped(gap, stops)) continue;
    const severity = severityOf(gap);
    yield gapFinding(input, gap, {
      code: "hole",
      severity,
      title:
        severity === "info"
          ? l10n.t("{0} may have a hole: something happened after the last saved entry", gap.conversation.label)
          : l10n.t("{0} has a hole: what was said in it was not saved", gap.conversation.label),
    });
  }
}

function severityOf({ signs }: Gap): Severity {
  if (signs.some(({ weight }) => weight === "strong")) return "error";
  const weak = new Set(signs.filter(({ weight }) => weight === "weak").map(({ kind }) => kind));
  return weak.size > 1 ? "warning" : "info";
}
