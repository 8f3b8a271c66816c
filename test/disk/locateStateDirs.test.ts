import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { join } from "node:path";
import type { LocationQuery } from "../../src/core/locations/stateDirCandidates";
import { locateExplicitStateDirs, locateStateDirs, type Located } from "../../src/disk/locateStateDirs";
import { put, scratch, withPermissionsEnforced } from "./scratch";

describe("finding state directories", () => {
  it("lists what was looked at when there is none", async () => {
    const home = scratch();
    const located = await locateStateDirs(query(home));
    assert.deepEqual(summary(located, home), {
      stateDirs: [],
      lookedAt: [".openclaw: absent", ".clawdbot: absent", ".moltbot: absent", ".moldbot: absent"],
      problems: [],
    });
    assert.equal(located.lookedAt[0]?.why, "It is OpenClaw's usual place in the home directory that HOME names.");
  });

  it("finds the usual place, profiles, older names and workspace folders, side by side", async () => {
    const home = scratch({
      ".openclaw/openclaw.json": "{}",
      ".openclaw-work/agents/main/sessions/sessions.json": "{}",
      ".openclaw.bak/openclaw.json": "{}",
      ".openclaw-cache/something": "",
      ".clawdbot/clawdbot.json": "{}",
      "project/agents/readme.md": "",
      "copy/agents/main/agent/openclaw-agent.sqlite": "",
    });
    const workspaceFolders = [join(home, "project"), join(home, "copy")];
    const located = await locateStateDirs(query(home, { workspaceFolders }));
    assert.deepEqual(summary(located, home), {
      stateDirs: [
        ".openclaw (HOME)",
        ".clawdbot (older name .clawdbot)",
        ".openclaw-work (profile work)",
        ".openclaw.bak (directory beside .openclaw)",
        "copy (workspace folder)",
      ],
      lookedAt: [
        ".openclaw: state directory",
        ".clawdbot: state directory",
        ".moltbot: absent",
        ".moldbot: absent",
        ".openclaw-cache: not a state directory",
        ".openclaw-work: state directory",
        ".openclaw.bak: state directory",
        "project: not a state directory",
        "copy: state directory",
      ],
      problems: [],
    });
  });

  it("finds the state directories in a home directory that is open as a folder", async () => {
    const home = scratch({
      "copy/.openclaw/agents/main/sessions/sessions.json": "{}",
      "copy/.openclaw-work/agents/main/sessions/sessions.json": "{}",
      "copy/.openclaw-notes/openclaw.md": "",
      "copy/agents/readme.md": "",
    });
    const located = await locateStateDirs(query(home, { workspaceFolders: [join(home, "copy")] }));
    assert.deepEqual(summary(located, home).stateDirs, [
      "copy/.openclaw (in a workspace folder)",
      "copy/.openclaw-work (in a workspace folder)",
    ]);
  });

  it("shows a directory that is found in several ways once", async () => {
    const home = scratch({ "data/openclaw.json": "{}" });
    symlinkSync("data", join(home, ".openclaw"));
    symlinkSync(".openclaw", join(home, ".clawdbot"));
    const env = { OPENCLAW_STATE_DIR: join(home, "data") };
    const { stateDirs } = await locateStateDirs(query(home, { env, explicitDirectories: ["~/.openclaw"] }));
    assert.deepEqual(
      stateDirs.map(({ path: found, realPath, foundBy }) => ({ path: found, realPath, foundBy })),
      [
        {
          path: join(home, ".openclaw"),
          realPath: join(home, "data"),
          foundBy: ["the test", "OPENCLAW_STATE_DIR", "HOME", "older name .clawdbot"],
        },
      ],
    );
  });

  it("takes the usual place even when it is empty", async () => {
    const home = scratch();
    mkdirSync(join(home, ".openclaw"));
    assert.deepEqual(summary(await locateStateDirs(query(home)), home).stateDirs, [".openclaw (HOME)"]);
  });

  it("says what is wrong with directories the user named", async () => {
    const home = scratch({
      "documents/letter.txt": "",
      file: "",
      "state/agents/x": "",
      ".openclaw/openclaw.json": "{}",
    });
    mkdirSync(join(home, "empty"));
    const explicitDirectories = ["~/documents", "~/file", "~/gone", "~/empty", "~/state"];
    const located = await locateExplicitStateDirs(query(home, { explicitDirectories }));
    assert.deepEqual(summary(located, home), {
      stateDirs: ["empty (the test)", "state (the test)"],
      lookedAt: [
        "documents: not a state directory",
        "file: not a state directory",
        "gone: absent",
        "empty: state directory",
        "state: state directory",
      ],
      problems: [
        "state.unknown-layout: ~/documents, named by the test, is not an OpenClaw state directory: it has neither openclaw.json nor a directory agents. A state directory is usually called .openclaw.",
        "state.unknown-layout: ~/file, named by the test, is not a directory. Name the directory it is in.",
        "directory.unreadable: ~/gone, named by the test, does not exist.",
      ],
    });
  });

  it("says which directory cannot be read", async () => {
    const home = scratch({ ".openclaw/openclaw.json": "{}" });
    chmodSync(home, 0o755);
    chmodSync(join(home, ".openclaw"), 0o000);
    const located = await withPermissionsEnforced(() => locateStateDirs(query(home)));
    chmodSync(join(home, ".openclaw"), 0o755);
    const { stateDirs, lookedAt, problems } = summary(located, home);
    assert.deepEqual(
      [stateDirs, lookedAt[0], problems],
      [
        [],
        ".openclaw: unreadable",
        ["directory.unreadable: There is no permission to read the directory ~/.openclaw."],
      ],
    );
  });

  it("gives OPENCLAW_CONFIG_PATH to the directory a gateway would use, and to no other", async () => {
    const home = scratch({ ".openclaw/openclaw.json": "{}", ".openclaw-work/openclaw.json": "{}" });
    const { stateDirs } = await locateStateDirs(query(home, { env: { OPENCLAW_CONFIG_PATH: "~/c.json" } }));
    assert.deepEqual(
      stateDirs.map(({ configCandidates }) => configCandidates[0]?.path.replace(home, "~")),
      ["~/c.json", "~/.openclaw-work/openclaw.json"],
    );
  });

  it("does not take a directory without openclaw in its name for a profile", async () => {
    const home = scratch();
    put(home, ".config/openclaw.json", "{}");
    assert.deepEqual(summary(await locateStateDirs(query(home)), home).stateDirs, []);
  });
});

function query(home: string, over: Partial<LocationQuery> = {}): LocationQuery {
  return {
    path,
    homeDirectory: home,
    workingDirectory: home,
    explicitDirectories: [],
    explicitSource: "the test",
    workspaceFolders: [],
    ...over,
    env: { HOME: home, ...over.env },
  };
}

function summary({ stateDirs, lookedAt, problems }: Located, home: string) {
  const short = (text: string) => text.replaceAll(home, "~");
  return {
    stateDirs: stateDirs.map(({ path: found, foundBy }) => `${short(found).slice(2)} (${foundBy.join(", ")})`),
    lookedAt: lookedAt.map(({ path: place, outcome }) => `${short(place).slice(2)}: ${outcome}`),
    problems: problems.map(({ code, message }) => `${code}: ${short(message)}`),
  };
}
