import assert from "node:assert/strict";
import { configAdvice } from "../../../src/core/restore/configAdvice";
import { nextResetSentences } from "../../../src/core/restore/nextReset";
import type { ResetPolicy, Surroundings } from "../../../src/core/surroundings/surroundings";
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
        told({ daily, idle }, "UTC", false),
        told({ daily: undefined, idle: undefined }, "UTC", true),
      ],
      [
        ["With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 UTC."],
        [
          "With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 (Asia/Tokyo), 2026-03-31 19:00:00 UTC.",
        ],
        [
          "With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 UTC, if the gateway runs in UTC.",
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
