import { basename, sep } from "node:path";
import type { ResolvedRow, RootInput, StoreBackup } from "../core/conversation/agentInput";
import { buildAgentInSteps } from "../core/conversation/buildAgent";
import type { Agent, SessionFile, SessionRoot, SqliteSessions, StateDir } from "../core/conversation/model";
import type { Problem } from "../core/problem";
import type { LoadedCache } from "./cacheStore";
import type { LocatedStateDir } from "./locateStateDirs";
import { directoryProblem } from "./readErrors";
import { missingStore } from "./readStore";
import { isTranscriptName, ScannedDirectory, type FileChange, type SessionFileReader } from "./scanDirectory";
import { SideEvidenceReader, type SideFindings } from "./scanSideEvidence";
import { resolveRows, ScannedStore } from "./scanStore";
import { patchAgent } from "./scanPatch";
import { eraOf } from "./scanEra";
import { TimeSlice } from "./scanTimeSlice";
import { findSessionRoots, type AgentRoots, type LocatedRoot } from "./sessionRoots";
import { findSqliteSessions, type SqliteFinding } from "./sqliteTables";
import { readConfig } from "./readConfig";

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
  /** Loaded once; its indexes are taken later, in the background. */
  readonly cache: LoadedCache;
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
    const { path, realPath, foundBy } = located;
    this.evidence = new SideEvidenceReader(realPath);
    this.told = {
      path,
      realPath,
      foundBy,
      configPath: undefined,
      era: "empty",
      version: undefined,
      agents: [],
      problems: [],
    };
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
    await this.setRoots(agents.flatMap(({ roots }) => roots));
    const found = new Map<ScannedRoot, readonly FileChange[]>();
    await Promise.all(
      [...this.roots.values()].map(async (root) => {
        found.set(root, await root.directory.scan(root.cache, signal));
      }),
    );
    const changes = [...found.values()].flat();
    let storeChanged = false;
    for (const root of this.roots.values())
      storeChanged = (await root.store.look(root.located, signal)) || storeChanged;
    this.side = await this.evidence.read(signal);
    await this.lookAtDatabases(agents);
    const facts = {
      configPath: config.configPath,
      version: config.config.version,
      problems: [...config.problems, ...problems, ...this.side.problems],
    };
    const surroundings = JSON.stringify([located, agents, facts, this.side, [...this.sqlite], this.unreadable()]);
    if (surroundings === this.surroundings && !storeChanged && this.patchAll(found)) return changes;
    this.surroundings = surroundings;
    const more = await this.resolve([...this.roots.values()]);
    await this.tell(agents, facts);
    return [...changes, ...more];
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
    const agents = this.agentsOf(root);
    let exact = agents.length === 1;
    const patched = new Map<string, Agent>();
    for (const { agentId } of agents) {
      const agent = this.told.agents.find(({ id }) => id === agentId);
      if (agent === undefined) continue;
      const result = patchAgent(agent, changes);
      exact &&= result.exact;
      if (result.agent !== agent) patched.set(agentId, result.agent);
    }
    if (patched.size > 0) {
      this.told = { ...this.told, agents: this.told.agents.map((agent) => patched.get(agent.id) ?? agent) };
    }
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
    const { outcome } = root.store;
    const storeChanged = storeMayDiffer && (await root.store.look(root.located, this.options.signal));
    // A store that comes or goes may be a host on its way to tables (2026.8+), or back.
    if (root.store.outcome !== outcome) await this.lookAtDatabases(this.agentsOf(root));
    if (!storeChanged && this.patchAll(new Map([[root, changes]]))) return changes;
    changes.push(...(await this.resolve([root])));
    await this.tell(this.agentsOf(root), this.told);
    return changes;
  }

  /** Keeps what is known of directories that are still the same. */
  private async setRoots(located: readonly LocatedRoot[]): Promise<void> {
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
        cache: await this.options.loadCache(each.realPath),
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

  private async tell(
    agents: readonly AgentRoots[],
    facts: Pick<StateDir, "configPath" | "version" | "problems">,
  ): Promise<void> {
    const slice = new TimeSlice();
    const before = new Map(this.told.agents.map((agent) => [agent.id, agent]));
    const next = new Map(before);
    for (const { agentId, roots, isDefault } of agents) {
      if (slice.over()) await slice.rest();
      const sqlite = this.sqlite.get(agentId);
      const inputs = roots.map((root) => this.inputOf(root, agentId, isDefault, sqlite?.sqlite));
      const steps = buildAgentInSteps({
        agentId,
        roots: inputs,
        sqlite: sqlite?.sqlite,
        problems: sqlite?.problems ?? [],
        previous: before.get(agentId),
      });
      for (;;) {
        const step = steps.next();
        if (step.done === true) {
          next.set(agentId, step.value);
          break;
        }
        if (slice.over()) await slice.rest();
      }
    }
    const { path, realPath, foundBy } = this.located;
    const told = this.agents.flatMap(({ agentId }) => next.get(agentId) ?? []);
    const { era, problems } = eraOf(told, realPath);
    const stateDir: StateDir = {
      path,
      realPath,
      foundBy,
      configPath: facts.configPath,
      era,
      version: facts.version,
      agents: told,
      problems: [...facts.problems.filter(({ code }) => code !== "state.unknown-layout"), ...problems],
    };
    if (!sameStateDir(this.told, stateDir)) this.told = stateDir;
  }

  private inputOf(
    located: LocatedRoot,
    agentId: string,
    isDefault: boolean,
    sqlite: SqliteSessions | undefined,
  ): RootInput {
    const root = this.roots.get(located.realPath);
    const side = {
      storeBackups: root?.backups ?? [],
      cronRuns: this.side.cronRuns,
      memoryNotes: this.side.memoryNotes,
    };
    const otherAgentIds = located.agentIds.filter((id) => id !== agentId);
    const takesRest =
      isDefault ||
      (located.agentIds[0] === agentId &&
        !this.agents.some((agent) => agent.isDefault && located.agentIds.includes(agent.agentId)));
    const { path, storePath, outside, read } = located;
    const problems: readonly Problem[] = [...located.problems, ...(root === undefined ? [] : problemsOf(root, sqlite))];
    return {
      root: { path, storePath, outside, read, problems } satisfies SessionRoot,
      files: root?.directory.files ?? [],
      rows: root?.rows ?? [],
      side,
      shared: otherAgentIds.length === 0 ? undefined : { otherAgentIds, takesRest },
    };
  }

  private agentsOf({ located }: ScannedRoot): readonly AgentRoots[] {
    return this.agents.filter(({ roots }) => roots.some(({ realPath }) => realPath === located.realPath));
  }
}

function problemsOf(
  { directory, store, located }: ScannedRoot,
  sqlite: SqliteSessions | undefined,
): readonly Problem[] {
  const problems = [...store.problems];
  if (directory.unreadable !== undefined) problems.unshift(directoryProblem(directory.unreadable, directory.path));
  const hasTranscripts = directory.files.some(({ name }: SessionFile) => isTranscriptName(name));
  if (store.outcome === "absent" && hasTranscripts && sqlite === undefined)
    problems.push(missingStore(located.storePath));
  return problems;
}

function sameStateDir(one: StateDir, other: StateDir): boolean {
  const { agents, ...facts } = one;
  const { agents: otherAgents, ...otherFacts } = other;
  return (
    agents.length === otherAgents.length &&
    agents.every((agent, at) => agent === otherAgents[at]) &&
    JSON.stringify(facts) === JSON.stringify(otherFacts)
  );
}
