// Keeps .vscode/launch.json in step with test/fixtures: one entry per recorded scenario, each on a copy in .demo.
// `node scripts/launchEntries.mjs` writes the file, `--check` only compares.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { scenarios } from "./scenarios.mjs";

const file = new URL("../.vscode/launch.json", import.meta.url);
const wanted = { version: "0.2.0", configurations: scenarios().map(entry) };

if (process.argv.includes("--check")) {
  const found = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  if (!isDeepStrictEqual(found, wanted)) {
    console.error(".vscode/launch.json does not fit test/fixtures any more: run node scripts/launchEntries.mjs");
    process.exit(1);
  }
} else {
  const { format } = await import("prettier");
  writeFileSync(file, await format(JSON.stringify(wanted), { parser: "json", printWidth: 120 }));
}

/** @param {import("./scenarios.mjs").Scenario} scenario @param {number} order */
function entry({ name, group }, order) {
  return {
    name: name.replace("/", " "),
    type: "extensionHost",
    request: "launch",
    args: [
      "--extensionDevelopmentPath=${workspaceFolder}",
      "--disable-extensions",
      `\${workspaceFolder}/.demo/${name}`,
    ],
    outFiles: ["${workspaceFolder}/dist/**/*.js"],
    preLaunchTask: "build and copy the fixtures",
    presentation: { group, order },
  };
}
