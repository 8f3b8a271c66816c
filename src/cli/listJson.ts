import type {
  Agent,
  Conversation,
  SessionFile,
  Snapshot,
  StateDir,
  StorageEra,
  Window,
  WindowKind,
} from "../core/conversation/model";
import { problemCountOfWindow, problemsOfWindow } from "../core/conversation/problemsOfWindow";
import { messageCount } from "../core/index/transcriptIndex";
import type { Problem } from "../core/problem";
import { isoTime } from "../core/text/formatTime";
import { surroundingProblems } from "./listedProblems";

/** What `list --json` prints. Documented in docs/cli.md; a change that breaks a reader gets a new `schema` number. */
export interface ListJson {
  readonly schema: 1;
  readonly stateDirs: readonly StateDirJson[];
  readonly problems: readonly ProblemJson[];
}
export interface StateDirJson {
  readonly path: string;
  readonly era: StorageEra;
  readonly version: { readonly value: string; readonly source: string } | null;
  readonly agents: readonly AgentJson[];
}
export interface AgentJson {
  readonly id: string;
  readonly conversations: readonly ConversationJson[];
  readonly orphans: readonly WindowJson[];
}
export interface ConversationJson {
  readonly key: string;
  readonly windows: readonly WindowJson[];
}
export interface WindowJson {
  readonly windowId: string;
  readonly sessionId: string;
  readonly kind: WindowKind;
  readonly file: string | null;
  readonly bytes: number | null;
  readonly entries: number | null;
  readonly messages: number | null;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly joinedBy: string | null;
  /** Only where `file` is a copy that was kept out of OpenClaw's reach. */
  readonly kept?: KeptJson;
  readonly copies: readonly CopyJson[];
  /** More than `problems` has where one file has more than fifty. */
  readonly problemCount: number;
  readonly problems: readonly ProblemJson[];
}
export interface KeptJson {
  /** When; null where the record beside it is missing or damaged. */
  readonly at: string | null;
  readonly originalPath: string | null;
}
export interface CopyJson {
  readonly file: string;
  readonly kept?: KeptJson;
  readonly bytes: number;
  readonly entries: number | null;
  readonly messages: number | null;
}
export interface ProblemJson {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export function listJson(snapshot: Snapshot): ListJson {
  return {
    schema: 1,
    stateDirs: snapshot.stateDirs.map(stateDirJson),
    problems: surroundingProblems(snapshot).map(problemJson),
  };
}

function stateDirJson({ path, era, version, agents }: StateDir): StateDirJson {
  return {
    path,
    era,
    version: version ? { value: version.value, source: version.source } : null,
    agents: agents.map(agentJson),
  };
}

function agentJson({ id, conversations, orphans }: Agent): AgentJson {
  return { id, conversations: conversations.map(conversationJson), orphans: orphans.map(windowJson) };
}

function conversationJson({ key, windows }: Conversation): ConversationJson {
  return { key, windows: windows.map(windowJson) };
}

function windowJson(window: Window): WindowJson {
  const { primary } = window;
  return {
    windowId: window.windowId,
    sessionId: window.sessionId,
    kind: window.kind,
    file: primary?.path ?? null,
    bytes: primary?.bytes ?? null,
    ...counts(primary),
    firstAt: isoTime(window.firstAt) ?? null,
    lastAt: isoTime(window.lastAt) ?? null,
    joinedBy: window.join?.rung ?? null,
    ...keptJson(primary),
    copies: window.copies.map((copy) => ({ file: copy.path, ...keptJson(copy), bytes: copy.bytes, ...counts(copy) })),
    problemCount: problemCountOfWindow(window),
    problems: problemsOfWindow(window).map(problemJson),
  };
}

function keptJson(file: SessionFile | undefined): { readonly kept?: KeptJson } {
  const kept = file?.kept;
  return kept === undefined ? {} : { kept: { at: isoTime(kept.at) ?? null, originalPath: kept.originalPath ?? null } };
}

function counts(file: SessionFile | undefined): { readonly entries: number | null; readonly messages: number | null } {
  const index = file?.index;
  return { entries: index?.entries ?? null, messages: index ? messageCount(index.roles) : null };
}

function problemJson({ code, message, file, line }: Problem): ProblemJson {
  return { code, message, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
}
