import { deepEqual } from "node:assert/strict";
import { symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { header, inspect, message, onlyAgent, sessions, stateDir, store, transcript, write } from "./inspectorSandbox";
import { scratch } from "./scratch";

const key = "agent:main:main";
const archive = `${sessions}/old.jsonl.reset.2026-05-01T08-00-00.000Z`;

describe("what lies beside the sessions", () => {
  it("says nothing where there is nothing", async () => {
    deepEqual(await joinOf({}), undefined);
  });

  it("names the conversation of an archive: a note of the session-memory hook", async () => {
    const note = `# Session: 2026-05-01 08:00:00 UTC\n\n- **Session Key**: ${key}\n- **Session ID**: old\n- **Source**: webchat\n`;
    deepEqual(await joinOf({ "workspace/memory/2026-05-01-plans.md": note }), [key, "memory-note"]);
  });

  it("names the conversation of an archive: a note in the workspace of one of several agents", async () => {
    const note = `Session Key: ${key}\r\nSession ID: old\r\n`;
    deepEqual(await joinOf({ "workspace-ops/memory/n.md": note }), [key, "memory-note"]);
  });

  it("names the conversation of an archive: a rotated store", async () => {
    deepEqual(await joinOf({ [`${sessions}/sessions.json.bak.1777622400000`]: store({ [key]: "old" }) }), [
      key,
      "store-backup",
    ]);
  });

  it("names the conversation of an archive: the log of a cron job", async () => {
    const run = {
      ts: 1777622400000,
      jobId: "job",
      action: "finished",
      sessionId: "old",
      sessionKey: "agent:main:cron:job",
    };
    deepEqual(await joinOf({ "cron/runs/job.jsonl": `not json\n${JSON.stringify(run)}\n{"half":` }), [
      "agent:main:cron:job",
      "cron-run",
    ]);
  });

  it("names the version in a run trace, the newest one, where the config does not", async () => {
    const record = (version: string): string =>
      `${JSON.stringify({ traceSchema: "openclaw-trajectory", type: "trace.metadata", sessionId: "a", data: { harness: { type: "openclaw", name: "OpenClaw", version } } })}\n`;
    const directory = stateDir({
      "openclaw.json": {},
      [`${sessions}/sessions.json`]: {},
      [`${sessions}/new.trajectory.jsonl`]: record("2026.7.35"),
      [`${sessions}/old.trajectory.jsonl`]: record("2026.4.22"),
    });
    utimesSync(join(directory, sessions, "old.trajectory.jsonl"), 1_000, 1_000);
    const { stateDirs } = await inspect(directory).refresh();
    deepEqual(stateDirs[0]?.version, {
      value: "2026.7.35",
      source: "trace.metadata in new.trajectory.jsonl: the version that began this run trace",
      inRunTrace: true,
    });
  });

  it("names the conversation of an archive: a trace", async () => {
    const record = {
      traceSchema: "openclaw-trajectory",
      schemaVersion: 1,
      type: "session.started",
      ts: "2026-05-01T07:00:00.000Z",
      sessionId: "old",
      sessionKey: key,
      data: {},
    };
    deepEqual(await joinOf({ [`${sessions}/old.trajectory.jsonl`]: `${JSON.stringify(record)}\n` }), [
      key,
      "trajectory",
    ]);
  });

  it("is read again when it came later, and is not followed out of the state directory", async () => {
    const directory = withArchive({});
    const elsewhere = scratch({ "memory/n.md": `Session Key: agent:main:wrong\nSession ID: old\n` });
    symlinkSync(elsewhere, join(directory, "workspace-link"));
    const inspector = inspect(directory);
    deepEqual(onlyAgent(await inspector.refresh()).orphans.length, 1);
    write(directory, "workspace/memory/n.md", `Session Key: ${key}\nSession ID: old\n`);
    deepEqual(onlyAgent(await inspector.refresh()).orphans.length, 0);
    deepEqual(inspector.snapshot.stateDirs[0]?.problems, []);
  });
});

async function joinOf(files: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { conversations } = onlyAgent(await inspect(withArchive(files)).refresh());
  const join = conversations.flatMap(({ windows }) => windows).find(({ sessionId }) => sessionId === "old")?.join;
  return join && [join.key, join.rung];
}

function withArchive(files: Readonly<Record<string, unknown>>): string {
  return stateDir({
    // Two conversations: where there is one, an archive that nothing names can only be its own.
    [`${sessions}/sessions.json`]: store({ [key]: "now", "agent:main:telegram:direct:5": "other" }),
    [`${sessions}/now.jsonl`]: transcript(header("now", 90_000), message("n1", null, 90_001)),
    [archive]: transcript(header("old"), message("o1", null)),
    ...files,
  });
}
