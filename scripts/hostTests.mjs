import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Bundles the tests of the extension host into `out/host`: one CommonJS file per test file, `vscode` left to the host. */
export async function bundleHostTests() {
  const { build } = await import("esbuild");
  const root = fileURLToPath(new URL("..", import.meta.url));
  rmSync(new URL("../out/host", import.meta.url), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/host/**/*.test.ts"],
    outdir: "out/host",
    outbase: "test/host",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}
