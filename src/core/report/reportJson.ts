import type { SessionFile, StateDir, StorageEra } from "../conversation/model";
import type { Evidence } from "../evidence/evidence";
import type { Explanations } from "../explanations";
import type { Finding, FindingCode, Severity } from "../findings/finding";
import type { CauseKind, Confidence, ExecutorKind, KnownIssueMatch, Origin, Rotation } from "../rotation/rotation";
import type { PlanKind } from "../restore/restorePlan";
import type { RestoreFact } from "../rotation/rotationFacts";
import type { Surroundings, VersionFact } from "../surroundings/surroundings";
import { isoTime } from "../text/formatTime";
import { conversationOfFinding } from "./conversationOfFinding";
import { type Discretion, discretionFor } from "./discretion";
import type { WordsAround } from "./renderExplanation";

/** What `explain --json` prints. Documented in docs/cli.md; a change that breaks a reader gets a new `schema` number. */
export interface ReportJson {
  readonly schema: 1;
  readonly rotations: readonly RotationJson[];
  readonly findings: readonly FindingJson[];
  readonly problems: readonly ProblemJson[];
}

/** Times are ISO 8601 in UTC; what is not known is null. */
export interface RotationJson {
  readonly id: string;
  readonly key: string | null;
  readonly label: string | null;
  readonly at: string | null;
  /** Session ids. */
  readonly from: string;
  readonly to: string | null;
  readonly fromWindow: string;
  readonly toWindow: string | null;
  /** The likeliest first; never empty. */
  readonly causes: readonly CauseJson[];
  readonly excluded: readonly { readonly cause: CauseKind; readonly because: readonly EvidenceJson[] }[];
  readonly executedBy: ExecutorKind;
  readonly executorEvidence: readonly EvidenceJson[];
  readonly origin: Origin;
  readonly cost: {
    readonly messages: number | null;
    readonly tokens: number | null;
    readonly firstAt: string | null;
    readonly lastAt: string | null;
  };
  /** The fullest copy of what was set aside, and the archive that this rotation made. */
  readonly transcript: string | null;
  readonly archive: ArchiveJson | null;
  readonly surroundings: SurroundingsJson;
  readonly stateDir: string;
  readonly era: StorageEra | null;
  readonly agentId: string;
  readonly knownIssues: readonly KnownIssueMatch[];
  /** Only for the cause `restored`: the receipt of what set it aside. */
  readonly restore?: RestoreJson;
  /** Only where the conversation that ended here was given back and is current again: the receipt. */
  readonly broughtBack?: RestoreJson;
  /** Only with `--with-text`. */
  readonly words?: { readonly lastBefore: string | null; readonly firstAfter: string | null };
}

export interface RestoreJson {
  readonly id: string;
  readonly kind: PlanKind;
  readonly at: string | null;
  /** Whether it was not undone. */
  readonly inForce: boolean;
  readonly journal: string;
}

export interface CauseJson {
  readonly cause: CauseKind | "unknown";
  readonly confidence: Confidence | "none";
  readonly evidence: readonly EvidenceJson[];
  readonly against: readonly EvidenceJson[];
  readonly missing: readonly string[];
}

export interface EvidenceJson {
  readonly text: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly recordedAt?: string;
}

export interface ArchiveJson {
  readonly file: string;
  readonly bytes: number;
  readonly stamp: string | null;
  readonly changedAt: string | null;
}

export interface SurroundingsJson {
  readonly version: {
    readonly from: string | null;
    readonly until: string | null;
    readonly evidence: readonly EvidenceJson[];
  };
  readonly zones: readonly {
    readonly zone: string;
    readonly known: boolean;
    readonly evidence: readonly EvidenceJson[];
  }[];
  readonly policies: readonly {
    readonly dailyAtHour: number | null;
    readonly idleMinutes: number | null;
    readonly isDefault: boolean;
    readonly evidence: readonly EvidenceJson[];
  }[];
  readonly heartbeat: {
    readonly on: boolean;
    readonly everyMs: number | null;
    readonly isolated: boolean;
    readonly evidence: readonly EvidenceJson[];
  };
}

export interface FindingJson {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  readonly next: string;
  readonly evidence: readonly EvidenceJson[];
  readonly at: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly stateDir: string;
  readonly agentId: string | null;
  readonly key: string | null;
  readonly windowId: string | null;
  readonly rotation: string | null;
  readonly knownIssues: readonly KnownIssueMatch[];
}

export interface ProblemJson {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
}

export interface ReportJsonOptions {
  readonly stateDirs: readonly StateDir[];
  /** Keys unredacted. */
  readonly withText: boolean;
  /** Only with `withText`. */
  readonly wordsAround?: (rotation: Rotation) => WordsAround | undefined;
}

export function reportJson(
  { rotations, findings, problems }: Pick<Explanations, "rotations" | "findings" | "problems">,
  options: ReportJsonOptions,
): ReportJson {
  return {
    schema: 1,
    rotations: rotations.map((rotation) => rotationJson(rotation, options)),
    findings: findings.map((finding) => findingJson(finding, options)),
    problems: problems.map(({ code, message, file }) => ({ code, message, ...(file === undefined ? {} : { file }) })),
  };
}

export function rotationJson(rotation: Rotation, options: ReportJsonOptions): RotationJson {
  const { conversation, from, to, cost, archive } = rotation;
  const discretion = discretionFor(conversation, options.withText);
  const say = sayer(discretion);
  const words = options.withText ? options.wordsAround?.(rotation) : undefined;
  return {
    id: rotation.id,
    key: conversation ? discretion.key(conversation.key) : null,
    label: conversation ? discretion.label(conversation) : null,
    at: isoTime(rotation.at) ?? null,
    from: from.sessionId,
    to: to?.sessionId ?? null,
    fromWindow: from.windowId,
    toWindow: to?.windowId ?? null,
    causes: causesJson(rotation, discretion),
    excluded: rotation.excluded.map(({ cause, because }) => ({ cause, because: because.map(say) })),
    executedBy: rotation.executedBy.kind,
    executorEvidence: rotation.executedBy.evidence.map(say),
    origin: rotation.origin,
    cost: {
      messages: cost.messages ?? null,
      tokens: cost.tokens ?? null,
      firstAt: isoTime(cost.firstAt) ?? null,
      lastAt: isoTime(cost.lastAt) ?? null,
    },
    transcript: from.primary?.path ?? null,
    archive: archive ? archiveJson(archive) : null,
    surroundings: surroundingsJson(rotation.surroundings, say),
    stateDir: rotation.stateDir,
    era: options.stateDirs.find(({ path }) => path === rotation.stateDir)?.era ?? null,
    agentId: rotation.agentId,
    knownIssues: rotation.knownIssues.map(({ issue, about }) => ({ issue, about: discretion.text(about) })),
    ...(rotation.restore ? { restore: restoreJson(rotation.restore) } : {}),
    ...(rotation.broughtBack ? { broughtBack: restoreJson(rotation.broughtBack) } : {}),
    ...(words ? { words: { lastBefore: words.lastBefore ?? null, firstAfter: words.firstAfter ?? null } } : {}),
  };
}

function restoreJson({ id, kind, at, inForce, place }: RestoreFact): RestoreJson {
  return { id, kind, at: isoTime(at) ?? null, inForce, journal: place.file };
}

/** Unknown is an answer with evidence too: what was compared. */
function causesJson({ causes, compared, missing }: Rotation, discretion: Discretion): readonly CauseJson[] {
  const say = sayer(discretion);
  if (causes.length === 0) {
    const unknown = { cause: "unknown", confidence: "none" } as const;
    return [{ ...unknown, evidence: compared.map(say), against: [], missing: missing.map(discretion.text) }];
  }
  return causes.map((cause) => ({
    cause: cause.cause,
    confidence: cause.confidence,
    evidence: cause.evidence.map(say),
    against: cause.against.map(say),
    missing: cause.missing.map(discretion.text),
  }));
}

type Say = (evidence: Evidence) => EvidenceJson;

function sayer(discretion: Discretion): Say {
  return ({ text, place, recordedAt }) => {
    const recorded = isoTime(recordedAt);
    return {
      text: discretion.text(text),
      file: place?.file ?? null,
      line: place?.line ?? null,
      ...(recorded === undefined ? {} : { recordedAt: recorded }),
    };
  };
}

function archiveJson({ path, bytes, name, mtimeMs }: SessionFile): ArchiveJson {
  const stamp = name.kind === "archive" ? isoTime(name.at) : undefined;
  return { file: path, bytes, stamp: stamp ?? null, changedAt: isoTime(mtimeMs) ?? null };
}

function surroundingsJson({ version, zone, policy, heartbeat }: Surroundings, say: Say): SurroundingsJson {
  return {
    version: {
      ...versionEnds(version),
      evidence: version.kind === "unknown" ? [] : version.evidence.map(say),
    },
    zones: zone.map((each) => ({ zone: each.zone, known: each.known, evidence: [say(each.evidence)] })),
    policies: policy.map(({ daily, idle, isDefault, evidence }) => ({
      dailyAtHour: daily?.atHour ?? null,
      idleMinutes: idle?.minutes ?? null,
      isDefault,
      evidence: evidence.map(say),
    })),
    heartbeat: {
      on: heartbeat.on,
      everyMs: heartbeat.everyMs ?? null,
      isolated: heartbeat.isolated,
      evidence: heartbeat.evidence.map(say),
    },
  };
}

function versionEnds(version: VersionFact): { readonly from: string | null; readonly until: string | null } {
  switch (version.kind) {
    case "exact":
      return { from: version.version, until: version.version };
    case "range":
      return { from: version.from ?? null, until: version.until ?? null };
    case "unknown":
      return { from: null, until: null };
  }
}

function findingJson(finding: Finding, { stateDirs, withText }: ReportJsonOptions): FindingJson {
  const { subject, place } = finding;
  const discretion = discretionFor(conversationOfFinding(finding, stateDirs), withText);
  return {
    code: finding.code,
    severity: finding.severity,
    title: discretion.text(finding.title),
    detail: discretion.text(finding.detail),
    next: discretion.text(finding.next),
    evidence: finding.evidence.map(sayer(discretion)),
    at: isoTime(finding.at) ?? null,
    file: place?.file ?? null,
    line: place?.line ?? null,
    stateDir: subject.stateDir,
    agentId: subject.agentId ?? null,
    key: subject.key === undefined ? null : discretion.key(subject.key),
    windowId: subject.windowId ?? null,
    rotation: subject.rotationId ?? null,
    knownIssues: finding.knownIssues.map(({ issue, about }) => ({ issue, about: discretion.text(about) })),
  };
}
