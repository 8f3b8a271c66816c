import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach } from "mocha";
import type { Agent, Conversation, Snapshot, Window } from "../../src/core/conversation/model";
import type { Inspector, InspectorChange } from "../../src/core/inspectorPort";
import { createInspector, type CreateInspectorOptions } from "../../src/inspector";
import { scratch } from "./scratch";

const made: Inspector[] = [];

afterEach(() => {
  for (const inspector of made.splice(0)) inspector.dispose();
});

/** An inspector of one directory and nothing else; gone after the test. */
export function inspect(stateDir: string, options: Partial<CreateInspectorOptions> = {}): Inspector {
  const inspector = createInspector({
    env: {},
    homeDir: join(stateDir, "no-home"),
    platform: process.platform,
    explicitStateDirs: [stateDir],
    onlyExplicit: true,
    workspaceFolders: () => [],
    trusted: () => true,
    cacheDir: undefined,
    storageDir: undefined,
    vaultBase: undefined,
    machine: { tmpDirs: [], uid: undefined },
    forcePolling: false,
    ...options,
  });
  made.push(inspector);
  return inspector;
}

export const sessions = "agents/main/sessions";

/** A state directory with these files; values that are no text are written as JSON. */
export function stateDir(files: Readonly<Record<string, unknown>>): string {
  const directory = scratch();
  for (const [name, content] of Object.entries(files)) write(directory, name, content);
  return directory;
}

export function write(directory: string, name: string, content: unknown): string {
  const file = join(directory, ...name.split("/"));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

export function append(directory: string, name: string, ...lines: string[]): void {
  appendFileSync(join(directory, ...name.split("/")), transcript(...lines));
}

/** A recorded state directory, copied. */
export function recorded(scenario: string): string {
  const directory = scratch();
  cpSync(join(fixtures(), "corpora", scenario, "state"), directory, { recursive: true });
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    // Large databases are kept compressed.
    if (!name.endsWith(".sqlite.gz")) continue;
    const packed = join(directory, name);
    writeFileSync(packed.slice(0, -".gz".length), gunzipSync(readFileSync(packed)));
    rmSync(packed);
  }
  return directory;
}

export function recordedScenarios(): string[] {
  const corpora = join(fixtures(), "corpora");
  return readdirSync(corpora, { withFileTypes: true })
    .filter((version) => version.isDirectory())
    .flatMap((version) =>
      readdirSync(join(corpora, version.name), { withFileTypes: true })
        .filter((scenario) => scenario.isDirectory())
        .map((scenario) => `${version.name}/${scenario.name}`),
    );
}

function fixtures(): string {
  return join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test", "fixtures");
}

export const start = Date.parse("2026-04-01T08:00:00.000Z");

export function header(id: string, minute = 0): string {
  return JSON.stringify({ type: "session", version: 3, id, timestamp: time(minute), cwd: "/home/u" });
}

export function message(id: string, parentId: string | null, minute = 0, text = "hello", role = "user"): string {
  const entry = { type: "message", id, parentId, timestamp: time(minute) };
  return JSON.stringify({
    ...entry,
    message: { role, content: [{ type: "text", text }], timestamp: start + minute * 60_000 },
  });
}

export function transcript(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

export function store(rows: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rows).map(([key, sessionId]) => [key, { sessionId, updatedAt: start }]));
}

function time(minute: number): string {
  return new Date(start + minute * 60_000).toISOString();
}

/** The first change that fits, of those that follow from `act`. */
export function changeAfter(
  inspector: Inspector,
  act: () => unknown,
  fits: (change: InspectorChange, snapshot: Snapshot) => boolean = () => true,
): Promise<InspectorChange> {
  return new Promise((resolve, reject) => {
    const seen: InspectorChange[] = [];
    const guard = setTimeout(() => {
      listener.dispose();
      reject(new Error(`No such change came; these came: ${JSON.stringify(seen)}`));
    }, 10_000);
    const listener = inspector.onDidChange((change) => {
      seen.push(change);
      if (!fits(change, inspector.snapshot)) return;
      clearTimeout(guard);
      listener.dispose();
      resolve(change);
    });
    Promise.resolve(act()).catch(reject);
  });
}

/** Watching, with everything that happened before looked at. */
export async function watched(inspector: Inspector): Promise<Inspector> {
  await inspector.refresh();
  await inspector.whenIndexed();
  await changeAfter(inspector, () => {
    inspector.watch();
  });
  await inspector.refresh();
  return inspector;
}

/** The tree in short: `main: live a.jsonl (2 messages) | reset …`. Orphans stand last, under "orphans". */
export function tree(snapshot: Snapshot): Record<string, string[]> {
  const lines: Record<string, string[]> = {};
  for (const agent of snapshot.stateDirs.flatMap(({ agents }) => agents)) {
    for (const { key, windows } of agent.conversations) lines[key] = windows.map(describe);
    if (agent.orphans.length > 0) lines[`${agent.id}: orphans`] = agent.orphans.map(describe);
  }
  return lines;
}

function describe({ kind, primary, copies }: Window): string {
  const messages = primary?.index && primary.index.roles.user + primary.index.roles.assistant;
  return [
    kind,
    primary?.name.base ?? "-",
    ...(messages === undefined ? [] : [`${messages} messages`]),
    ...(copies.length === 0 ? [] : [`+${copies.length}`]),
    ...(primary?.problem === undefined ? [] : [primary.problem.code]),
  ].join(" ");
}

export function onlyAgent(snapshot: Snapshot): Agent {
  const [agent, ...others] = snapshot.stateDirs.flatMap(({ agents }) => agents);
  if (agent === undefined || others.length > 0) throw new Error(`Not one agent, but ${others.length + 1}.`);
  return agent;
}

export function conversation(snapshot: Snapshot, key: string): Conversation {
  const found = onlyAgent(snapshot).conversations.find((each) => each.key === key);
  if (found === undefined) throw new Error(`No conversation ${key}.`);
  return found;
}

/** Every name below a directory with what a reader could have changed: kind, mode, size, times, content. */
export function fingerprint(directory: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const facts = statSync(path, { bigint: true });
    const hash = entry.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "";
    found[relative(directory, path)] = [facts.mode, facts.size, facts.mtimeNs, facts.ctimeNs, facts.ino, hash].join(
      " ",
    );
  }
  return found;
}
