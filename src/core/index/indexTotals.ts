import { PAGE_BYTES, pageOf } from "../transcript/page";
import type { Problem } from "../problem";
import type { TranscriptHeader } from "../transcript/entry";
import type { EntryFacts } from "./entryFacts";
import type { EntryId } from "./entryId";
import {
  ASSISTANT,
  AT,
  COMPACTION,
  COST_TOTAL,
  HEARTBEAT,
  INPUT,
  MIRROR,
  PERSON,
  type QuickFacts,
  quickKinds,
  USER,
} from "./quickFacts";
import { RecentEntries } from "./recentEntries";
import type { BranchStart, IndexedHeader, TranscriptIndex } from "./transcriptIndex";

/** Bounds of what an index keeps, so that no file makes it large. */
const MOST_KINDS = 32;
const MOST_KINDS_COUNTED = 1_000;
const LONGEST_KIND = 64;
const MOST_PROBLEMS = 50;
const MOST_BRANCHES = 10_000;
const MOST_BOOTSTRAP_IDS = 8;
const MOST_MISSING_PARENTS = 100;
const MOST_VERSION_REPLIES = 4;

/** The sums that become a TranscriptIndex. Lines are added in file order; nothing is ever taken back. */
export class IndexTotals {
  lines = 0;
  /** Offset behind the last line that was added, bytes. */
  bytes = 0;
  header: IndexedHeader | undefined;
  hasCarriageReturns = false;
  private entries = 0;
  /** Entries added by a quick look, by place in `quickKinds`; the other counts are those of full parses. */
  private readonly quickCounts = new Float64Array(quickKinds.length);
  private readonly kinds = new Map<string, number>();
  private readonly roles = { user: 0, assistant: 0, toolResult: 0, other: 0, mirror: 0, machine: 0, heartbeat: 0 };
  private firstEntryId: string | undefined;
  private readonly recent = new RecentEntries();
  private hasTimes = false;
  private firstAt = 0;
  /** At AT the time of the last entry that has one; behind it the sums, in the places of QuickFacts. */
  private readonly numbers = new Float64Array(7);
  private lastModel: TranscriptIndex["lastModel"];
  private problemCount = 0;
  private problems: Problem[] = [];
  private branches: BranchStart[] = [];
  private branchesComplete = true;
  /** Ids named as parents by branches (their places in `branches`) that no entry has so far, and the file may still bring. */
  private readonly missingParents = new Map<string, number[]>();
  /** Nothing was forgotten because reading went on from an index. */
  private seesWholeFile = true;
  private bootstrapSessionIds: string[] = [];
  private compactions: TranscriptIndex["compactions"] = { count: 0, noPriorHistoryLine: undefined };
  private masked: TranscriptIndex["masked"] = { count: 0, firstLine: undefined };
  private versionReplies: TranscriptIndex["versionReplies"] = [];
  private overflows = 0;
  private cronJobId: string | undefined;
  private pageFirstLine: number[] = [];
  /** The page that has no first line yet. */
  private nextPageAt = 0;

  constructor(from?: TranscriptIndex) {
    if (from) this.resume(from);
  }

  get hasUserMessage(): boolean {
    return this.roles.user > 0; // the first one is never told by a quick look
  }

  /** Puts the id of the latest entry into `id`, which is empty when there is none, or none that fits. */
  readLatestId(id: EntryId): void {
    this.recent.readLatest(id);
  }

  /** Further problems are only counted. */
  get countsProblems(): boolean {
    return this.problems.length >= MOST_PROBLEMS;
  }

  /** `bytes`: length of the line with its `\n`, when it has one. */
  addLine(offset: number, bytes: number): void {
    this.lines++;
    this.bytes = offset + bytes;
    if (offset >= this.nextPageAt) this.beginPages(offset);
  }

  /** `count` lines that are only their `\n`. Costs as much as there are pages, not lines. */
  addBlankLines(offset: number, count: number): void {
    for (let added = 0; added < count;) {
      const beforePage = Math.min(Math.max(0, this.nextPageAt - offset - added), count - added);
      this.lines += beforePage;
      added += beforePage;
      if (added < count) this.addLine(offset + added++, 1);
    }
    this.bytes = offset + count;
  }

  addHeader(header: TranscriptHeader, line: number): void {
    if (this.header) return; // a second one is a problem, which was added as such
    const { id, version, at, cwd, parentSession } = header;
    this.header = { id, version, at, cwd, parentSession, line };
  }

  addProblem(problem: Problem): void {
    this.problemCount++;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }

  addEntry(facts: EntryFacts, line: number, offset: number): void {
    const { id, parentId, at, role, said } = facts;
    const previousId = this.recent.isEmpty ? null : this.recent.latestId();
    if (id !== undefined && parentId !== undefined && parentId !== previousId)
      this.addBranch(id, parentId, line, offset);
    if (this.recent.isEmpty) this.firstEntryId = id;
    this.entries++;
    this.recent.pushText(id, offset);
    if (id !== undefined && this.missingParents.size > 0) this.findParent(id, offset);
    this.countKind((facts.type ?? "").slice(0, LONGEST_KIND));
    if (at !== undefined) this.addTime(at);
    if (role === "user" && !this.hasUserMessage) this.cronJobId = facts.cronJobId;
    if (role !== undefined) this.roles[role]++;
    if (facts.machine !== undefined) this.addMachine(facts.machine === "heartbeat");
    if (facts.overflow) this.overflows++;
    if (facts.type === "compaction") this.addCompaction(facts.noPriorHistory, line);
    if (facts.version !== undefined) this.addVersion(facts.version, at, line);
    if (said) {
      this.lastModel = { provider: said.provider, model: said.model };
      const { usage } = said;
      if (usage) {
        const { input, output, cacheRead, cacheWrite, totalTokens, costTotal } = usage;
        [input, output, cacheRead, cacheWrite, totalTokens, costTotal].forEach((value, place) => {
          this.numbers[INPUT + place] = (this.numbers[INPUT + place] ?? 0) + value;
        });
      }
    }
    const session = facts.bootstrapSessionId;
    if (session === undefined || this.bootstrapSessionIds.includes(session)) return;
    if (this.bootstrapSessionIds.length < MOST_BOOTSTRAP_IDS) this.bootstrapSessionIds.push(session);
  }

  /** A line with a message holds what OpenClaw writes in place of a secret. */
  addMasked(line: number): void {
    const { count, firstLine } = this.masked;
    this.masked = { count: count + 1, firstLine: firstLine ?? line };
  }

  /**
   * The same from a quick look. Must not be used for the first user message, nor for bootstrap rows.
   */
  addQuickEntry(facts: QuickFacts, line: number, offset: number): void {
    const { id, numbers, kind } = facts;
    if (!facts.follows) this.lookForBranch(facts, line, offset);
    this.recent.push(id, offset);
    if (this.missingParents.size > 0) this.findParent(id.toString(), offset);
    this.quickCounts[kind] = (this.quickCounts[kind] ?? 0) + 1;
    this.addTime(numbers[AT] ?? NaN);
    if (facts.masked && isSpoken[kind] === true) this.addMasked(line);
    if (kind !== ASSISTANT) {
      if (kind === USER && facts.speaker !== PERSON) this.addMachine(facts.speaker === HEARTBEAT);
      if (kind === COMPACTION) this.addCompaction(facts.noPriorHistory, line);
      if (kind === MIRROR && facts.version !== undefined) this.addVersion(facts.version, numbers[AT], line);
      return;
    }
    this.lastModel = facts.model;
    const sums = this.numbers;
    for (let place = INPUT; place <= COST_TOTAL; place++) sums[place] = (sums[place] ?? 0) + (numbers[place] ?? 0);
  }

  /** What was added so far, as an index that later additions do not change. */
  index(): TranscriptIndex {
    const [lastAt = 0, input = 0, output = 0, cacheRead = 0, cacheWrite = 0, totalTokens = 0, costTotal = 0] =
      this.numbers;
    const { lines, bytes, header, hasTimes, lastModel, problemCount, branchesComplete, cronJobId } = this;
    let { entries } = this;
    const roles = { ...this.roles };
    const kinds = new Map(this.kinds);
    quickKinds.forEach((kind, place) => {
      const count = this.quickCounts[place] ?? 0;
      if (count === 0) return;
      entries += count;
      kinds.set(kind.type, (kinds.get(kind.type) ?? 0) + count);
      if ("role" in kind) roles[kind.role] += count;
    });
    return {
      bytes,
      lines,
      header,
      entries,
      kinds: mostFrequent(kinds),
      roles,
      firstEntryId: this.firstEntryId,
      lastEntryId: this.recent.latestId(),
      firstAt: hasTimes ? this.firstAt : undefined,
      lastAt: hasTimes ? lastAt : undefined,
      usage: { input, output, cacheRead, cacheWrite, totalTokens, costTotal },
      lastModel: lastModel && { provider: lastModel.provider, model: lastModel.model },
      problemCount,
      problems: [...this.problems],
      branches: [...this.branches],
      branchesComplete,
      bootstrapSessionIds: [...this.bootstrapSessionIds],
      compactions: this.compactions,
      masked: this.masked,
      versionReplies: this.versionReplies,
      overflows: this.overflows,
      cronJobId,
      pageFirstLine: this.firstLines(),
    };
  }

  private resume(from: TranscriptIndex): void {
    this.lines = from.lines;
    this.bytes = from.bytes;
    this.header = from.header;
    this.entries = from.entries;
    for (const [kind, count] of Object.entries(from.kinds)) this.kinds.set(kind, count);
    Object.assign(this.roles, from.roles);
    this.firstEntryId = from.firstEntryId;
    if (from.entries > 0) this.recent.pushText(from.lastEntryId, undefined);
    this.hasTimes = from.firstAt !== undefined;
    this.firstAt = from.firstAt ?? 0;
    const { input, output, cacheRead, cacheWrite, totalTokens, costTotal } = from.usage;
    this.numbers.set([from.lastAt ?? 0, input, output, cacheRead, cacheWrite, totalTokens, costTotal]);
    this.lastModel = from.lastModel;
    this.problemCount = from.problemCount;
    this.problems = [...from.problems];
    this.hasCarriageReturns = from.problems.some(({ code }) => code === "line.carriage-returns");
    this.branches = [...from.branches];
    this.branchesComplete = from.branchesComplete;
    this.seesWholeFile = from.entries === 0;
    from.branches.forEach(({ parentId, parentMissing }, at) => {
      if (parentMissing === true && parentId !== null) this.awaitParent(parentId, at);
    });
    this.bootstrapSessionIds = [...from.bootstrapSessionIds];
    this.compactions = from.compactions;
    this.masked = from.masked;
    this.versionReplies = from.versionReplies;
    this.overflows = from.overflows;
    this.cronJobId = from.cronJobId;
    this.pageFirstLine = [...from.pageFirstLine];
    this.nextPageAt = this.pageFirstLine.length * PAGE_BYTES;
  }

  private addMachine(isHeartbeat: boolean): void {
    this.roles.machine++;
    if (isHeartbeat) this.roles.heartbeat++;
  }

  private addVersion(version: string, at: number | undefined, line: number): void {
    this.versionReplies = [...this.versionReplies, { version, at, line }].slice(-MOST_VERSION_REPLIES);
  }

  private addCompaction(noPriorHistory: boolean, line: number): void {
    const { count, noPriorHistoryLine } = this.compactions;
    this.compactions = {
      count: count + 1,
      noPriorHistoryLine: noPriorHistoryLine ?? (noPriorHistory ? line : undefined),
    };
  }

  private lookForBranch({ id, parentId }: QuickFacts, line: number, offset: number): void {
    const { recent } = this;
    if (recent.isEmpty) this.firstEntryId = id.toString();
    if (recent.isEmpty ? parentId.length === 0 : recent.latestIs(parentId)) return;
    this.addBranch(id.toString(), parentId.length === 0 ? null : parentId.toString(), line, offset);
  }

  private addTime(at: number): void {
    if (!this.hasTimes) {
      this.hasTimes = true;
      this.firstAt = at;
    }
    this.numbers[AT] = at;
  }

  private addBranch(id: string, parentId: string | null, line: number, offset: number): void {
    if (this.branches.length >= MOST_BRANCHES) {
      this.branchesComplete = false;
      return;
    }
    const parentOffset = parentId === null ? undefined : this.recent.offsetOf(parentId);
    const place = parentOffset === undefined ? {} : { parentOffset };
    const isMissing =
      parentId !== null &&
      parentOffset === undefined &&
      this.seesWholeFile &&
      this.recent.isComplete &&
      this.awaitParent(parentId, this.branches.length);
    this.branches.push({ line, offset, id, parentId, ...place, ...(isMissing ? { parentMissing: true } : {}) });
  }

  /** False when too many are awaited already. */
  private awaitParent(parentId: string, branch: number): boolean {
    const branches = this.missingParents.get(parentId);
    if (branches) branches.push(branch);
    else if (this.missingParents.size >= MOST_MISSING_PARENTS) return false;
    else this.missingParents.set(parentId, [branch]);
    return true;
  }

  /** OpenClaw finds parents by id, wherever they are: one may stand behind its child, or be the child itself. */
  private findParent(id: string, parentOffset: number): void {
    for (const at of this.missingParents.get(id) ?? []) {
      const branch = this.branches[at];
      if (!branch) continue;
      const { line, offset, parentId } = branch;
      this.branches[at] = { line, offset, id: branch.id, parentId, parentOffset };
    }
    this.missingParents.delete(id);
  }

  private countKind(kind: string): void {
    const count = this.kinds.get(kind);
    if (count !== undefined || this.kinds.size < MOST_KINDS_COUNTED) this.kinds.set(kind, (count ?? 0) + 1);
  }

  /** A line begins at `offset`: it is the first one of that page, and the next one for empty pages before. */
  private beginPages(offset: number): void {
    const page = pageOf(offset);
    while (this.pageFirstLine.length <= page) this.pageFirstLine.push(this.lines);
    this.nextPageAt = (page + 1) * PAGE_BYTES;
  }

  private firstLines(): number[] {
    const lines = [...this.pageFirstLine];
    const pages = this.bytes === 0 ? 0 : pageOf(this.bytes - 1) + 1;
    while (lines.length < pages) lines.push(this.lines + 1);
    return lines;
  }
}

/** By place in `quickKinds`: messages of people, models and tools. */
const isSpoken = quickKinds.map((kind) => "role" in kind && kind.role !== "mirror");

function mostFrequent(kinds: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...kinds].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return Object.fromEntries(sorted.slice(0, MOST_KINDS));
}
