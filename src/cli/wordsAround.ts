import type { SessionFile } from "../core/conversation/model";
import { type Inspector, ReadError } from "../core/inspectorPort";
import type { WordsAround } from "../core/report/renderExplanation";
import type { Rotation } from "../core/rotation/rotation";
import { visibleLine } from "../core/text/visibleText";
import { isMirror, type TranscriptItem } from "../core/transcript/entry";
import { splitEnvelope } from "../core/transcript/envelope";
import { tailStart } from "../core/transcript/page";
import { leadingText } from "../core/transcript/speaker";

/** The last words before a rotation and the first ones after it, read for whoever asked for them with `--with-text`. */
export async function wordsAround(inspector: Inspector, { from, to }: Rotation): Promise<WordsAround> {
  const [before, after] = [from.primary, to?.primary];
  const lastBefore = before && (await wordsOf(inspector, before, "last"));
  const firstAfter = after && (await wordsOf(inspector, after, "first"));
  return { lastBefore, firstAfter };
}

/** Characters. */
const LIMIT = 300;

/** A file that cannot be read any more has no words; the report says so. */
async function wordsOf(inspector: Inspector, file: SessionFile, which: "first" | "last"): Promise<string | undefined> {
  try {
    const range =
      which === "first"
        ? ({ kind: "page", page: 0 } as const)
        : ({ kind: "tail", from: tailStart(file.index?.bytes ?? file.bytes) } as const);
    const { items } = await inspector.readPage(file.path, range);
    const said = items.flatMap((item) => wordsOfItem(item) ?? []);
    return which === "first" ? said[0] : said.at(-1);
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

function wordsOfItem(item: TranscriptItem): string | undefined {
  if (item.kind !== "entry" || item.entry.type !== "message") return undefined;
  const { message } = item.entry;
  if ((message.role !== "user" && message.role !== "assistant") || isMirror(message)) return undefined;
  const text = visibleLine(splitEnvelope(leadingText(message)).text, LIMIT);
  return text === "" ? undefined : text;
}
