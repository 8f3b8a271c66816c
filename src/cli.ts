import { homedir } from "node:os";
import { resolve } from "node:path";
import { version } from "../package.json";
import { cacheDirectory } from "./cli/cacheDirectory";
import { runProgram } from "./cli/program";
import { storageDirectory } from "./core/locations/storageDirectory";
import { vaultDirectory } from "./core/locations/vaultDirectory";
import { createInspector, thisMachine } from "./inspector";

const stopSignals = ["SIGINT", "SIGTERM"] as const;

/** Roof 2: the same answers in a terminal, for servers without an editor. */
void runProgram(process.argv.slice(2), {
  streams: process,
  env: process.env,
  workingDirectory: process.cwd(),
  version,
  createInspector: (stateDirs, { backupDir, keepDir }) =>
    createInspector({
      env: process.env,
      homeDir: homedir(),
      platform: process.platform,
      explicitStateDirs: stateDirs.map((directory) => resolve(directory)),
      onlyExplicit: stateDirs.length > 0,
      workspaceFolders: () => [],
      // Whoever names a directory on the command line trusts the config in it to say where sessions are.
      trusted: () => true,
      cacheDir: cacheDirectory(process.platform, process.env, homedir()),
      storageDir: storageDirectory(process.platform, process.env, homedir()),
      vaultBase: vaultDirectory(process.platform, process.env, homedir(), backupDir && resolve(backupDir)),
      keepDir: keepDir && resolve(keepDir),
      machine: thisMachine(),
      tool: `openclaw-sessions ${version}`,
      forcePolling: false,
    }),
  onStop: (listener) => {
    for (const signal of stopSignals) process.once(signal, listener);
    return {
      dispose: () => {
        for (const signal of stopSignals) process.off(signal, listener);
      },
    };
  },
}).then((exitCode) => {
  // Not process.exit: output that a slow reader has not taken yet would be lost.
  process.exitCode = exitCode;
});
