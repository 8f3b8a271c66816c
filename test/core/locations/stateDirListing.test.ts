import assert from "node:assert/strict";
import { hasStateDirMark, looksLikeStateDir, type StateDirListing } from "../../../src/core/locations/stateDirListing";

const cases: readonly (readonly [string, Partial<StateDirListing>, { looksLike: boolean; mark: boolean }])[] = [
  ["nothing", {}, { looksLike: false, mark: false }],
  [
    "a project with a folder agents",
    { directories: ["agents", "src"], files: ["package.json"] },
    { looksLike: false, mark: true },
  ],
  ["a config alone", { files: ["openclaw.json"] }, { looksLike: false, mark: true }],
  ["config and agents", { files: ["openclaw.json"], directories: ["agents"] }, { looksLike: true, mark: true }],
  [
    "an older config and agents",
    { files: ["clawdbot.json"], directories: ["agents"] },
    { looksLike: true, mark: true },
  ],
  ["an agent with sessions, no config", { directories: ["agents"], agents: ["main"] }, { looksLike: true, mark: true }],
  ["sessions of a very old install", { directories: ["sessions"] }, { looksLike: false, mark: true }],
  ["a file named agents", { files: ["agents"] }, { looksLike: false, mark: false }],
];

describe("what looks like a state directory", () => {
  for (const [title, listing, expected] of cases) {
    it(title, () => {
      const whole = { files: [], directories: [], agents: [], ...listing };
      assert.deepEqual({ looksLike: looksLikeStateDir(whole), mark: hasStateDirMark(whole) }, expected);
    });
  }
});
