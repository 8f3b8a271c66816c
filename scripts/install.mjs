import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { npm, run, toolEnvironment } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** `npm ci`, when `node_modules` is missing or was installed from another lockfile. */
export async function installDependencies() {
  if (upToDate()) return;
  console.log("Installing the dependencies …");
  const { file, args } = npm();
  const { code, output } = await run(file, [...args, "ci", "--no-audit", "--no-fund"], {
    cwd: root,
    env: toolEnvironment(),
    quiet: true,
  });
  if (code !== 0) throw new Error(`npm ci failed:\n${output.trimEnd()}`);
}

/** npm writes the second file at the end of every installation. */
function upToDate() {
  const lock = new URL("../package-lock.json", import.meta.url);
  const installed = new URL("../node_modules/.package-lock.json", import.meta.url);
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
  return sameVersions(JSON.parse(readFileSync(lock, "utf8")), JSON.parse(readFileSync(installed, "utf8")));
}

/** A fresh checkout gives the lockfile a new time; what counts is what it says. Optional packages may be left out. */
function sameVersions(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== "");
  const missing = wanted.filter(([path, { version, optional }]) => {
    const there = installed.packages[path];
    return there ? there.version !== version : !optional;
  });
  const surplus = Object.keys(installed.packages).filter((path) => !(path in lock.packages));
  return missing.length === 0 && surplus.length === 0;
}
