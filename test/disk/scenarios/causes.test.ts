import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { boundariesOf } from "../../../src/core/rotation/boundaries";
import { firstCause, type Rotation } from "../../../src/core/rotation/rotation";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import type { CollectedEvidence } from "../../../src/core/rotation/rotationFacts";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import type { StateDir } from "../../../src/core/conversation/model";
import { EvidenceCollector } from "../../../src/disk/evidence/evidenceCollector";
import { noEvidence } from "../../anEvidence";
import { inspect, recorded } from "../inspectorSandbox";
import { corpora, fileEraVersions, type Scenario, scenariosOf } from "./loadScenario";

for (const version of fileEraVersions) {
  describe(`why sessions of OpenClaw ${version} ended`, () => {
    for (const scenario of scenariosOf(version)) {
      const expected = happenedIn(scenario).sort();

      it(`${scenario.name}: ${expected.length === 0 ? "nothing ended" : expected.map(withoutId).join(", ")}`, async () => {
        const { stateDirs } = await look(recorded(`${version}/${scenario.name}`));
        const rotations = stateDirs.flatMap((stateDir) => explain(stateDir, noEvidence()));
        assert.deepEqual(rotations.map(told).sort(), expected);
        for (const { causes, compared } of rotations) {
          assert.ok(compared.length > 0);
          for (const { evidence } of causes) assert.ok(evidence.length > 0);
        }
      });

      if (expected.length === 0) continue;
      it(`${scenario.name}, with the gateway's log: the same`, async () => {
        const { stateDirs } = await look(withLog(`${version}/${scenario.name}`));
        const rotations: Rotation[] = [];
        for (const stateDir of stateDirs) rotations.push(...explain(stateDir, await collect(stateDir)));
        assert.deepEqual(rotations.map(told).sort(), expected);
      });
    }
  });
}

describe("how sure it is", () => {
  // In those of 2026.5.18 and 2026.7.35 nothing names the release: marks of the files leave a range of them.
  const sure: readonly (readonly [scenario: string, expected: readonly string[]])[] = [
    [
      "2026.3.13/manual-resets",
      ["command certain", "command likely", "rpc possible", "rpc possible", "deleted likely"],
    ],
    ["2026.4.21/manual-resets", ["command certain", "command likely", "rpc likely", "rpc likely", "deleted likely"]],
    ["2026.5.18/manual-resets", ["command likely", "command possible", "rpc likely", "rpc likely", "deleted likely"]],
    ["2026.7.35/manual-resets", ["command likely", "command likely", "rpc likely", "rpc likely", "deleted likely"]],
    ["2026.3.13/daily-reset", ["daily likely", "daily likely"]],
    ["2026.7.35/daily-reset", ["daily possible", "daily possible", "daily likely"]],
    // One transcript that an agent call left: whose it was is a guess.
    ["2026.5.18/daily-reset", ["daily possible", "daily likely", "daily likely"]],
    ["2026.5.18/idle-reset", ["idle possible", "idle likely", "idle likely"]],
    ["2026.3.13/heartbeat-shared", ["daily likely"]],
    ["2026.4.21/idle-reset", ["idle likely", "idle likely"]],
  ];
  for (const [scenario, expected] of sure) {
    it(`${scenario}: ${expected.join(", ")}`, async () => {
      const { stateDirs } = await look(recorded(scenario));
      const rotations = stateDirs.flatMap((stateDir) => explain(stateDir, noEvidence()));
      const found = rotations.flatMap(({ at, causes: [first] }) =>
        first === undefined ? [] : [{ at: at ?? 0, first }],
      );
      found.sort((a, b) => a.at - b.at);
      assert.deepEqual(
        found.map(({ first: { cause, confidence } }) => `${cause} ${confidence}`),
        expected,
      );
    });
  }

  it("2026.7.35/manual-resets with the log: the call that it names is certain", async () => {
    const { stateDirs } = await look(withLog("2026.7.35/manual-resets"));
    const rotations: Rotation[] = [];
    for (const stateDir of stateDirs) rotations.push(...explain(stateDir, await collect(stateDir)));
    const named = rotations.flatMap(({ at, causes: [first] }) =>
      first?.evidence[0].source === "log"
        ? [`${new Date(at ?? 0).toISOString()} ${first.cause} ${first.confidence}`]
        : [],
    );
    assert.deepEqual(named.sort(), ["2026-07-21T09:30:23.378Z rpc certain"]);
  });

  it("2026.3.13/heartbeat-shared: the heartbeat carried it out, and the numbers are there", async () => {
    const { stateDirs } = await look(recorded("2026.3.13/heartbeat-shared"));
    const [rotation] = stateDirs.flatMap((stateDir) => explain(stateDir, noEvidence()));
    assert.equal(rotation?.executedBy.kind, "heartbeat");
    assert.equal(rotation.origin, "default");
    assert.equal(
      rotation.causes[0]?.evidence[0].text,
      "Last activity 2026-03-31T03:57:06.697Z, reset 2026-03-31T04:00:22.776Z: the 04:00 boundary in UTC (2026-03-31T04:00:00.000Z) lies between them.",
    );
    assert.deepEqual(
      rotation.knownIssues.map(({ issue }) => issue).includes(58409),
      true,
      "the report of exactly this",
    );
  });

  it("a second run finds the same boundaries", async () => {
    const { stateDirs } = await look(recorded("2026.4.21/manual-resets"));
    const ids = stateDirs.flatMap((dir) => dir.agents.flatMap((agent) => boundariesOf(dir, agent).map(({ id }) => id)));
    assert.deepEqual(
      ids,
      stateDirs.flatMap((stateDir) => explain(stateDir, noEvidence()).map(({ id }) => id)),
    );
    assert.equal(new Set(ids).size, ids.length);
  });
});

/** With the gateway's log where a service manager writes it. */
function withLog(scenario: string): string {
  const directory = recorded(scenario);
  mkdirSync(join(directory, "logs"), { recursive: true });
  copyFileSync(join(corpora, scenario, "gateway.log"), join(directory, "logs", "gateway.log"));
  return directory;
}

async function look(directory: string): Promise<{ readonly stateDirs: readonly StateDir[] }> {
  const inspector = inspect(directory);
  await inspector.refresh();
  return inspector.whenIndexed();
}

function collect(stateDir: StateDir): Promise<CollectedEvidence> {
  const places = { tmpDirs: [], uid: undefined, home: stateDir.path, trusted: false };
  const collector = new EvidenceCollector({
    places: () => places,
    resetRecords: undefined,
    log: (message) => assert.fail(message),
    machineZone: "UTC",
  });
  const around = stateDir.agents.flatMap((agent) => boundariesOf(stateDir, agent).flatMap(({ at }) => at ?? []));
  return collector.collect(stateDir, around, new AbortController().signal);
}

function explain(stateDir: StateDir, evidence: CollectedEvidence): Rotation[] {
  const explainer = new RotationExplainer(stateDir, evidence, surroundingsOf(stateDir, evidence));
  return stateDir.agents.flatMap((agent) => [
    ...agent.conversations.flatMap((conversation) => explainer.ofConversation(agent, conversation)),
    ...agent.orphans.flatMap((window) => explainer.ofOrphan(agent, window)),
  ]);
}

function told(rotation: Rotation): string {
  return `${rotation.from.sessionId.slice(0, 8)} ${firstCause(rotation)}`;
}

/** Every session id that a key lost, as the recorder saw it, and why. */
function happenedIn({ name, expected }: Scenario): string[] {
  return expected.events.flatMap(({ action, sessionIdChanges }) =>
    (sessionIdChanges ?? []).flatMap(({ key, from }) => {
      return from === null ? [] : [`${from.slice(0, 8)} ${causeOf(name, action, key)}`];
    }),
  );
}

/** By what was done: keys that take a session per run, the command or call that was sent, else what the scenario is about. */
function causeOf(scenario: string, action: string, key: string): string {
  if (key.includes(":heartbeat") || key.includes(":cron:")) return "isolated-run";
  if (/^chat\.send: \/(?:new|reset)\b/.test(action)) return "command";
  if (action.startsWith("sessions.reset")) return "rpc";
  if (action.startsWith("sessions.delete")) return "deleted";
  return scenario === "idle-reset" ? "idle" : "daily";
}

function withoutId(line: string): string {
  return line.slice(9);
}
