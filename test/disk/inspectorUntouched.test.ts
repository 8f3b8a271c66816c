import { deepEqual, equal, ok } from "node:assert/strict";
import { fingerprint, inspect, recorded, recordedScenarios } from "./inspectorSandbox";
import { scratch } from "./scratch";

describe("reading leaves the state directory untouched", () => {
  const scenarios = recordedScenarios();

  it("with recorded data of every era at hand", () => {
    ok(scenarios.length > 40, `only ${scenarios.length} scenarios`);
  });

  for (const scenario of scenarios) {
    it(scenario, async () => {
      const directory = recorded(scenario);
      const before = fingerprint(directory);
      const inspector = inspect(directory, { cacheDir: scratch() });
      await inspector.refresh();
      inspector.watch();
      const snapshot = await inspector.whenIndexed();
      const [stateDir] = snapshot.stateDirs;
      for (const agent of stateDir?.agents ?? []) {
        const windows = [...agent.conversations.flatMap((each) => each.windows), ...agent.orphans];
        for (const { primary } of windows) {
          if (primary?.problem === undefined && primary !== undefined)
            await inspector.readPage(primary.path, { kind: "tail", from: 0 });
        }
        equal(agent.indexed.done, agent.indexed.total);
      }
      await inspector.refresh();
      inspector.dispose();
      deepEqual(fingerprint(directory), before);
      // Nothing is passed over either.
      ok(stateDir !== undefined && stateDir.era !== "empty" && stateDir.era !== "unknown", stateDir?.era);
    });
  }
});
