import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { renderExplanation } from "../core/report/renderExplanation";
import type { RenderedReport } from "../core/report/renderedReport";
import type { Section } from "../core/render/rendered";
import { formatTime } from "../core/text/formatTime";
import { type DocumentContent, noticeContent } from "./documentContent";
import { findPlace } from "./findPlace";
import { findRotation } from "./findRotation";
import type { ExplanationDocument } from "./sessionUri";

/** The editor wraps lines by itself, to the width it has at the moment. Columns. */
const width = 400;

type LastKnown = NonNullable<DocumentContent["lastKnown"]>;

export interface ExplanationOptions {
  readonly timeZone: string | undefined;
  /** What the document showed before. */
  readonly shown?: DocumentContent | undefined;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now?: number;
}

/** The report about one rotation. After a window reload nothing is explained yet: then it waits. */
export async function readExplanation(
  inspector: Inspector,
  document: ExplanationDocument,
  { timeZone, signal, shown, now = Date.now() }: ExplanationOptions,
): Promise<DocumentContent> {
  const known = findRotation(inspector.explanations, document);
  if (!known) {
    try {
      await inspector.whenExplained(signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      return noticeContent("", l10n.t("Resets could not be explained: {0}", reason));
    }
  }
  const { explanations } = inspector;
  const rotation = known ?? findRotation(explanations, document);
  const stateDir = inspector.snapshot.stateDirs.find(({ path }) => path === document.stateDir);
  if (!rotation || !stateDir) {
    const last = shown && lastKnown(shown, now);
    if (last) return stillShown(last, stateDir !== undefined, timeZone);
    return noticeContent(
      "",
      l10n.t("This reset is not known any more: its transcripts have gone, or the state directory is not shown."),
    );
  }
  const { from } = rotation;
  const place = findPlace(inspector.snapshot, { file: from.primary?.path ?? "", windowId: from.windowId });
  const options = { timeZone, width, now };
  const report = renderExplanation({ rotation, conversation: place?.conversation, explanations, stateDir, options });
  return { ...toContent(withShortRules(report), from.primary?.path ?? ""), told: [rotation] };
}

/** What an open document goes on showing; a notice is nothing worth to keep. */
function lastKnown(shown: DocumentContent, now: number): LastKnown | undefined {
  if (shown.lastKnown) return shown.lastKnown;
  return shown.sections.length === 0 ? undefined : { content: shown, since: now };
}

/** The report as it was, beneath a line that says so. */
function stillShown(last: LastKnown, isShown: boolean, timeZone: string | undefined): DocumentContent {
  const { content, since } = last;
  const time = formatTime(since, { timeZone, precision: "minute", offset: true });
  const notice = isShown
    ? l10n.t("The transcript is gone since {0}; this report is what was known then.", time)
    : l10n.t("The state directory is not shown since {0}; this report is what was known then.", time);
  const down = noticeLines;
  return {
    ...content,
    text: `⚠ ${notice}\n\n${content.text}`,
    sections: content.sections.map((section) => lowered(section, down)),
    links: content.links.map((link) => ({ ...link, line: link.line + down })),
    hovers: content.hovers.map((hover) => ({ ...hover, line: hover.line + down })),
    lastKnown: last,
  };
}

const noticeLines = 2;

function lowered(section: Section, lines: number): Section {
  const { firstLine, lastLine, children } = section;
  return {
    ...section,
    firstLine: firstLine + lines,
    lastLine: lastLine + lines,
    children: children.map((child) => lowered(child, lines)),
  };
}

/** In a narrow editor a long rule would wrap onto a line of its own. Nothing else stands on these lines. */
function withShortRules(report: RenderedReport): RenderedReport {
  const text = report.text.replace(/^(── .*? )─+$/gm, (_, heading: string) => heading.padEnd(shortRule, "─").trimEnd());
  return { ...report, text };
}

/** Columns at which the rule behind a heading ends. */
const shortRule = 24;

function toContent({ text, sections, links }: RenderedReport, file: string): DocumentContent {
  return {
    text,
    sections,
    links,
    hovers: [],
    entries: [],
    file,
    previousPage: undefined,
    nextPage: undefined,
    counted: true,
  };
}
