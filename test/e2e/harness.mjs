// What the tests in the workbench need from scripts/, in one place that TypeScript knows (harness.d.mts).

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumArguments, findChromium } from "../../scripts/chromium.mjs";
import { copyRecording } from "../../scripts/copyRecording.mjs";
import { quietSettings, startServer, trustSettings } from "../../scripts/startServer.mjs";
import { discard, throwAwayFolder } from "../../scripts/throwAway.mjs";
import { getServer } from "../../scripts/vscodeServer.mjs";

export { chromiumArguments, discard, findChromium };

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));

export function copyOfState(name) {
  const from = isAbsolute(name) ? name : join(fixtures, name, "state");
  if (!existsSync(from)) throw new Error(`There is no state directory ${from}.`);
  const folder = throwAwayFolder("state");
  const to = join(folder, ".openclaw");
  copyRecording(from, to);
  return to;
}

export async function startWorkbenchServer({ extensions, trust }) {
  const running = await startServer({ server: await getServer("newest"), extensions, trust });
  const user = join(running.data, "data", "User");
  const machine = join(running.data, "data", "Machine");
  return {
    url: running.url,
    stop: running.stop,
    output: running.output,
    configure(settings) {
      mkdirSync(user, { recursive: true });
      const all = { ...quietSettings, ...trustSettings(trust), ...settings };
      writeFileSync(join(user, "settings.json"), JSON.stringify(all, undefined, 2));
      // Settings of the machine stand beside the server, as with any remote window.
      mkdirSync(machine, { recursive: true });
      const own = Object.entries(all).filter(([name]) => name.startsWith("openclawSessions."));
      writeFileSync(join(machine, "settings.json"), JSON.stringify(Object.fromEntries(own), undefined, 2));
    },
  };
}
