// Runs test/host in the extension host: `node scripts/host.mjs [oldest|newest] [--grep text]`, both when none is named.
// On VS Code's server, unless OPENCLAW_SESSIONS_HOST=desktop asks for a downloaded desktop VS Code.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleHostTests } from "./hostTests.mjs";
import { nodeForTools } from "./newerNode.mjs";
import { leaveOnSignals, npm, run, runOrThrow, toolEnvironment } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const all = process.argv.slice(2);
const editions = all.filter((it) => it === "oldest" || it === "newest");
const others = all.filter((it) => !editions.includes(it));

leaveOnSignals();
if (process.env.OPENCLAW_SESSIONS_PACKAGED !== "1") {
  const { file, args } = npm();
  await runOrThrow(file, [...args, "run", "build"], { cwd: root, env: toolEnvironment() });
}
await bundleHostTests();

const node = await nodeForTools();
const testCli = join(root, "node_modules", "@vscode", "test-cli", "out", "bin.mjs");
const env = { OPENCLAW_SESSIONS_HOST: "server", ...process.env };
let worst = 0;
for (const edition of editions.length > 0 ? editions : ["oldest", "newest"]) {
  const { code } = await run(node, [testCli, "--label", edition, ...others], { cwd: root, env, limitSeconds: 3_600 });
  worst = Math.max(worst, code);
}
process.exit(worst);
