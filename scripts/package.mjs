import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeForTools } from "./newerNode.mjs";
import { runOrThrow, toolEnvironment } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

export const vsix = join(root, "dist", "openclaw-session-inspector.vsix");

/** Builds and packages the extension; `vsce` runs `npm run build` itself, through the script `vscode:prepublish`. */
export async function packageExtension() {
  mkdirSync(join(root, "dist"), { recursive: true });
  rmSync(vsix, { force: true });
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  // Dependencies are bundled into dist, so none is packaged.
  await runOrThrow(await nodeForTools(), [vsce, "package", "--no-dependencies", "--out", vsix], {
    cwd: root,
    env: toolEnvironment(),
  });
  if (!existsSync(vsix)) throw new Error("vsce ended well but left no package");
  return vsix;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await packageExtension());
