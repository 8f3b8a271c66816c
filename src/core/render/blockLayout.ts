import * as l10n from "@vscode/l10n";
import { formatCount } from "../text/formatCount";
import { formatBytes, formatNumber } from "../text/formatSize";
import { countLines, excerpt } from "./excerpt";
import type { LineWriter } from "./lineWriter";
import { marks } from "./marks";
import { partKey, type PartId } from "./partId";
import type { RenderOptions } from "./rendered";
import type { BlockView, Run, TextLimit } from "./view";

/** Whether a part is shown in place. */
export type IsExpanded = (part: PartId) => boolean;

/** In place even a part that was asked for has an end; its own document has all of it. */
const expandedLimit: TextLimit = { lines: 10_000, characters: 200_000 };
/** For a terminal, which has no other documents. */
const unlimited: TextLimit = { lines: Number.MAX_SAFE_INTEGER, characters: Number.MAX_SAFE_INTEGER };
/** Lays out the blocks of the entry at `offset`. */
export class BlockLayout {
  constructor(
    private readonly writer: LineWriter,
    private readonly options: Pick<RenderOptions, "expanded">,
  ) {}

  blocks(blocks: readonly BlockView[], offset: number): void {
    for (const block of blocks) this.#block(block, offset);
  }

  /** Parts that stand at the end of the heading, unless they are expanded. */
  inline(
    blocks: readonly BlockView[],
    offset: number,
  ): { readonly runs: readonly Run[]; readonly rest: readonly BlockView[] } {
    const collapsed = blocks.filter(
      (block) => block.kind === "elided" && block.inline && !this.#isExpanded(offset, block.part),
    );
    return {
      runs: collapsed.flatMap((block) => (block.kind === "elided" ? [elidedRun(block, offset)] : [])),
      rest: blocks.filter((block) => !collapsed.includes(block)),
    };
  }

  #isExpanded(offset: number, part: PartId): boolean {
    const { expanded } = this.options;
    return expanded === "all" || expanded.has(partKey(offset, part));
  }

  #block(block: BlockView, offset: number): void {
    switch (block.kind) {
      case "text":
        this.#text(block, offset, this.#isExpanded(offset, block.part) ? undefined : block.limit);
        return;
      case "elided": {
        const expanded = this.#isExpanded(offset, block.part);
        this.writer.note(expanded ? marks.expanded : marks.elided, [elidedRun(block, offset)]);
        if (expanded) this.#text(block, offset, undefined);
        return;
      }
      case "call": {
        const expanded = !block.whole && this.#isExpanded(offset, block.part);
        const runs: Run[] = [{ text: block.name }];
        if (!expanded && block.short !== "")
          runs.push({ text: block.whole ? block.short : `${block.short}…`, before: " " });
        if (!block.whole)
          runs.push({ text: sizeOf(block.text), link: partLink(offset, block.part, l10n.t("Open all arguments")) });
        this.writer.note(marks.call, runs);
        if (expanded) this.#text(block, offset, undefined);
        return;
      }
      case "image": {
        const text = l10n.t("image {0}, {1}", block.mimeType, formatBytes(block.bytes));
        const target = { kind: "image", offset, block: block.number } as const;
        this.writer.note(marks.image, [{ text, link: { target, tooltip: l10n.t("Open the image") } }]);
        return;
      }
      case "note":
        this.writer.note(block.mark, block.runs);
    }
  }

  /** `limit` undefined: expanded. */
  #text(block: BlockView & { kind: "text" | "elided" | "call" }, offset: number, limit: TextLimit | undefined): void {
    const label = block.kind === "call" ? l10n.t("arguments") : block.label;
    const link = partLink(offset, block.part, l10n.t("Open the whole {0}", label));
    const { shown, rest } = excerpt(block.text, limit ?? (this.options.expanded === "all" ? unlimited : expandedLimit));
    this.writer.body(shown, limit ? { wrap: false, link } : { wrap: true });
    if (rest.trim() === "") return;
    this.writer.note(marks.elided, [{ text: restOf(rest), link }]);
  }
}

function elidedRun(block: BlockView & { kind: "elided" }, offset: number): Run {
  return {
    text: l10n.t("{0}, {1}", block.label, sizeOf(block.text)),
    link: partLink(offset, block.part, l10n.t("Open {0} as a document", block.label)),
  };
}

/** What is not shown of a text: `300 more lines, 39 KB`, or only the size when it was cut inside its last line. */
export function restOf(rest: string): string {
  const lines = countLines(rest.replace(/^\n/, ""));
  const size = formatBytes(Buffer.byteLength(rest));
  if (lines > 1) return l10n.t("{0} more lines, {1}", formatNumber(lines), size);
  return rest.startsWith("\n") ? l10n.t("1 more line, {0}", size) : l10n.t("{0} more", size);
}

/** `312 lines, 41 KB` */
export function sizeOf(text: string): string {
  return l10n.t("{0}, {1}", formatCount("line", countLines(text)), formatBytes(Buffer.byteLength(text)));
}

function partLink(offset: number, part: PartId, tooltip: string): NonNullable<Run["link"]> {
  return { target: { kind: "part", offset, part }, tooltip };
}

export function rawLink(offset: number): NonNullable<Run["link"]> {
  return { target: { kind: "raw-line", offset }, tooltip: l10n.t("Go to this line of the file") };
}
