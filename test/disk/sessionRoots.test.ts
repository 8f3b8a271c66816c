import assert from "node:assert/strict";
import { chmodSync, existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { emptyConfig, type OpenClawConfig } from "../../src/core/config/openClawConfig";
import { findSessionRoots, type SessionRoots } from "../../src/disk/sessionRoots";
import { put, scratch, withPermissionsEnforced } from "./scratch";

describe("where the sessions of a state directory are", () => {
  it("is a directory per agent, from the disk and from the config", async () => {
    const state = scratch({
      "agents/main/sessions/x": "",
      "agents/ops/agent/y": "",
      "agents/.DS_Store/z": "",
      "agents/note.txt": "",
    });
    const config = { agents: [agent("research"), agent("main", true)] };
    assert.deepEqual(summary(await find(state, { config }), state), {
      agents: [
        "research: agents/research/sessions (absent)",
        "main (default): agents/main/sessions",
        "ops: agents/ops/sessions (absent)",
      ],
      problems: [],
    });
  });

  it("is nowhere in an empty directory", async () => {
    assert.deepEqual(summary(await find(scratch()), ""), { agents: [], problems: [] });
  });

  it("is <state>/sessions in very old installs", async () => {
    const state = scratch({ "sessions/x.jsonl": "" });
    assert.deepEqual(summary(await find(state), state).agents, [
      "main (default): agents/main/sessions (absent), sessions",
    ]);
  });

  it("is where session.store says, with what is left in the usual place", async () => {
    const state = scratch({ "agents/main/sessions/x": "", "stores/main/index.json": "{}" });
    const config = { agents: [agent("main"), agent("ops")], sessionStore: join(state, "stores/{agentId}/index.json") };
    assert.deepEqual(summary(await find(state, { config }), state), {
      agents: [
        "main (default): stores/main [index.json], agents/main/sessions",
        "ops: stores/ops (absent) [index.json]",
      ],
      problems: [],
    });
  });

  it("is one root when session.store names the usual place", async () => {
    const state = scratch({ "agents/main/sessions/x": "" });
    const config = { sessionStore: join(state, "agents/{agentId}/sessions/store.json") };
    assert.deepEqual(summary(await find(state, { config }), state).agents, [
      "main (default): agents/main/sessions [store.json]",
    ]);
  });

  it("is shared when session.store has no {agentId}", async () => {
    const state = scratch({ "all/sessions.json": "{}" });
    const config = { agents: [agent("main"), agent("ops")], sessionStore: join(state, "all/sessions.json") };
    assert.deepEqual(summary(await find(state, { config }), state).agents, [
      "main (default): all (shared by main, ops)",
      "ops: all (shared by main, ops)",
    ]);
  });

  it("outside the state directory is read only where it is trusted", async () => {
    const [state, elsewhere] = [scratch(), scratch({ "main.json": "{}" })];
    const config = { sessionStore: join(elsewhere, "{agentId}.json") };
    const untrusted = await find(state, { config });
    const trusted = await find(state, { config, trusted: true });
    assert.deepEqual(
      [untrusted, trusted].map(({ agents }) =>
        agents[0]?.roots.map(({ outside, read, within }) => ({ outside, read, within })),
      ),
      [[{ outside: true, read: false, within: [elsewhere] }], [{ outside: true, read: true, within: [elsewhere] }]],
    );
    assert.deepEqual(untrusted.agents[0]?.roots[0]?.problems, [
      {
        code: "file.outside",
        message: `session.store keeps the sessions of the agent main in ${elsewhere}, outside the state directory. They are read only in a trusted workspace.`,
        file: elsewhere,
      },
    ]);
  });

  it("is the usual place when the config still names where the directory was before", async () => {
    const state = scratch({ "agents/main/sessions/x": "" });
    const config = { sessionStore: "/home/dev/.openclaw/agents/{agentId}/sessions/sessions.json" };
    assert.deepEqual(summary(await find(state, { config }), state), {
      agents: ["main (default): agents/main/sessions"],
      problems: [],
    });
  });

  it("is uncertain for a relative session.store, which is said once", async () => {
    const state = scratch({ "stores/sessions.json": "{}" });
    const config = { agents: [agent("main"), agent("ops")], sessionStore: "stores/sessions.json" };
    const { agents, problems } = await find(state, { config });
    assert.deepEqual(
      agents.map(({ roots }) => roots[0]?.exists),
      [true, true],
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["config.store-relative"],
    );
  });

  it("is not followed through links out of the state directory, trusted or not", async () => {
    const state = scratch({ "agents/main/keep": "", "inside/x": "" });
    const elsewhere = scratch({ "sessions/x.jsonl": "secret" });
    symlinkSync(join(elsewhere, "sessions"), join(state, "agents/main/sessions"));
    symlinkSync(elsewhere, join(state, "agents/away"));
    put(state, "agents/ops/keep", "");
    symlinkSync("../../inside", join(state, "agents/ops/sessions"));
    const { agents } = await find(state, { trusted: true });
    assert.deepEqual(
      agents.map(({ agentId, roots }) => [agentId, roots[0]?.read, roots[0]?.problems[0]?.code]),
      [
        ["away", false, "file.outside"],
        ["main", false, "file.outside"],
        ["ops", true, undefined],
      ],
    );
  });

  it("is not looked for when agents/ itself leads out", async () => {
    const state = scratch();
    symlinkSync(scratch({ "main/sessions/x": "" }), join(state, "agents"));
    assert.deepEqual(summary(await find(state), state), {
      agents: [],
      problems: ["file.outside: ~/agents leads out of the state directory through a link; it was not followed."],
    });
  });

  it("cannot be told when agents/ cannot be listed", async () => {
    const state = scratch({ "agents/main/sessions/x": "" });
    chmodSync(state, 0o755);
    chmodSync(join(state, "agents"), 0o000);
    const config = { agents: [agent("main")] };
    const found = await withPermissionsEnforced(() => find(state, { config }));
    chmodSync(join(state, "agents"), 0o755);
    assert.deepEqual(summary(found, state), {
      agents: ["main (default): agents/main/sessions"],
      problems: ["directory.unreadable: There is no permission to read the directory ~/agents."],
    });
  });

  it("keeps directories apart whose names differ by case", async () => {
    const state = scratch({ "agents/main/sessions/x": "", "agents/Main/sessions/y": "" });
    if (existsSync(join(state, "agents/MAIN"))) return; // a file system to which they are one
    assert.deepEqual(summary(await find(state), state).agents, [
      "main (default): agents/Main/sessions, agents/main/sessions",
    ]);
  });

  it("is by real path: a state directory that is a link holds its agents", async () => {
    const real = scratch({ "agents/main/sessions/x": "" });
    const link = join(scratch(), "state");
    symlinkSync(real, link);
    const { agents } = await findSessionRoots({ ...queryOf(link), stateDir: { path: link, realPath: real } });
    assert.deepEqual(
      agents[0]?.roots.map(({ path, realPath, outside, within }) => ({ path, realPath, outside, within })),
      [
        {
          path: join(link, "agents/main/sessions"),
          realPath: join(real, "agents/main/sessions"),
          outside: false,
          within: [real],
        },
      ],
    );
  });
});

interface Wishes {
  readonly config?: Partial<OpenClawConfig>;
  readonly trusted?: boolean;
}

function find(state: string, { config = {}, trusted = false }: Wishes = {}): Promise<SessionRoots> {
  return findSessionRoots({ ...queryOf(state), config: { ...emptyConfig, ...config }, trusted });
}

function queryOf(state: string) {
  return {
    stateDir: { path: state, realPath: state },
    config: emptyConfig,
    configPath: undefined,
    home: "/nowhere",
    trusted: false,
  };
}

function agent(id: string, isDefault = false) {
  return { id, isDefault };
}

function summary({ agents, problems }: SessionRoots, state: string) {
  const short = (text: string) => text.replaceAll(`${state}/`, "");
  return {
    agents: agents.map(({ agentId, isDefault, roots }) => {
      const places = roots.map(({ path, storePath, exists, agentIds }) => {
        const base = storePath.slice(path.length + 1);
        return [
          short(path),
          exists ? "" : " (absent)",
          base === "sessions.json" ? "" : ` [${base}]`,
          agentIds.length > 1 ? ` (shared by ${agentIds.join(", ")})` : "",
        ].join("");
      });
      return `${agentId}${isDefault ? " (default)" : ""}: ${places.join(", ")}`;
    }),
    problems: problems.map(({ code, message }) => `${code}: ${message.replaceAll(state, "~")}`),
  };
}
