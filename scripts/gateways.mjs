// `npm run test:gateway [version …]`: builds our command line, and runs test/gateway/run.mjs on a Node that OpenClaw runs on.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeOfMajor } from "./newerNode.mjs";
import { leaveOnSignals, run, runOrThrow } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

leaveOnSignals();
await runOrThrow(process.execPath, [join(root, "scripts", "build.mjs")], { cwd: root });
const { code } = await run(
  await nodeOfMajor(24),
  [join(root, "test", "gateway", "run.mjs"), ...process.argv.slice(2)],
  // Our command line runs on the Node that this runs on.
  { cwd: root, env: { ...process.env, OPENCLAW_SESSIONS_NODE: process.execPath }, limitSeconds: 30 * 60 },
);
process.exit(code);
