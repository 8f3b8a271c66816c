// Runs test/core and test/disk: every *.test.ts found is bundled by esbuild and run by mocha in this process.
// `node scripts/unit.mjs [path part …]` runs only the files whose path contains one of the parts.
// Writes {"passed":n,"failed":n} to the file named by COUNTS_FILE, when it is set. Zero tests found is a failure.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import Mocha from "mocha";

const root = resolve(import.meta.dirname, "..");
const parts = process.argv.slice(2);
const files = findTests(["test/core", "test/disk", "test/cli"]).filter(
  (file) => parts.length === 0 || parts.some((part) => file.includes(part)),
);

if (files.length === 0) {
  console.error("No test files found.");
  process.exit(1);
}

const out = join(root, "out", "unit", String(process.pid));
await build({
  entryPoints: files,
  outdir: out,
  outbase: join(root, "test"),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  sourcemap: "inline",
  packages: "external",
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});
process.setSourceMapsEnabled(true);
// Tests find fixtures from the repository's root, wherever the bundle lies.
process.env["REPOSITORY_ROOT"] = root;

const mocha = new Mocha({
  ui: "bdd",
  timeout: process.env.PROPERTY_SCALE ? 0 : 20_000,
  reporter: parts.length > 0 ? "spec" : "dot",
  forbidOnly: true,
  forbidPending: true,
});
mocha.suite.emit("pre-require", globalThis, "global", mocha);
for (const file of files) {
  await import(pathToFileURL(join(out, relative(join(root, "test"), file).replace(/\.ts$/, ".mjs"))).href);
}

const failures = await new Promise((done) => {
  const runner = mocha.run(done);
  runner.on("end", () => {
    const counts = { passed: runner.stats.passes, failed: runner.stats.failures };
    if (counts.passed + counts.failed === 0) {
      console.error("No tests ran.");
      counts.failed = 1;
      process.exitCode = 1;
    }
    if (process.env["COUNTS_FILE"]) writeFileSync(process.env["COUNTS_FILE"], JSON.stringify(counts));
  });
});
rmSync(out, { recursive: true, force: true });
process.exit(failures > 0 ? 1 : (process.exitCode ?? 0));

function findTests(folders) {
  return folders
    .flatMap((folder) => listFiles(join(root, folder)))
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
}

function listFiles(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
