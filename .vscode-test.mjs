import { defineConfig } from "@vscode/test-cli";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sampleState } from "./scripts/sampleState.mjs";
import { throwAwayFolder } from "./scripts/throwAway.mjs";
import { editions } from "./scripts/vscodeServer.mjs";

// The standard route downloads a desktop VS Code. OPENCLAW_SESSIONS_HOST=server runs the same tests from this config in
// VS Code's server instead, which comes from the npm registry.
const server = process.env.OPENCLAW_SESSIONS_HOST === "server";
const root = fileURLToPath(new URL(".", import.meta.url));

process.once("SIGTERM", () => process.exit(143)); // so that the copy below is removed then, too

// Tests write; they never get the committed files.
const workspaceFolder = join(throwAwayFolder("host"), "state");
cpSync(sampleState(), workspaceFolder, { recursive: true, preserveTimestamps: true });

/** @param {"oldest" | "newest"} edition */
function on(edition) {
  return {
    label: edition,
    files: "out/host/**/*.test.cjs",
    workspaceFolder,
    env: { REPOSITORY_ROOT: root },
    mocha: {
      ui: "bdd",
      timeout: 20_000,
      failZero: true,
      forbidOnly: Boolean(process.env.CI),
      reporter: join(root, "test", "harness", "reporter.cjs"),
    },
    ...(server
      ? {
          useInstallation: { fromPath: join(root, "test", "harness", "code.mjs") },
          launchArgs: [`--server-edition=${edition}`],
        }
      : {
          version: edition === "oldest" ? editions.oldest.vscode : "stable",
          launchArgs: ["--disable-workspace-trust"],
        }),
  };
}

export default defineConfig({
  tests: [on("oldest"), on("newest")],
  coverage: { include: ["**/dist/**"], output: "out/coverage" },
});
