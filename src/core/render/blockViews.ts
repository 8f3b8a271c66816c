import * as l10n from "@vscode/l10n";
import type { Block, TranscriptEntry, TranscriptItem } from "../transcript/entry";
import { formatNumber } from "../text/formatSize";
import { compactJson, readableJson } from "./jsonText";
import { marks } from "./marks";
import type { BlockView, TextLimit } from "./view";

/** What was said: nearly always whole. */
export const spokenLimit: TextLimit = { lines: 400, characters: 40_000 };
/** What a tool or a machine said: enough to see what it is about. */
export const resultLimit: TextLimit = { lines: 12, characters: 1_500 };
/** Summaries are what the agent goes on with; worth more than a glance. */
export const summaryLimit: TextLimit = { lines: 60, characters: 6_000 };

/** Blocks of one entry that are shown; what a broken program wrote may have a million. */
const maxBlocks = 300;

/** Arguments of a tool call that are shown on its line. */
const shortArguments = 110;

/**
 * Blocks of a message, in order. `textLimit` is for text blocks; `first` takes the place of the first text block, where the
 * caller has split an envelope from it.
 */
export function blockViews(blocks: readonly Block[], textLimit: TextLimit, first?: readonly BlockView[]): BlockView[] {
  const flow = new BlockFlow(textLimit, first);
  flow.add(blocks, "");
  if (flow.skipped > 0) {
    const text = l10n.t("{0} more parts of this entry are only in the file", formatNumber(flow.skipped));
    flow.views.push({ kind: "note", mark: marks.elided, runs: [{ text }] });
  }
  return flow.views;
}

/** The image numbered `number` among those of an entry, as link targets count them. */
export function imageAt(items: readonly TranscriptItem[], number: number): ImageBlock | undefined {
  for (const item of items) {
    if (item.kind !== "entry") continue;
    const found = [...imagesIn(blocksOf(item.entry))][number];
    if (found) return found;
  }
  return undefined;
}

export type ImageBlock = Extract<Block, { kind: "image" }>;

export function blocksOf(entry: TranscriptEntry): readonly Block[] {
  if (entry.type === "message") return entry.message.blocks;
  return entry.type === "custom_message" ? entry.blocks : [];
}

function* imagesIn(blocks: readonly Block[]): Generator<ImageBlock> {
  for (const block of blocks) {
    if (block.kind === "image") yield block;
    else if (block.kind === "toolResult") yield* imagesIn(block.blocks);
  }
}

class BlockFlow {
  readonly views: BlockView[] = [];
  skipped = 0;
  #images = 0;
  #first: readonly BlockView[] | undefined;

  constructor(
    private readonly textLimit: TextLimit,
    first: readonly BlockView[] | undefined,
  ) {
    this.#first = first;
  }

  /** `path` leads to the blocks of a nested tool result: `-3`. */
  add(blocks: readonly Block[], path: string): void {
    blocks.forEach((block, index) => {
      if (this.views.length < maxBlocks) this.#block(block, `${path}-${index}`);
      else this.skipped++;
    });
  }

  #block(block: Block, place: string): void {
    switch (block.kind) {
      case "text":
        if (this.#first && block.text !== "") {
          this.views.push(...this.#first);
          this.#first = undefined;
        } else if (block.text !== "") {
          this.views.push({
            kind: "text",
            label: l10n.t("text"),
            text: block.text,
            part: `text${place}`,
            limit: this.textLimit,
          });
        }
        return;
      case "thinking":
        if (block.text !== "") {
          this.views.push({ kind: "elided", label: l10n.t("thinking"), text: block.text, part: `thinking${place}` });
        }
        return;
      case "toolCall":
        this.views.push(callView(block, place));
        return;
      case "toolResult":
        this.views.push({
          kind: "note",
          mark: marks.result,
          runs: [{ text: l10n.t("result") }, { text: block.isError ? l10n.t("failed") : l10n.t("ok") }],
        });
        this.add(block.blocks, place);
        return;
      case "image": {
        const bytes =
          Math.floor((block.base64.length * 3) / 4) -
          (block.base64.endsWith("==") ? 2 : block.base64.endsWith("=") ? 1 : 0);
        this.views.push({
          kind: "image",
          mimeType: block.mimeType ?? l10n.t("of unknown type"),
          bytes,
          number: this.#images++,
        });
        return;
      }
      case "unknown": {
        const label = l10n.t("block of unknown kind {0}", block.writtenType ?? "?");
        this.views.push({ kind: "elided", label, text: readableJson(block.raw), part: `block${place}` });
      }
    }
  }
}

function callView(block: Extract<Block, { kind: "toolCall" }>, place: string): BlockView {
  const { text: short, whole } = compactJson(block.arguments ?? {}, shortArguments);
  return {
    kind: "call",
    name: block.name ?? l10n.t("tool"),
    short: short === "{}" ? "" : short,
    whole,
    text: readableJson(block.arguments),
    part: `arguments${place}`,
  };
}
