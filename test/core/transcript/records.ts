import { splitLines } from "../../../src/core/jsonl/splitLines";
import type { TranscriptItem } from "../../../src/core/transcript/entry";
import { parseLine } from "../../../src/core/transcript/parseLine";

/** Records as OpenClaw writes them, with readable ids. */
export type Line = Readonly<Record<string, unknown>> | string;

export function header(extra: Readonly<Record<string, unknown>> = {}): Line {
  return {
    type: "session",
    version: 3,
    id: "s-1",
    timestamp: "2026-04-22T18:15:00.000Z",
    cwd: "/home/ada/.openclaw/workspace",
    ...extra,
  };
}

/** `msg("u1", null, "user", "hello")` */
export function msg(
  id: string,
  parentId: string | null,
  role: string,
  content: unknown,
  extra: Readonly<Record<string, unknown>> = {},
  minute = 15,
): Line {
  const timestamp = `2026-04-22T18:${String(minute).padStart(2, "0")}:06.123Z`;
  return { type: "message", id, parentId, timestamp, message: { role, content, ...extra } };
}

export function row(
  type: string,
  id: string,
  parentId: string | null,
  extra: Readonly<Record<string, unknown>> = {},
): Line {
  return { type, id, parentId, timestamp: "2026-04-22T18:15:01.000Z", ...extra };
}

/** The items of a file; strings are lines as they are. */
export function itemsOf(...lines: readonly Line[]): TranscriptItem[] {
  return itemsOfBytes(Buffer.from(lines.map((line) => `${jsonOf(line)}\n`).join("")));
}

export function itemsOfBytes(bytes: Uint8Array): TranscriptItem[] {
  return splitLines(bytes).flatMap((line, index) =>
    parseLine(
      line.bytes,
      { line: index + 1, offset: line.offset, bytes: line.length },
      { complete: line.ended, firstLine: index === 0 },
    ),
  );
}

function jsonOf(line: Line): string {
  return typeof line === "string" ? line : JSON.stringify(line);
}
