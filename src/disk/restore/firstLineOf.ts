import type { ByteSource } from "../byteSource";

/** A header is some hundred bytes; what is longer is none. */
const MAX_LINE_BYTES = 1024 * 1024;

export interface FirstLine {
  /** Without `\n`. Undefined when there is none, or it is longer than 1 MB. */
  readonly text: string | undefined;
  /** With its `\n`, when it has one. */
  readonly bytes: number;
}

/** The first line as it is. Throws ReadError. */
export async function firstLineOf(source: ByteSource, signal: AbortSignal | undefined): Promise<FirstLine> {
  const bytes = Buffer.from(await source.read(0, Math.min(MAX_LINE_BYTES + 1, Math.max(1, source.size)), signal));
  const newline = bytes.indexOf(0x0a);
  if (bytes.length === 0 || (newline === -1 && bytes.length > MAX_LINE_BYTES)) return { text: undefined, bytes: 0 };
  const end = newline === -1 ? bytes.length : newline;
  return { text: bytes.toString("utf8", 0, end), bytes: newline === -1 ? end : end + 1 };
}

/** `id` of a header line; undefined when the line is none. */
export function headerIdOf(line: string | undefined): string | undefined {
  try {
    const value: unknown = JSON.parse(line?.replace(/^\uFEFF/, "") ?? "");
    if (typeof value !== "object" || value === null) return undefined;
    const { type, id } = value as Readonly<Record<string, unknown>>;
    return type === "session" && typeof id === "string" ? id : undefined;
  } catch {
    return undefined; // whatever it is, it names no session
  }
}
