// Bundles the two roofs: dist/extension.js (vscode external) and dist/cli.js (nothing external: that it builds proves that
// no floor below the roofs needs the editor).
import { chmodSync } from "node:fs";
import { context } from "esbuild";

const watch = process.argv.includes("--watch");

const common = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  minify: !watch,
  keepNames: false,
  sourcemap: watch ? "linked" : false,
  legalComments: "none",
  logLevel: "warning",
  // jsonc-parser's "main" is a UMD file that cannot be bundled (microsoft/node-jsonc-parser#57).
  mainFields: ["module", "main"],
};

const roofs = [
  { ...common, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"] },
  { ...common, entryPoints: ["src/cli.ts"], outfile: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
];

const contexts = await Promise.all(roofs.map((roof) => context(roof)));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
  chmodSync("dist/cli.js", 0o755);
}
