import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, runOrThrow } from "./run.mjs";
import { quietSettings } from "./startServer.mjs";

const name = process.platform === "win32" ? "code.cmd" : "code";

/** Whether PATH has a desktop VS Code that can open a window here and is new enough for the extension. */
export async function hasDesktopCode() {
  const { DISPLAY, WAYLAND_DISPLAY, VSCODE_IPC_HOOK_CLI, WSL_DISTRO_NAME } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return false;
  // In a terminal of a remote window `code` only talks to that window, and knows no folders of its own.
  if (VSCODE_IPC_HOOK_CLI || WSL_DISTRO_NAME) return false;
  try {
    const { code, output } = await run(...command(["--version"]), { quiet: true, limitSeconds: 20 });
    // A version, a commit and an architecture: other programs called `code` answer differently.
    const [, major, minor] = /^(\d+)\.(\d+)\.\d+\S*\s+[0-9a-f]{40}\s/m.exec(output) ?? [];
    return code === 0 && Number(major) === 1 && Number(minor) >= 103;
  } catch {
    return false;
  }
}

/**
 * Opens `folder` in a new window with extensions and settings of its own; resolves when the window is closed.
 *
 * @param {{ vsix: string, folder: string, profile: string, settings: Record<string, unknown> }} options
 */
export async function openInDesktopCode({ vsix, folder, profile, settings }) {
  const user = join(profile, "user");
  mkdirSync(join(user, "User"), { recursive: true });
  writeFileSync(join(user, "User", "settings.json"), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const own = ["--user-data-dir", user, "--extensions-dir", join(profile, "extensions")];
  await runOrThrow(...command([...own, "--install-extension", vsix]));
  const { code } = await run(...command([...own, "--new-window", "--wait", folder]), { limitSeconds: 7 * 24 * 3_600 });
  if (code !== 0) throw new Error(`VS Code ended with code ${code}`);
}

/** @param {string[]} args @returns {[string, string[]]} */
function command(args) {
  return process.platform === "win32" ? ["cmd.exe", ["/d", "/s", "/c", name, ...args]] : [name, args];
}
