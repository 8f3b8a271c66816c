import { isJsonObject } from "../config/jsonObject";
import type { Block, JsonObject } from "./entry";
import { textOf } from "./parseField";

/**
 * The content of a message as blocks. OpenClaw writes an array of blocks, and from 2026.7 on a bare string for user messages;
 * a string becomes one text block. Besides OpenClaw's own kinds (text, thinking, toolCall, image) those of other harnesses are
 * understood, because transcripts are imported and models are bridged. What is not understood is kept as it is.
 */
export function parseBlocks(content: unknown): Block[] {
  return blocksAt(content, 0);
}

/** Tool results hold blocks again. Nobody nests them deeper than once; a file that does must not exhaust the stack. */
const DEEPEST = 8;

function blocksAt(content: unknown, depth: number): Block[] {
  if (content === undefined || content === null) return [];
  const list: readonly unknown[] = Array.isArray(content) ? content : [content];
  return list.map((raw) => parseBlock(raw, depth));
}

function parseBlock(raw: unknown, depth: number): Block {
  if (typeof raw === "string") return { kind: "text", text: raw };
  if (!isJsonObject(raw)) return { kind: "unknown", writtenType: undefined, raw };
  const writtenType = textOf(raw["type"]);
  const known = depth <= DEEPEST && writtenType !== undefined && Object.hasOwn(parsers, writtenType);
  const parse = known ? parsers[writtenType] : undefined;
  return parse?.(raw, depth) ?? { kind: "unknown", writtenType, raw };
}

/** Undefined where the block has not the shape its type promises. */
type BlockParser = (raw: JsonObject, depth: number) => Block | undefined;

const parsers: Readonly<Record<string, BlockParser>> = {
  // OpenClaw's own
  text: parseText,
  thinking: (raw) => textBlock("thinking", raw["thinking"]),
  toolCall: (raw) => toolCall(raw["id"], raw["name"], raw["arguments"]),
  image: parseImage,
  // Anthropic Messages
  tool_use: (raw) => toolCall(raw["id"], raw["name"], raw["input"]),
  tool_result: (raw, depth) => toolResult(raw["tool_use_id"], raw["content"], raw["is_error"], depth),
  // OpenAI Responses and Chat Completions
  input_text: parseText,
  output_text: parseText,
  reasoning: (raw) => textBlock("thinking", raw["text"]),
  function_call: (raw) => toolCall(raw["call_id"] ?? raw["id"], raw["name"], parsedArguments(raw["arguments"])),
  function_call_output: (raw, depth) => toolResult(raw["call_id"], raw["output"], false, depth),
  input_image: parseImage,
  image_url: parseImage,
  // Seen in transcripts of bridged command line agents
  toolUse: (raw) => toolCall(raw["id"], raw["name"], raw["input"] ?? raw["arguments"]),
  tool_call: (raw) => toolCall(raw["id"], raw["name"], raw["arguments"] ?? raw["input"]),
  toolResult: (raw, depth) => toolResult(raw["toolCallId"] ?? raw["id"], raw["content"], raw["isError"], depth),
};

function parseText(raw: JsonObject): Block | undefined {
  return textBlock("text", raw["text"]);
}

function textBlock(kind: "text" | "thinking", text: unknown): Block | undefined {
  return typeof text === "string" ? { kind, text } : undefined;
}

function toolCall(id: unknown, name: unknown, args: unknown): Block {
  return { kind: "toolCall", id: textOf(id), name: textOf(name), arguments: args };
}

function toolResult(id: unknown, content: unknown, isError: unknown, depth: number): Block {
  return { kind: "toolResult", id: textOf(id), blocks: blocksAt(content, depth + 1), isError: isError === true };
}

/** OpenAI writes arguments as a JSON text. One that does not parse is shown as the text it is. */
function parsedArguments(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** `{data, mimeType}`, Anthropic's `{source: {media_type, data}}`, and OpenAI's `data:` URLs. A link elsewhere is no picture we have. */
function parseImage(raw: JsonObject): Block | undefined {
  const data = textOf(raw["data"]);
  if (data !== undefined) return { kind: "image", mimeType: textOf(raw["mimeType"]), base64: data };
  const source = raw["source"];
  if (isJsonObject(source)) {
    const base64 = textOf(source["data"]);
    if (base64 !== undefined) return { kind: "image", mimeType: textOf(source["media_type"]), base64 };
  }
  const link = raw["image_url"];
  const url = isJsonObject(link) ? textOf(link["url"]) : textOf(link);
  return url === undefined ? undefined : imageOfDataUrl(url);
}

/** `data:image/png;base64,iVBOR…` */
function imageOfDataUrl(url: string): Block | undefined {
  const comma = url.indexOf(",");
  const [, mimeType] = /^data:([^;,]*);base64$/i.exec(url.slice(0, Math.max(0, comma))) ?? [];
  return mimeType === undefined ? undefined : { kind: "image", mimeType, base64: url.slice(comma + 1) };
}
