import * as l10n from "@vscode/l10n";
import type { TranscriptPage } from "../inspectorPort";
import { formatBytes } from "../text/formatSize";
import { visibleLine, visibleText } from "../text/visibleText";
import { restOf, sizeOf } from "./blockLayout";
import { Clock } from "./clock";
import { entryView } from "./entryView";
import { excerpt } from "./excerpt";
import { writeFooter, writeHeader } from "./frame";
import { LineWriter } from "./lineWriter";
import { branchesToShow, pageToShow } from "./pageKind";
import { partKey } from "./partId";
import type { RenderOptions } from "./rendered";
import type { BlockView, EntryView, Run } from "./view";

/**
 * A page of a transcript as Markdown, to be pasted into an issue or a note. Everything that a transcript says stands in
 * fences longer than any in it, or is escaped: it stays text, wherever it is shown.
 */
export function renderMarkdown(wholePage: TranscriptPage, options: RenderOptions): string {
  const page = pageToShow(wholePage, options);
  const branches = branchesToShow(page, options);
  const context = { clock: new Clock(options.timeZone), calls: new Map<string, string>() };
  const { header = false, footer = false } = options.without ?? {};
  const blocks: string[] = [];
  if (!header) blocks.push(...frameBlocks("# ", page, options, writeHeader));
  for (const item of page.items) {
    if (!header && item.kind === "header" && item.position.offset === page.header?.position.offset) continue;
    const beside = item.kind === "entry" && !branches.isActive(item.position.offset);
    blocks.push(...viewBlocks(entryView(item, context), options, beside));
  }
  if (!footer) blocks.push(...frameBlocks("", page, options, writeFooter));
  const continues = header && page.previousPage !== undefined;
  return blocks.length === 0 ? "" : `${continues ? "\n" : ""}${blocks.join("\n\n")}\n`;
}

/** Header and footer are lines of facts: the first one a title, the others a list. */
function frameBlocks(title: string, page: TranscriptPage, options: RenderOptions, write: typeof writeHeader): string[] {
  const writer = new LineWriter();
  write(writer, page, options);
  const linked = new Set(writer.links.map(({ line }) => line));
  const [first, ...rest] = writer.lines.filter((line, index) => line !== "" && !linked.has(index)).map(escaped);
  if (first === undefined) return [];
  return [`${title}${first}`, ...(rest.length === 0 ? [] : [rest.map((line) => `- ${line}`).join("\n")])];
}

const levels: Readonly<Record<EntryView["shape"], string>> = { turn: "## ", entry: "### ", result: "#### ", line: "" };

function viewBlocks(view: EntryView, options: RenderOptions, beside: boolean): string[] {
  const heading = [...view.heading, ...(beside ? [{ text: l10n.t("not on the active branch") }] : [])];
  const text = runsText(heading);
  const first = view.shape === "line" ? `*${text}*` : `${levels[view.shape]}${text}`;
  const { offset } = view.item.position;
  const isExpanded = (part: string): boolean =>
    options.expanded === "all" || options.expanded.has(partKey(offset, part));
  return [first, ...view.blocks.flatMap((block) => blockLines(block, isExpanded))];
}

function blockLines(block: BlockView, isExpanded: (part: string) => boolean): string[] {
  switch (block.kind) {
    case "text": {
      const { shown, rest } = isExpanded(block.part)
        ? { shown: block.text, rest: "" }
        : excerpt(block.text, block.limit);
      const more = rest.trim() === "" ? [] : [`*${escaped(restOf(rest))}*`];
      return [fenced(shown), ...more];
    }
    case "elided": {
      const name = `*${escaped(l10n.t("{0}, {1}", visibleLine(block.label), sizeOf(block.text)))}*`;
      return [name, ...(isExpanded(block.part) ? [fenced(block.text)] : [])];
    }
    case "call": {
      const name = `**${escaped(visibleLine(block.name))}**`;
      const given = isExpanded(block.part) ? block.text : block.whole ? block.short : `${block.short}…`;
      return [name, ...(given === "" ? [] : [fenced(given)])];
    }
    case "image":
      return [`*${escaped(l10n.t("image {0}, {1}", visibleLine(block.mimeType), formatBytes(block.bytes)))}*`];
    case "note":
      return [`*${runsText(block.runs)}*`];
  }
}

function runsText(runs: readonly Run[]): string {
  return runs
    .map(({ text }) => escaped(visibleLine(text)))
    .filter((text) => text !== "")
    .join(" · ");
}

/** A fence one longer than the longest run of backticks in the text, so that nothing in it can end it. */
function fenced(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${visibleText(text).trimEnd()}\n${fence}`;
}

/** No Markdown, no HTML, and nothing that a viewer would turn into a link by itself. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~!&@]/g, "\\$&")
    .replace(/:\/\//g, "\\://")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\\.`);
}
