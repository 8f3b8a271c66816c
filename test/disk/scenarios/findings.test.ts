import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../src/core/findings/finding";
import { compareFindings, findIncidents } from "../../../src/core/findings/findIncidents";
import { silentMoments } from "../../../src/core/findings/gap";
import type { Rotation } from "../../../src/core/rotation/rotation";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import { momentsOf } from "../../../src/disk/explainMoments";
import { EvidenceCollector } from "../../../src/disk/evidence/evidenceCollector";
import { inspect, recorded, sessions, write } from "../inspectorSandbox";
import { fileEraVersions, scenariosOf } from "./loadScenario";

const corpora = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test", "fixtures", "corpora");

describe("what is worth attention in recorded state directories", () => {
  for (const version of fileEraVersions) {
    for (const { name } of scenariosOf(version)) {
      it(`${version}/${name}`, async () => {
        const found = await findIn(recordedWithLog(`${version}/${name}`));
        // Retention threatens every archive some day; that is no alarm.
        const alarms = found.filter(({ severity }) => severity !== "info");
        assert.deepEqual(alarms.map(told), alarmsOf(version, name));
      });
    }
  }

  it("2026.3.13/heartbeat-shared: a heartbeat carried out the daily reset, as in openclaw/openclaw#58409", async () => {
    const [found] = await findIn(recordedWithLog("2026.3.13/heartbeat-shared"));
    assert.equal(found?.title, "03-31 04:00 UTC main: daily reset that nobody configured");
    assert.equal(
      found.detail,
      "It was carried out at 2026-03-31 04:00:22 UTC. It set aside 5 messages, which had cost 11,869 tokens. They are from 2026-03-31 03:57:06 UTC to 2026-03-31 03:57:06 UTC (less than a second).",
    );
    assert.deepEqual(
      found.knownIssues.map(({ issue }) => issue),
      [58409],
    );
  });

  it("2026.5.18/auto-overflow: ten messages were sent, one is on disk", async () => {
    const directory = recordedWithLog("2026.5.18/auto-overflow");
    const [hole] = await findIn(directory);
    assert.equal(
      hole?.detail,
      "The last saved entry is of 2026-05-19 09:00:07 UTC; nothing was saved in the 1 d since.",
    );
    assert.deepEqual(
      hole.evidence.map(({ text }) => text),
      [
        "The gateway began to compact the history at 2026-05-19T09:00:07.524Z, and nothing tells that it ended.",
        "The row of agent:main:main was last spoken to at 2026-05-19T09:00:10.328Z, 2 s after the last saved entry.",
      ],
    );

    // As it was before the gateway was stopped.
    const log = join(directory, "logs", "gateway.log");
    writeFileSync(log, readFileSync(log, "utf8").split("\n").slice(0, 16).join("\n"));
    assert.deepEqual((await findIn(directory)).map(told), ["error saving.stopped main"]);

    // Without its log a command that leaves no entry would look the same.
    rmSync(log);
    assert.deepEqual((await findIn(directory)).map(told), ["info hole main"]);
  });

  it("an archive, and no transcript of what came after it, as in openclaw/openclaw#46250", async () => {
    const directory = recorded("2026.3.13/heartbeat-shared");
    const index = join(directory, sessions, "sessions.json");
    const rows = JSON.parse(readFileSync(index, "utf8")) as Record<string, { sessionId: string }>;
    const row = rows["agent:main:main"];
    assert.ok(row !== undefined);
    rmSync(join(directory, sessions, `${row.sessionId}.jsonl`));
    // Six hours of messages, of which nothing was written: no answer was counted either.
    const spoken = { updatedAt: Date.parse("2026-03-31T10:30:00Z"), origin: { provider: "webchat" }, totalTokens: 0 };
    writeFileSync(index, JSON.stringify({ "agent:main:main": { ...row, ...spoken } }));
    write(
      directory,
      "logs/gateway.log",
      [
        "🦞 OpenClaw 2026.3.12 (6472949)",
        "2026-03-31T03:55:00.000+00:00 [gateway] listening on ws://127.0.0.1:18789 (PID 1)",
        "2026-03-31T04:12:40.000+00:00 [session-write-lock] releasing lock held for 720123ms (max=720000ms): /s/a.jsonl.lock",
        "2026-03-31T10:31:00.000+00:00 [ws] webchat disconnected code=1006 reason=n/a conn=1",
        "",
      ].join("\n"),
    );
    const found = await findIn(directory);
    assert.deepEqual(found.filter(({ severity }) => severity !== "info").map(told), [
      "error hole main",
      "warning rotation.no-successor main",
      "warning rotation.unexpected main",
    ]);
    const [hole, noSuccessor] = found;
    assert.equal(
      hole?.detail,
      "The last saved entry is of 2026-03-31 03:57:06 UTC; nothing was saved in the 1 d 6 h since. The archive is stamped 2026-03-31 04:00:22 UTC: that is when it was renamed, not until when it was written.",
    );
    assert.deepEqual(noSuccessor?.evidence.map(({ text }) => text).slice(2), [
      "Nothing names the session key of this window. agent:main:main is the only conversation of this agent that can be reset, and no other window of it covers the same time: a guess, weaker than all other kinds of evidence.",
      "The row of agent:main:main was active at 2026-03-31T10:30:00.000Z.",
      "The gateway took away a lock on a transcript that had been held for 12 min, at 2026-03-31T04:12:40.000Z.",
      "A connection to the gateway was lost at 2026-03-31T10:31:00.000Z with code 1006.",
    ]);
    assert.deepEqual(found.map(({ knownIssues }) => knownIssues.map(({ issue }) => issue)).slice(0, 2), [
      [46250],
      [46250],
    ]);
  });
});

/** One line for each: what truly happened to the recorded conversation, and nothing else. */
function alarmsOf(version: string, scenario: string): readonly string[] {
  switch (scenario) {
    case "daily-reset":
      return ["warning rotation.unexpected main", "warning rotation.unexpected main"];
    case "heartbeat-shared":
      // 2026.4.1 to 2026.4.24: the heartbeat kept the conversation alive.
      return version === "2026.4.21" ? [] : ["warning rotation.unexpected main"];
    case "heartbeat-isolated":
      return ["warning rotation.unexpected main"];
    case "killed-midrun":
    case "running":
      // The process of the recording is gone. 2026.5.18 left no lock.
      return version === "2026.5.18" ? [] : ["warning lock.stale main"];
    case "auto-overflow":
      return version === "2026.5.18" ? ["error hole main"] : ["warning compaction.loop main"];
    default:
      return [];
  }
}

function told({ severity, code, subject }: Finding): string {
  return [severity, code, subject.key?.replace(/^agent:main:/, "") ?? subject.agentId].join(" ");
}

/** With what the gateway wrote to its console, where a service would have kept it. */
function recordedWithLog(scenario: string): string {
  const directory = recorded(scenario);
  write(directory, "logs/gateway.log", readFileSync(join(corpora, scenario, "gateway.log"), "utf8"));
  return directory;
}

/** A day after the recording: nothing is due yet. */
async function findIn(directory: string): Promise<readonly Finding[]> {
  const inspector = inspect(directory);
  await inspector.refresh();
  const [stateDir] = (await inspector.whenIndexed()).stateDirs;
  assert.ok(stateDir !== undefined);
  const moments = [...momentsOf(stateDir), ...silentMoments(stateDir)];
  const last = Math.max(...moments);
  const collector = new EvidenceCollector({
    places: () => ({ tmpDirs: [], uid: undefined, home: directory, trusted: true }),
    resetRecords: undefined,
    log: (message) => assert.fail(message),
    now: () => last + 86_400_000,
    machineZone: "UTC",
    processes: { exists: () => false, startTicks: () => Promise.resolve(undefined) },
  });
  const evidence = await collector.collect(stateDir, moments, new AbortController().signal);
  const surroundings = surroundingsOf(stateDir, evidence);
  const explainer = new RotationExplainer(stateDir, evidence, surroundings);
  const rotations = stateDir.agents.flatMap((agent) => [
    ...agent.conversations.flatMap((conversation) => explainer.ofConversation(agent, conversation)),
    ...agent.orphans.flatMap((window) => explainer.ofOrphan(agent, window)),
  ]);
  const rotationsFrom = new Map<string, Rotation[]>();
  for (const rotation of rotations) {
    const { windowId } = rotation.from;
    rotationsFrom.set(windowId, [...(rotationsFrom.get(windowId) ?? []), rotation]);
  }
  return [...findIncidents({ stateDir, evidence, rotations, rotationsFrom, surroundings })].sort(compareFindings);
}
