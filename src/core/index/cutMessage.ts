import type { MessageEntry } from "../transcript/entry";

/**
 * The user message of a line whose end was not read, with as much of its text as there is:
 *
 *     {"type":"message","id":"…","parentId":"…","timestamp":"…","message":{"role":"user","content":[{"type":"text","text":"…
 *
 * Undefined when it is no user message that begins with a text. Where it says that it comes from stands behind the text.
 */
export function cutUserMessage(bytes: Uint8Array, timestamp: string | undefined): MessageEntry | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [head] = beginning.exec(buffer.toString("latin1", 0, 512)) ?? [];
  if (head === undefined) return undefined;
  const text = cutText(buffer.toString("utf8", head.length));
  if (text === undefined) return undefined;
  const at = Date.parse(timestamp ?? "");
  return {
    type: "message",
    id: undefined,
    parentId: undefined,
    at: Number.isNaN(at) ? undefined : at,
    timestamp,
    raw: {},
    message: { role: "user", blocks: [{ kind: "text", text }], at: undefined, provenance: undefined, raw: {} },
  };
}

const beginning =
  /^\{"type":"message","id":"[^"\\]+","parentId":(?:null|"[^"\\]*"),"timestamp":"[^"\\]+","message":\{"role":"user","content":(?:\[\{"type":"text","text":)?"/;

/** What stands of a JSON string behind its opening quote, without a last escape or character that was cut in half. */
function cutText(escaped: string): string | undefined {
  const [whole = ""] = /^(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/.exec(escaped) ?? [];
  const value: unknown = JSON.parse(`"${whole}"`);
  return typeof value === "string" ? value.replace(/\ufffd$/, "") : undefined;
}
