import { messageCount } from "../src/core/index/transcriptIndex";
import type { Conversation, SessionFile, StateDir, Window } from "../src/core/conversation/model";
import { type Evidence, evidence, type EvidenceSource, type Place, record } from "../src/core/evidence/evidence";
import { type Explanations, windowKey } from "../src/core/explanations";
import type { Finding } from "../src/core/findings/finding";
import { conversationGroup, conversationLabel } from "../src/core/names/conversationLabel";
import { parseFileName } from "../src/core/names/parseFileName";
import type { Cause, CauseKind, Confidence, LookAlike, Rotation } from "../src/core/rotation/rotation";
import type { Surroundings } from "../src/core/surroundings/surroundings";
import { anIndex } from "./anIndex";

/** Builders of what was found out: each gives something plain and whole, but for what a test is about. */

export const aStateDirPath = "/s";
/** 2026-03-31T04:00:00.397Z, the moment of the rotation that `aRotation` makes. */
export const aResetAt = Date.UTC(2026, 2, 31, 4, 0, 0, 397);

export function someEvidence(
  text = "The last entry is of 2026-03-31T03:57:42.000Z.",
  place?: Place,
  more: { readonly source?: EvidenceSource; readonly recordedAt?: number } = {},
): Evidence {
  return evidence(more.source ?? "transcript", () => text, place, more.recordedAt);
}

/** `messages` are half a person's, half the model's; without them the file is not indexed. */
export function aFile(base: string, more: Partial<SessionFile> & { readonly messages?: number } = {}): SessionFile {
  const { messages, ...rest } = more;
  const user = Math.ceil((messages ?? 0) / 2);
  const roles = { ...anIndex().roles, user, assistant: (messages ?? 0) - user };
  return {
    path: `${aStateDirPath}/agents/main/sessions/${base}`,
    name: parseFileName(base),
    bytes: 2048,
    mtimeMs: aResetAt,
    mode: 0o600,
    problem: undefined,
    head: undefined,
    index: messages === undefined ? undefined : anIndex({ entries: messages, roles }),
    ...rest,
  };
}

/** A window of the main conversation; `live` unless it is said otherwise. */
export function aWindow(sessionId: string, more: Partial<Window> = {}): Window {
  return {
    windowId: `main/${sessionId}/-`,
    agentId: "main",
    sessionId,
    kind: "live",
    primary: aFile(`${sessionId}.jsonl`),
    copies: [],
    trajectories: [],
    archivedAt: undefined,
    firstAt: undefined,
    lastAt: undefined,
    join: { key: "agent:main:main", rung: "store-row", evidence: "", disagreeing: [] },
    problems: [],
    ...more,
  };
}

/** The current window first, as everywhere. */
export function aConversation(key: string, ...windows: readonly Window[]): Conversation {
  return {
    key,
    agentId: "main",
    group: conversationGroup(key),
    label: conversationLabel(key),
    row: undefined,
    windows,
    lastActivityAt: windows[0]?.lastAt,
    problems: [],
  };
}

export function aStateDir(conversations: readonly Conversation[], more: Partial<StateDir> = {}): StateDir {
  return {
    path: aStateDirPath,
    realPath: aStateDirPath,
    foundBy: ["--state-dir"],
    configPath: `${aStateDirPath}/openclaw.json`,
    era: "files",
    version: undefined,
    agents: [
      {
        id: "main",
        roots: [],
        conversations,
        orphans: [],
        otherFiles: [],
        sqlite: undefined,
        indexed: { done: 0, total: 0 },
        problems: [],
      },
    ],
    problems: [],
    ...more,
  };
}

/** OpenClaw 2026.3.13 in UTC, both known; nothing configured, so: daily at 04:00; heartbeat every 30 minutes. */
export function someSurroundings(more: Partial<Surroundings> = {}): Surroundings {
  const log = { file: "/tmp/openclaw/openclaw-2026-03-31.log", line: 1 };
  const byDefault = (text: string): Evidence => evidence("default", () => text);
  return {
    version: {
      kind: "exact",
      version: "2026.3.13",
      evidence: [evidence("log", () => "The gateway logged its version 2026.3.13 at 2026-03-30T08:00:00.000Z.", log)],
    },
    zone: [
      {
        zone: "UTC",
        learnedFrom: "log",
        known: true,
        evidence: evidence("log", () => "The gateway's log writes times with the offset +00:00.", log),
      },
    ],
    policy: [
      {
        daily: { atHour: 4, clock: "updatedAt" },
        idle: undefined,
        isDefault: true,
        evidence: [byDefault("Nothing is configured; OpenClaw 2026.3.13 then resets daily at 04:00.")],
      },
    ],
    heartbeat: {
      on: true,
      everyMs: 30 * 60_000,
      isolated: false,
      prompt: undefined,
      model: undefined,
      evidence: [byDefault("Nothing is configured; OpenClaw 2026.3.13 then runs a heartbeat every 30 minutes.")],
    },
    ...more,
  };
}

/** A `certain` cause gets a record that names it, any other one plain evidence. */
export function aCause(
  cause: CauseKind,
  confidence: Confidence = "likely",
  more: {
    readonly evidence?: readonly Evidence[];
    readonly against?: readonly Evidence[];
    readonly missing?: readonly string[];
  } = {},
): Cause {
  const judged = { cause, against: more.against ?? [], missing: more.missing ?? [] };
  const [first = someEvidence(), ...others] = more.evidence ?? [];
  if (confidence !== "certain") return { ...judged, confidence, evidence: [first, ...others] };
  const named = record(first.source, () => first.text, first.place, first.recordedAt);
  return { ...judged, confidence, evidence: [named, ...others] };
}

/**
 * The main conversation, reset at `aResetAt` by the daily default; by whom, nothing tells. Cost and id follow from the
 * windows and from the time unless they are given.
 */
export function aRotation(more: Partial<Rotation> = {}): Rotation {
  const at = "at" in more ? more.at : aResetAt;
  const stamp = new Date(aResetAt).toISOString().replaceAll(":", "-");
  const archive = aFile(`old-1.jsonl.reset.${stamp}`, { messages: 8 });
  const from =
    more.from ??
    aWindow("old-1", {
      kind: "reset",
      primary: archive,
      archivedAt: aResetAt,
      firstAt: aResetAt - 3 * 3_600_000,
      lastAt: aResetAt - 138_397,
    });
  const to = "to" in more ? more.to : aWindow("new-1", { firstAt: aResetAt + 403, lastAt: aResetAt + 60_000 });
  const roles = from.primary?.index?.roles;
  return {
    id: `main/${from.sessionId}/${String(at)}`,
    stateDir: aStateDirPath,
    agentId: "main",
    conversation: aConversation("agent:main:main", ...(to ? [to] : []), from),
    from,
    to,
    at,
    atFrom: "archive-stamp",
    archive: from === more.from ? from.primary : archive,
    causes: [aCause("daily")],
    excluded: [],
    compared: [someEvidence()],
    missing: [],
    executedBy: { kind: "unknown", evidence: [] },
    origin: "default",
    cost: {
      messages: roles === undefined ? undefined : messageCount(roles),
      tokens: undefined,
      firstAt: from.firstAt,
      lastAt: from.lastAt,
    },
    surroundings: someSurroundings(),
    knownIssues: [],
    ...more,
  };
}

export function aFinding(more: Partial<Finding> = {}): Finding {
  return {
    code: "rotation.unexpected",
    severity: "warning",
    title: "main was reset at 04:00 and nobody asked for it",
    detail: "8 messages were set aside.",
    evidence: [someEvidence()],
    next: "Open the earlier window; nothing of it is lost.",
    place: undefined,
    subject: { stateDir: aStateDirPath, agentId: "main", key: "agent:main:main" },
    at: aResetAt,
    knownIssues: [],
    ...more,
  };
}

export function aLookAlike(text: string, more: Partial<LookAlike> = {}): LookAlike {
  return {
    stateDir: aStateDirPath,
    agentId: "main",
    key: "agent:main:main",
    at: aResetAt,
    evidence: someEvidence(text, undefined, { source: "log" }),
    ...more,
  };
}

/** In the order the port promises: rotations newest first. Findings stay as given. */
export function explanationsOf(
  rotations: readonly Rotation[],
  findings: readonly Finding[] = [],
  lookAlikes: readonly LookAlike[] = [],
): Explanations {
  const sorted = [...rotations].sort((a, b) => (b.at ?? -Infinity) - (a.at ?? -Infinity));
  const byWindow = new Map<string, Rotation[]>();
  for (const rotation of [...sorted].reverse()) {
    const key = windowKey(rotation.stateDir, rotation.from.windowId);
    byWindow.set(key, [...(byWindow.get(key) ?? []), rotation]);
  }
  return { rotations: sorted, findings, lookAlikes, byWindow, problems: [] };
}
