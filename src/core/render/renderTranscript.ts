import * as l10n from "@vscode/l10n";
import type { TranscriptPage } from "../inspectorPort";
import { formatCount } from "../text/formatCount";
import { formatNumber } from "../text/formatSize";
import type { BranchMap } from "../transcript/branches";
import type { BranchState } from "../transcript/branchRanges";
import type { TranscriptItem } from "../transcript/entry";
import { BlockLayout, rawLink } from "./blockLayout";
import { Clock } from "./clock";
import { entryView, type ViewContext } from "./entryView";
import { writeFooter, writeHeader } from "./frame";
import { LineWriter } from "./lineWriter";
import { marks, noteIndent, ruleWidth } from "./marks";
import { branchesToShow, pageToShow } from "./pageKind";
import type { RenderedEntry, RenderedTranscript, RenderOptions } from "./rendered";
import { SectionStack } from "./sectionStack";
import { isTraceRecord } from "./trajectoryView";
import type { EntryView, Run, Shape } from "./view";

/**
 * A page of a transcript as text with sections, links and hovers. Appending entries to a live file changes only the end of
 * the text (save where an append turns earlier entries into an abandoned branch): the header holds no counts.
 *
 * A trajectory becomes the same kind of document: the runs of a session, what each was given and what came of it.
 */
export function renderTranscript(page: TranscriptPage, options: RenderOptions): RenderedTranscript {
  return new TranscriptLayout(pageToShow(page, options), options).render();
}

/** So many one-line rows in a row are shown; a file full of damage would be a document of many megabytes. */
const maxRows = 100;

class TranscriptLayout {
  readonly #writer = new LineWriter();
  readonly #sections = new SectionStack();
  readonly #entries: RenderedEntry[] = [];
  readonly #blocks: BlockLayout;
  readonly #context: ViewContext;
  readonly #branches: BranchMap;
  #previous: Shape | undefined;
  #state: BranchState = "active";

  constructor(
    private readonly page: TranscriptPage,
    private readonly options: RenderOptions,
  ) {
    this.#blocks = new BlockLayout(this.#writer, options);
    this.#context = { clock: new Clock(options.timeZone), calls: new Map() };
    this.#branches = branchesToShow(page, options);
  }

  render(): RenderedTranscript {
    const writer = this.#writer;
    if (!this.options.without?.header) {
      writeHeader(writer, this.page, this.options);
      writer.blank();
    } else if (this.page.previousPage !== undefined) writer.lines.push("");
    const headerLines = writer.next;
    for (let index = 0; index < this.page.items.length;) index += this.#stretch(index, headerLines);
    if (!this.options.without?.footer) {
      writer.blank();
      writeFooter(writer, this.page, this.options);
    }
    return {
      text: writer.text,
      sections: this.#sections.roots,
      links: writer.links,
      hovers: writer.hovers,
      entries: this.#entries,
    };
  }

  /** Lays out the item at `index` and, when many like it follow, all of these. Gives how many were laid out. */
  #stretch(index: number, headerLines: number): number {
    const { items } = this.page;
    const item = items[index];
    if (!item) return 1;
    if (item.kind === "header" && this.#isHeaderOfFile(item)) {
      this.#remember(item, 0, Math.max(0, headerLines - 2));
      this.#context.previousOffset = item.position.offset;
      return 1;
    }
    this.#branchLine(item, index);
    this.#entry(entryView(item, this.#context));
    if (!isRow(item)) return 1;

    const state = this.#branches.stateAt(item.position.offset);
    let last = index + 1;
    for (let next = items[last]; next && isRow(next); next = items[++last]) {
      if (this.#branches.stateAt(next.position.offset) !== state) break;
    }
    for (const shown of items.slice(index + 1, Math.min(last, index + maxRows))) {
      this.#entry(entryView(shown, this.#context));
    }
    this.#hidden(items.slice(index + maxRows, last));
    return last - index;
  }

  /** The page's header is shown at the top of the document; also of documents that begin at a later page. */
  #isHeaderOfFile(item: TranscriptItem): boolean {
    return !this.options.without?.header && item.position.offset === this.page.header?.position.offset;
  }

  #entry(view: EntryView): void {
    const writer = this.#writer;
    if (view.shape !== "result" && (view.shape !== "line" || this.#previous !== "line")) {
      writer.blank();
    }
    const firstLine = writer.next;
    const { runs, rest } = this.#blocks.inline(view.blocks, view.item.position.offset);
    const heading = [...view.heading, ...runs];
    const beside = this.#state === "active" ? undefined : stateName(this.#state);
    this.#heading(view, beside === undefined ? heading : [...heading, { text: beside }]);
    if (rest.length > 0) this.#blocks.blocks(rest, view.item.position.offset);
    const lastLine = this.#lastLine();

    const detail = heading.find(({ hover }) => hover !== undefined)?.text ?? "";
    if (view.kind === "state") this.#sections.extend(lastLine);
    else this.#sections.add(view.shape, { kind: view.kind, title: view.title, detail, firstLine, lastLine });
    this.#remember(view.item, firstLine, lastLine);
    this.#previous = view.shape;
  }

  #heading(view: EntryView, runs: readonly Run[]): void {
    switch (view.shape) {
      case "turn":
        this.#writer.own(`${view.mark} `, runs, (line) =>
          `${line} `.padEnd(ruleWidth, view.mark.slice(0, 1)).trimEnd(),
        );
        return;
      case "result":
        this.#writer.own(`${noteIndent}${view.mark} `, runs);
        return;
      case "entry":
      case "line":
        this.#writer.own(`${view.mark} `, runs);
    }
  }

  /** Says where a stretch off the active branch begins. */
  #branchLine(item: TranscriptItem, index: number): void {
    if (item.kind !== "entry") return;
    const state = this.#branches.stateAt(item.position.offset);
    if (state === this.#state) return;
    this.#state = state;
    this.#sections.closeBranch();
    if (state === "active") return;

    const count = this.#stretchLength(index, state);
    const entries = formatCount("entry", count);
    const text =
      state === "abandoned"
        ? l10n.t("{0} on an abandoned branch: the conversation went on from an earlier entry", entries)
        : l10n.t("{0} that the active branch does not reach: the chain of parents is broken", entries);
    this.#writer.blank();
    const firstLine = this.#writer.next;
    this.#writer.own(`${marks.branch} `, [{ text }]);
    this.#sections.openBranch({ kind: "branch", title: text, detail: "", firstLine, lastLine: firstLine });
    this.#previous = undefined;
  }

  #stretchLength(from: number, state: BranchState): number {
    let count = 0;
    for (let index = from; index < this.page.items.length; index++) {
      const item = this.page.items[index];
      if (item?.kind !== "entry") continue;
      if (this.#branches.stateAt(item.position.offset) !== state) break;
      count++;
    }
    return count;
  }

  #hidden(items: readonly TranscriptItem[]): void {
    const first = items[0];
    if (!first) return;
    const line = this.#writer.next;
    const text = l10n.t("{0} more rows like these are only in the file", formatNumber(items.length));
    this.#writer.note(marks.elided, [{ text, link: rawLink(first.position.offset) }]);
    this.#sections.extend(line);
    for (const item of items) this.#remember(item, line, line);
  }

  #remember(item: TranscriptItem, firstLine: number, lastLine: number): void {
    const { offset, line } = item.position;
    const id = item.kind === "entry" ? item.entry.id : undefined;
    this.#entries.push({ offset, line, firstLine, lastLine, id });
  }

  #lastLine(): number {
    let last = this.#writer.next - 1;
    while (last > 0 && this.#writer.lines[last] === "") last--;
    return last;
  }
}

/** What is one line in the document, and may be left out when very many follow each other. */
function isRow(item: TranscriptItem): boolean {
  if (item.kind !== "entry") return true;
  switch (item.entry.type) {
    case "message":
    case "custom_message":
    case "compaction":
    case "branch_summary":
    case "reset":
      return false;
    case "unknown":
      return !isTraceRecord(item.entry);
    case "model_change":
    case "thinking_level_change":
    case "custom":
    case "label":
    case "session_info":
    case "leaf":
      return true;
  }
}

function stateName(state: Exclude<BranchState, "active">): string {
  return state === "abandoned" ? l10n.t("abandoned") : l10n.t("detached");
}
