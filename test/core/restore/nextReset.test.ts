import assert from "node:assert/strict";
import { configAdvice } from "../../../src/core/restore/configAdvice";
import { nextResetSentences } from "../../../src/core/restore/nextReset";
import type { ResetPolicy, Surroundings, VersionFact } from "../../../src/core/surroundings/surroundings";
import { aStateDir, someEvidence, someSurroundings } from "../../anExplanation";
import { aRestoreAt } from "../../aRestore";

describe("what happens to a restored conversation", () => {
  const daily = { atHour: 4, clock: "updatedAt" } as const;
  const idle = { minutes: 60, clock: "updatedAt" } as const;

  it("is told with the date in the gateway's zone", () => {
    assert.deepEqual(
      [
        told({ daily, idle: undefined }, "UTC", true),
        told({ daily, idle: undefined }, "Asia/Tokyo", true),
        told({ daily, idle: undefined }, "Asia/Tokyo", false),
        told({ daily, idle }, "UTC", false),
        told({ daily: undefined, idle: undefined }, "UTC", true),
      ],
      [
        ["With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 UTC."],
        [
          "With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 (Asia/Tokyo), 2026-03-31 19:00:00 UTC.",
        ],
        [
          "With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 (Asia/Tokyo), 2026-03-31 19:00:00 UTC, if the gateway runs in Asia/Tokyo, which is assumed. The last entry is of 2026-03-31T03:57:42.000Z.",
        ],
        [
          "With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 UTC, if the gateway runs in UTC, which is assumed. The last entry is of 2026-03-31T03:57:42.000Z.",
          "The first message after 60 minutes without any resets it, too.",
        ],
        ["With the policy in force nothing resets it by itself."],
      ],
    );
  });

  it("brings no advice where nothing resets it for a year and nothing deletes archives", () => {
    const never = { minutes: 525_600, clock: "updatedAt" } as const;
    const advised = [
      { daily, idle: undefined },
      { daily: undefined, idle },
      { daily: undefined, idle: never },
    ].map((policy) => configAdvice({ stateDir: aStateDir([]), surroundings: surroundings(policy, "UTC", true) }));
    assert.deepEqual(
      advised.map((each) => each.map(({ text }) => text)),
      [
        ['session: { reset: { mode: "idle", idleMinutes: 525600 } }'],
        ['session: { reset: { mode: "idle", idleMinutes: 525600 } }'],
        [],
      ],
    );
  });
});

describe("what is to be pasted into the config", () => {
  it("is what each version that may run here takes", () => {
    const policy = { daily: { atHour: 4, clock: "updatedAt" }, idle: undefined } as const;
    const reset = "session.reset";
    const retention = "session.maintenance.resetArchiveRetention";
    const advised = (version: VersionFact): readonly string[] =>
      configAdvice({
        stateDir: aStateDir([]),
        surroundings: { ...surroundings(policy, "UTC", true), version },
      }).map(({ path }) => path.join("."));
    const from = (first: string | undefined, until?: string): VersionFact => ({
      kind: "range",
      from: first,
      until,
      evidence: [someEvidence()],
    });
    const exactly = (version: string): VersionFact => ({ kind: "exact", version, evidence: [someEvidence()] });
    assert.deepEqual(
      [
        exactly("2026.1.29"),
        exactly("2026.2.22"),
        exactly("2026.4.20"),
        exactly("2026.7.35"),
        from(undefined, "2026.7.35"),
        from("2026.2.9", "2026.7.35"),
        from("2026.3.13", "2026.7.35"),
        { kind: "unknown" } as const,
      ].map(advised),
      [[reset], [reset], [reset, retention], [reset, retention], [reset], [reset], [reset, retention], [reset]],
    );
  });
});

type Rules = Pick<ResetPolicy, "daily" | "idle">;

function told(policy: Rules, zone: string, known: boolean): readonly string[] {
  return nextResetSentences(surroundings(policy, zone, known), aRestoreAt);
}

function surroundings(policy: Rules, zone: string, known: boolean): Surroundings {
  return someSurroundings({
    policy: [{ ...policy, isDefault: true, evidence: [someEvidence()] }],
    zone: [{ zone, learnedFrom: "log", known, evidence: someEvidence() }],
  });
}
