// `npm run test:gateway [version …]`: packages what we ship, and runs test/gateway/run.mjs on a Node that OpenClaw runs on.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import setUpEditor from "../test/e2e/globalSetup.mjs";
import { nodeOfMajor } from "./newerNode.mjs";
import { leaveOnSignals, run } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

leaveOnSignals();
await setUpEditor();
const { code } = await run(
  await nodeOfMajor(24),
  [join(root, "test", "gateway", "run.mjs"), ...process.argv.slice(2)],
  // What we ship, and Playwright, run on the Node that this runs on.
  { cwd: root, env: { ...process.env, OPENCLAW_SESSIONS_NODE: process.execPath }, limitSeconds: 30 * 60 },
);
process.exit(code);
