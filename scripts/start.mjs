// `npm start`: everything a fresh clone needs, up to a VS Code that shows a copy of the sample state directory.
// Until the dependencies are installed, only modules of Node itself may be imported here.

import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { copyRecording } from "./copyRecording.mjs";
import { hasDesktopCode, openInDesktopCode } from "./desktopCode.mjs";
import { installDependencies } from "./install.mjs";
import { packageExtension } from "./package.mjs";
import { isLeaving, leaveOnSignals, run } from "./run.mjs";
import { sampleState } from "./sampleState.mjs";
import { installExtension, startServer, trustSettings } from "./startServer.mjs";
import { throwAwayFolder } from "./throwAway.mjs";
import { editions, getServer } from "./vscodeServer.mjs";

const usage = `npm start                              open VS Code on a copy of the sample state directory
npm start -- --no-open                 start VS Code's server and only print its address
npm start -- <state directory>         open a copy of your own state directory
npm start -- --in-place <directory>    open the directory itself, not a copy`;

leaveOnSignals();
try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "no-open": { type: "boolean" }, "in-place": { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(usage);
  if (positionals.length > 1) throw new Error(`One directory at a time, please.\n${usage}`);
  const own = positionals[0];
  if (values["in-place"] && own === undefined) throw new Error(`--in-place needs a directory.\n${usage}`);
  const state = own === undefined ? sampleState() : ownDirectory(own);

  await installDependencies();
  console.log("Building and packaging the extension …");
  const vsix = await packageExtension();

  const { folder, what } = open(state, { own: own !== undefined, inPlace: values["in-place"] ?? false });
  // Nobody needs to be asked whether they trust the sample; with their own files they decide.
  const trust = own !== undefined;

  if (!values["no-open"] && (await hasDesktopCode())) {
    console.log(`Opening VS Code on ${what}. Closing its window ends this command.`);
    const settings = trustSettings(trust);
    return openInDesktopCode({ vsix, folder, profile: throwAwayFolder("desktop"), settings });
  }
  await serve({ vsix, folder, what, trust, browser: !values["no-open"] });
}

/** @param {string} path */
function ownDirectory(path) {
  // npm runs scripts in the repository; INIT_CWD is where the user was.
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no directory ${folder}.`);
  return folder;
}

/** @param {string} state @param {{ own: boolean, inPlace: boolean }} options */
function open(state, { own, inPlace }) {
  if (inPlace) return { folder: state, what: `${state} itself (not a copy)` };
  const folder = join(throwAwayFolder("demo"), own ? basename(state) : "openclaw-sample");
  const left = copyRecording(state, folder);
  for (const path of left) console.log(`Not copied: ${path}`);
  return { folder, what: own ? `a copy of ${state}` : "a copy of the sample state directory" };
}

/** @param {{ vsix: string, folder: string, what: string, trust: boolean, browser: boolean }} options */
async function serve({ vsix, folder, what, trust, browser }) {
  const server = await getServer("newest");
  const extensions = throwAwayFolder("extensions");
  await installExtension(server, vsix, extensions);
  const token = randomBytes(18).toString("base64url");
  const running = await startServer({ server, extensions, trust, token });
  const address = running.url(folder);
  console.log(`VS Code ${editions.newest.vscode} with the extension, on ${what}:\n\n  ${address}\n\nCtrl-C ends it.`);
  if (browser) await openBrowser(address);
  await running.ended;
  if (isLeaving()) return new Promise(() => {});
  throw new Error(`VS Code's server ended by itself:\n${running.output().slice(-2_000)}`);
}

/** Where there is a screen; the address is printed in any case. @param {string} address */
async function openBrowser(address) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return;
  const [file, ...args] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["explorer.exe"] : ["xdg-open"];
  await run(file ?? "", [...args, address], { quiet: true, limitSeconds: 20 }).catch(() => {});
}
