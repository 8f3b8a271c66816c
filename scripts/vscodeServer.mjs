import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";
import { nodeOfMajor } from "./newerNode.mjs";
import { npm, runOrThrow, toolEnvironment } from "./run.mjs";

// The npm package `code-server` 4.N carries VS Code 1.N, built as server and web workbench, in `lib/vscode`. We run
// that part by itself; code-server's own wrapper is not used.

/** @typedef {"oldest" | "newest"} Edition */
/** @typedef {{ folder: string, main: string, node: string, edition: Edition }} Server */

/** The oldest VS Code that `engines.vscode` admits, and the newest we test with. */
export const editions = {
  oldest: {
    vscode: "1.103.2",
    codeServer: "4.103.2",
    sha512: "dbYFASiePozmAfA2e3BYE7r83CdZ7LMDEAzKhLVRJwFbnd4zAaFlsxvBNrLAkunDJUaEqbtawsBfbtDZu6SXnQ==",
    node: /** @type {22} */ (22), // under 24 this one hangs without a word
    extras: ["@vscode/ripgrep-universal@1.18.0", "node-pty@1.2.0-beta.15"],
  },
  newest: {
    vscode: "1.139.1",
    codeServer: "4.139.1",
    sha512: "fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
    node: /** @type {24} */ (24),
    extras: [],
  },
};

/** Raise this when the steps below change, so that folders made by the earlier steps are not used any more. */
const recipe = 1;

/**
 * VS Code's server, ready to run: from the cache, else from the npm registry.
 *
 * @param {Edition} edition
 * @returns {Promise<Server>}
 */
export async function getServer(edition) {
  const { codeServer, node } = editions[edition];
  const [folder, nodePath] = await Promise.all([
    cached(`vscode-${codeServer}-r${recipe}`, (unfinished) => build(edition, unfinished)),
    nodeOfMajor(node),
  ]);
  return { folder, main: join(folder, "out", "server-main.js"), node: nodePath, edition };
}

/** @param {Edition} edition @param {string} folder */
async function build(edition, folder) {
  const { codeServer, sha512, vscode, extras } = editions[edition];
  console.log(`Getting VS Code ${vscode} (server) from the npm registry …`);
  const { file, args } = npm();
  const env = toolEnvironment();
  const options = { cwd: folder, env };

  await runOrThrow(file, [...args, "pack", "--silent", `code-server@${codeServer}`], options);
  const archive = `code-server-${codeServer}.tgz`;
  const found = createHash("sha512")
    .update(readFileSync(join(folder, archive)))
    .digest("base64");
  if (found !== sha512) throw new Error(`${archive} is not the one this project was tested with: sha512 is ${found}`);
  await runOrThrow(
    "tar",
    ["-xzf", archive, "--strip-components=3", "--exclude=*/extensions/copilot", "package/lib/vscode"],
    options,
  );
  rmSync(join(folder, archive));

  // Not `npm ci`: it refuses the shrinkwrap file inside, which lacks one package. The versions are pinned all the same.
  const install = ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  await runOrThrow(file, [...args, ...install], options);
  replaceNativeModules(folder);
  await addPrebuilt(folder, extras, options);
  dropUnused(folder);
}

/** Puts plain JavaScript where a compiler would be needed. @param {string} folder */
function replaceNativeModules(folder) {
  const standIns = join(dirname(fileURLToPath(import.meta.url)), "serverStandIns");
  const replacements = {
    "@vscode/spdlog": "spdlog.mjs",
    "@vscode/native-watchdog": "nativeWatchdog.mjs",
    "native-watchdog": "nativeWatchdog.mjs",
  };
  for (const [name, source] of Object.entries(replacements)) {
    const target = join(folder, "node_modules", name);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    copyFileSync(join(standIns, source), join(target, "index.mjs"));
    writeFileSync(join(target, "package.json"), JSON.stringify({ name, version: "0.0.0", main: "index.mjs" }));
  }
}

/**
 * Older servers expect ripgrep and node-pty to be downloaded or compiled by install scripts. Newer releases of both
 * bring their binaries along, and fit.
 *
 * @param {string} folder
 * @param {readonly string[]} extras
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function addPrebuilt(folder, extras, { env }) {
  if (extras.length === 0) return;
  const { file, args } = npm();
  const side = join(folder, "extras");
  mkdirSync(side);
  const install = ["install", "--prefix", side, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
  await runOrThrow(file, [...args, ...install, ...extras], { cwd: side, env });
  const binary = process.platform === "win32" ? "rg.exe" : "rg";
  const ripgrep = join(folder, "node_modules", "@vscode", "ripgrep", "bin");
  mkdirSync(ripgrep, { recursive: true });
  copyFileSync(
    join(side, "node_modules", "@vscode", "ripgrep-universal", "bin", `${process.platform}-${process.arch}`, binary),
    join(ripgrep, binary),
  );
  const pty = join(folder, "node_modules", "node-pty");
  rmSync(pty, { recursive: true, force: true });
  renameSync(join(side, "node_modules", "node-pty"), pty);
  rmSync(side, { recursive: true });
}

/** Parts that we never start: assistants, containers, and other platforms' ripgrep. @param {string} folder */
function dropUnused(folder) {
  const modules = join(folder, "node_modules");
  for (const name of [
    "@github",
    "@microsoft/mxc-sdk",
    "@devcontainers",
    "@vscode/windows-process-tree",
    "@vscode/sandbox-runtime",
  ]) {
    rmSync(join(modules, name), { recursive: true, force: true });
  }
  const ripgreps = join(modules, "@vscode", "ripgrep-universal", "bin");
  const ours = `${process.platform}-${process.arch}`;
  for (const platform of existsSync(ripgreps) ? readdirSync(ripgreps) : []) {
    if (platform !== ours) rmSync(join(ripgreps, platform), { recursive: true });
  }
}
