// Installs a version of OpenClaw from the npm registry into the cache, once per machine: `node test/gateway/install.mjs <version> …`.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { npm, runOrThrow, toolEnvironment } from "../../scripts/run.mjs";
import { cache, installedAt } from "./gateway.mjs";

/** Up to 2026.4 a package is a git dependency, which has nothing to do with sessions: an empty one of that name serves. */
const standIn = { name: "libsignal", version: "2.0.1", main: "index.js" };

export async function install(version) {
  if (existsSync(installedAt(version))) return;
  const parent = join(cache, "gateways");
  mkdirSync(parent, { recursive: true });
  // Beside its final place, so that an interrupted run leaves nothing that looks complete.
  const folder = mkdtempSync(join(parent, `.${version}-`));
  try {
    await installInto(folder, version);
    rmSync(join(parent, version), { recursive: true, force: true });
    renameSync(folder, join(parent, version));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function installInto(folder, version) {
  mkdirSync(join(folder, "libsignal"), { recursive: true });
  writeFileSync(join(folder, "libsignal", "package.json"), JSON.stringify(standIn));
  writeFileSync(join(folder, "libsignal", "index.js"), "module.exports = {};\n");
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      name: `gateway-${version}`,
      private: true,
      dependencies: { openclaw: version },
      overrides: { libsignal: "file:./libsignal", linkedom: "0.18.12" },
    }),
  );
  const words = ["install", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  const { file, args } = npm();
  await runOrThrow(file, [...args, ...words], { cwd: folder, env: toolEnvironment(), limitSeconds: 900 });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const version of process.argv.slice(2)) await install(version);
}
