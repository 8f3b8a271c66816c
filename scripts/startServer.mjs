import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, start, stop } from "./run.mjs";
import { discard, throwAwayFolder } from "./throwAway.mjs";

/** Settings that keep a fresh VS Code quiet: no welcome pages, no recommendations, nothing fetched from anywhere. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "editor.fontFamily": "DejaVu Sans Mono, monospace",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "json.schemaDownload.enable": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** Whether VS Code asks about folders; newer ones would otherwise open an unknown folder in restricted mode without asking. @param {boolean} asked */
export function trustSettings(asked) {
  if (!asked) return { "security.workspace.trust.enabled": false };
  return { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "always" };
}

/**
 * Starts VS Code's server on a free port of 127.0.0.1, with data of its own in a throw-away folder.
 *
 * @param {object} options
 * @param {import("./vscodeServer.mjs").Server} options.server
 * @param {string} [options.extensions] folder of installed extensions
 * @param {string} [options.token] connection token; without one everybody on this machine can use the server
 * @param {boolean} [options.trust] whether VS Code asks whether folders are trusted
 * @param {boolean} [options.testDriver] lets the page's `payload` name the extension and tests under development
 * @param {Record<string, unknown>} [options.settings] added to `quietSettings`
 * @param {NodeJS.ProcessEnv} [options.env] added to the environment of the server and so of the extension host
 * @param {(text: string) => void} [options.onOutput]
 * @returns {Promise<{ port: number, data: string, output(): string, url(folder: string, query?: Record<string, string>): string, ended: Promise<unknown>, stop(): Promise<void> }>}
 */
export async function startServer({
  server,
  extensions,
  token,
  trust = false,
  testDriver = false,
  settings,
  env,
  onOutput,
}) {
  const data = throwAwayFolder("vscode");
  const home = join(data, "home");
  const temporary = join(data, "tmp");
  for (const folder of [home, temporary, join(data, "data", "User")]) mkdirSync(folder, { recursive: true });
  const all = { ...quietSettings, ...trustSettings(trust), ...settings };
  writeFileSync(join(data, "data", "User", "settings.json"), JSON.stringify(all, undefined, 2));

  const args = [server.main, "--host", "127.0.0.1", "--port", "0", "--accept-server-license-terms"];
  args.push("--server-data-dir", data, "--extensions-dir", extensions ?? join(data, "extensions"));
  args.push("--telemetry-level", "off", "--disable-experiments", "--disable-getting-started-override");
  args.push("--reconnection-grace-time", "2");
  args.push(...(token === undefined ? ["--without-connection-token"] : ["--connection-token", token]));
  if (!trust) args.push("--disable-workspace-trust");
  if (testDriver) args.push("--enable-smoke-test-driver");

  const child = start(server.node, args, {
    cwd: data,
    env: {
      ...serverEnvironment(),
      HOME: home,
      USERPROFILE: home,
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  const collect = (/** @type {Buffer} */ chunk) => {
    output += chunk;
    onOutput?.(String(chunk));
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);

  const end = async () => {
    await stop(child);
    discard(data);
  };
  try {
    await started(child, () => output);
  } catch (error) {
    await end();
    throw error;
  }
  const port = Number(/Extension host agent listening on (\d+)/.exec(output)?.[1]);
  return {
    port,
    data,
    output: () => output,
    ended,
    url(folder, query = {}) {
      const url = new URL(`http://127.0.0.1:${port}/`);
      url.searchParams.set("folder", folder);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      if (token !== undefined) url.searchParams.set("tkn", token);
      // Slashes read better in an address that people see, and are allowed in a query.
      return url.href.replaceAll("%2F", "/");
    },
    stop: end,
  };
}

/**
 * Installs a packaged extension the way a user would.
 *
 * @param {import("./vscodeServer.mjs").Server} server
 * @param {string} vsix
 * @param {string} extensions
 */
export async function installExtension(server, vsix, extensions) {
  const data = throwAwayFolder("install");
  const args = [server.main, "--install-extension", vsix, "--extensions-dir", extensions, "--server-data-dir", data];
  const env = { ...serverEnvironment(), HOME: data, TMPDIR: data };
  const { code, output } = await run(server.node, args, { quiet: true, limitSeconds: 120, cwd: data, env });
  discard(data);
  if (code !== 0 || !/successfully installed/.test(output))
    throw new Error(`${vsix} could not be installed:\n${output}`);
}

/** Our environment without what would make the server take itself for part of another VS Code. */
function serverEnvironment() {
  const env = { ...process.env, EXTENSIONS_GALLERY: "{}" };
  for (const name of Object.keys(env)) {
    const foreign = name.startsWith("VSCODE_") && !name.startsWith("VSCODE_TEST");
    if (foreign || ["CODE_SERVER_PARENT_PID", "ELECTRON_RUN_AS_NODE", "NODE_OPTIONS"].includes(name)) delete env[name];
  }
  return env;
}

/** @param {import("node:child_process").ChildProcess} child @param {() => string} output @returns {Promise<void>} */
function started(child, output) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) =>
      reject(new Error(`VS Code's server ${why}:\n${output().slice(-2_000)}`));
    const timer = setTimeout(() => fail("did not start within 60 seconds"), 60_000);
    child.stdout?.on("data", () => {
      if (!/Extension host agent listening on \d+/.test(output()) || !/Extension host agent started/.test(output()))
        return;
      clearTimeout(timer);
      resolve();
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code} instead of starting`);
    });
  });
}
