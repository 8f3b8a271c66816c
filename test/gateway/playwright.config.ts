import { defineConfig } from "@playwright/test";

/** Started by restoreInEditor.mjs, once per version; the extension is installed by then. */
export default defineConfig({
  testDir: ".",
  testMatch: "restoreInEditor.test.ts",
  globalSetup: "./endInOrder.mjs",
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
});
