import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { noEvidence } from "../anEvidence";
import type { StateDir } from "../../src/core/conversation/model";
import { surroundingsOf } from "../../src/core/surroundings/surroundingsOf";
import { within } from "../../src/core/surroundings/versionFact";
import { inspect, recorded, recordedScenarios } from "./inspectorSandbox";

/** Scenarios that hold a record with the version: a reply of OpenClaw itself, or a run trace. */
const exact = ["compaction-restart", "idle-reset", "trajectory"];

/** What is learned from recorded state directories alone: no log, and no config that names a version. */
describe("surroundings of recorded state directories", () => {
  for (const scenario of recordedScenarios().filter((name) => !name.startsWith("2026.9.6/"))) {
    it(`${scenario}: version, clock and zone as they were`, async () => {
      const { version, timezone, moments } = expectedOf(scenario);
      const stateDir = await scanned(scenario);
      const surroundings = surroundingsOf(stateDir, noEvidence({ now: moments.at(-1)?.at ?? 0 }));
      const isEarly = version.startsWith("2026.3.") || version.startsWith("2026.4.");
      const kind = exact.some((name) => scenario.endsWith(`/${name}`)) ? "exact" : "range";
      for (const { key, at } of moments) {
        const conversation = stateDir.agents
          .flatMap(({ conversations }) => conversations)
          .find((each) => each.key === key);
        const { version: ran, policy, zone } = surroundings("main", conversation, at);
        const clocks = policy.map(({ daily, idle }) => daily?.clock ?? idle?.clock);
        assert.notEqual(within(ran, { from: version, until: version }), "no", JSON.stringify(ran));
        assert.deepEqual(
          [ran.kind, clocks, zone[0].zone],
          [
            kind,
            [isEarly ? "updatedAt" : scenario.endsWith("/idle-reset") ? "lastInteractionAt" : "sessionStartedAt"],
            timezone,
          ],
        );
      }
    });
  }

  it("2026.3.13/heartbeat-shared: four in the morning on the last day of March, before any 2026.4", async () => {
    const stateDir = await scanned("2026.3.13/heartbeat-shared");
    const at = Date.parse("2026-03-31T04:00:07.896Z");
    const { version, heartbeat, zone } = surroundingsOf(stateDir, noEvidence({ now: at }))("main", undefined, at);
    assert.equal(within(version, { from: "2026.1.0", until: "2026.3.31" }), "yes");
    assert.deepEqual([heartbeat.on, heartbeat.everyMs, heartbeat.isolated], [true, 20_000, false]);
    assert.deepEqual([zone[0].learnedFrom, zone[0].known], ["stamp", true]);
  });
});

async function scanned(scenario: string): Promise<StateDir> {
  const inspector = inspect(recorded(scenario));
  await inspector.refresh();
  const [stateDir] = (await inspector.whenIndexed()).stateDirs;
  assert.ok(stateDir);
  return stateDir;
}

interface Expected {
  readonly version: string;
  readonly timezone: string;
  readonly moments: readonly { readonly key: string; readonly at: number }[];
}

/** When the session of a key changed. */
function expectedOf(scenario: string): Expected {
  const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
  const file = join(root, "test/fixtures/corpora", scenario, "expected.json");
  const { version, timezone, events } = JSON.parse(readFileSync(file, "utf8")) as Omit<Expected, "moments"> & {
    readonly events: readonly { at: string; sessionIdChanges?: readonly { key: string }[] }[];
  };
  const moments = events.flatMap(({ at, sessionIdChanges = [] }) =>
    sessionIdChanges.map(({ key }) => ({ key, at: Date.parse(at) })),
  );
  return { version, timezone, moments };
}
