import assert from "node:assert/strict";
import { vaultDirectory } from "../../../src/core/locations/vaultDirectory";

describe("vaultDirectory", () => {
  const cases: readonly [
    platform: NodeJS.Platform,
    env: Record<string, string>,
    home: string,
    override: string | undefined,
    directory: string | undefined,
  ][] = [
    ["linux", {}, "/home/u", undefined, "/home/u/.local/state/openclaw-sessions"],
    ["linux", { XDG_STATE_HOME: "/var/s" }, "/home/u", undefined, "/var/s/openclaw-sessions"],
    ["linux", { XDG_STATE_HOME: "s" }, "/home/u", undefined, "/home/u/.local/state/openclaw-sessions"],
    ["linux", { XDG_STATE_HOME: "/var/s" }, "/home/u", "/mnt/backups", "/mnt/backups"],
    ["linux", {}, "/home/u", "", "/home/u/.local/state/openclaw-sessions"],
    ["linux", {}, "", undefined, undefined],
    ["darwin", {}, "/Users/u", undefined, "/Users/u/Library/Application Support/openclaw-sessions"],
    ["win32", { LOCALAPPDATA: "C:\\L" }, "C:\\Users\\u", undefined, "C:\\L\\openclaw-sessions"],
    ["win32", {}, "C:\\Users\\u", undefined, "C:\\Users\\u\\AppData\\Local\\openclaw-sessions"],
  ];
  for (const [platform, env, home, override, directory] of cases) {
    it(`${platform} ${JSON.stringify(env)} ${home} ${String(override)}`, () => {
      assert.equal(vaultDirectory(platform, env, home, override), directory);
    });
  }
});
