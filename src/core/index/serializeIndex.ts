import { isJsonObject } from "../config/jsonObject";
import { numberOf, textOf } from "../transcript/parseField";
import type { Problem } from "../problem";
import type { BranchStart, IndexedHeader, RoleCounts, TranscriptIndex, UsageTotals } from "./transcriptIndex";

/** Raise it whenever an index is built or written differently: older ones are then built anew. */
export const INDEX_VERSION = 4;

/** In the place of a parent's offset. */
const MISSING = -1;

/** As a value for `JSON.stringify`, small: lists instead of names, differences instead of large numbers. Holds no message text. */
export function encodeIndex(index: TranscriptIndex): unknown {
  const { header, roles, usage, lastModel, withoutLastLine } = index;
  return {
    v: INDEX_VERSION,
    size: [index.bytes, index.lines, index.entries],
    header: header && [
      header.id,
      header.version,
      header.at ?? null,
      header.cwd ?? null,
      header.parentSession ?? null,
      header.line,
    ],
    kinds: index.kinds,
    roles: [roles.user, roles.assistant, roles.toolResult, roles.other, roles.mirror, roles.machine, roles.heartbeat],
    ids: [index.firstEntryId ?? null, index.lastEntryId ?? null],
    times: [index.firstAt ?? null, index.lastAt ?? null],
    usage: [usage.input, usage.output, usage.cacheRead, usage.cacheWrite, usage.totalTokens, usage.costTotal],
    model: lastModel && [lastModel.provider ?? null, lastModel.model ?? null],
    problems: [index.problemCount, ...index.problems],
    branches: [
      index.branchesComplete,
      ...index.branches.map((start) => [
        start.line,
        start.offset,
        start.id,
        start.parentId,
        start.parentMissing === true ? MISSING : (start.parentOffset ?? null),
      ]),
    ],
    bootstrap: index.bootstrapSessionIds,
    compactions: [index.compactions.count, index.compactions.noPriorHistoryLine ?? null],
    masked: [index.masked.count, index.masked.firstLine ?? null],
    versions: index.versionReplies.map(({ version, at, line }) => [version, at ?? null, line]),
    overflows: index.overflows,
    cron: index.cronJobId,
    pages: differences(index.pageFirstLine),
    ...(withoutLastLine ? { before: encodeIndex(withoutLastLine) } : {}),
  };
}

/** Undefined when it is not what `encodeIndex` of this version gives. */
export function decodeIndex(value: unknown): TranscriptIndex | undefined {
  try {
    return decode(value);
  } catch (error) {
    if (error instanceof NotAnIndex) return undefined;
    throw error;
  }
}

class NotAnIndex extends Error {}

function decode(value: unknown): TranscriptIndex {
  if (!isJsonObject(value) || value["v"] !== INDEX_VERSION) throw new NotAnIndex();
  const [bytes, lines, entries] = counts(value["size"], 3);
  const [firstEntryId, lastEntryId] = list(value["ids"]).map(textOrNone);
  const [firstAt, lastAt] = list(value["times"]).map(timeOrNone);
  const [user, assistant, toolResult, other, mirror, machine, heartbeat] = counts(value["roles"], 7);
  const [compactions, noPriorHistoryLine] = list(value["compactions"]);
  const [masked, firstMaskedLine] = list(value["masked"]);
  const [problemCount, ...problems] = list(value["problems"]);
  const [branchesComplete, ...branches] = list(value["branches"]);
  const before = value["before"];
  return {
    bytes,
    lines,
    entries,
    header: value["header"] === undefined ? undefined : decodeHeader(list(value["header"])),
    kinds: decodeKinds(value["kinds"]),
    roles: { user, assistant, toolResult, other, mirror, machine, heartbeat } satisfies RoleCounts,
    firstEntryId,
    lastEntryId,
    firstAt,
    lastAt,
    usage: decodeUsage(value["usage"]),
    lastModel: value["model"] === undefined ? undefined : decodeModel(list(value["model"])),
    problemCount: count(problemCount),
    problems: problems.map(decodeProblem),
    branches: branches.map((start) => decodeBranch(list(start))),
    branchesComplete: branchesComplete === true,
    bootstrapSessionIds: list(value["bootstrap"]).map(text),
    compactions: { count: count(compactions), noPriorHistoryLine: countOrNone(noPriorHistoryLine) },
    masked: { count: count(masked), firstLine: countOrNone(firstMaskedLine) },
    versionReplies: list(value["versions"]).map((reply) => decodeVersionReply(list(reply))),
    overflows: count(value["overflows"]),
    cronJobId: textOrNone(value["cron"]),
    pageFirstLine: sums(list(value["pages"]).map(count)),
    ...(before === undefined ? {} : { withoutLastLine: decode(before) }),
  };
}

function decodeHeader([id, version, at, cwd, parentSession, line]: readonly unknown[]): IndexedHeader {
  return {
    id: text(id),
    version: number(version),
    at: timeOrNone(at),
    cwd: textOrNone(cwd),
    parentSession: textOrNone(parentSession),
    line: count(line),
  };
}

function decodeKinds(value: unknown): Record<string, number> {
  if (!isJsonObject(value)) throw new NotAnIndex();
  return Object.fromEntries(Object.entries(value).map(([kind, entries]) => [kind, count(entries)]));
}

function decodeUsage(value: unknown): UsageTotals {
  const [input, output, cacheRead, cacheWrite, totalTokens, costTotal] = numbers(value, 6);
  return { input, output, cacheRead, cacheWrite, totalTokens, costTotal };
}

function decodeModel([provider, model]: readonly unknown[]): TranscriptIndex["lastModel"] {
  return { provider: textOrNone(provider), model: textOrNone(model) };
}

function decodeVersionReply([version, at, line]: readonly unknown[]): TranscriptIndex["versionReplies"][number] {
  return { version: text(version), at: timeOrNone(at), line: count(line) };
}

function decodeProblem(value: unknown): Problem {
  if (!isJsonObject(value)) throw new NotAnIndex();
  const line = countOrNone(value["line"]);
  const offset = countOrNone(value["offset"]);
  return {
    // The codes are those of the version that wrote them, which is ours.
    code: text(value["code"]) as Problem["code"],
    message: text(value["message"]),
    ...(line === undefined ? {} : { line }),
    ...(offset === undefined ? {} : { offset }),
  };
}

function decodeBranch([line, offset, id, parentId, parentOffset]: readonly unknown[]): BranchStart {
  const place = parentOffset === MISSING ? MISSING : countOrNone(parentOffset);
  const parentMissing = place === MISSING;
  return {
    line: count(line),
    offset: count(offset),
    id: text(id),
    parentId: parentId === null ? null : text(parentId),
    ...(place === undefined || parentMissing ? {} : { parentOffset: place }),
    ...(parentMissing ? { parentMissing } : {}),
  };
}

function differences(values: readonly number[]): number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0));
}

function sums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum = count(sum + value)));
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new NotAnIndex();
  return value;
}

type Numbers<Length extends number, Found extends number[] = []> = Found["length"] extends Length
  ? Found
  : Numbers<Length, [...Found, number]>;

function counts<Length extends number>(value: unknown, length: Length): Numbers<Length> {
  list(value).forEach(count);
  return numbers(value, length);
}

/** What sums of token counts and costs may be: transcripts hold fractions there, and now and then negative numbers. */
function numbers<Length extends number>(value: unknown, length: Length): Numbers<Length> {
  const found = list(value).map(number);
  if (found.length !== length) throw new NotAnIndex();
  return found as Numbers<Length>;
}

/** How many there are, or where something stands: nothing else may become a line number or an offset. */
function count(value: unknown): number {
  const found = number(value);
  if (!Number.isSafeInteger(found) || found < 0) throw new NotAnIndex();
  return found;
}

function countOrNone(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : count(value);
}

function number(value: unknown): number {
  const found = numberOf(value);
  if (found === undefined) throw new NotAnIndex();
  return found;
}

function text(value: unknown): string {
  const found = textOf(value);
  if (found === undefined) throw new NotAnIndex();
  return found;
}

function timeOrNone(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : number(value);
}

function textOrNone(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : text(value);
}
