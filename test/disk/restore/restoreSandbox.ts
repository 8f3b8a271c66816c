import { once } from "node:events";
import { lstatSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { createHash } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { join, relative } from "node:path";
import type { Window } from "../../../src/core/conversation/model";
import type { Inspector } from "../../../src/core/inspectorPort";
import type { RestoreCheck } from "../../../src/core/restore/restoreCheck";
import type { RestoreRequest, RestoreTarget } from "../../../src/core/restore/restoreRequest";
import { stoppers } from "../../../src/core/restore/restoreCheck";
import type { CreateInspectorOptions } from "../../../src/inspector";
import { inspect, onlyAgent, recorded, write } from "../inspectorSandbox";
import { scratch } from "../scratch";

/** A state directory that may be written, and who restores in it. */
export interface Restoring {
  readonly stateDir: string;
  readonly sessions: string;
  readonly inspector: Inspector;
  readonly vaultBase: string;
  /** Nothing listens there. */
  readonly port: number;
}

/** A recorded state directory, copied; its gateway would listen where nothing does. */
export function restoringRecorded(scenario: string, options: Partial<CreateInspectorOptions> = {}): Promise<Restoring> {
  return restoringIn(recorded(scenario), options);
}

export async function restoringIn(stateDir: string, options: Partial<CreateInspectorOptions> = {}): Promise<Restoring> {
  const port = await unusedPort();
  write(stateDir, "openclaw.json", withPort(stateDir, port));
  timesInWholeMs(stateDir);
  const vaultBase = scratch();
  const inspector = inspect(stateDir, { vaultBase, ...options });
  await inspector.refresh();
  await inspector.whenIndexed();
  return { stateDir, sessions: join(stateDir, "agents/main/sessions"), inspector, vaultBase, port };
}

/** Node sets times to a microsecond, file systems keep nanoseconds: what is compared has neither. */
export function timesInWholeMs(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const seconds = (Math.floor(lstatSync(path).mtimeMs) * 1000 + 0.5) / 1_000_000;
    utimesSync(path, seconds, seconds);
  }
}

function withPort(stateDir: string, port: number): unknown {
  try {
    const config = JSON.parse(readFileSync(join(stateDir, "openclaw.json"), "utf8")) as Record<string, object>;
    return { ...config, gateway: { ...config["gateway"], port } };
  } catch {
    return { gateway: { port } }; // a state directory without a config
  }
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The window that has a file with such a name. */
export function windowWith(inspector: Inspector, name: RegExp): { readonly window: Window; readonly file: string } {
  const agent = onlyAgent(inspector.snapshot);
  for (const window of [...agent.conversations.flatMap(({ windows }) => windows), ...agent.orphans]) {
    for (const file of [window.primary, ...window.copies]) {
      if (file !== undefined && name.test(file.name.base)) return { window, file: file.path };
    }
  }
  throw new Error(`No window has a file ${String(name)}.`);
}

export function requestFor(
  { inspector, stateDir }: Restoring,
  name: RegExp,
  target: RestoreTarget = { kind: "in-place", key: "agent:main:main", keyIsNamed: true },
): RestoreRequest {
  const { window, file } = windowWith(inspector, name);
  return {
    stateDir,
    agentId: "main",
    windowId: window.windowId,
    file,
    target,
    displaced: { kind: "archive" },
    gatewayIsStopped: false,
  };
}

/** `code: text`, of what stops. */
export function stopping(checks: readonly RestoreCheck[]): readonly string[] {
  return stoppers(checks).map(({ level, code, text }) => `${level} ${code}: ${text}`);
}

/** Everything that somebody could have changed: kind, mode, size, content, and when each file was written. */
export function bytesAndTimes(directory: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const facts = lstatSync(path);
    const hash = entry.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "";
    const times = entry.isFile() ? String(facts.mtimeMs) : "";
    found[relative(directory, path)] = [facts.mode.toString(8), entry.isFile() ? facts.size : "", times, hash].join(
      " ",
    );
  }
  return found;
}

export interface IndexRow {
  readonly sessionId: string;
  readonly sessionFile?: string;
  readonly updatedAt: number;
}

export function readIndex({ sessions }: Pick<Restoring, "sessions">): Record<string, IndexRow> {
  return JSON.parse(readFileSync(join(sessions, "sessions.json"), "utf8")) as Record<string, IndexRow>;
}
