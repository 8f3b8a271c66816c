import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** What the browser is started with: nothing leaves this machine, and no first-run pages. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/** The path of a Chromium; installs Debian's when there is none and we may. */
export async function getChromium() {
  return findChromium() ?? (await installChromium());
}

/** @returns {string | undefined} */
export function findChromium() {
  const chosen = process.env.OPENCLAW_SESSIONS_CHROMIUM;
  if (chosen) {
    if (!executable(chosen)) throw new Error(`OPENCLAW_SESSIONS_CHROMIUM names ${chosen}, which cannot be executed.`);
    return chosen;
  }
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find(executable);
}

async function installChromium() {
  const possible = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const help =
    "The tests in the workbench need Chromium or Chrome. Install it (on Debian and Ubuntu: sudo apt-get install chromium), " +
    "or set OPENCLAW_SESSIONS_CHROMIUM to the path of one.";
  if (!possible) throw new Error(help);
  console.log("Installing the system's Chromium package …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = [
    "install",
    "-y",
    "--no-install-recommends",
    "-o",
    "DPkg::Lock::Timeout=300",
    "chromium",
    "fonts-dejavu-core",
  ];
  await run("apt-get", ["update", "-qq"], { quiet: true, env });
  const { output } = await run("apt-get", install, { quiet: true, env, limitSeconds: 900 });
  const found = findChromium();
  if (!found) throw new Error(`${help}\napt-get said:\n${output.trimEnd().slice(-1_000)}`);
  return found;
}

/** @param {string} file */
function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
