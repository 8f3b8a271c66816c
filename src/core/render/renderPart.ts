import * as l10n from "@vscode/l10n";
import { formatNumber } from "../text/formatSize";
import { visibleText } from "../text/visibleText";
import type { TranscriptItem } from "../transcript/entry";
import { rawLink, sizeOf } from "./blockLayout";
import { Clock } from "./clock";
import { entryView } from "./entryView";
import { cut, LineWriter, wrapped } from "./lineWriter";
import { marks, maxLineLength } from "./marks";
import type { PartId } from "./partId";
import type { RenderedTranscript } from "./rendered";
import type { BlockView, EntryView, Run } from "./view";

export interface PartOptions {
  readonly timeZone: string | undefined;
  /** Base name of the file the entry stands in. */
  readonly file: string;
  /** Page of the part, from 0; see `partPageLength`. */
  readonly page?: number;
}

/** Documents of an editor should stay below 5 MB: longer parts come in pages of so many characters. */
export const partPageLength = 4_000_000;

/**
 * One elided part as a document of its own: a few lines that say what it is, a blank line, then the text itself from the
 * first column on, as it is in the file but for what would be invisible. `items` are those of the one line it stands in.
 */
export function renderPart(items: readonly TranscriptItem[], part: PartId, options: PartOptions): RenderedTranscript {
  const clock = new Clock(options.timeZone);
  for (const item of items) {
    const view = entryView(item, { clock, calls: new Map() });
    const block = view.blocks.find((candidate) => isPart(candidate, part));
    if (block) return rendered(view, block, options);
  }
  const writer = new LineWriter();
  writer.own("", [{ text: l10n.t("This part is no longer there: the file has changed since the link was made.") }]);
  return documentOf(writer, items);
}

type PartBlock = BlockView & { kind: "text" | "elided" | "call" };

function isPart(block: BlockView, part: PartId): block is PartBlock {
  return (block.kind === "text" || block.kind === "elided" || block.kind === "call") && block.part === part;
}

function rendered(view: EntryView, block: PartBlock, options: PartOptions): RenderedTranscript {
  const writer = new LineWriter();
  const { offset } = view.item.position;
  const label = block.kind === "call" ? l10n.t("arguments of {0}", block.name) : block.label;
  writer.own("", [{ text: label }, { text: sizeOf(block.text) }]);
  writer.own("", view.heading.map(withoutLink));
  writer.own("", [{ text: l10n.t("file {0}", options.file) }, lineRun(view)]);

  const pages = Math.max(1, Math.ceil(block.text.length / partPageLength));
  const page = Math.min(Math.max(0, options.page ?? 0), pages - 1);
  const from = pageStart(block.text, page);
  const to = page + 1 < pages ? pageStart(block.text, page + 1) : block.text.length;
  if (pages > 1) {
    const text = l10n.t("page {0} of {1}", formatNumber(page + 1), formatNumber(pages));
    const near = [page - 1, page + 1].filter((other) => other >= 0 && other < pages);
    writer.own(`${marks.earlier} `, [
      { text },
      ...near.map((other): Run => {
        const name = other < page ? l10n.t("earlier part") : l10n.t("later part");
        return { text: name, link: { target: { kind: "part", offset, part: block.part, page: other }, tooltip: name } };
      }),
    ]);
  }
  writer.blank();
  for (const line of visibleText(block.text.slice(from, to)).split("\n")) {
    for (const piece of wrapped(line, maxLineLength)) writer.lines.push(piece);
  }
  return documentOf(writer, [view.item]);
}

/** Where a page begins: at its place on the grid, but never inside a character. */
function pageStart(text: string, page: number): number {
  return cut(text, page * partPageLength).length;
}

function lineRun({ item }: EntryView): Run {
  const { line, offset } = item.position;
  const text = line === undefined ? l10n.t("its line in the file") : l10n.t("line {0}", formatNumber(line));
  return { text, link: rawLink(offset) };
}

function withoutLink(run: Run): Run {
  return { text: run.text, ...(run.hover === undefined ? {} : { hover: run.hover }) };
}

function documentOf(writer: LineWriter, items: readonly TranscriptItem[]): RenderedTranscript {
  const lastLine = Math.max(0, writer.next - 1);
  return {
    text: writer.text,
    sections: [],
    links: writer.links,
    hovers: writer.hovers,
    entries: items.map((item) => ({
      offset: item.position.offset,
      line: item.position.line,
      firstLine: 0,
      lastLine,
      id: item.kind === "entry" ? item.entry.id : undefined,
    })),
  };
}
