import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { LookedAt } from "../core/conversation/model";
import { configNames } from "../core/locations/configCandidates";
import { stateDirName } from "../core/locations/stateDirCandidates";
import type { ScannedStateDir } from "./scanStateDir";
import type { FollowedDirectory } from "./watchDirectories";
import { reasonsToPoll } from "./watchFileSystem";

/** What an event in a followed directory asks for. */
export type Meaning =
  /** Look at this name of a sessions directory. */
  | "name"
  /** Look at every name of this sessions directory. */
  | "directory"
  /** Agents, directories or config may be others: look at everything. */
  | "everything"
  | "nothing";

export interface WatchPlan {
  /** The most important first. */
  readonly directories: readonly FollowedDirectory[];
  /** `name` undefined: it is not known which. */
  meaningOf(directory: string, name: string | undefined): Meaning;
}

/** Names in a state directory that decide what there is to see; OpenClaw changes others all the time. */
const STATE_NAMES: ReadonlySet<string> = new Set(["agents", "sessions", ...configNames.map(({ name }) => name)]);
const AGENT_NAMES: ReadonlySet<string> = new Set(["agent", "sessions"]);

/** Which directories to follow, and why. Parents are followed too, for what is in them may appear later or be replaced. */
export async function planWatches(
  stateDirs: readonly ScannedStateDir[],
  lookedAt: readonly LookedAt[],
  platform: NodeJS.Platform,
): Promise<WatchPlan> {
  const names = new NamesThatMatter();
  const sessions = new Set<string>();
  for (const scanned of stateDirs) {
    const { path, realPath, agents } = scanned.stateDir;
    const agentsDirectory = join(path, "agents");
    for (const { directory } of scanned.scannedRoots) sessions.add(directory.path);
    for (const root of agents.flatMap(({ roots }) => roots)) {
      const parent = dirname(root.path);
      names.add(parent, dirname(parent) === agentsDirectory ? AGENT_NAMES : [basename(root.path)]);
    }
    names.add(agentsDirectory, "any");
    names.add(path, STATE_NAMES);
    for (const file of [...scanned.configFiles, path, realPath]) names.addSelf(file);
  }
  for (const { path, outcome } of lookedAt) {
    if (outcome !== "state directory") names.addSelf(path);
  }

  const reasonToPoll = await reasonsToPoll(platform);
  const directories: FollowedDirectory[] = [];
  for (const path of sessions) {
    const identity = await identityOf(path);
    if (identity === undefined) names.addSelf(path);
    else directories.push({ path, identity, pollReason: reasonToPoll(path) });
  }
  for (const path of names.directories()) {
    if (sessions.has(path)) continue;
    const identity = await identityOf(path);
    // Not there: it is its parent that shows it appear.
    if (identity === undefined) names.addSelf(path);
    else directories.push({ path, identity, pollReason: reasonToPoll(path) });
  }
  return {
    directories,
    meaningOf: (directory, name) => {
      if (name === undefined) return sessions.has(directory) ? "directory" : "everything";
      const matters = names.matters(directory, name);
      // A directory that is deleted or moved says so under its own name; then its files are gone as well.
      if (sessions.has(directory)) return matters || name === basename(directory) ? "everything" : "name";
      return matters ? "everything" : "nothing";
    },
  };
}

class NamesThatMatter {
  private readonly byDirectory = new Map<string, Set<string> | "any">();

  add(directory: string, names: Iterable<string> | "any"): void {
    const known = this.byDirectory.get(directory);
    if (known === "any") return;
    if (names === "any") this.byDirectory.set(directory, "any");
    else this.byDirectory.set(directory, new Set([...(known ?? []), ...names]));
  }

  /** The entry itself may come, go or be replaced. */
  addSelf(path: string): void {
    if (dirname(path) !== path) this.add(dirname(path), [basename(path)]);
  }

  /** Also those that are added while the caller goes through them. */
  directories(): Iterable<string> {
    return this.byDirectory.keys();
  }

  matters(directory: string, name: string): boolean {
    const names = this.byDirectory.get(directory);
    if (names === undefined) return false;
    // Profiles: `.openclaw-work` beside `.openclaw`.
    return names === "any" || names.has(name) || (names.has(stateDirName) && name.startsWith(stateDirName));
  }
}

/** Device and inode; undefined when there is no directory that could be watched. */
async function identityOf(path: string): Promise<string | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() === true ? `${facts.dev}:${facts.ino}` : undefined;
}
