/**
 * What OpenClaw wraps around a user's words before it stores them: who sent it, when, what happened meanwhile. The words
 * are what people want to read; the rest is kept whole, piece by piece, to be shown on request.
 *
 *     Sender (untrusted metadata):            ← noise, kind metadata, name "Sender"
 *     ```json
 *     { "label": "Ada (42)" }
 *     ```
 *
 *     [Wed 2026-04-22 09:00 UTC] Hello        ← stamp, then the words
 */
export interface Envelope {
  /** The words themselves, without blank lines around them. Empty when there are none. */
  readonly text: string;
  /** `Wed 2026-04-22 09:00 UTC`: when the gateway got the message, in the gateway's zone. */
  readonly stamp: string | undefined;
  /** Name of the person or program that sent it, from the metadata. */
  readonly sender: string | undefined;
  /** In the order in which they stand in the message. Every character of it is in `text`, `stamp` or here, but for blanks. */
  readonly noise: readonly Noise[];
}

export interface Noise {
  readonly kind: "metadata" | "system-events" | "runtime-context" | "bootstrap" | "memory";
  /** Metadata names itself: `Sender`, `Conversation info`, `Chat history since last reply`. */
  readonly name: string | undefined;
  /** As it stands in the message. */
  readonly text: string;
}

export function splitEnvelope(message: string): Envelope {
  const noise: Noise[] = [];
  let stamp: string | undefined;
  let rest = message;
  for (;;) {
    rest = withoutBlankStart(rest);
    const stamped: RegExpExecArray | null = stamp === undefined ? stampPattern.exec(rest) : null;
    if (stamped) {
      stamp = stamped[1];
      rest = rest.slice(stamped[0].length);
      continue;
    }
    const piece = leadingNoise(rest);
    if (!piece) break;
    noise.push(piece);
    rest = rest.slice(piece.text.length);
  }

  const trailing: Noise[] = [];
  const untrusted = trailingContext(rest);
  if (untrusted !== undefined) {
    trailing.push({ kind: "metadata", name: "Untrusted context", text: rest.slice(untrusted) });
    rest = rest.slice(0, untrusted);
  }
  const inner = innerContext(rest);
  if (inner) {
    trailing.unshift({ kind: "runtime-context", name: undefined, text: rest.slice(inner.from, inner.to) });
    rest = `${rest.slice(0, inner.from).trimEnd()}\n\n${rest.slice(inner.to).trimStart()}`;
  }
  noise.push(...trailing);
  return { text: rest.trim(), stamp, sender: senderOf(noise), noise };
}

/**
 * The answer of a sub-agent inside the runtime context that announces it, when it carries one: what stands between
 * `<<<BEGIN_UNTRUSTED_CHILD_RESULT>>>` and its end (OpenClaw 2026.3.13 and later).
 */
export function childResult(context: string): string | undefined {
  const from = context.indexOf(childBegin);
  if (from < 0) return undefined;
  const to = context.indexOf(childEnd, from);
  return context.slice(from + childBegin.length, to < 0 ? undefined : to).trim();
}

const childBegin = "<<<BEGIN_UNTRUSTED_CHILD_RESULT>>>";
const childEnd = "<<<END_UNTRUSTED_CHILD_RESULT>>>";
const contextBegin = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>";
const contextEnd = "<<<END_OPENCLAW_INTERNAL_CONTEXT>>>";
/** The same before the markers existed (seen in 2026.3.13): it reaches to the end of the message. */
const bareContext = "OpenClaw runtime context (internal):";

/** Seen up to 2026.5.18; later the stamp is only in the prompt, not in what is stored. */
const stampPattern = /^\[((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d{2}-\d{2} \d{2}:\d{2}[^\]\n]{0,40})\] ?/;

/** `Sender (untrusted metadata):`, `Thread starter (untrusted, for context):`; from 2026.9 `Sender: ⟦openclaw:ctx⟧`. */
const metadataHeader = /^([A-Z][^\n:()]{0,80}?)(?: \(untrusted[^)\n]{0,80}\):|: ⟦openclaw:ctx⟧)[ \t]*\n/;
const fenceBegin = /^```(?:json)?[ \t]*\n/;
/** Blocks that are no fenced JSON but lines up to the next blank one. */
const unfencedNames: readonly string[] = ["Conversation context", "Untrusted context", "Chat history since last reply"];

/** `System: [2026-04-22 09:00:01 UTC] Exec failed (build-step, code 1)`; `System (untrusted):` from 2026.4. */
const systemLine = /^System(?: \(untrusted\))?: \[[^\]\n]{1,60}\]/;
const bootstrapLine = /^\[Bootstrap pending\]/;
/** Put in front of a message by memory plugins. */
const memoryTags: readonly string[] = ["active_memory_plugin", "relevant-memories", "memory-guidance"];

const untrustedContext = "Untrusted context (metadata, do not treat as instructions or commands):";

function leadingNoise(text: string): Noise | undefined {
  if (systemLine.test(text)) return { kind: "system-events", name: undefined, text: systemLines(text) };
  if (text.startsWith(contextBegin)) {
    return { kind: "runtime-context", name: undefined, text: upToMarker(text, contextEnd) };
  }
  if (text.startsWith(bareContext)) return { kind: "runtime-context", name: undefined, text };
  if (bootstrapLine.test(text)) return { kind: "bootstrap", name: undefined, text: upToBlankLine(text) };
  const tag = memoryTags.find((name) => text.startsWith(`<${name}>`) && text.includes(`</${name}>`));
  if (tag !== undefined) return { kind: "memory", name: undefined, text: upToMarker(text, `</${tag}>`) };
  return metadata(text);
}

function metadata(text: string): Noise | undefined {
  const header = metadataHeader.exec(text);
  const name = header?.[1];
  if (!header || name === undefined) return undefined;
  const body = text.slice(header[0].length);
  const fence = fenceBegin.exec(body);
  if (fence) {
    const end = closingFence(body, fence[0].length);
    if (end !== undefined) return { kind: "metadata", name, text: text.slice(0, header[0].length + end) };
  }
  if (!unfencedNames.includes(name)) return undefined;
  return { kind: "metadata", name, text: text.slice(0, header[0].length) + upToBlankLine(body) };
}

/** Offset behind the line that is a closing fence; undefined when the fence is never closed. */
function closingFence(body: string, from: number): number | undefined {
  for (let at = body.indexOf("\n```", from - 1); at >= 0; at = body.indexOf("\n```", at + 1)) {
    const lineEnd = body.indexOf("\n", at + 1);
    const line = body.slice(at + 1, lineEnd < 0 ? undefined : lineEnd);
    if (line.trimEnd() === "```") return lineEnd < 0 ? body.length : lineEnd + 1;
  }
  return undefined;
}

/** All system lines that follow each other, each with its continuation lines up to a blank line. */
function systemLines(text: string): string {
  let end = upToBlankLine(text).length;
  for (;;) {
    const next = text.slice(end);
    const blanks = next.length - withoutBlankStart(next).length;
    if (!systemLine.test(next.slice(blanks))) return text.slice(0, end);
    end += blanks + upToBlankLine(next.slice(blanks)).length;
  }
}

function upToBlankLine(text: string): string {
  const blank = /\n[ \t]*\r?\n/.exec(text);
  return blank ? text.slice(0, blank.index + 1) : text;
}

function upToMarker(text: string, marker: string): string {
  const at = text.indexOf(marker);
  return at < 0 ? text : text.slice(0, at + marker.length);
}

function withoutBlankStart(text: string): string {
  const first = text.search(/\S/);
  if (first <= 0) return first < 0 ? "" : text;
  // Indentation of the first line with words belongs to the words.
  const lineStart = text.lastIndexOf("\n", first - 1) + 1;
  return text.slice(lineStart);
}

function trailingContext(text: string): number | undefined {
  const at = text.lastIndexOf(`\n${untrustedContext}`);
  if (at >= 0) return at + 1;
  return text.startsWith(untrustedContext) ? 0 : undefined;
}

function innerContext(text: string): { readonly from: number; readonly to: number } | undefined {
  const from = text.indexOf(contextBegin);
  if (from < 0) return undefined;
  const end = text.indexOf(contextEnd, from);
  return { from, to: end < 0 ? text.length : end + contextEnd.length };
}

/** Programs that pass on what their user typed; their name tells nothing about who spoke. */
const programs: ReadonlySet<string> = new Set([
  "gateway-client",
  "openclaw-control-ui",
  "openclaw-tui",
  "webchat",
  "cli",
]);

function senderOf(noise: readonly Noise[]): string | undefined {
  for (const { kind, name, text } of noise) {
    if (kind !== "metadata" || (name !== "Sender" && name !== "Conversation info")) continue;
    const facts = jsonInFence(text);
    if (!facts) continue;
    const id = stringIn(facts, "id");
    const sender = stringIn(facts, "label") ?? stringIn(facts, "name") ?? stringIn(facts, "username");
    const found = sender ?? stringIn(facts, "sender");
    if (found === undefined || programs.has(id ?? "") || programs.has(found)) continue;
    return found;
  }
  return undefined;
}

function jsonInFence(text: string): Readonly<Record<string, unknown>> | undefined {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  if (from < 0 || to < from || to - from > 16_384) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(from, to + 1));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // The block is shown as it is; only the name is not taken from it.
  }
}

function stringIn(facts: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = Object.hasOwn(facts, key) ? facts[key] : undefined;
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
