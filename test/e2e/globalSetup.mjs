import { getChromium } from "../../scripts/chromium.mjs";
import { packageExtension, vsix } from "../../scripts/package.mjs";
import { installExtension } from "../../scripts/startServer.mjs";
import { discard, throwAwayFolder } from "../../scripts/throwAway.mjs";
import { getServer } from "../../scripts/vscodeServer.mjs";

/** Packages the extension and installs it as a user would, once for all tests. */
export default async function setup() {
  // Playwright ends its tests in order, servers and browsers included, on SIGINT only.
  process.once("SIGTERM", () => process.kill(process.pid, "SIGINT"));
  const [server] = await Promise.all([getServer("newest"), getChromium()]);
  if (process.env.OPENCLAW_SESSIONS_PACKAGED !== "1") await packageExtension();
  const extensions = throwAwayFolder("extensions");
  await installExtension(server, vsix, extensions);
  process.env.OPENCLAW_SESSIONS_EXTENSIONS = extensions;
  return () => discard(extensions);
}
