import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../src/core/findings/finding";
import { machineRules } from "../../../src/core/findings/heartbeatRules";
import { parseLogLine } from "../../../src/core/log/parseLogLine";
import type { LogRecord } from "../../../src/core/log/logRecord";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import { EvidenceCollector } from "../../../src/disk/evidence/evidenceCollector";
import { heartbeatKey, tickTraces } from "../../core/findings/replayedTicks";
import { inspect, recorded, sessions, write } from "../inspectorSandbox";

const corpora = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test", "fixtures", "corpora");
const versions = ["2026.3.13", "2026.4.21", "2026.5.18", "2026.7.35"];

describe("what machines did to recorded state directories", () => {
  for (const version of versions) {
    for (const scenario of ["basic", "heartbeat-shared", "daily-reset", "manual-resets", "subagent-cron"]) {
      it(`${version}/${scenario}: nothing`, async () => {
        assert.deepEqual(await told(`${version}/${scenario}`), []);
      });
    }

    it(`${version}/killed-midrun: a run was killed, where its lock was left`, async () => {
      const scenario = `${version}/killed-midrun`;
      const hasLock = readdirSync(join(corpora, scenario, "state", sessions)).some((base) =>
        base.endsWith(".jsonl.lock"),
      );
      assert.deepEqual(await told(scenario), hasLock ? ["warning lock.stale agent:main:main"] : []);
    });
  }

  for (const version of versions.slice(1)) {
    it(`${version}/heartbeat-isolated: a transcript for every tick, and no tick that holds another`, async () => {
      assert.deepEqual(await told(`${version}/heartbeat-isolated`), ["info heartbeat.orphans main"]);
    });
  }

  it("2026.7.35/auto-overflow: a context that is too long again and again", async () => {
    const [finding] = await findIn(recorded("2026.7.35/auto-overflow"), "2026.7.35/auto-overflow");
    assert.equal(finding?.code, "compaction.loop");
    assert.match(
      finding.detail,
      /In the log its prompt was found too long 14 times and could not be compacted 7 times/,
    );
  });

  it("a gateway that sends an isolated heartbeat what earlier ticks said, as in openclaw/openclaw#84218", async () => {
    const directory = recorded("2026.5.18/heartbeat-isolated");
    const traces = tickTraces(6, { characters: 30_000 });
    for (const { sessionId, text } of traces) write(directory, `${sessions}/${sessionId}.trajectory.jsonl`, text);
    const findings = await findIn(directory, "2026.5.18/heartbeat-isolated");
    const finding = findings.find(({ code }) => code === "heartbeat.not-isolated");
    assert.deepEqual(
      [finding?.severity, finding?.subject.key, finding?.at, finding?.knownIssues.map(({ issue }) => issue)],
      ["warning", heartbeatKey, (traces.at(-1)?.beganAt ?? 0) + 79, [84218]],
    );
    assert.match(finding?.detail ?? "", /was given 11 messages; prompts of earlier heartbeats among them: 5\./);
    assert.match(finding?.detail ?? "", /The budget is 200,000 tokens\./);
    assert.doesNotMatch(JSON.stringify([finding?.detail, finding?.evidence.map(({ text }) => text)]), /xxxx|poll\]/);
  });
});

async function told(scenario: string): Promise<readonly string[]> {
  const findings = await findIn(recorded(scenario), scenario);
  return findings.map(({ severity, code, subject }) => [severity, code, subject.key ?? subject.agentId].join(" "));
}

async function findIn(directory: string, scenario: string): Promise<readonly Finding[]> {
  const inspector = inspect(directory);
  await inspector.refresh();
  const [stateDir] = (await inspector.whenIndexed()).stateDirs;
  assert.ok(stateDir !== undefined);
  const collector = new EvidenceCollector({
    places: () => ({ tmpDirs: [], uid: undefined, home: directory, trusted: true }),
    resetRecords: undefined,
    log: (message) => assert.fail(message),
    now: () => Date.UTC(2026, 8, 1),
    // The machine that was recorded is gone, whoever has these numbers here.
    processes: { exists: () => false, startTicks: () => Promise.resolve(undefined) },
  });
  const evidence = {
    ...(await collector.collect(stateDir, [], new AbortController().signal)),
    logs: logOf(scenario),
  };
  const surroundings = surroundingsOf(stateDir, evidence);
  const explainer = new RotationExplainer(stateDir, evidence, surroundings);
  const rotations = stateDir.agents.flatMap((agent) =>
    agent.conversations.flatMap((conversation) => explainer.ofConversation(agent, conversation)),
  );
  const input = { stateDir, evidence, rotations, rotationsFrom: new Map(), surroundings };
  return machineRules.flatMap((rule) => [...rule(input)]);
}

/** What the gateway wrote to its console while it was recorded. */
function logOf(scenario: string): readonly LogRecord[] {
  const file = join(corpora, scenario, "gateway.log");
  let before: number | undefined;
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((text, index) => {
      const parsed = parseLogLine(text, { file, line: index + 1 }, before);
      if (parsed.kind === "record") before = parsed.record.at;
      return parsed.kind === "record" ? [parsed.record] : [];
    });
}
