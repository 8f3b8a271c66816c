import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Inspector } from "../../../src/core/inspectorPort";
import type { KeepRequest } from "../../../src/core/keep/keptCopy";
import type { Window } from "../../../src/core/conversation/model";
import { windowsOf } from "../../../src/core/keep/windowOf";
import type { CreateInspectorOptions } from "../../../src/inspector";
import { header, inspect, message, onlyAgent, sessions, start, stateDir, transcript } from "../inspectorSandbox";
import { scratch } from "../scratch";

export const oldId = "11111111-1111-4111-8111-111111111111";
export const newId = "22222222-2222-4222-8222-222222222222";
export const archiveName = `${oldId}.jsonl.reset.2026-04-01T09-00-00.000Z`;
export const mainKey = "agent:main:main";

/** A conversation that was reset once; the index knows the old session too. */
export function afterReset(): string {
  return stateDir({
    [`${sessions}/sessions.json`]: {
      [mainKey]: { sessionId: newId, updatedAt: start, usageFamilySessionIds: [oldId] },
    },
    [`${sessions}/${archiveName}`]: oldTranscript(),
    [`${sessions}/${newId}.jsonl`]: transcript(header(newId, 61), message("n1", null, 61)),
  });
}

export function oldTranscript(): string {
  return transcript(header(oldId), message("o1", null, 1), message("o2", "o1", 2, "hi", "assistant"));
}

export interface Sandbox {
  readonly state: string;
  readonly keepDir: string;
  readonly inspector: Inspector;
}

export async function keeping(
  state = afterReset(),
  keepDir = join(scratch(), "kept"),
  options: Partial<CreateInspectorOptions> = {},
): Promise<Sandbox> {
  const inspector = inspect(state, { keepDir, ...options });
  await inspector.refresh();
  await inspector.whenIndexed();
  return { state, keepDir, inspector };
}

export function windowOfSession(inspector: Inspector, sessionId: string): Window {
  const found = [...windowsOf(onlyAgent(inspector.snapshot))].find((window) => window.sessionId === sessionId);
  if (found === undefined) throw new Error(`No window of ${sessionId}.`);
  return found;
}

export function requestFor({ state, inspector }: Sandbox, sessionId = oldId): KeepRequest {
  const { agentId, windowId } = windowOfSession(inspector, sessionId);
  return { stateDir: state, agentId, windowId };
}

/** Every file below a directory, `<hash>/<agent>/…` without the hash. */
export function keptNames(keepDir: string): readonly string[] {
  return readdirSync(keepDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(keepDir.length + 1 + 16 + 1))
    .sort();
}
