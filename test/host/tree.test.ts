import { deepEqual, equal, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { Command } from "../../src/editor/contributions";
import { kindName } from "../../src/core/text/kindName";
import { filteredId } from "../../src/views/agentNodes";
import type { TreeNode } from "../../src/views/treeNode";
import { api, eventually, openFixture } from "./host";

type Drawn = readonly [string, ...Drawn[]];

describe("the tree", () => {
  it("shows every window of a conversation, orphans and what else there is", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    try {
      deepEqual(await drawn(fixture.path), [
        ["Telegram · direct chat 5551234", ["Current window"]],
        ["main", ["Current window"], ["reset"], ["reset"], ["reset"], ["reset"]],
        ["Not joined to a conversation", ["deleted"]],
      ]);
    } finally {
      await fixture.dispose();
    }
  });

  it("keeps machines apart from people", async () => {
    const fixture = await openFixture("2026.7.35/subagent-cron");
    try {
      const labels = (await drawn(fixture.path)).map(([label]) => label);
      ok(labels.includes("main") && labels.includes("Sub-agents") && labels.includes("Cron"), labels.join());
      ok(labels.indexOf("main") < labels.indexOf("Cron"));
    } finally {
      await fixture.dispose();
    }
  });

  it("shows what cannot be read as a node that says so, and everything else besides", async function () {
    if (process.platform === "win32") this.skip(); // named pipes are no files there
    const fixture = await openFixture("2026.7.35/basic", (path) => {
      const sessions = join(path, "agents/main/sessions");
      execFileSync("mkfifo", [join(sessions, "pipe.jsonl")]);
      mkdirSync(join(sessions, "folder.jsonl"));
      writeFileSync(join(sessions, "damaged.jsonl"), '{"type":"session","version":3,"id":"damaged"}\n{"half\n');
    });
    try {
      const text = JSON.stringify(await drawn(fixture.path));
      for (const name of ["pipe.jsonl", "folder.jsonl"]) ok(text.includes(name), `${name} in ${text}`);
      ok(text.includes("Telegram"));
      const main = fixture.stateDir().agents.find(({ id }) => id === "main");
      const damaged = main?.orphans.find(({ sessionId }) => sessionId === "damaged");
      equal(damaged?.primary?.index?.problemCount, 1);
    } finally {
      await fixture.dispose();
    }
  });

  it("changes when a transcript grows, without being asked", async () => {
    const fixture = await openFixture("2026.7.35/basic");
    try {
      const file = join(fixture.sessions, "64f65861-d51d-4296-9433-989df04d3cb1.jsonl");
      const { inspector } = await api();
      inspector.watch();
      const entries = () =>
        fixture
          .stateDir()
          .agents.flatMap((agent) => agent.conversations.flatMap(({ windows }) => windows))
          .find(({ primary }) => primary?.path === file)?.primary?.index?.entries ?? 0;
      const before = entries();
      const message = { role: "user", content: "more", timestamp: 1 };
      appendFileSync(file, `${JSON.stringify({ type: "message", id: "beef0004", parentId: null, message })}\n`);
      await eventually(() => entries() === before + 1, "the tree counts the new entry");
    } finally {
      await fixture.dispose();
    }
  });

  it("draws again only what looks different", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    try {
      const { view } = await api();
      await drawn(fixture.path);
      const redrawn: (string | undefined)[] = [];
      const subscription = view.provider.onDidChangeTreeData((id) => redrawn.push(id));
      const file = join(fixture.sessions, "7254be28-cf92-4bb8-855b-9c178df59974.jsonl");
      const message = { role: "user", content: "more", timestamp: 1 };
      appendFileSync(file, `${JSON.stringify({ type: "message", id: "beef0005", parentId: null, message })}\n`);
      await eventually(() => redrawn.length > 0, "something is drawn again");
      subscription.dispose();
      // The nodes above say when the newest of what is below them happened.
      deepEqual(
        redrawn.filter((id) => id === undefined || (!id.includes("telegram") && !/^(state|agent)\|/.test(id))),
        [],
      );
    } finally {
      await fixture.dispose();
    }
  });

  it("reveals the node of the active transcript", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    try {
      const { view } = await api();
      const id = (await topOf(fixture.path)).find((it) => view.provider.node(it)?.label === "main") ?? "";
      const earlier = view.provider.getChildren(id).at(-1) ?? "";
      await vscode.commands.executeCommand(Command.openTranscript, earlier);
      await vscode.commands.executeCommand(Command.revealActive);
      deepEqual(
        view.selection.map(({ window }) => window?.sessionId),
        ["bdea9c6c-9ead-46b5-b3e4-8848cad35d3d"],
      );
    } finally {
      await fixture.dispose();
    }
  });

  it("says what is in a database and lists what is left over", async () => {
    const fixture = await openFixture("2026.9.6/upgraded-from-7.35");
    try {
      const text = JSON.stringify(await drawn(fixture.path));
      ok(text.includes("Sessions of this agent are in SQLite (2026.8+), not readable yet"), text);
      ok(text.includes("deleted"), text);
    } finally {
      await fixture.dispose();
    }
  });

  it("copies ids, keys and paths of a node", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    try {
      const id = await nodeId(fixture.path, "main");
      const copied = async (command: string) => {
        await vscode.commands.executeCommand(command, id, [id]);
        return vscode.env.clipboard.readText();
      };
      equal(await copied(Command.copyKey), "agent:main:main");
      equal(await copied(Command.copyId), "a32f58af-2f2c-4f14-bbba-7143e76144af");
      equal(await copied(Command.copyPath), join(fixture.sessions, "a32f58af-2f2c-4f14-bbba-7143e76144af.jsonl"));
    } finally {
      await fixture.dispose();
    }
  });

  it("leaves what is active and selected alone when VS Code does not say which row was meant", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    try {
      const id = await nodeId(fixture.path, "main");
      await vscode.commands.executeCommand(Command.openTranscript, id);
      await vscode.env.clipboard.writeText("as before");
      // What arrives from the menu of a row that is being drawn again; then of one that has gone.
      await vscode.commands.executeCommand(Command.copyKey, undefined, undefined);
      await vscode.commands.executeCommand(Command.copyKey, "gone");
      equal(await vscode.env.clipboard.readText(), "as before");
      await vscode.commands.executeCommand(Command.copyKey);
      equal(await vscode.env.clipboard.readText(), "agent:main:main");
    } finally {
      await fixture.dispose();
    }
  });

  it("loses no promise when a row goes while it is revealed", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    const { view } = await api();
    const stateDir = fixture.stateDir();
    const agent = stateDir.agents.find(({ id }) => id === "main");
    const conversation = agent?.conversations[0];
    const window = conversation?.windows[0];
    ok(agent && conversation && window);
    const revealing = view.reveal({ stateDir, agent, conversation, window }, { focus: false, expand: true });
    await fixture.dispose();
    await revealing;
  });

  it("copies the path of a directory, and takes one out of the setting that names it", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    try {
      const { inspector, view } = await api();
      const id = view.provider.getChildren().find((it) => view.provider.node(it)?.subject?.directory === fixture.path);
      // The sample that is open as a folder has others, so that each directory has a node.
      ok(id !== undefined);
      await vscode.commands.executeCommand(Command.copyPath, id, [id]);
      equal(await vscode.env.clipboard.readText(), fixture.path);
      await vscode.commands.executeCommand(Command.removeFromSettings, id, [id]);
      deepEqual(vscode.workspace.getConfiguration().get("openclawSessions.stateDirectories"), []);
      await eventually(
        () => inspector.snapshot.stateDirs.every(({ path }) => path !== fixture.path),
        "the directory is gone from the tree",
      );
    } finally {
      await fixture.dispose();
    }
  });

  it("filters, and shows everything again", async () => {
    const fixture = await openFixture("2026.7.35/manual-resets");
    const { view } = await api();
    try {
      view.filter = "5551234";
      const filtered = await drawn(fixture.path);
      deepEqual(
        filtered.map(([label]) => label),
        ["Telegram · direct chat 5551234"],
      );
      await vscode.commands.executeCommand(Command.clearFilter);
      equal((await drawn(fixture.path)).length, 3);
    } finally {
      view.filter = "";
      await fixture.dispose();
    }
  });
});

/** The part of the tree below one state directory; windows by what they are, as their times are of no interest here. */
async function drawn(stateDir: string): Promise<readonly Drawn[]> {
  const { provider } = (await api()).view;
  const draw = (id: string): Drawn => {
    const node = provider.node(id);
    const label = node?.label ?? "";
    const window = /^\d{4}-/.test(label) ? kindOf(node) : label;
    const problem = label === "Transcript" || id.startsWith("problem|") ? `: ${node?.description ?? ""}` : "";
    return [`${window}${problem}`, ...provider.getChildren(id).map(draw)];
  };
  return (await topOf(stateDir)).map(draw);
}

function kindOf(node: TreeNode | undefined): string {
  const kind = node?.subject?.window?.kind;
  return kind === undefined ? "" : kindName(kind);
}

/** The state directory's own node is left out when it is the only one. */
async function topOf(stateDir: string): Promise<readonly string[]> {
  const { inspector, view } = await api();
  if (inspector.snapshot.stateDirs.length === 1) return view.provider.getChildren();
  const escaped = stateDir.replace(/[\\|]/g, "\\$&");
  const ids = new Set([`state|${escaped}`, filteredId(`state|${escaped}`)]);
  const root = view.provider.getChildren().find((id) => ids.has(id));
  if (root === undefined) throw new Error(`${stateDir} is not in the tree.`);
  return view.provider.getChildren(root);
}

async function nodeId(stateDir: string, label: string): Promise<string> {
  const { provider } = (await api()).view;
  const found = (await topOf(stateDir)).find((id) => provider.node(id)?.label === label);
  if (found === undefined) throw new Error(`${label} is not in the tree.`);
  return found;
}
