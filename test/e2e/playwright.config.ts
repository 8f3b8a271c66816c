import { defineConfig } from "@playwright/test";
import type { WorkbenchOptions } from "./fixtures";

const root = "../..";
const counts = process.env["COUNTS_FILE"];

export default defineConfig<object, WorkbenchOptions>({
  testDir: ".",
  testMatch: "**/*.test.ts",
  globalSetup: "./globalSetup.mjs",
  outputDir: `${root}/test-results/playwright`,
  // Two workbenches at once are no faster on two cores, and less steady.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env["CI"]),
  // scripts/test.mjs takes its counts from the second one.
  reporter: counts ? [["list"], ["json", { outputFile: counts }]] : [["list"]],
  projects: [
    { name: "workbench", testIgnore: "**/trust/**" },
    // Here VS Code asks whether the folder is trusted, as it does for users.
    { name: "trust", testMatch: "trust/**/*.test.ts", use: { trust: true } },
  ],
});
