import * as path from "node:path";
import type { Inspector } from "./core/inspectorPort";

import { effectiveHome } from "./core/locations/homeDirectories";
import type { LocationQuery } from "./core/locations/stateDirCandidates";
import type { openBytes } from "./disk/byteSource";
import { CacheStore } from "./disk/cacheStore";
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
  /** Never use OS file watches. */
  readonly forcePolling: boolean;
  readonly log?: (message: string) => void;
}

/** The only thing both roofs know of disk. When a setting changes, dispose of it and create another. */
export function createInspector(options: CreateInspectorOptions): Inspector {
  const log = options.log ?? (() => undefined);
  const { env, platform, trusted, cacheDir, forcePolling } = options;
  const surroundings = { path, env, homeDirectory: options.homeDir, workingDirectory: process.cwd() };
  const query = (): LocationQuery => ({
    ...surroundings,
    explicitDirectories: options.explicitStateDirs,
    explicitSource: options.onlyExplicit ? "--state-dir" : "openclawSessions.stateDirectories",
    workspaceFolders: options.workspaceFolders().map((folder) => folder.path),
  });
  const live = new LiveInspection({
    env,
    platform,
    trusted,
    log,
    home: effectiveHome(surroundings),
    locate: () => (options.onlyExplicit ? locateExplicitStateDirs(query()) : locateStateDirs(query())),
    readerOf: sessionFileReader,
    cache: { store: cacheDir === undefined ? undefined : new CacheStore(cacheDir, log), serialize: serializeIndexed },
    restore: restoreIndexed,
    watch: { forcePolling },
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
    watch: () => {
      live.watch();
    },
    readPage: async (file, range, signal) => readTranscriptPage(file, range, reading(file, signal)),
    readLineAt: async (file, offset, signal) => readLineAt(file, offset, reading(file, signal)),
    lineNumberAt: async (file, offset, signal) => lineNumberAt(file, offset, reading(file, signal)),
    index: (file, signal) => live.index(file, signal),
    admit: (file) => {
      admitted.add(file);
    },
    dispose: () => {
      live.dispose();
      archives.dispose();
    },
  };
}
