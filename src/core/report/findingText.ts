import * as l10n from "@vscode/l10n";
import type { Finding } from "../findings/finding";
import type { Severity } from "../findings/finding";
import { visibleLine } from "../text/visibleText";
import type { Discretion } from "./discretion";
import { writeEvidence } from "./report";
import type { RenderedReport } from "./renderedReport";
import { ReportWriter } from "./reportWriter";

export function severityName(severity: Severity): string {
  switch (severity) {
    case "error":
      return l10n.t("error");
    case "warning":
      return l10n.t("warning");
    case "info":
      return l10n.t("note");
  }
}

/** A finding as a document of its own: title, numbers, evidence with its places, and what to do next. */
export function renderFinding(finding: Finding, { discretion, timeZone, width }: FindingTextOptions): RenderedReport {
  const writer = new ReportWriter(width ?? 100);
  writer.title(discretion.text(finding.title), severityName(finding.severity));
  writeFindingBody(writer, finding, { discretion, timeZone, indent: "" });
  return writer.finished();
}

export interface FindingTextOptions {
  readonly discretion: Discretion;
  readonly timeZone: string | undefined;
  /** Columns; 100 when absent. */
  readonly width?: number | undefined;
}

/** All but the title. */
export function writeFindingBody(
  writer: ReportWriter,
  finding: Finding,
  { discretion, timeZone, indent }: Omit<FindingTextOptions, "width"> & { readonly indent: string },
): void {
  writer.text(indent, discretion.text(finding.detail));
  writeProofs(writer, finding, { discretion, timeZone, indent });
  writer.text(indent, l10n.t("What to do: {0}", visibleLine(discretion.text(finding.next), 1000)));
}

function writeProofs(
  writer: ReportWriter,
  finding: Finding,
  { discretion, timeZone, indent }: Omit<FindingTextOptions, "width"> & { readonly indent: string },
): void {
  const report = { stateDir: { path: finding.subject.stateDir }, discretion, timeZone };
  for (const each of finding.evidence) writeEvidence(writer, report, `${indent}+ `, each);
  for (const { issue, about } of finding.knownIssues) {
    writer.text(indent, l10n.t("Matches openclaw/openclaw#{0}: {1}", String(issue), discretion.text(about)));
  }
}
