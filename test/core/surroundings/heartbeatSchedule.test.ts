import assert from "node:assert/strict";
import { heartbeatOf } from "../../../src/core/surroundings/heartbeatSchedule";
import type { HeartbeatSchedule, VersionFact } from "../../../src/core/surroundings/surroundings";
import { aConfig } from "./aConfig";

const now: VersionFact = {
  kind: "exact",
  version: "2026.4.21",
  evidence: [{ source: "log", text: "", place: undefined, recordedAt: undefined }],
};

describe("the heartbeat", () => {
  it("wakes the default agent every half hour where nothing is configured", () => {
    const schedule = heartbeatOf(undefined, "main", now);
    assert.deepEqual(
      { ...schedule, evidence: schedule.evidence.map(({ source, text }) => [source, text]) },
      {
        on: true,
        everyMs: 1_800_000,
        isolated: false,
        prompt: undefined,
        model: undefined,
        evidence: [
          [
            "default",
            "Where the config sets nothing, the heartbeat comes every 30 min, with a subscription to Anthropic every hour; which of both cannot be told.",
          ],
        ],
      },
    );
    assert.equal(heartbeatOf(undefined, "ops", now).on, false);
    const config = aConfig({ agents: { list: [{ id: "main" }, { id: "Ops", default: true }] } });
    assert.deepEqual([heartbeatOf(config, "main", now).on, heartbeatOf(config, "ops", now).on], [false, true]);
  });

  it("is off with 0m, and as configured otherwise", () => {
    assert.deepEqual(brief(heartbeatOf(aConfig(defaults({ every: "0m" })), "main", now)), [false, undefined, false]);
    const config = aConfig(defaults({ every: "20s", isolatedSession: true, prompt: "Look around.", model: "a/b" }));
    assert.deepEqual(brief(heartbeatOf(config, "main", now)), [true, 20_000, true]);
    assert.deepEqual(
      [heartbeatOf(config, "main", now).prompt, heartbeatOf(config, "main", now).model],
      ["Look around.", "a/b"],
    );
    assert.deepEqual(brief(heartbeatOf(aConfig(defaults({ every: "often" })), "main", now)), [true, 1_800_000, false]);
  });

  it("wakes only agents with a block of their own where there are such, which goes before the defaults", () => {
    const config = aConfig({
      agents: {
        defaults: { heartbeat: { every: "2h", isolatedSession: true } },
        list: [
          { id: "main", default: true },
          { id: "ops", heartbeat: { every: "5m" } },
        ],
      },
    });
    assert.deepEqual(brief(heartbeatOf(config, "ops", now)), [true, 300_000, true]);
    assert.deepEqual(brief(heartbeatOf(config, "main", now)), [false, undefined, true]);
    const later: VersionFact = { ...now, version: "2026.4.29" };
    assert.deepEqual(brief(heartbeatOf(config, "main", later)), [true, 7_200_000, true]);
  });

  it("has a session of its own only from 2026.3.22 on", () => {
    const config = aConfig(defaults({ isolatedSession: true }));
    assert.equal(heartbeatOf(config, "main", { ...now, version: "2026.3.13" }).isolated, false);
    assert.equal(heartbeatOf(config, "main", { kind: "unknown" }).isolated, true);
  });
});

function defaults(heartbeat: object): object {
  return { agents: { defaults: { heartbeat } } };
}

function brief({ on, everyMs, isolated }: HeartbeatSchedule): unknown[] {
  return [on, everyMs, isolated];
}
