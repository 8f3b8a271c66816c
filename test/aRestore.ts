import { createHash } from "node:crypto";
import type { SessionFile, Window } from "../src/core/conversation/model";
import { evidence } from "../src/core/evidence/evidence";
import type { TranscriptIndex } from "../src/core/index/transcriptIndex";
import { parseFileName } from "../src/core/names/parseFileName";
import type { FileContent } from "../src/core/restore/fileChange";
import type { DisplacedFacts, IndexFacts, RestoreFacts, RowFact, SourceFacts } from "../src/core/restore/restoreFacts";
import type { RestoreReceipt } from "../src/core/restore/restoreJournal";
import type { RestorePlan } from "../src/core/restore/restorePlan";
import type { RestoreRequest } from "../src/core/restore/restoreRequest";
import { StoreReader } from "../src/core/store/storeReader";
import type { Surroundings } from "../src/core/surroundings/surroundings";
import { aConversation, aFile, aResetAt, aStateDir, aStateDirPath, aWindow, someSurroundings } from "./anExplanation";
import { anIndex } from "./anIndex";

/**
 * Facts of a restore that nothing stands against, but for what a test is about: the main conversation was reset at `aResetAt`; the
 * archive of `oldId` comes back at noon, in place of `newId`. OpenClaw 2026.4.21, UTC, no gateway.
 */

export const oldId = "11111111-1111-4111-8111-111111111111";
export const newId = "22222222-2222-4222-8222-222222222222";
export const mainKey = "agent:main:main";
export const sessionsPath = `${aStateDirPath}/agents/main/sessions`;
export const archiveName = `${oldId}.jsonl.reset.2026-03-31T04-00-00.397Z`;
/** 2026-03-31T12:00:00.000Z */
export const aRestoreAt = Date.UTC(2026, 2, 31, 12);
export const aRestoreId = "20260331T120000Z-1f2e3d4c";
export const aVault = "/vault/0123456789abcdef";

/** The entry that the index has for the current conversation. */
export const anEntry = {
  sessionId: newId,
  sessionFile: `${sessionsPath}/${newId}.jsonl`,
  updatedAt: aResetAt + 60_000,
  status: "done",
  startedAt: aResetAt + 50_000,
  endedAt: aResetAt + 60_000,
  runtimeMs: 10_000,
  abortedLastRun: false,
  chatType: "direct",
  lastChannel: "webchat",
  inputTokens: 101,
  outputTokens: 5,
  totalTokens: 106,
  totalTokensFresh: true,
  compactionCount: 0,
};

export type RestoreFactsGiven = Partial<Omit<RestoreFacts, "request" | "source" | "index">> & {
  readonly request?: Partial<RestoreRequest>;
  readonly source?: Partial<SourceFacts>;
  /** What `sessions.json` says; undefined: it does not exist. Rows are read out of it unless they are given. */
  readonly indexText?: string | undefined;
  readonly index?: Partial<IndexFacts>;
  /** `2026.4.21` unless it is said otherwise; undefined: unknown. */
  readonly version?: string | undefined;
};

export function restoreFacts(given: RestoreFactsGiven = {}): RestoreFacts {
  const { request, source, indexText, index, version, ...more } = given;
  const text = "indexText" in given ? indexText : anIndexText({ [mainKey]: anEntry });
  const sourceFacts = aSource(source);
  const window = given.window ?? aRestorableWindow(sourceFacts.file);
  const current = aWindow(newId);
  const conversation = aConversation(mainKey, current, window);
  const stateDir = aStateDir([conversation]);
  const [agent] = stateDir.agents;
  if (agent === undefined) throw new Error("no agent");
  const root = {
    path: sessionsPath,
    storePath: `${sessionsPath}/sessions.json`,
    outside: false,
    read: true,
    problems: [],
  };
  let uuids = 0;
  return {
    request: {
      stateDir: aStateDirPath,
      agentId: "main",
      windowId: window.windowId,
      target: { kind: "in-place", key: mainKey },
      displaced: { kind: "archive" },
      gatewayIsStopped: false,
      ...request,
    },
    now: aRestoreAt,
    id: aRestoreId,
    newUuid: () => aUuid(++uuids),
    stateDir,
    agent: { ...agent, roots: [root] },
    root,
    rootRealPath: sessionsPath,
    window,
    conversation,
    surroundings: surroundingsIn("version" in given ? version : "2026.4.21"),
    source: sourceFacts,
    index: { ...anIndexFact(text), ...index },
    displaced: aDisplaced(),
    names: [archiveName, `${newId}.jsonl`, "sessions.json"],
    rows: rowsOf(text),
    gateway: { running: "no", evidence: [evidence("lock", () => "No lock of a gateway is there.")] },
    locks: [],
    disk: {
      vault: aVault,
      vaultInsideStateDir: false,
      vaultProblem: undefined,
      free: { sessions: 1e12, vault: 1e12 },
      sameFileSystem: { vault: true, source: true },
      caseInsensitive: false,
      sessions: { writable: true, uid: 1000, mode: 0o700 },
      uid: 1000,
      neighbours: { uid: 1000, mode: 0o600 },
      newest: aResetAt + 60_000,
    },
    unfinished: [],
    trusted: true,
    ...more,
  };
}

/** `00000000-0000-4000-8000-000000000001` */
export function aUuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** As OpenClaw writes it. */
export function anIndexText(entries: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(entries, null, 2);
}

/** The archive of `oldId`: eight messages, from 3 hours before the reset to 2 minutes before it. */
export function aSource(more: Partial<SourceFacts> & { readonly base?: string } = {}): SourceFacts {
  const { base = archiveName, ...rest } = more;
  const file = more.file ?? aFile(base, { index: anArchivedIndex() });
  const firstLine = `{"type":"session","version":3,"id":"${oldId}","timestamp":"2026-03-31T01:00:00.397Z","cwd":"/w"}`;
  return {
    file,
    realPath: file.path,
    index: file.index ?? anArchivedIndex(),
    firstLine,
    firstLineBytes: Buffer.byteLength(firstLine) + 1,
    unpackedBytes: file.bytes,
    uid: 1000,
    links: 1,
    problem: undefined,
    supersets: [],
    ...rest,
  };
}

/** Of the archive; `header.id` is `oldId`. */
export function anArchivedIndex(more: Partial<TranscriptIndex> = {}): TranscriptIndex {
  return anIndex({
    bytes: 2048,
    lines: 9,
    header: { id: oldId, version: 3, at: aResetAt - 3 * 3_600_000, cwd: "/w", parentSession: undefined, line: 1 },
    entries: 8,
    roles: { ...anIndex().roles, user: 4, assistant: 4 },
    firstEntryId: "e1",
    lastEntryId: "e8",
    firstAt: aResetAt - 3 * 3_600_000,
    lastAt: aResetAt - 138_397,
    ...more,
  });
}

export function aRestorableWindow(file: SessionFile, more: Partial<Window> = {}): Window {
  return aWindow(oldId, {
    windowId: `main/${oldId}/e1`,
    kind: "reset",
    primary: file,
    archivedAt: aResetAt,
    firstAt: aResetAt - 3 * 3_600_000,
    lastAt: aResetAt - 138_397,
    join: { key: mainKey, rung: "usage-family", evidence: "The entry of the index names it.", disagreeing: [] },
    ...more,
  });
}

/** The current conversation of `newId`, two messages. */
export function aDisplaced(more: Partial<DisplacedFacts> = {}): DisplacedFacts {
  const path = `${sessionsPath}/${newId}.jsonl`;
  const content = aContent(`transcript of ${newId}`, { mtimeMs: aResetAt + 60_000 });
  return { sessionId: newId, file: { path, content, links: 1 }, headerId: newId, messages: 2, ...more };
}

export function anIndexFact(text: string | undefined): IndexFacts {
  const path = `${sessionsPath}/sessions.json`;
  if (text === undefined) return { path, state: { kind: "absent" }, symlink: false, uid: undefined };
  const bytes = new TextEncoder().encode(text);
  return { path, state: { kind: "read", bytes, content: aContent(bytes) }, symlink: false, uid: 1000 };
}

export function aContent(content: string | Uint8Array, more: Partial<FileContent> = {}): FileContent {
  return {
    kind: "file",
    bytes: Buffer.byteLength(content),
    sha256: createHash("sha256").update(content).digest("hex"),
    mode: 0o600,
    mtimeMs: aResetAt + 61_000,
    ...more,
  };
}

/** What the index's rows say, by the product's own reader. */
function rowsOf(text: string | undefined): readonly RowFact[] {
  const reader = new StoreReader();
  reader.push(new TextEncoder().encode(text ?? "{}"));
  return reader.end().rows.map(({ key, sessionId, sessionFile, status, updatedAt }) => ({
    storePath: `${sessionsPath}/sessions.json`,
    key,
    sessionId,
    file: sessionFile ?? (sessionId === undefined ? undefined : `${sessionsPath}/${sessionId}.jsonl`),
    status,
    updatedAt,
  }));
}

function surroundingsIn(version: string | undefined): Surroundings {
  if (version === undefined) return someSurroundings({ version: { kind: "unknown" } });
  const said = evidence("log", () => `The gateway logged its version ${version}.`);
  return someSurroundings({ version: { kind: "exact", version, evidence: [said] } });
}

/** A file by its base name, wherever: kept copies lie outside the sessions directory. */
export function aFileAt(directory: string, base: string, more: Partial<SessionFile> = {}): SessionFile {
  return { ...aFile(base, more), path: `${directory}/${base}`, name: parseFileName(base) };
}

/** Of a plan that was finished a second after it was made. */
export function aReceipt(plan: RestorePlan, more: Partial<RestoreReceipt> = {}): RestoreReceipt {
  return {
    plan,
    outcome: "finished",
    endedAt: plan.createdAt + 1_000,
    verified: [],
    notes: [],
    undoneBy: undefined,
    directory: `${aVault}/restores/${plan.id}`,
    ...more,
  };
}
