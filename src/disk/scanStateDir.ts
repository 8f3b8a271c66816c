import { basename, sep } from "node:path";
import type { ResolvedRow, StoreBackup } from "../core/conversation/agentInput";
import type { StateDir } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import type { LoadedCache } from "./cacheStore";
import type { LocatedStateDir } from "./locateStateDirs";
import type { Listings } from "./containment";
import { keptFileReader } from "./keep/keptFileReader";
import { forbiddenBy, keptAgents, type KeptPlaces, keptPlacesOf } from "./keep/keptPlaces";
import { readConfig } from "./readConfig";
import { isTranscriptName, ScannedDirectory, type FileChange, type SessionFileReader } from "./scanDirectory";
import { versionByTrajectory } from "./scanVersion";
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
  /** The folder of kept copies, absolute; undefined: there is none. */
  readonly keptFolder?: string | undefined;
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
  /** It is no sessions directory, but the directory of the copies that were kept of this agent. */
  readonly keptOf?: string;
}

/** One state directory: what was seen of it on disk, and the model told from that. */
export class ScannedStateDir {
  private roots = new Map<string, ScannedRoot>();
  /** By agent. */
  private kept = new Map<string, ScannedRoot>();
  private agents: readonly AgentRoots[] = [];
  private readonly sqlite = new Map<string, SqliteFinding>();
  private readonly evidence: SideEvidenceReader;
  private side: SideFindings = { cronRuns: [], memoryNotes: [], noteFiles: [], problems: [] };
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
    return this.all();
  }

  /** The real paths of its session directories, those that may not be read included. */
  get places(): readonly string[] {
    return this.agents.flatMap(({ roots }) => roots.map(({ realPath }) => realPath));
  }

  /** Looks at everything; unchanged files are not read again. */
  async scan(located: LocatedStateDir): Promise<readonly FileChange[]> {
    const { env, home, trusted, signal } = this.options;
    const knownSurroundings = this.begin();
    this.located = located;
    const config = await readConfig(located.configCandidates, { env, trusted: trusted() });
    this.configFiles = [...(config.configPath === undefined ? [] : [config.configPath]), ...config.includedFiles];
    const { agents: found, problems } = await findSessionRoots({
      stateDir: located,
      config: config.config,
      configPath: config.configPath,
      home,
      trusted: trusted(),
    });
    signal.throwIfAborted();
    const places = await this.keptPlaces(found);
    const agents = [...found, ...(await agentsGone(found, places))];
    this.agents = agents;
    this.setRoots(agents.flatMap(({ roots }) => roots));
    this.setKept(places);
    const changed = new Map<ScannedRoot, readonly FileChange[]>();
    this.sqlite.clear();
    // All at once: while the system lists ten thousand files, there is time to read the rest.
    const [storesChanged, side] = await Promise.all([
      Promise.all([...this.roots.values()].map((root) => root.store.look(root.located, signal))),
      this.evidence.read(signal),
      this.lookAtDatabases(agents),
      ...this.all().map(async (root) => {
        changed.set(root, await root.directory.scan(root.cache, signal));
      }),
    ]);
    this.side = side;
    const changes: (readonly FileChange[])[] = [...changed.values()];
    const facts: StateDirFacts = {
      configPath: config.configPath,
      configFacts: config.facts,
      version: config.config.version ?? (await versionByTrajectory(this.roots.values())),
      problems: [...config.problems, ...problems, ...this.side.problems],
    };
    const surroundings = JSON.stringify([located, agents, facts, this.side, [...this.sqlite], this.unreadable()]);
    const isKnown = surroundings === knownSurroundings && !storesChanged.includes(true) && this.patchAll(changed);
    if (!isKnown) {
      changes.push(await this.resolve([...this.roots.values()]));
      await this.tell(agents, facts);
    }
    this.surroundings = surroundings;
    return changes.flat();
  }

  /** Looks at some names of one sessions directory. */
  async look(root: ScannedRoot, bases: ReadonlySet<string>): Promise<readonly FileChange[]> {
    const { signal } = this.options;
    const changes = await root.directory.look(bases, signal);
    return this.follow(root, changes, bases.has(basename(root.located.storePath)));
  }

  /** Lists one sessions directory again. */
  async list(root: ScannedRoot): Promise<readonly FileChange[]> {
    const changes = await root.directory.scan(root.cache, this.options.signal);
    return this.follow(root, changes, true);
  }

  /** Tells the agents of a root again after its files got their indexes. */
  async retell(root: ScannedRoot): Promise<void> {
    await this.tell(this.agentsOf(root), this.told);
  }

  /** Something unexpected kept the last look from coming to its end: what was told before stays, with the reason beside it. */
  fail(problem: Problem): void {
    const others = this.told.problems.filter(({ code }) => code !== problem.code);
    this.told = { ...this.told, problems: [...others, problem] };
    this.surroundings = "";
  }

  /** The cheap way to tell of files that only grew or got their index. False when it does not tell everything exactly. */
  patch(root: ScannedRoot, changes: readonly FileChange[]): boolean {
    // Of what lies among kept copies only the copies are shown.
    const shown = root.keptOf === undefined ? changes : changes.filter(isOfTranscript);
    const { stateDir, exact } = patchStateDir(this.told, this.agentsOf(root), shown);
    this.told = stateDir;
    return exact;
  }

  /** False when the model must be told anew. */
  private patchAll(found: ReadonlyMap<ScannedRoot, readonly FileChange[]>): boolean {
    return [...found].every(([root, changes]) => changes.length === 0 || this.patch(root, changes));
  }

  private async follow(
    root: ScannedRoot,
    changes: readonly FileChange[],
    storeMayDiffer: boolean,
  ): Promise<readonly FileChange[]> {
    const all = [changes];
    const surroundings = this.begin();
    const { outcome } = root.store;
    const isKept = root.keptOf !== undefined;
    const storeChanged = !isKept && storeMayDiffer && (await root.store.look(root.located, this.options.signal));
    // A store that comes or goes may be a host on its way to tables (2026.8+), or back.
    if (root.store.outcome !== outcome) await this.lookAtDatabases(this.agentsOf(root));
    if (storeChanged || !this.patchAll(new Map([[root, changes]]))) {
      if (!isKept) all.push(await this.resolve([root]));
      this.side = await this.evidence.read(this.options.signal);
      await this.tell(this.agentsOf(root), this.told);
    }
    this.surroundings = surroundings;
    return all.flat();
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

  private all(): readonly ScannedRoot[] {
    return [...this.roots.values(), ...this.kept.values()];
  }

  /** Undefined: nothing is kept, or in a place where nothing may be. */
  private async keptPlaces(agents: readonly AgentRoots[]): Promise<KeptPlaces | undefined> {
    const { keptFolder } = this.options;
    if (keptFolder === undefined) return undefined;
    const { realPath } = this.located;
    const directories = agents.flatMap(({ roots }) => roots.map((root) => root.realPath));
    if ((await forbiddenBy(keptFolder, [realPath, ...directories])) !== undefined) return undefined;
    return keptPlacesOf(keptFolder, realPath);
  }

  private setKept(places: KeptPlaces | undefined): void {
    const kept = new Map<string, ScannedRoot>();
    for (const { agentId } of places === undefined ? [] : this.agents) {
      const path = places?.directoryOf(agentId) ?? "";
      const before = this.kept.get(agentId);
      kept.set(agentId, before?.located.path === path ? before : this.keptRoot(agentId, path));
    }
    this.kept = kept;
  }

  private keptRoot(agentId: string, path: string): ScannedRoot {
    const about = { agentId, agentIds: [agentId], path, realPath: path, within: [path], storePath: "" };
    return {
      located: { ...about, exists: true, outside: true, read: true, problems: [] },
      directory: new ScannedDirectory(path, "", keptFileReader(path)),
      store: new ScannedStore(),
      cache: this.options.loadCache(path),
      rows: [],
      backups: [],
      keptOf: agentId,
    };
  }

  private unreadable(): readonly string[] {
    return this.all().flatMap(({ directory }) => directory.unreadable?.code ?? []);
  }

  private async lookAtDatabases(agents: readonly AgentRoots[]): Promise<void> {
    for (const agent of agents) this.sqlite.set(agent.agentId, await findSqliteSessions(agent, this.located));
  }

  /** Finds out which transcripts the store rows mean. Tells what that made of files with unknown names. */
  private async resolve(roots: readonly ScannedRoot[]): Promise<readonly FileChange[]> {
    const { signal } = this.options;
    const all = [...this.roots.values()];
    const byPath = new Map(all.map(({ directory }) => [directory.path, directory]));
    const directoryOf = (path: string): ScannedDirectory | undefined =>
      byPath.get(path.slice(0, Math.max(0, path.lastIndexOf(sep))));
    const listings: Listings = {
      show: (path) => directoryOf(path)?.fileAt(path) !== undefined,
      lack: (path) => directoryOf(path)?.lacks(path) === true,
    };
    const changes: (readonly FileChange[])[] = [];
    for (const root of roots) {
      const others = all.filter((other) => other !== root).map((other) => other.located);
      root.rows = await resolveRows(root.store.rows, root.located, others, listings);
      root.backups = await root.store.lookAtBackups(root.directory.files, root.located, signal);
    }
    const meant = new Map<ScannedDirectory, Set<string>>();
    for (const { rows } of all) {
      for (const { filePath } of rows) {
        const directory = filePath === undefined ? undefined : directoryOf(filePath);
        if (filePath === undefined || directory === undefined) continue;
        const bases = meant.get(directory) ?? new Set();
        meant.set(directory, bases.add(basename(filePath)));
      }
    }
    for (const { directory } of all) {
      changes.push(await directory.setMeant(meant.get(directory) ?? new Set(), signal));
    }
    return changes.flat();
  }

  private async tell(agents: readonly AgentRoots[], facts: StateDirFacts): Promise<void> {
    this.told = await tellStateDir(this.told, agents, {
      located: this.located,
      agents: this.agents,
      roots: this.roots,
      kept: this.kept,
      sqlite: this.sqlite,
      side: this.side,
      facts,
    });
  }

  private agentsOf({ located, keptOf }: ScannedRoot): readonly AgentRoots[] {
    if (keptOf !== undefined) return this.agents.filter(({ agentId }) => agentId === keptOf);
    return this.agents.filter(({ roots }) => roots.some(({ realPath }) => realPath === located.realPath));
  }
}

/** Agents that the state directory knows nothing of any more: what was kept of them is all that is left. */
async function agentsGone(
  agents: readonly AgentRoots[],
  places: KeptPlaces | undefined,
): Promise<readonly AgentRoots[]> {
  if (places === undefined) return [];
  const names = await keptAgents(places);
  return names
    .filter((name) => !agents.some(({ agentId }) => agentId === name))
    .map((agentId) => ({ agentId, isDefault: false, roots: [] }));
}

function isOfTranscript({ before, after }: FileChange): boolean {
  const name = (after ?? before)?.name;
  return name !== undefined && isTranscriptName(name);
}
