// Runs the benchmarks: every bench/*.bench.ts is bundled and run in a process of its own, one after the other, and a table of all
// figures is printed at the end. Exits non-zero when a bound is not kept.
//
//     npm run bench                    all of them
//     npm run bench -- index           those whose name contains "index"
//     npm run bench -- --clean         removes the generated inputs (several GB in the cache folder)
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { removeGenerated } from "./generate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "out", "bench", String(process.pid));

if (process.argv.includes("--clean")) {
  console.log(`Removed ${removeGenerated()} generated inputs.`);
} else {
  const parts = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
  process.exitCode = await runAll(parts);
}

async function runAll(parts) {
  const files = readdirSync(join(root, "bench"))
    .filter((name) => name.endsWith(".bench.ts"))
    .filter((name) => parts.length === 0 || parts.some((part) => name.includes(part)))
    .sort();
  if (files.length === 0) {
    console.error("No such benchmark.");
    return 2;
  }
  mkdirSync(out, { recursive: true });
  const rows = [];
  try {
    for (const file of files) {
      console.log(`— ${file}`);
      rows.push(...(await runOne(file)));
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  print(rows);
  return rows.some(({ ok }) => ok === false) ? 1 : 0;
}

/** The rows of one file; a single failed row when it does not get that far. */
async function runOne(file) {
  const name = basename(file, ".bench.ts");
  const bundle = join(out, `${name}.mjs`);
  const result = join(out, `${name}.json`);
  await build({
    absWorkingDir: root,
    entryPoints: [join("bench", file)],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    mainFields: ["module", "main"],
    plugins: [generatorInPlace()],
    // Dependencies that are CommonJS inside ask for these.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  const main = join(out, `${name}.main.mjs`);
  // A benchmark may start this program again with the argument "measure", for a fresh process (freshProcess.ts).
  writeFileSync(
    main,
    `import { writeFileSync } from "node:fs";
import * as bench from ${JSON.stringify(pathToFileURL(bundle).href)};
if (process.argv[2] !== "measure") {
  const rows = "default" in bench ? await bench.default() : [];
  writeFileSync(${JSON.stringify(result)}, JSON.stringify(rows));
}
process.exit();
`,
  );
  const code = await new Promise((done) => {
    const child = spawn(process.execPath, [main], { cwd: root, stdio: "inherit" });
    child.once("error", () => done(1));
    child.once("exit", (status, signal) => done(status ?? signal));
  });
  if (code !== 0) return [{ what: `${file} ended with ${code}`, required: "0", measured: String(code), ok: false }];
  return JSON.parse(readFileSync(result, "utf8"));
}

/** `generate.mjs` is not bundled, so that its own paths hold. */
function generatorInPlace() {
  return {
    name: "generator in place",
    setup(bundler) {
      bundler.onResolve({ filter: /\/generate\.mjs$/ }, () => ({
        path: pathToFileURL(join(root, "bench", "generate.mjs")).href,
        external: true,
      }));
    },
  };
}

function print(rows) {
  const table = [["what", "required", "measured", "ok?"]];
  for (const { what, required, measured, ok } of rows) {
    table.push([what, required, measured, ok === undefined ? "" : ok ? "yes" : "NO"]);
  }
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
}
