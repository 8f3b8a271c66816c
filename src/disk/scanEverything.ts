import * as l10n from "@vscode/l10n";
import type { LookedAt, Snapshot } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import type { Located, LocatedStateDir } from "./locateStateDirs";
import type { FileChange } from "./scanDirectory";
import { ScannedStateDir, type ScannedRoot, type StateDirScanOptions } from "./scanStateDir";
import { emptySnapshot } from "./scanSnapshot";

/** What may have changed since the last look. Filled while a look is under way, emptied when the next one begins. */
export interface Dirt {
  everything: boolean;
  /** Sessions directories to list again. */
  readonly directories: Set<string>;
  /** Names in sessions directories, by directory. */
  readonly names: Map<string, Set<string>>;
  /** Roots whose model is to be told anew, without looking at the disk. */
  readonly retell: Set<ScannedRoot>;
}

export function noDirt(): Dirt {
  return { everything: false, directories: new Set(), names: new Map(), retell: new Set() };
}

export interface ScanOptions extends StateDirScanOptions {
  readonly log: (message: string) => void;
  readonly locate: () => Promise<Located>;
  /** A sessions directory was listed for the first time. */
  readonly onNewRoot: (root: ScannedRoot) => void;
}

/** All state directories there are, and how what is known of them is brought up to date. */
export class EverythingScanned {
  private dirs = new Map<string, ScannedStateDir>();
  private located: readonly LocatedStateDir[] = [];
  private lookedAt: readonly LookedAt[] = [];
  private problems: readonly Problem[] = [];
  private readonly roots = new Set<ScannedRoot["directory"]>();
  private latest = emptySnapshot;
  /** A state directory could not be looked at to the end: what it is cannot be brought up to date name by name. */
  private failed = false;

  constructor(private readonly options: ScanOptions) {}

  get stateDirs(): readonly ScannedStateDir[] {
    return [...this.dirs.values()];
  }

  /** The real paths of all state directories that were found and of all session directories, those outside included. */
  get places(): readonly string[] {
    return [...this.located.map(({ realPath }) => realPath), ...this.stateDirs.flatMap(({ places }) => places)];
  }

  *scannedRoots(): Generator<ScannedRoot> {
    for (const dir of this.dirs.values()) yield* dir.scannedRoots;
  }

  /** The root in whose directory the file lies, directly. */
  rootOf(path: string): ScannedRoot | undefined {
    for (const root of this.scannedRoots()) if (root.directory.fileAt(path) !== undefined) return root;
    return undefined;
  }

  /** The same object as long as nothing is different. */
  get snapshot(): Snapshot {
    const stateDirs = this.stateDirs.map(({ stateDir }) => stateDir);
    const { latest, lookedAt, problems } = this;
    const same =
      stateDirs.length === latest.stateDirs.length && stateDirs.every((dir, at) => dir === latest.stateDirs[at]);
    if (same && lookedAt === latest.lookedAt && problems === latest.problems) return latest;
    this.latest = { stateDirs: same ? latest.stateDirs : stateDirs, lookedAt, problems };
    return this.latest;
  }

  /** Shows files that got their index. False when telling the agents anew might tell something else. */
  patch(root: ScannedRoot, changes: readonly FileChange[]): boolean {
    const owner = this.stateDirs.find((dir) => [...dir.scannedRoots].includes(root));
    // A root that is no longer there has nothing to show.
    return owner?.patch(root, changes) ?? true;
  }

  /** Looks at what is dirty. Tells which files are different. */
  async look(dirt: Dirt): Promise<readonly FileChange[]> {
    const everything = dirt.everything || this.failed;
    this.failed = false;
    const changes = everything ? await this.lookAtEverything() : await this.lookAtNames(dirt);
    for (const dir of this.dirs.values()) {
      await this.alone(dir, async () => {
        for (const root of dir.scannedRoots) if (dirt.retell.has(root)) await dir.retell(root);
        return [];
      });
    }
    return changes;
  }

  /** What goes wrong in one state directory in a way that nobody foresaw is a problem of that one, and never hides the others. */
  private async alone(
    dir: ScannedStateDir,
    look: () => Promise<readonly FileChange[]>,
  ): Promise<readonly FileChange[]> {
    try {
      return await look();
    } catch (error) {
      this.options.signal.throwIfAborted();
      this.failed = true;
      const { path } = dir.stateDir;
      this.options.log(
        `looking at ${path} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      const reason = error instanceof Error ? error.message : String(error);
      dir.fail({
        code: "state.failed",
        message: l10n.t(
          "Looking at {0} failed: {1}. What is shown of it may be incomplete or out of date.",
          path,
          reason,
        ),
        file: path,
      });
      return [];
    }
  }

  private async lookAtNames({ directories, names }: Dirt): Promise<readonly FileChange[]> {
    const changes: (readonly FileChange[])[] = [];
    for (const dir of this.dirs.values()) {
      for (const root of dir.scannedRoots) {
        const { path } = root.directory;
        const some = names.get(path);
        if (directories.has(path)) changes.push(await this.alone(dir, () => dir.list(root)));
        else if (some !== undefined) changes.push(await this.alone(dir, () => dir.look(root, some)));
      }
    }
    return changes.flat();
  }

  private async lookAtEverything(): Promise<readonly FileChange[]> {
    const located = await this.options.locate();
    this.options.signal.throwIfAborted();
    this.located = located.stateDirs;
    this.lookedAt = sameAsText(this.lookedAt, located.lookedAt);
    this.problems = sameAsText(this.problems, located.problems);
    const dirs = new Map<string, ScannedStateDir>();
    const changes: (readonly FileChange[])[] = [];
    for (const each of located.stateDirs) {
      const dir = this.dirs.get(each.realPath) ?? new ScannedStateDir(each, this.options);
      changes.push(await this.alone(dir, () => dir.scan(each)));
      dirs.set(each.realPath, dir);
    }
    for (const [realPath, dir] of this.dirs) {
      if (dirs.has(realPath)) continue;
      for (const { directory } of dir.scannedRoots) {
        changes.push(directory.files.map((before) => ({ before, after: undefined })));
      }
    }
    this.dirs = dirs;
    for (const root of this.scannedRoots()) {
      if (this.roots.has(root.directory)) continue;
      this.roots.add(root.directory);
      this.options.onNewRoot(root);
    }
    return changes.flat();
  }
}

function sameAsText<Value>(before: Value, after: Value): Value {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
