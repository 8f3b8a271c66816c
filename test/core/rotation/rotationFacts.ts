import type {
  Conversation,
  Ending,
  FileHead,
  Opening,
  SessionFile,
  Window,
} from "../../../src/core/conversation/model";
import { evidence, type Evidence, type NonEmpty } from "../../../src/core/evidence/evidence";
import type { Judgement } from "../../../src/core/rotation/judgement";
import type { LogEvent, LogRecord } from "../../../src/core/log/logRecord";
import type { Boundary } from "../../../src/core/rotation/rotation";
import type { RotationFacts } from "../../../src/core/rotation/rotationFacts";
import type {
  PolicyFact,
  ResetPolicy,
  Surroundings,
  VersionFact,
  ZoneCandidate,
  ZoneFact,
} from "../../../src/core/surroundings/surroundings";
import { aConversation, aFile, aWindow, someSurroundings } from "../../anExplanation";
import { anEnding, anOpening } from "../../anOpening";

/** `time("08:05")` is on 31 March 2026, `time("1T08:05")` on 1 April; UTC, epoch ms. Seconds and milliseconds may follow. */
export function time(text: string): number {
  const [day, clock = ""] = text.includes("T") ? text.split("T") : ["31", text];
  const month = day === "31" || day === "30" ? "03" : "04";
  return Date.parse(`2026-${month}-${(day ?? "").padStart(2, "0")}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

export interface Side {
  readonly id?: string;
  readonly name?: string;
  readonly header?: string;
  readonly first?: string;
  readonly last?: string;
  readonly cwd?: string;
  readonly opening?: Partial<Opening>;
  readonly ending?: Partial<Ending>;
  readonly head?: Partial<FileHead>;
  readonly file?: Partial<SessionFile>;
  readonly window?: Partial<Window>;
}

export interface Given {
  readonly key?: string;
  /** When the archive was made. */
  readonly at?: string;
  /** `orphan`: the old transcript kept its name. */
  readonly how?: "reset" | "deleted" | "orphan" | "gone";
  readonly from?: Side;
  /** `null`: nothing followed. */
  readonly to?: Side | null;
  readonly row?: Conversation["row"];
  readonly version?: string | VersionFact;
  readonly zone?: ZoneFact;
  readonly policy?: PolicyFact;
  readonly surroundings?: Partial<Surroundings>;
  readonly more?: Partial<Omit<RotationFacts, "boundary" | "surroundings">>;
}

/**
 * A main conversation of OpenClaw 2026.3.13 in UTC, both known, daily at 04:00 by default: last used 03:57:42 on 31 March 2026
 * and reset 04:00:00.397, but for what a test is about. Nothing else is known.
 */
export function given(facts: Given = {}): RotationFacts {
  const { version } = facts;
  const surroundings = someSurroundings({
    ...(version === undefined ? {} : { version: typeof version === "string" ? exactly(version) : version }),
    ...(facts.zone === undefined ? {} : { zone: facts.zone }),
    ...(facts.policy === undefined ? {} : { policy: facts.policy }),
    ...facts.surroundings,
  });
  return {
    boundary: boundaryOf(facts),
    surroundings,
    logs: [],
    logCovers: undefined,
    commands: [],
    notes: [],
    cronRuns: [],
    rowBefore: undefined,
    trigger: undefined,
    beganTogether: { count: 0, of: 3 },
    resetRecord: undefined,
    ...facts.more,
  };
}

function boundaryOf({
  key = "agent:main:main",
  at = "04:00:00.397",
  how = "reset",
  from = {},
  to = {},
  row,
}: Given): Boundary {
  const moment = time(at);
  const stamp = new Date(moment).toISOString().replaceAll(":", "-");
  const base = how === "reset" || how === "deleted" ? `old-1.jsonl.${how}.${stamp}` : "old-1.jsonl";
  const old = side(base, "old-1", { header: "30T09:00", first: "30T09:00", last: "03:57:42", ...from });
  const next =
    to === null
      ? undefined
      : side(`${to.id ?? "new-1"}.jsonl`, "new-1", { header: "04:00:00.500", first: "04:00:00.501", ...to });
  const kind = how === "orphan" ? "orphan" : how === "gone" ? "missing" : how;
  const fromWindow = aWindow(from.id ?? "old-1", {
    kind,
    primary: how === "gone" ? undefined : old,
    lastAt: how === "gone" ? undefined : old.head?.lastAt,
    archivedAt: how === "orphan" || how === "gone" ? undefined : moment,
    ...from.window,
  });
  const toWindow =
    next && aWindow(to?.id ?? "new-1", { primary: next, firstAt: next.head?.firstAt, ...(to?.window ?? {}) });
  const conversation = aConversation(key, ...(toWindow === undefined ? [] : [toWindow]), fromWindow);
  return {
    id: `main/old-1/${String(moment)}`,
    stateDir: "/s",
    agentId: "main",
    conversation: row === undefined ? conversation : { ...conversation, row },
    from: fromWindow,
    to: toWindow,
    at: moment,
    atFrom: how === "reset" || how === "deleted" ? "archive-stamp" : "next-header",
    archive: how === "reset" || how === "deleted" ? old : undefined,
  };
}

function side(base: string, id: string, facts: Side): SessionFile {
  const head: FileHead = {
    headerId: facts.id ?? id,
    headerAt: facts.header === undefined ? undefined : time(facts.header),
    headerVersion: 3,
    cwd: facts.cwd ?? "/home/u/workspace",
    firstEntryId: facts.first === undefined ? undefined : "1",
    firstAt: facts.first === undefined ? undefined : time(facts.first),
    lastAt: facts.last === undefined ? undefined : time(facts.last),
    sessionKey: undefined,
    opening: facts.opening === undefined ? undefined : anOpening({ at: time("04:00:00.510"), ...facts.opening }),
    ending: facts.ending === undefined ? undefined : anEnding(facts.ending),
    problem: undefined,
    ...facts.head,
  };
  // The times of files say nothing here: they are later than anything that happened.
  return aFile(facts.name ?? base, { mtimeMs: Date.UTC(2026, 10, 20), ...facts.file, head });
}

export function exactly(version: string): VersionFact {
  return { kind: "exact", version, evidence: [said(`OpenClaw ${version} ran.`)] };
}

export function between(from: string | undefined, until: string | undefined): VersionFact {
  return { kind: "range", from, until, evidence: [said("Marks of a range.")] };
}

export const unknownVersion: VersionFact = { kind: "unknown" };

export function zones(first: string, ...others: string[]): ZoneFact {
  return [zone(first), ...others.map((name) => zone(name))];
}

/** `Asia/Tokyo?` is assumed, `Asia/Tokyo` known. */
function zone(name: string): ZoneCandidate {
  const known = !name.endsWith("?");
  return {
    zone: name.replace("?", ""),
    learnedFrom: known ? "log" : "machine",
    known,
    evidence: said(`The zone may be ${name}.`),
  };
}

export const dailyByActivity: ResetPolicy = aPolicy({ daily: { atHour: 4, clock: "updatedAt" } });
export const dailyByStart: ResetPolicy = aPolicy({ daily: { atHour: 4, clock: "sessionStartedAt" } });

export function aPolicy(policy: Partial<ResetPolicy>): ResetPolicy {
  return {
    daily: undefined,
    idle: undefined,
    isDefault: policy.idle === undefined,
    evidence: [said("A policy.")],
    ...policy,
  };
}

export function aLine(at: string, event: LogEvent, text = `A line about ${event.kind}.`): LogRecord {
  return { at: time(at), offsetMinutes: 0, event, text, place: { file: "/log", line: 7 }, recordedAt: undefined };
}

export function said(text: string): Evidence {
  return evidence("default", () => text);
}

/** `"daily likely"`, `"daily excluded"`, `"silent"`. */
export function short(judgement: Judgement): string {
  switch (judgement.kind) {
    case "holds":
      return `${judgement.cause.cause} ${judgement.cause.confidence}`;
    case "excluded":
      return `${judgement.excluded.cause} excluded`;
    case "silent":
      return "silent";
  }
}

export function texts(judgement: Judgement): readonly string[] {
  switch (judgement.kind) {
    case "holds":
      return textsOf(judgement.cause.evidence);
    case "excluded":
      return textsOf(judgement.excluded.because);
    case "silent":
      return [];
  }
}

function textsOf(list: NonEmpty<Evidence>): string[] {
  return list.map(({ text }) => text);
}
