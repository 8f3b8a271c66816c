import assert from "node:assert/strict";
import { posix } from "node:path";
import { configCandidates } from "../../../src/core/locations/configCandidates";

describe("where a state directory's config may be", () => {
  it("is in the directory itself, under any of its names", () => {
    assert.deepEqual(candidates("/s", {}, false), [
      "/s/openclaw.json",
      "/s/clawdbot.json",
      "/s/moltbot.json",
      "/s/moldbot.json",
    ]);
  });

  it("is first what OPENCLAW_CONFIG_PATH names, for the directory this environment's gateway would use", () => {
    assert.deepEqual(candidates("/s", { OPENCLAW_CONFIG_PATH: "~/c.json5" }, true).slice(0, 2), [
      "/home/u/c.json5",
      "/s/openclaw.json",
    ]);
    assert.deepEqual(candidates("/s", { OPENCLAW_CONFIG_PATH: "~/c.json5" }, false)[0], "/s/openclaw.json");
  });

  it("falls back to the usual place, then to the older names", () => {
    const found = candidates("/s", {}, true).filter((path) => !/mol.bot\.json|clawdbot\.json/.test(path));
    assert.deepEqual(found, [
      "/s/openclaw.json",
      "/home/u/.openclaw/openclaw.json",
      "/home/u/.clawdbot/openclaw.json",
      "/home/u/.moltbot/openclaw.json",
      "/home/u/.moldbot/openclaw.json",
    ]);
  });
});

function candidates(stateDir: string, env: Record<string, string>, effective: boolean): string[] {
  const surroundings = { path: posix, env, homeDirectory: "/home/u", workingDirectory: "/cwd" };
  return configCandidates(surroundings, stateDir, { effective }).map(({ path }) => path);
}
