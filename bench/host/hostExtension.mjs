import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { throwAwayFolder } from "../../scripts/throwAway.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A folder that VS Code loads as the extension under development: dist/extension.js as it is shipped, behind an entry that
 * takes the time, and beside it the program that measures in the extension host. BENCH_BUNDLE: another bundle, for example one
 * that is not minified, so that a profile has names.
 *
 * @returns {Promise<{ path: string, program: string }>}
 */
export async function hostExtension() {
  const path = throwAwayFolder("bench");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(path, "package.json"), JSON.stringify({ ...manifest, main: "./timedEntry.cjs" }));
  for (const part of ["package.nls.json", "media", "syntaxes", "l10n"]) {
    if (existsSync(join(root, part))) cpSync(join(root, part), join(path, part), { recursive: true });
  }
  mkdirSync(join(path, "dist"));
  copyFileSync(process.env.BENCH_BUNDLE ?? join(root, "dist", "extension.js"), join(path, "dist", "extension.js"));
  copyFileSync(new URL("timedEntry.cjs", import.meta.url), join(path, "timedEntry.cjs"));

  const program = join(path, "measureInHost.cjs");
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: ["bench/host/measureInHost.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["vscode"],
    logLevel: "warning",
  });
  return { path, program };
}
