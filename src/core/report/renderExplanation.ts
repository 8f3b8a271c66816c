import * as l10n from "@vscode/l10n";
import type { Conversation, StateDir } from "../conversation/model";
import type { Explanations } from "../explanations";
import type { Finding, FindingCode } from "../findings/finding";
import type { Rotation } from "../rotation/rotation";
import { momentIn } from "./moment";
import { discretionFor } from "./discretion";
import { writeCost, writeDetails, writeWhatHappened, writeWhereabouts } from "./factSections";
import { writeFindingBody } from "./findingText";
import type { RenderedReport } from "./renderedReport";
import type { Report } from "./report";
import { ReportWriter } from "./reportWriter";
import { rotationSentence, subjectLabel } from "./rotationSentence";
import { writeStory } from "./storySection";
import { writeSurroundings } from "./surroundingsSection";
import { writeWhatToDo } from "./whatToDo";
import { writeExcluded, writeExecutor, writeKnownIssues, writeWhy } from "./whySections";

export interface ExplanationInput {
  readonly rotation: Rotation;
  /** As it is now; the rotation may have been explained in an earlier snapshot. */
  readonly conversation: Conversation | undefined;
  readonly explanations: Explanations;
  readonly stateDir: StateDir;
  readonly options: ReportOptions;
}

export interface ReportOptions {
  /** IANA name; the reader's own zone when undefined. */
  readonly timeZone: string | undefined;
  /** Epoch ms; tells whether a deadline is past. */
  readonly now: number;
  /** Columns at which lines are broken; 100 when absent. */
  readonly width?: number | undefined;
  /** Keys and names unredacted, and the words around the rotation; a reader asks for it explicitly. */
  readonly withText?: boolean;
  /** How the reader opens a transcript; `link` when absent. */
  readonly showHint?: ShowHint | undefined;
  /** Read by the caller, only for `withText`. */
  readonly words?: WordsAround | undefined;
}

/**
 * - `link`: in an editor · `command`: `openclaw-sessions show 803c6237`
 * - `command-with-directory`: the same with `--state-dir`, for a directory that is not found by itself
 */
export type ShowHint = "link" | "command" | "command-with-directory";

/** Message text: the only one that ever stands in a report. */
export interface WordsAround {
  readonly lastBefore: string | undefined;
  readonly firstAfter: string | undefined;
}

/** Why one window ended, as a document that somebody reads who has just lost a conversation. */
export function renderExplanation(input: ExplanationInput): RenderedReport {
  const { explanations, stateDir, options } = input;
  const withText = options.withText ?? false;
  const conversation = input.conversation ?? input.rotation.conversation;
  const rotation = conversation ? { ...input.rotation, conversation } : input.rotation;
  const discretion = discretionFor(conversation, withText);
  const label = conversation ? discretion.label(conversation) : subjectLabel(rotation);
  const report: Report = {
    ...{ rotation, conversation, explanations, stateDir, label, discretion },
    timeZone: options.timeZone,
    now: options.now,
    showHint: options.showHint ?? "link",
    told: new Set(),
  };
  const writer = new ReportWriter(options.width ?? 100);

  const moment = rotation.at === undefined ? undefined : momentIn(rotation.at, options.timeZone);
  writer.title(rotationSentence(rotation, label, options.timeZone), moment ? `${moment.day} ${moment.time}` : "");
  writeWhereabouts(writer, report);
  writeWhatToDo(writer, report);
  writeStory(writer, report);
  writeWhatHappened(writer, report);
  writeWhy(writer, report);
  writeFindings(writer, report);
  writeExcluded(writer, report);
  writeExecutor(writer, report);
  writeCost(writer, report);
  if (withText) writeWords(writer, options.words);
  writeKnownIssues(writer, report);
  // No gateway had a part in it.
  if (rotation.restore === undefined) writeSurroundings(writer, report);
  writeDetails(writer, report);
  return writer.finished();
}

function writeWords(writer: ReportWriter, words: WordsAround | undefined): void {
  writer.heading(l10n.t("The words around it"));
  if (words?.lastBefore === undefined) writer.text("  ", l10n.t("No words of the old session can be shown."));
  else writer.text("  ", l10n.t("Last before it: {0}", words.lastBefore));
  if (words?.firstAfter === undefined) writer.text("  ", l10n.t("No words of the new session can be shown."));
  else writer.text("  ", l10n.t("First after it: {0}", words.firstAfter));
}

function writeFindings(writer: ReportWriter, report: Report): void {
  const { rotation, explanations, discretion, timeZone } = report;
  const found = findingsAbout(rotation, explanations.findings).filter(({ code }) => !toldAlready.has(code));
  if (found.length === 0) return;
  writer.heading(l10n.t("Other findings"));
  for (const [index, finding] of found.slice(0, FINDINGS).entries()) {
    if (index > 0) writer.blank();
    writer.text(finding.severity === "info" ? "  ○ " : "  ⚠ ", discretion.text(finding.title));
    writeFindingBody(writer, finding, { discretion, timeZone, indent: "    " });
  }
}

const FINDINGS = 10;

/** The report itself, from its first line to what to do, tells what these say. */
const toldAlready: ReadonlySet<FindingCode> = new Set(["rotation.unexpected", "archive.will-be-deleted"]);

/** Those about the rotation itself and about the window that it ended. */
export function findingsAbout(rotation: Rotation, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ subject }) =>
      subject.stateDir === rotation.stateDir &&
      (subject.rotationId === undefined
        ? subject.windowId === rotation.from.windowId
        : subject.rotationId === rotation.id),
  );
}
