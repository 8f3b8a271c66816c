import * as l10n from "@vscode/l10n";
import type { SessionFile, Window } from "../../conversation/model";
import { problemsOfFile } from "../../conversation/problemsOfWindow";
import { type Evidence, evidence } from "../../evidence/evidence";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import type { FindingMark } from "../../knownIssues/findingIssues";
import type { Problem, ProblemCode } from "../../problem";
import { formatCount } from "../../text/formatCount";
import type { Finding, FindingSubject, Severity } from "../finding";
import type { FindingInput } from "../findingInput";
import { versionNow } from "../versionNow";

/** More damaged windows than this of one conversation are told together. */
const TOLD_ALONE = 3;
/** A file that is being written ends in half a line for a moment. */
const BEING_WRITTEN_MS = 60_000;

/** Words that cannot be read any more, by what is wrong. */
export function* damagedTranscripts(input: FindingInput): Generator<Finding> {
  for (const { id, conversations, orphans } of input.stateDir.agents) {
    for (const { label, key, windows } of conversations) {
      yield* ofWindows(input, windows, label, { stateDir: input.stateDir.path, agentId: id, key });
    }
    const left = l10n.t("agent {0}, left behind", id);
    yield* ofWindows(input, orphans, left, { stateDir: input.stateDir.path, agentId: id });
  }
}

interface Damaged {
  readonly window: Window;
  readonly file: SessionFile;
  readonly problems: readonly Problem[];
  /** All of them; a file names the first fifty. */
  readonly count: number;
}

function* ofWindows(
  input: FindingInput,
  windows: readonly Window[],
  label: string,
  subject: FindingSubject,
): Generator<Finding> {
  const damaged: Damaged[] = [];
  for (const window of windows) {
    const found = damageOf(window, input.evidence.now);
    if (found !== undefined) damaged.push(found);
  }
  const [first, ...others] = damaged;
  if (first === undefined) return;
  if (damaged.length > TOLD_ALONE) yield told(input, label, subject, [first, ...others]);
  else for (const each of damaged) yield told(input, label, { ...subject, windowId: each.window.windowId }, [each]);
}

/** Of the shown copy; the other copies matter only where they are all there is to read. */
function damageOf(window: Window, now: number): Damaged | undefined {
  const file = window.primary;
  if (file === undefined) return undefined;
  const problems = problemsOfFile(file).filter((problem) => isDamage(problem) && !isBeingWritten(problem, file, now));
  if (problems.length === 0) return undefined;
  const unnamed = (file.index?.problemCount ?? 0) - (file.index?.problems.length ?? 0);
  return { window, file, problems, count: problems.length + Math.max(0, unnamed) };
}

function isDamage({ code }: Problem): boolean {
  return severities[code] !== undefined;
}

function isBeingWritten({ code }: Problem, { mtimeMs, name }: SessionFile, now: number): boolean {
  return code === "line.half" && name.kind === "transcript" && Math.abs(now - mtimeMs) < BEING_WRITTEN_MS;
}

/** What loses words, and what can be read all the same. What is no damage is not here. */
const severities: Partial<Readonly<Record<ProblemCode, Severity>>> = {
  "file.zst-damaged": "warning",
  "line.not-json": "warning",
  "line.not-object": "warning",
  "line.half": "warning",
  "line.nul-bytes": "warning",
  "line.invalid-utf8": "info",
  "line.byte-order-mark": "info",
  "header.missing": "warning",
  "header.not-first": "info",
  "header.second": "info",
  "tree.cycle": "warning",
  "tree.unknown-parent": "info",
  "tree.duplicate-id": "info",
};

function told(
  input: FindingInput,
  label: string,
  subject: FindingSubject,
  damaged: readonly [Damaged, ...Damaged[]],
): Finding {
  const [first] = damaged;
  const problems = damaged.flatMap((each) => each.problems);
  const codes = new Set(problems.map(({ code }) => code));
  const count = damaged.reduce((sum, each) => sum + each.count, 0);
  const base = first.file.name.base;
  return {
    code: "transcript.damaged",
    severity: problems.some(({ code }) => severities[code] === "warning") ? "warning" : "info",
    title: titleOf(codes, label),
    detail:
      damaged.length === 1
        ? l10n.t("In {0}: {1}. Everything around is shown.", base, formatCount("problem", count))
        : l10n.t(
            "In {0}: {1}; the newest is {2}. Everything around is shown.",
            formatCount("window", damaged.length),
            formatCount("problem", count),
            base,
          ),
    evidence: evidenceOf(damaged),
    next: l10n.t(
      "Copy the file before the next message: OpenClaw leaves out lines that it cannot read, and some versions rewrite the file without them.",
    ),
    place: placeOf(first),
    subject,
    at: first.window.lastAt,
    knownIssues: issuesOfFinding("transcript.damaged", { version: versionNow(input), marks: marksOf(codes) }),
  };
}

function titleOf(codes: ReadonlySet<ProblemCode>, label: string): string {
  if (codes.has("line.nul-bytes")) return l10n.t("A transcript of {0} holds NUL bytes where words were", label);
  if (codes.has("line.half")) return l10n.t("A transcript of {0} ends in the middle of a line", label);
  if (codes.has("line.not-json") || codes.has("line.not-object")) {
    return l10n.t("A transcript of {0} has lines that cannot be read", label);
  }
  if (codes.has("header.missing")) return l10n.t("A transcript of {0} has no header", label);
  if (codes.has("file.zst-damaged")) return l10n.t("An archive of {0} cannot be unpacked", label);
  return l10n.t("A transcript of {0} is damaged", label);
}

function marksOf(codes: ReadonlySet<ProblemCode>): readonly FindingMark[] {
  const marks: FindingMark[] = [];
  if (codes.has("line.nul-bytes") || codes.has("line.half")) marks.push("torn-tail");
  if (codes.has("line.not-json") || codes.has("line.not-object")) marks.push("malformed-line");
  return marks;
}

/** The first of each kind, so that a thousand bad lines do not hide a torn end. */
function evidenceOf(damaged: readonly [Damaged, ...Damaged[]]): readonly [Evidence, ...Evidence[]] {
  const [first] = damaged;
  const seen = new Set<ProblemCode>();
  const found: Evidence[] = [];
  for (const { file, problems } of damaged) {
    for (const problem of problems) {
      if (seen.has(problem.code)) continue;
      seen.add(problem.code);
      found.push(evidence("transcript", () => problem.message, placeIn(file, problem)));
    }
  }
  const [one = evidence("transcript", () => first.file.name.base, placeOf(first)), ...others] = found;
  return [one, ...others];
}

function placeOf({ file, problems: [problem] }: Damaged): Finding["place"] {
  return problem === undefined ? { file: file.path } : placeIn(file, problem);
}

function placeIn(file: SessionFile, problem: Problem): NonNullable<Finding["place"]> {
  return {
    file: problem.file ?? file.path,
    ...(problem.line === undefined ? {} : { line: problem.line }),
    ...(problem.offset === undefined ? {} : { offset: problem.offset }),
  };
}
