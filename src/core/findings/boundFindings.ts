import * as l10n from "@vscode/l10n";
import { formatNumber } from "../text/formatSize";
import type { Finding, Severity } from "./finding";

/** Of one kind and one agent. Nobody reads more, and a list of ten thousand hides what else there is. */
const LISTED = 200;

/** Passes findings on; what is too much of one kind becomes one finding that counts the rest and is as bad as its worst. */
export function* boundFindings(findings: Iterable<Finding>): Generator<Finding> {
  const counts = new Map<string, number>();
  const rests = new Map<string, { readonly first: Finding; count: number; severity: Severity }>();
  for (const finding of findings) {
    const kind = `${finding.code}\n${finding.subject.agentId ?? ""}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= LISTED) {
      yield finding;
      continue;
    }
    const rest = rests.get(kind);
    if (rest === undefined) rests.set(kind, { first: finding, count: 1, severity: finding.severity });
    else {
      rest.count++;
      rest.severity = worse(rest.severity, finding.severity);
    }
  }
  for (const { first, count, severity } of rests.values()) {
    if (count === 1) yield first;
    else yield summary(first, count, severity);
  }
}

function summary(first: Finding, count: number, severity: Severity): Finding {
  const { stateDir, agentId } = first.subject;
  return {
    ...first,
    severity,
    title: l10n.t("{0}, and {1} more findings like this", first.title, formatNumber(count - 1)),
    detail: l10n.t(
      "{0} findings of one kind are told together. The first of them: {1}",
      formatNumber(count),
      first.detail,
    ),
    subject: { stateDir, agentId },
    knownIssues: [],
  };
}

function worse(a: Severity, b: Severity): Severity {
  if (a === "error" || b === "error") return "error";
  return a === "warning" || b === "warning" ? "warning" : "info";
}
