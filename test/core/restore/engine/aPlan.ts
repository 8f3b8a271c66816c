import { createHash } from "node:crypto";
import type { EngineHost, EnginePlaces, Provide } from "../../../../src/core/restore/engine/engineHost";
import { inverse, type FileChange, type FileContent, type FileRole } from "../../../../src/core/restore/fileChange";
import type { RestorePlan } from "../../../../src/core/restore/restorePlan";
import { ModelFiles } from "../modelFiles";

export const stateDir = "/home/u/.openclaw";
export const sessions = `${stateDir}/agents/main/sessions`;
export const vault = "/home/u/.local/state/openclaw-sessions/0123456789abcdef";
export const source = `${sessions}/old.jsonl.reset.2026-11-19T04-00-00.000Z`;
const setAside = `${sessions}/new.jsonl.reset.2026-11-20T20-00-00.000Z`;

const plannedMtime = 1_763_668_799_000.25;
const old = transcript("old", 12);
const current = transcript("new", 9);
const rows = {
  main: { sessionId: "new", sessionFile: `${sessions}/new.jsonl`, updatedAt: 5, label: "é" },
  other: { sessionId: "other", sessionFile: `${sessions}/other.jsonl`, updatedAt: 7 },
};

/** What a plan is made of before it has hashes. */
export interface Step {
  readonly path: string;
  readonly role: FileRole;
  /** Undefined: absent. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Shape {
  readonly name: string;
  readonly files: () => ModelFiles;
  readonly plan: RestorePlan;
}

/** One of each shape that a plan can have. */
export function shapes(): readonly Shape[] {
  const index = `${sessions}/sessions.json`;
  const restored: Step = { path: `${sessions}/old.jsonl`, role: "restored", before: undefined, after: old };
  const aside: Step = { path: setAside, role: "set-aside", before: undefined, after: current };
  const givenUp: Step = { path: `${sessions}/new.jsonl`, role: "given-up", before: current, after: undefined };
  const edit = (after: object): Step => ({
    path: index,
    role: "index",
    before: indexText(rows),
    after: indexText(after),
  });
  const back = { ...rows.main, sessionId: "old", sessionFile: `${sessions}/old.jsonl`, updatedAt: 9 };
  const inPlace = planOf("in-place", [restored, aside, edit({ ...rows, main: back }), givenUp]);
  const applied = (): ModelFiles => {
    const files = startFiles();
    for (const { path, after } of [restored, aside, edit({ ...rows, main: back })]) {
      files.put(path, after ?? "", 0o600, plannedMtime);
    }
    files.remove(givenUp.path);
    return files;
  };
  const orphaned = (): ModelFiles => {
    const files = startFiles();
    files.put(restored.path, old, 0o600, plannedMtime);
    return files;
  };
  const withoutIndex = (): ModelFiles => {
    const files = startFiles();
    files.remove(index);
    return files;
  };
  const dashboard = "agent:main:dashboard:d";
  return [
    { name: "archive in place, current one set aside", files: startFiles, plan: inPlace },
    {
      name: "new key",
      files: startFiles,
      plan: planOf("new-key", [restored, edit({ ...rows, [dashboard]: back })]),
    },
    {
      name: "orphan in place",
      files: orphaned,
      plan: planOf("orphan", [aside, edit({ ...rows, main: back }), givenUp]),
    },
    {
      name: "displaced under a key of its own",
      files: startFiles,
      plan: planOf("displaced", [restored, edit({ ...rows, main: back, [dashboard]: rows.main })]),
    },
    {
      name: "no index yet",
      files: withoutIndex,
      plan: planOf("no-index", [
        restored,
        { path: index, role: "index", before: undefined, after: indexText({ main: back }) },
      ]),
    },
    {
      name: "undo",
      files: applied,
      plan: { ...inPlace, id: "undo", kind: "undo", changes: inverse(inPlace.changes) },
    },
  ];
}

export function startFiles(): ModelFiles {
  const files = new ModelFiles();
  files.put(source, old, 0o600, 1_680_000_000_000);
  files.put(`${sessions}/new.jsonl`, current, 0o600, plannedMtime);
  files.put(`${sessions}/other.jsonl`, transcript("other", 3), 0o640);
  files.put(`${sessions}/sessions.json`, indexText(rows), 0o600, plannedMtime);
  files.put(`${stateDir}/openclaw.json`, "{}\n", 0o644);
  files.putDirectory("/home/u/.local/state");
  return files;
}

export function planOf(id: string, steps: readonly Step[]): RestorePlan {
  return {
    schema: 1,
    id,
    kind: "restore",
    createdAt: 1_763_668_800_000,
    of: undefined,
    stateDir: { path: stateDir, realPath: stateDir },
    agentId: "main",
    key: "main",
    from: "new",
    to: "old",
    source,
    changes: steps.map((step): FileChange => ({
      path: step.path,
      role: step.role,
      before: step.before === undefined ? { kind: "absent" } : content(step.before),
      after: step.after === undefined ? { kind: "absent" } : content(step.after),
    })),
    backups: [{ path: source, sha256: content(old).sha256, bytes: content(old).bytes }],
    entries: [],
    sentences: ["The conversation comes back."],
    advice: [],
  };
}

/** Every content that a plan of these tests was ever made of, by hash. */
const contents = new Map<string, Uint8Array>();

/** Where the contents come from: from what the tests know, so that a disk that fails is not in the way. */
export const provide: Provide = async function* (sha256) {
  await Promise.resolve();
  const bytes = contents.get(sha256);
  if (bytes) yield bytes;
};

export function content(text: string, mtimeMs = plannedMtime): FileContent {
  const bytes = Buffer.from(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  contents.set(sha256, bytes);
  return { kind: "file", bytes: bytes.length, sha256, mode: 0o600, mtimeMs };
}

/** A process of its own, some time after the one with a smaller number. */
export function testHost(pid = 1, alive: ReadonlySet<number> = new Set()): EngineHost & EnginePlaces {
  return {
    directories: [sessions],
    now: () => 1_763_668_800_000 + pid * 3_600_000,
    hash() {
      const hash = createHash("sha256");
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
    },
    process: {
      pid,
      startTicks: () => Promise.resolve(pid * 100),
      mayLive: (holder) => Promise.resolve(holder.pid === pid || alive.has(holder.pid)),
    },
  };
}

function transcript(id: string, messages: number): string {
  const header = { type: "session", version: 3, id, timestamp: "2026-11-18T09:00:00.000Z" };
  const lines = [...Array(messages).keys()].map((n) => ({ type: "message", id: `${id}-${String(n)}`, text: "…" }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}

function indexText(index: object): string {
  return JSON.stringify(index, undefined, 2);
}
