import { tmpdir } from "node:os";
import type { Inspector } from "../src/core/inspectorPort";
import { createInspector } from "../src/inspector";

/** An inspector of one directory and nothing else on this machine. */
export function inspectorOf(stateDir: string, cacheDir?: string): Inspector {
  return createInspector({
    env: {},
    homeDir: tmpdir(),
    platform: process.platform,
    explicitStateDirs: [stateDir],
    onlyExplicit: true,
    workspaceFolders: () => [],
    trusted: () => true,
    cacheDir,
    storageDir: undefined,
    vaultBase: undefined,
    machine: { tmpDirs: [], uid: undefined },
    forcePolling: false,
  });
}
