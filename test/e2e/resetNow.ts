import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  sessionId: string;
  sessionFile: string;
  [field: string]: unknown;
}

/** Resets a conversation as the gateway does: first the index, then the old transcript's name, then the new transcript. */
export function resetNow(stateDir: string, key: string): { readonly archive: string; readonly current: string } {
  const sessions = join(stateDir, "agents/main/sessions");
  const storePath = join(sessions, "sessions.json");
  const store = JSON.parse(readFileSync(storePath, "utf8")) as Record<string, Entry>;
  const entry = store[key];
  if (!entry) throw new Error(`There is no ${key}.`);
  const old = join(sessions, `${entry.sessionId}.jsonl`);
  const id = randomUUID();
  const current = join(sessions, `${id}.jsonl`);
  const now = new Date();
  const at = now.getTime();
  const next = { ...entry, sessionId: id, sessionFile: current, updatedAt: at, sessionStartedAt: at };
  write(storePath, JSON.stringify({ ...store, [key]: next }, undefined, 2));
  const archive = `${old}.reset.${now.toISOString().replaceAll(":", "-")}`;
  renameSync(old, archive);
  const timestamp = now.toISOString();
  const header = { type: "session", version: 3, id, timestamp, cwd: "/home/dev/.openclaw/workspace" };
  const message = {
    ...{ type: "message", id: "0a1b2c3d", parentId: null, timestamp },
    message: { role: "user", content: [{ type: "text", text: "Good morning. Where were we?" }], timestamp: at },
  };
  write(current, `${JSON.stringify(header)}\n${JSON.stringify(message)}\n`);
  return { archive, current };
}

function write(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}
