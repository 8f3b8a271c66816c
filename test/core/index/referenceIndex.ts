import { pageOf } from "../../../src/core/transcript/page";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { isMirror, type TranscriptEntry } from "../../../src/core/transcript/entry";
import { parseLine, parseLongLine } from "../../../src/core/transcript/parseLine";
import type { Problem } from "../../../src/core/problem";

/**
 * The index as the contract in transcriptIndex.ts puts it, from a full parse of every line: written the plain way, one
 * concern after the other, with nothing in common with the builder but the parser.
 */
export function referenceIndex(bytes: Buffer, maxLineBytes = Infinity): TranscriptIndex {
  const lines = linesOf(bytes);
  const problems: Problem[] = [];
  const entries: { entry: TranscriptEntry; line: number; offset: number }[] = [];
  let header: TranscriptIndex["header"];
  let sawCarriageReturn = false;

  for (const { offset, text, ended, number } of lines) {
    if (text.at(-1) === 0x0d && !sawCarriageReturn && text.length <= maxLineBytes) {
      sawCarriageReturn = true;
      const message = "Lines end with a carriage return before the newline; they were read without it.";
      problems.push({ code: "line.carriage-returns", message, line: number, offset });
    }
    const position = { line: number, offset, bytes: text.length };
    const options = { complete: ended, firstLine: number === 1, headerAbove: header !== undefined };
    const items = text.length > maxLineBytes ? parseLongLine(text, position) : parseLine(text, position, options);
    for (const item of items) {
      if (item.kind === "damage") problems.push(item.problem);
      if (item.kind === "entry") entries.push({ entry: item.entry, line: number, offset });
      if (item.kind === "header" && !header) {
        const { id, version, at, cwd, parentSession } = item.header;
        header = { id, version, at, cwd, parentSession, line: number };
      }
    }
  }

  const messages = entries.flatMap(({ entry }) => (entry.type === "message" ? [entry.message] : []));
  const assistants = messages.flatMap((message) => (message.role === "assistant" ? [message] : []));
  const said = assistants.filter(({ provider }) => provider !== "openclaw");
  const last = said.at(-1);
  const times = entries.flatMap(({ entry }) => entry.at ?? []);
  const sum = (name: keyof NonNullable<(typeof said)[number]["usage"]>): number =>
    said.reduce((total, { usage }) => total + (usage?.[name] ?? 0), 0);

  const kinds = new Map<string, number>();
  for (const { entry } of entries) {
    const kind = (entry.type === "unknown" ? entry.writtenType : entry.type) ?? "";
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }

  const branches: TranscriptIndex["branches"][number][] = [];
  const places = new Map<string, number>();
  let previousId: string | null | undefined = null;
  for (const { entry, line, offset } of entries) {
    const { id, parentId } = entry;
    if (id !== undefined && parentId !== undefined && parentId !== previousId) {
      const parentOffset = parentId === null ? undefined : places.get(parentId);
      const later = entries.find((other) => other.offset >= offset && other.entry.id === parentId)?.offset;
      const place = parentOffset ?? later;
      const missing = parentId !== null && place === undefined ? { parentMissing: true as const } : {};
      branches.push({
        line,
        offset,
        id,
        parentId,
        ...(place === undefined ? {} : { parentOffset: place }),
        ...missing,
      });
    }
    if (id !== undefined) places.set(id, offset);
    previousId = id;
  }

  const users = entries.flatMap(({ entry }) =>
    entry.type === "message" && entry.message.role === "user" ? [entry.message] : [],
  );
  const turns = users.map(({ blocks }) => turnOf(blocks.find((block) => block.kind === "text")?.text ?? ""));
  const compactions = entries.flatMap(({ entry, line }) => (entry.type === "compaction" ? [{ entry, line }] : []));
  const spoken = new Set(entries.flatMap(({ entry, line }) => (isSpoken(entry) ? [line] : [])));
  const masked = lines.flatMap(({ text, number }) =>
    text.length <= maxLineBytes && spoken.has(number) && maskPattern.test(text.toString()) ? [number] : [],
  );

  const firstUser = messages.find(({ role }) => role === "user")?.blocks[0];
  const pages = bytes.length === 0 ? 0 : pageOf(bytes.length - 1) + 1;
  const index: TranscriptIndex = {
    bytes: bytes.length,
    lines: lines.length,
    header,
    entries: entries.length,
    kinds: Object.fromEntries(kinds),
    roles: {
      user: messages.filter(({ role }) => role === "user").length,
      assistant: said.length,
      toolResult: messages.filter(({ role }) => role === "toolResult").length,
      other: messages.filter(({ role }) => role === "other" || role === "bashExecution").length,
      mirror: assistants.length - said.length,
      machine: turns.filter((turn) => turn !== "person").length,
      heartbeat: turns.filter((turn) => turn === "heartbeat").length,
    },
    firstEntryId: entries[0]?.entry.id,
    lastEntryId: entries.at(-1)?.entry.id,
    firstAt: times[0],
    lastAt: times.at(-1),
    usage: {
      input: sum("input"),
      output: sum("output"),
      cacheRead: sum("cacheRead"),
      cacheWrite: sum("cacheWrite"),
      totalTokens: sum("totalTokens"),
      costTotal: sum("costTotal"),
    },
    lastModel: last && { provider: last.provider, model: last.model },
    problemCount: problems.length,
    problems: problems.slice(0, 50),
    branches,
    branchesComplete: true,
    bootstrapSessionIds: bootstrapIds(entries.map(({ entry }) => entry)),
    compactions: {
      count: compactions.length,
      noPriorHistoryLine: compactions.find(({ entry: { summary } }) =>
        summary.trimStart().startsWith("No prior history"),
      )?.line,
    },
    masked: { count: masked.length, firstLine: masked[0] },
    versionReplies: entries.flatMap(({ entry, line }) => versionReply(entry, line)).slice(-4),
    overflows: assistants.filter(
      ({ stopReason, errorMessage }) => stopReason === "error" && /prompt is too long/.test(errorMessage ?? ""),
    ).length,
    cronJobId: firstUser?.kind === "text" ? /^\[cron:([^\s\]]{1,128})[\s\]]/.exec(firstUser.text)?.[1] : undefined,
    pageFirstLine: Array.from(
      { length: pages },
      (_, page) => lines.find(({ offset }) => pageOf(offset) >= page)?.number ?? lines.length + 1,
    ),
  };
  const unfinished = lines.at(-1);
  if (!unfinished || unfinished.ended) return index;
  return { ...index, withoutLastLine: referenceIndex(bytes.subarray(0, unfinished.offset), maxLineBytes) };
}

/** The forms that the tests write. */
const maskPattern = /(?<![\w-])sk-[\w-]{3}…[\w-]{4}(?![\w-])/;

function isSpoken(entry: TranscriptEntry): boolean {
  if (entry.type !== "message") return false;
  const { message } = entry;
  return message.role === "assistant" ? !isMirror(message) : message.role === "user" || message.role === "toolResult";
}

function versionReply(entry: TranscriptEntry, line: number): TranscriptIndex["versionReplies"] {
  if (entry.type !== "message" || !isMirror(entry.message)) return [];
  const text = entry.message.blocks.find((block) => block.kind === "text")?.text ?? "";
  const version = /^(?:🦞 )?OpenClaw (2026\.\d+\.\d+) /.exec(text)?.[1];
  return version === undefined ? [] : [{ version, at: entry.at, line }];
}

function turnOf(text: string): "person" | "heartbeat" | "other" {
  const words = text.replace(notices, "");
  if (words === "" && text !== "") return "other";
  if (/^(?:\[OpenClaw heartbeat poll\]|Read HEARTBEAT\.md if it exists)/.test(words)) return "heartbeat";
  return otherPrompts.some((prompt) => words.startsWith(prompt)) ? "other" : "person";
}

const notices =
  /^(?:System(?: \(untrusted\))?: \[[^]*?(?:\n\n+|$)|<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>[^]*?(?:<<<END_OPENCLAW_INTERNAL_CONTEXT>>>\n*|$))+/;
/** How the gateway's own prompts begin that are no heartbeats. */
export const otherPrompts: readonly string[] = [
  "[OpenClaw exec completion]",
  "[OpenClaw cron wake]",
  "[OpenClaw session event]",
  "[OpenClaw session new]",
  "[OpenClaw session reset]",
  "A new session was started via /new or /reset.",
  "An async command you ran earlier has completed",
  "Exec completed (",
  "Exec failed (",
  "[cron:",
  "A scheduled reminder has been triggered",
  "A scheduled cron event was triggered",
  "[Inter-session message]",
  "[Subagent Context]",
  "[Subagent Task]",
  "OpenClaw runtime context (internal):",
];

interface Line {
  readonly text: Buffer;
  readonly offset: number;
  readonly number: number;
  readonly ended: boolean;
}

function linesOf(bytes: Buffer): Line[] {
  const lines: Line[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const newline = bytes.indexOf(0x0a, offset);
    const end = newline === -1 ? bytes.length : newline;
    lines.push({ text: bytes.subarray(offset, end), offset, number: lines.length + 1, ended: newline !== -1 });
    offset = end + 1;
  }
  return lines;
}

function bootstrapIds(entries: readonly TranscriptEntry[]): string[] {
  const ids = entries.flatMap((entry) => {
    if (entry.type !== "custom" || entry.customType !== "openclaw:bootstrap-context:full") return [];
    const { data } = entry;
    if (typeof data !== "object" || data === null || Array.isArray(data)) return [];
    const id = (data as Record<string, unknown>)["sessionId"];
    return typeof id === "string" ? [id] : [];
  });
  return [...new Set(ids)].slice(0, 8);
}
