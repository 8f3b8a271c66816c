import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Agent } from "../../../src/core/conversation/model";
import { createInspector } from "../../../src/inspector";

export const corpora = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");

/** One recorded run: its state directory, and what the recorder saw. */
export interface Scenario {
  readonly version: string;
  readonly name: string;
  readonly stateDir: string;
  readonly expected: Expected;
}

/** `expected.json`, as far as the tests read it. */
export interface Expected {
  readonly events: readonly {
    readonly key: string | null;
    readonly action: string;
    readonly agent?: string;
    readonly newArchives?: readonly string[];
    readonly sessionIdChanges?: readonly {
      readonly key: string;
      readonly from: string | null;
      readonly to: string | null;
    }[];
  }[];
  readonly facts: {
    readonly final: Readonly<Record<string, FinalState>>;
  };
}

export interface FinalState {
  readonly files: readonly string[];
  readonly keys: Readonly<Record<string, { readonly sessionId: string; readonly sessionFile: string | null }>>;
}

export const fileEraVersions = ["2026.3.13", "2026.4.21", "2026.5.18", "2026.7.35"];

export function scenariosOf(version: string): Scenario[] {
  return readdirSync(join(corpora, version)).map((name) => ({
    version,
    name,
    stateDir: join(corpora, version, name, "state"),
    expected: JSON.parse(readFileSync(join(corpora, version, name, "expected.json"), "utf8")) as Expected,
  }));
}

/** Tells the agents of a state directory, every transcript counted. */
export async function readAgents(stateDir: string): Promise<readonly Agent[]> {
  const inspector = createInspector({
    env: {},
    homeDir: stateDir,
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
  });
  try {
    await inspector.refresh();
    const { stateDirs } = await inspector.whenIndexed();
    return stateDirs.flatMap(({ agents }) => agents);
  } finally {
    inspector.dispose();
  }
}
