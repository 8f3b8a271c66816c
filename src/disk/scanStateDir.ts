import { basename, sep } from "node:path";
import type { ResolvedRow, StoreBackup } from "../core/conversation/agentInput";
import type { StateDir } from "../core/conversation/model";
import type { LoadedCache } from "./cacheStore";
import type { LocatedStateDir } from "./locateStateDirs";
import { readConfig } from "./readConfig";
import { ScannedDirectory, type FileChange, type SessionFileReader } from "./scanDirectory";
import { SideEvidenceReader, type SideFindings } from "./scanSideEvidence";
import { resolveRows, ScannedStore } from "./scanStore";
import { patchStateDir, tellStateDir, untold, type StateDirFacts } from "./scanTelling";
import { findSessionRoots, type AgentRoots, type LocatedRoot } from "./sessionRoots";
import { findSqliteSessions, type SqliteFinding } from "./sqliteTables";

export interface StateDirScanOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `~` in `session.store` stands for. */
  readonly home: string;
  readonly trusted: () => boolean;
  readonly readerOf: (within: readonly string[]) => SessionFileReader;
  /** What an earlier process knew of a sessions directory, by its real path. */
  readonly loadCache: (realPath: string) => Promise<LoadedCache>;
  readonly signal: AbortSignal;
}

/** A sessions directory with its store. */
export interface ScannedRoot {
  located: LocatedRoot;
  readonly directory: ScannedDirectory;
  readonly store: ScannedStore;
  /** What an earlier process knew; its indexes are taken later, in the background, and then it is empty. */
  cache: Promise<LoadedCache>;
  rows: readonly ResolvedRow[];
  backups: readonly StoreBackup[];
}

/** One state directory: what was seen of it on disk, and the model told from that. */
export class ScannedStateDir {
  private roots = new Map<string, ScannedRoot>();
  private agents: readonly AgentRoots[] = [];
  private readonly sqlite = new Map<string, SqliteFinding>();
  private readonly evidence: SideEvidenceReader;
  private side: SideFindings = { cronRuns: [], memoryNotes: [], problems: [] };
  private told: StateDir;
  /** All but files and stores that the model was last told from, as text: equal text, equal model. */
  private surroundings = "";
  /** Files that a change of makes us look at everything again. */
  configFiles: readonly string[] = [];

  constructor(
    private located: LocatedStateDir,
    private readonly options: StateDirScanOptions,
  ) {
    this.evidence = new SideEvidenceReader(located.realPath);
    this.told = untold(located);
  }

  /** A new object where anything is different, else the same as before. */
  get stateDir(): StateDir {
    return this.told;
  }

  get scannedRoots(): Iterable<ScannedRoot> {
    return this.roots.values();
  }

  /** Looks at everything; unchanged files are not read again. */
  async scan(located: LocatedStateDir): Promise<readonly FileChange[]> {
    const { env, home, trusted, signal } = this.options;
    const knownSurroundings = this.begin();
    this.located = located;
    const config = await readConfig(located.configCandidates, { env, trusted: trusted() });
    this.configFiles = [...(config.configPath === undefined ? [] : [config.configPath]), ...config.includedFiles];
    const { agents, problems } = await findSessionRoots({
      stateDir: located,
      config: config.config,
      configPath: config.configPath,
      home,
      trusted: trusted(),
    });
    signal.throwIfAborted();
    this.agents = agents;
    this.setRoots(agents.flatMap(({ roots }) => roots));
    const found = new Map<ScannedRoot, readonly FileChange[]>();
    this.sqlite.clear();
    // All at once: while the system lists ten thousand files, there is time to read the rest.
    const [storesChanged, side] = await Promise.all([
      Promise.all([...this.roots.values()].map((root) => root.store.look(root.located, signal))),
      this.evidence.read(signal),
      this.lookAtDatabases(agents),
      ...[...this.roots.values()].map(async (root) => {
        found.set(root, await root.directory.scan(root.cache, signal));
      }),
    ]);
    this.side = side;
    const changes = [...found.values()].flat();
    const facts: StateDirFacts = {
      configPath: config.configPath,
      version: config.config.version,
      problems: [...config.problems, ...problems, ...this.side.problems],
    };
    const surroundings = JSON.stringify([located, agents, facts, this.side, [...this.sqlite], this.unreadable()]);
    const isKnown = surroundings === knownSurroundings && !storesChanged.includes(true) && this.patchAll(found);
    if (!isKnown) {
      changes.push(...(await this.resolve([...this.roots.values()])));
      await this.tell(agents, facts);
    }
    this.surroundings = surroundings;
    return changes;
  }

  /** Looks at some names of one sessions directory. */
  async look(root: ScannedRoot, bases: ReadonlySet<string>): Promise<readonly FileChange[]> {
    const { signal } = this.options;
    const changes = [...(await root.directory.look(bases, signal))];
    return this.follow(root, changes, bases.has(basename(root.located.storePath)));
  }

  /** Lists one sessions directory again. */
  async list(root: ScannedRoot): Promise<readonly FileChange[]> {
    const changes = [...(await root.directory.scan(root.cache, this.options.signal))];
    return this.follow(root, changes, true);
  }

  /** Tells the agents of a root again after its files got their indexes. */
  async retell(root: ScannedRoot): Promise<void> {
    await this.tell(this.agentsOf(root), this.told);
  }

  /** The cheap way to tell of files that only grew or got their index. False when it does not tell everything exactly. */
  patch(root: ScannedRoot, changes: readonly FileChange[]): boolean {
    const { stateDir, exact } = patchStateDir(this.told, this.agentsOf(root), changes);
    this.told = stateDir;
    return exact;
  }

  /** False when the model must be told anew. */
  private patchAll(found: ReadonlyMap<ScannedRoot, readonly FileChange[]>): boolean {
    return [...found].every(([root, changes]) => changes.length === 0 || this.patch(root, changes));
  }

  private async follow(
    root: ScannedRoot,
    changes: FileChange[],
    storeMayDiffer: boolean,
  ): Promise<readonly FileChange[]> {
    const surroundings = this.begin();
    const { outcome } = root.store;
    const storeChanged = storeMayDiffer && (await root.store.look(root.located, this.options.signal));
    // A store that comes or goes may be a host on its way to tables (2026.8+), or back.
    if (root.store.outcome !== outcome) await this.lookAtDatabases(this.agentsOf(root));
    if (storeChanged || !this.patchAll(new Map([[root, changes]]))) {
      changes.push(...(await this.resolve([root])));
      this.side = await this.evidence.read(this.options.signal);
      await this.tell(this.agentsOf(root), this.told);
    }
    this.surroundings = surroundings;
    return changes;
  }

  /** Whatever fails on the way leaves nothing that the next scan could take for told already. */
  private begin(): string {
    const { surroundings } = this;
    this.surroundings = "";
    return surroundings;
  }

  /** Keeps what is known of directories that are still the same. */
  private setRoots(located: readonly LocatedRoot[]): void {
    const roots = new Map<string, ScannedRoot>();
    for (const each of located) {
      if (!each.read || roots.has(each.realPath)) continue;
      const before = this.roots.get(each.realPath);
      if (before?.located.path === each.path && before.located.storePath === each.storePath) {
        before.located = each;
        roots.set(each.realPath, before);
        continue;
      }
      roots.set(each.realPath, {
        located: each,
        directory: new ScannedDirectory(each.path, basename(each.storePath), this.options.readerOf(each.within)),
        store: new ScannedStore(),
        cache: this.options.loadCache(each.realPath),
        rows: [],
        backups: [],
      });
    }
    this.roots = roots;
  }

  private unreadable(): readonly string[] {
    return [...this.roots.values()].flatMap(({ directory }) => directory.unreadable?.code ?? []);
  }

  private async lookAtDatabases(agents: readonly AgentRoots[]): Promise<void> {
    for (const agent of agents) this.sqlite.set(agent.agentId, await findSqliteSessions(agent, this.located));
  }

  /** Finds out which transcripts the store rows mean. Tells what that made of files with unknown names. */
  private async resolve(roots: readonly ScannedRoot[]): Promise<readonly FileChange[]> {
    const { signal } = this.options;
    const all = [...this.roots.values()];
    const listed = (path: string): boolean => all.some(({ directory }) => directory.fileAt(path) !== undefined);
    const changes: FileChange[] = [];
    for (const root of roots) {
      const others = all.filter((other) => other !== root).map((other) => other.located);
      root.rows = await resolveRows(root.store.rows, root.located, others, listed);
      root.backups = await root.store.lookAtBackups(root.directory.files, root.located, signal);
    }
    for (const { directory } of all) {
      const prefix = directory.path + sep;
      const meant = new Set<string>();
      for (const { rows } of all) {
        for (const { filePath } of rows) {
          if (filePath?.startsWith(prefix) === true) meant.add(filePath.slice(prefix.length));
        }
      }
      changes.push(...(await directory.setMeant(meant, signal)));
    }
    return changes;
  }

  private async tell(agents: readonly AgentRoots[], facts: StateDirFacts): Promise<void> {
    this.told = await tellStateDir(this.told, agents, {
      located: this.located,
      agents: this.agents,
      roots: this.roots,
      sqlite: this.sqlite,
      side: this.side,
      facts,
    });
  }

  private agentsOf({ located }: ScannedRoot): readonly AgentRoots[] {
    return this.agents.filter(({ roots }) => roots.some(({ realPath }) => realPath === located.realPath));
  }
}
