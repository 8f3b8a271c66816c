import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { renderExplanation } from "../core/report/renderExplanation";
import type { RenderedReport } from "../core/report/renderedReport";
import { type DocumentContent, noticeContent } from "./documentContent";
import { findPlace } from "./findPlace";
import { findRotation } from "./findRotation";
import type { ExplanationDocument } from "./sessionUri";

/** The editor wraps lines by itself, to the width it has at the moment. Columns. */
const width = 400;

/** The report about one rotation. After a window reload nothing is explained yet: then it waits. */
export async function readExplanation(
  inspector: Inspector,
  document: ExplanationDocument,
  { timeZone, signal }: { readonly timeZone: string | undefined; readonly signal: AbortSignal },
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
    return noticeContent(
      "",
      l10n.t("This reset is not known any more: its transcripts have gone, or the state directory is not shown."),
    );
  }
  const { from } = rotation;
  const place = findPlace(inspector.snapshot, { file: from.primary?.path ?? "", windowId: from.windowId });
  const options = { timeZone, width };
  return toContent(
    renderExplanation({ rotation, conversation: place?.conversation, explanations, stateDir, options }),
    from.primary?.path ?? "",
  );
}

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
