import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Inspector } from "./core/inspectorPort";
import { effectiveHome } from "./core/locations/homeDirectories";
import type { LocationQuery } from "./core/locations/stateDirCandidates";
import type { openBytes } from "./disk/byteSource";
import { CacheStore } from "./disk/cacheStore";
import { EvidenceCollector } from "./disk/evidence/evidenceCollector";
import { createNoticeMemory } from "./disk/evidence/noticeMemory";
import { ResetRecordStore } from "./disk/evidence/resetRecordStore";
import { LiveExplanations } from "./disk/explainLive";
import { createKeeper } from "./disk/keep/keeper";
import { nodeFiles } from "./disk/restore/nodeFiles";
import { createRestorer } from "./disk/restore/restorerOf";
import { locateExplicitStateDirs, locateStateDirs } from "./disk/locateStateDirs";
import { lineNumberAt, readLineAt } from "./disk/readLineAt";
import { readTranscriptPage } from "./disk/readPage";
import { sessionFileReader } from "./disk/scanFiles";
import { restoreIndexed, serializeIndexed } from "./disk/scanIndex";
import { LiveInspection } from "./disk/scanLive";
import { ZstKeeper } from "./disk/zstKeeper";

/** What differs between the editor and the command line, and between two people's settings. */
export interface CreateInspectorOptions {
  /** On Windows pass `process.env` itself: its names ignore case, those of a copy do not. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  /** From the setting `openclawSessions.stateDirectories` or from `--state-dir`; absolute paths. */
  readonly explicitStateDirs: readonly string[];
  /** Look nowhere but in `explicitStateDirs` (command line: `--state-dir`). */
  readonly onlyExplicit: boolean;
  /** Asked at every refresh: folders come and go while the editor runs. */
  readonly workspaceFolders: () => readonly { readonly path: string }[];
  /** Asked at every refresh: stores outside the state directory are read only when this is true. */
  readonly trusted: () => boolean;
  /** Where the cache may live, outside every state directory; undefined: no cache. */
  readonly cacheDir: string | undefined;
  /** Where reset records and what was announced are kept, outside every state directory; undefined: nowhere. */
  readonly storageDir: string | undefined;
  /** Where the vaults of restores are, outside every state directory (`vaultDirectory`); undefined: nothing can be restored. */
  readonly vaultBase: string | undefined;
  /** Where kept copies are, outside every state directory; undefined: `kept` beside the vaults, if there are any. Absolute. */
  readonly keepDir?: string | undefined;
  /** Where else than in state directories gateways leave logs and locks. Usually `thisMachine()`. */
  readonly machine: Machine;
  /** Never use OS file watches. */
  readonly forcePolling: boolean;
  readonly log?: (message: string) => void;
  /** Who restores, for journals: name and version. */
  readonly tool?: string;
  /** Of restores: epoch ms. The machine's clock when left out. */
  readonly now?: () => number;
}

export interface Machine {
  /** The system's directories for temporary files. */
  readonly tmpDirs: readonly string[];
  /** Of the user we run as; undefined on Windows. */
  readonly uid: number | undefined;
}

/** OpenClaw logs to `/tmp/openclaw` where it can, whatever `TMPDIR` says. */
export function thisMachine(): Machine {
  return { tmpDirs: process.platform === "win32" ? [tmpdir()] : [tmpdir(), "/tmp"], uid: process.getuid?.() };
}

/** The only thing both roofs know of disk. When a setting changes, dispose of it and create another. */
export function createInspector(options: CreateInspectorOptions): Inspector {
  const log = options.log ?? (() => undefined);
  const { env, platform, trusted, cacheDir, storageDir, forcePolling } = options;
  const surroundings = { path, env, homeDirectory: options.homeDir, workingDirectory: process.cwd() };
  const query = (): LocationQuery => ({
    ...surroundings,
    explicitDirectories: options.explicitStateDirs,
    explicitSource: options.onlyExplicit ? "--state-dir" : "openclawSessions.stateDirectories",
    workspaceFolders: options.workspaceFolders().map((folder) => folder.path),
  });
  const home = effectiveHome(surroundings);
  const beside = options.vaultBase === undefined ? undefined : path.join(options.vaultBase, "kept");
  const keptFolder = options.keepDir === undefined || options.keepDir === "" ? beside : options.keepDir;
  const live: LiveInspection = new LiveInspection({
    env,
    platform,
    trusted,
    log,
    home,
    locate: () => (options.onlyExplicit ? locateExplicitStateDirs(query()) : locateStateDirs(query())),
    readerOf: sessionFileReader,
    cache: { store: cacheDir === undefined ? undefined : new CacheStore(cacheDir, log), serialize: serializeIndexed },
    restore: restoreIndexed,
    keptFolder,
    watch: { forcePolling },
    onNext: (seen) => {
      explaining.changed(seen);
    },
  });
  const records = storageDir === undefined ? undefined : new ResetRecordStore(path.join(storageDir, "resets"));
  const places = () => ({ ...options.machine, home, trusted: trusted() });
  const collector = new EvidenceCollector({
    places,
    resetRecords: records,
    vaultBase: options.vaultBase,
    log,
  });
  const explaining = new LiveExplanations({
    snapshot: () => live.snapshot,
    whenIndexed: (signal) => live.whenIndexed(signal),
    collect: (stateDir, around, signal) => collector.collect(stateDir, around, signal),
    keep: async (record, realPath) => records?.add(record, realPath),
    onExplained: () => {
      live.tellExplained();
    },
    log,
  });
  const notices = createNoticeMemory(storageDir === undefined ? undefined : path.join(storageDir, "notices"));
  const restorer = createRestorer({
    live,
    // Not the one that explains: two looks at once would share what it remembers.
    collector: new EvidenceCollector({ places, resetRecords: records, log }),
    places,
    vaultBase: options.vaultBase,
    env,
    tool: options.tool ?? "OpenClaw Session Inspector",
    now: options.now,
    inspectCopy: (stateDir) =>
      new LiveInspection({
        env,
        platform,
        trusted,
        log,
        home,
        locate: () =>
          locateExplicitStateDirs({
            ...query(),
            explicitDirectories: [stateDir],
            explicitSource: stateDir,
            workspaceFolders: [],
          }),
        readerOf: sessionFileReader,
        cache: { store: undefined, serialize: serializeIndexed },
        restore: restoreIndexed,
        keptFolder: undefined,
        watch: { forcePolling },
      }),
  });
  const keeper = createKeeper({
    folder: keptFolder,
    snapshot: () => live.snapshot,
    refresh: () => live.refresh(),
    places: () => live.places,
    withinOf: (file) => live.find(file).root.located.within,
    files: nodeFiles,
    log,
  });
  const archives = new ZstKeeper();
  const open: typeof openBytes = (file, openOptions) => archives.open(file, openOptions);
  const admitted = new Set<string>();
  const reading = (file: string, signal: AbortSignal | undefined) => {
    // What somebody pointed at is read where it lies, links out of its directory excepted.
    if (admitted.has(file) && !live.shows(file)) return { within: path.dirname(file), index: undefined, signal, open };
    const { root, file: known } = live.find(file);
    return { within: root.located.within, index: known.index, signal, open };
  };
  return {
    get snapshot() {
      return live.snapshot;
    },
    get watching() {
      return live.watching;
    },
    onDidChange: (listener) => live.listen(listener),
    refresh: () => live.refresh(),
    whenIndexed: (signal) => live.whenIndexed(signal),
    get explanations() {
      return explaining.explanations;
    },
    whenExplained: (signal) => explaining.when(signal),
    notices,
    restorer,
    keeper,
    watch: () => {
      live.watch();
      explaining.watch();
    },
    readPage: async (file, range, signal) => readTranscriptPage(file, range, reading(file, signal)),
    readLineAt: async (file, offset, signal) => readLineAt(file, offset, reading(file, signal)),
    lineNumberAt: async (file, offset, signal) => lineNumberAt(file, offset, reading(file, signal)),
    index: (file, signal) => live.index(file, signal),
    admit: (file) => {
      admitted.add(file);
    },
    dispose: () => {
      explaining.dispose();
      live.dispose();
      archives.dispose();
    },
  };
}
