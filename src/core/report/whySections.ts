import * as l10n from "@vscode/l10n";
import type { Cause } from "../rotation/rotation";
import { causeExplained, causeName, causeTitle, confidenceExplained } from "./causeName";
import { executorSentence, originSentence } from "./executorName";
import { type Report, writeEvidence, writeNewEvidence } from "./report";
import type { ReportWriter } from "./reportWriter";

export function writeWhy(writer: ReportWriter, report: Report): void {
  const { causes } = report.rotation;
  const isNamed = causes[0]?.confidence === "certain";
  writer.heading(l10n.t("Why"));
  for (const [index, cause] of causes.entries()) {
    if (index > 0) writer.blank();
    if (isNamed && index > 0) writeOutdone(writer, report, cause);
    else writeCause(writer, report, cause, causes.length === 1 || isNamed ? "  " : `  ${String(index + 1)}. `);
  }
  if (causes.length === 0) writeUnknown(writer, report);
  writer.blank();
  writer.text("  ", originSentence(report.rotation));
}

function writeCause(writer: ReportWriter, report: Report, cause: Cause, first: string): void {
  writer.text(
    first,
    l10n.t("{0}. {1}", causeTitle(cause.cause), confidenceExplained(cause.confidence, report.rotation.surroundings)),
  );
  const indent = " ".repeat(first.length);
  writer.text(indent, causeExplained(cause.cause));
  writeNewEvidence(writer, report, `${indent}+ `, cause.evidence);
  if (cause.against.length > 0) {
    writer.text(indent, l10n.t("What speaks against it:"));
    for (const each of cause.against) writeEvidence(writer, report, `${indent}- `, each);
  }
  if (cause.missing.length > 0) {
    writer.text(indent, l10n.t("What would settle it and is not there:"));
    for (const each of cause.missing) writer.text(`${indent}? `, report.discretion.text(each));
  }
}

/** What would be a cause if no record named another one. */
function writeOutdone(writer: ReportWriter, report: Report, { cause, evidence, against }: Cause): void {
  writer.text("  ", l10n.t("Also possible: {0}. But a record names the cause above.", causeName(cause)));
  writeNewEvidence(writer, report, "  + ", evidence);
  writeNewEvidence(writer, report, "  - ", against);
}

function writeUnknown(writer: ReportWriter, report: Report): void {
  const { compared, missing } = report.rotation;
  writer.text("  ", l10n.t("That cannot be told. This was compared, and no cause fits:"));
  writeNewEvidence(writer, report, "  · ", compared);
  if (missing.length === 0) return;
  writer.text("  ", l10n.t("What would settle it and is not there:"));
  for (const each of missing) writer.text("  ? ", report.discretion.text(each));
}

export function writeExcluded(writer: ReportWriter, report: Report): void {
  const { excluded } = report.rotation;
  if (excluded.length === 0) return;
  writer.heading(l10n.t("What it was not"));
  for (const { cause, because } of excluded) {
    writer.text("  ", causeTitle(cause));
    // The first is what excludes it; the others may stand above.
    writeEvidence(writer, report, "  - ", because[0]);
    for (const each of because.slice(1)) writeNewEvidence(writer, report, "  - ", [each]);
  }
}

export function writeExecutor(writer: ReportWriter, report: Report): void {
  const { kind, evidence } = report.rotation.executedBy;
  writer.heading(l10n.t("Who carried it out"));
  writer.text("  ", executorSentence(kind));
  writeNewEvidence(writer, report, "  + ", evidence);
}

export function writeKnownIssues(writer: ReportWriter, report: Report): void {
  const { knownIssues } = report.rotation;
  if (knownIssues.length === 0) return;
  writer.heading(l10n.t("Known issues"));
  for (const { issue, about } of knownIssues) {
    // No thousands separator in a number that is a name.
    writer.text("  ", l10n.t("Matches openclaw/openclaw#{0}: {1}", String(issue), report.discretion.text(about)));
  }
}
