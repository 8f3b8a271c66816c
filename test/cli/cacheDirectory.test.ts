import assert from "node:assert/strict";
import { cacheDirectory } from "../../src/cli/cacheDirectory";

describe("cacheDirectory", () => {
  const cases: [platform: NodeJS.Platform, env: Record<string, string>, home: string, directory: string | undefined][] =
    [
      ["linux", {}, "/home/u", "/home/u/.cache/openclaw-sessions"],
      ["linux", { XDG_CACHE_HOME: "/var/c" }, "/home/u", "/var/c/openclaw-sessions"],
      ["linux", { XDG_CACHE_HOME: "c" }, "/home/u", "/home/u/.cache/openclaw-sessions"],
      ["linux", {}, "", undefined],
      ["darwin", {}, "/Users/u", "/Users/u/Library/Caches/openclaw-sessions"],
      ["win32", { LOCALAPPDATA: "C:\\L" }, "C:\\Users\\u", "C:\\L\\openclaw-sessions\\Cache"],
      ["win32", {}, "C:\\Users\\u", "C:\\Users\\u\\AppData\\Local\\openclaw-sessions\\Cache"],
      ["win32", {}, "", undefined],
    ];
  for (const [platform, env, home, directory] of cases) {
    it(`${platform} ${JSON.stringify(env)} ${home}`, () => {
      assert.equal(cacheDirectory(platform, env, home), directory);
    });
  }
});
