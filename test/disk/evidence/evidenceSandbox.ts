import { cpSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";
import type { StateDir } from "../../../src/core/conversation/model";
import { EvidenceCollector, type EvidenceCollectorOptions } from "../../../src/disk/evidence/evidenceCollector";
import type { EvidencePlaces } from "../../../src/disk/evidence/logFiles";
import { inspect, recorded } from "../inspectorSandbox";
import { scratch } from "../scratch";

const corpora = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");

/** A recorded state directory with the log that was printed while it was recorded, copied, and looked at. */
export async function recordedWithLog(scenario: string): Promise<StateDir> {
  const directory = recorded(scenario);
  cpSync(join(corpora, scenario, "gateway.log"), join(directory, "logs", "gateway.log"));
  return scan(directory);
}

export async function scan(directory: string): Promise<StateDir> {
  const inspector = inspect(directory);
  const { stateDirs } = await inspector.refresh();
  inspector.dispose();
  const [found] = stateDirs;
  if (found === undefined) throw new Error("no state directory was found");
  return found;
}

/** A state directory of which nothing but its paths matters. */
export function bareStateDir(directory: string, more: Partial<StateDir> = {}): StateDir {
  return {
    path: directory,
    realPath: directory,
    foundBy: [],
    configPath: undefined,
    era: "files",
    version: undefined,
    agents: [],
    problems: [],
    ...more,
  };
}

/** Nowhere but in a scratch directory: what lies in this machine's own is none of a test's business. */
export function places(more: Partial<EvidencePlaces> = {}): EvidencePlaces {
  return { tmpDirs: [], uid: process.getuid?.(), home: scratch(), trusted: true, ...more };
}

export function collector(more: Partial<EvidenceCollectorOptions> = {}): {
  collector: EvidenceCollector;
  log: string[];
} {
  const log: string[] = [];
  const where = places();
  const made = new EvidenceCollector({
    places: () => where,
    resetRecords: undefined,
    log: (message) => log.push(message),
    now: () => 1,
    machineZone: "Europe/Berlin",
    ...more,
  });
  return { collector: made, log };
}

/** Every name below a directory with its size, time and content. */
export function fingerprint(directory: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
    const facts = lstatSync(join(directory, name));
    hash.update(`${name} ${String(facts.size)} ${String(facts.mtimeMs)} ${String(facts.mode)}\n`);
    if (facts.isFile()) hash.update(readFileSync(join(directory, name)));
  }
  return hash.digest("hex");
}
