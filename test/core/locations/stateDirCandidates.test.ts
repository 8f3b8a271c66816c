import assert from "node:assert/strict";
import { posix, win32, type PlatformPath } from "node:path";
import { homeDirectories } from "../../../src/core/locations/homeDirectories";
import {
  effectiveStateDir,
  isProfileName,
  profileCandidate,
  stateDirCandidates,
  type LocationQuery,
} from "../../../src/core/locations/stateDirCandidates";

describe("where state directories may be", () => {
  it("is the usual place and the older names when nothing is set", () => {
    assert.deepEqual(places(query({ env: { HOME: "/home/u" } })), [
      "HOME: /home/u/.openclaw",
      "older name .clawdbot: /home/u/.clawdbot",
      "older name .moltbot: /home/u/.moltbot",
      "older name .moldbot: /home/u/.moldbot",
    ]);
  });

  it("starts with what the user named, then the variables, then the homes, then the workspace", () => {
    const found = places(
      query({
        env: {
          HOME: "/home/u",
          OPENCLAW_HOME: "~/claw",
          OPENCLAW_STATE_DIR: " ~/state ",
          CLAWDBOT_STATE_DIR: "old",
          OPENCLAW_PROFILE: "work",
        },
        explicitDirectories: ["~/elsewhere", " "],
        workspaceFolders: ["/projects/p"],
      }),
    );
    assert.deepEqual(
      found.filter((place) => !place.startsWith("older")),
      [
        "the test: /home/u/claw/elsewhere",
        "OPENCLAW_STATE_DIR: /home/u/claw/state",
        "CLAWDBOT_STATE_DIR: /cwd/old",
        "OPENCLAW_PROFILE: /home/u/claw/.openclaw-work",
        "OPENCLAW_HOME: /home/u/claw/.openclaw",
        "HOME: /home/u/.openclaw",
        "workspace folder: /projects/p",
      ],
    );
  });

  it("reads ~ and both separators on Windows", () => {
    const found = places(
      query({
        path: win32,
        env: { USERPROFILE: "C:\\Users\\u", OPENCLAW_STATE_DIR: "~\\state", OPENCLAW_PROFILE: "work" },
        homeDirectory: "C:\\Users\\u",
        workingDirectory: "D:\\work",
        explicitDirectories: ["~/x", "data"],
      }),
    );
    assert.deepEqual(
      found.filter((place) => !place.startsWith("older")),
      [
        "the test: C:\\Users\\u\\x",
        "the test: D:\\work\\data",
        "OPENCLAW_STATE_DIR: C:\\Users\\u\\state",
        "OPENCLAW_PROFILE: C:\\Users\\u\\.openclaw-work",
        "USERPROFILE: C:\\Users\\u\\.openclaw",
      ],
    );
  });

  it("takes no path from a profile's name, and no suffix from the profile default", () => {
    const profiles = ["../../etc", "a\\b", "default", "Default"].flatMap((name) =>
      places(query({ env: { HOME: "/home/u", OPENCLAW_PROFILE: name } })).filter((place) =>
        place.startsWith("OPENCLAW"),
      ),
    );
    assert.deepEqual(profiles, []);
  });

  it("leaves ~other alone and counts an empty variable as unset", () => {
    const found = places(query({ env: { HOME: "/home/u", OPENCLAW_STATE_DIR: "~other/x", OPENCLAW_HOME: "" } }));
    assert.deepEqual(found.slice(0, 2), ["OPENCLAW_STATE_DIR: /cwd/~other/x", "HOME: /home/u/.openclaw"]);
  });

  it("names the same home once", () => {
    const homes = homeDirectories(query({ env: { HOME: "/home/u", USERPROFILE: "/home/u" } }));
    assert.deepEqual(
      homes.map(({ path, variable }) => [path, variable]),
      [["/home/u", "HOME"]],
    );
  });

  it("says from which releases a name is", () => {
    const moltbot = stateDirCandidates(query({ env: {} })).find(({ path }) => path.endsWith(".moltbot"));
    assert.deepEqual(moltbot?.versions, { from: "2026.1.29", until: "2026.3.13" });
  });
});

describe("profiles", () => {
  it("are directories beside the usual one", () => {
    const names = [".openclaw", ".openclaw-work", ".openclaw.bak", ".openclawX", "openclaw-x", ".config"];
    assert.deepEqual(names.filter(isProfileName), [".openclaw-work", ".openclaw.bak", ".openclawX"]);
  });

  it("are named as such", () => {
    const made = [".openclaw-work", ".openclaw.bak"].map((name) =>
      profileCandidate(query({ env: {} }), "/home/u", name),
    );
    assert.deepEqual(
      made.map(({ foundBy, path }) => `${foundBy}: ${path}`),
      ["profile work: /home/u/.openclaw-work", "directory beside .openclaw: /home/u/.openclaw.bak"],
    );
  });
});

describe("the state directory a gateway of this environment would use", () => {
  const candidates = (env: Record<string, string>) => stateDirCandidates(query({ env, workspaceFolders: ["/p"] }));

  it("is the one a variable names, even when it is not there yet", () => {
    const found = effectiveStateDir(candidates({ HOME: "/home/u", OPENCLAW_STATE_DIR: "/s" }), () => false);
    assert.equal(found, "/s");
  });

  it("is the first that exists, older names included", () => {
    const found = effectiveStateDir(candidates({ HOME: "/home/u" }), (path) => path.endsWith(".clawdbot"));
    assert.equal(found, "/home/u/.clawdbot");
  });

  it("is the usual place when there is none", () => {
    assert.equal(
      effectiveStateDir(candidates({ HOME: "/home/u" }), () => false),
      "/home/u/.openclaw",
    );
  });
});

function query(over: Partial<LocationQuery> & { readonly path?: PlatformPath }): LocationQuery {
  return {
    path: posix,
    env: {},
    homeDirectory: "/home/u",
    workingDirectory: "/cwd",
    explicitDirectories: [],
    explicitSource: "the test",
    workspaceFolders: [],
    ...over,
  };
}

function places(from: LocationQuery): string[] {
  return stateDirCandidates(from).map(({ foundBy, path }) => `${foundBy}: ${path}`);
}
