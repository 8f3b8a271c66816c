import assert from "node:assert/strict";
import type { FieldEdit } from "../../../src/core/restore/indexText";
import { type Restored, restoredFields } from "../../../src/core/restore/restoredEntry";
import { someEvidence } from "../../anExplanation";
import { anEntry, aRestoreAt, mainKey, newId, oldId } from "../../aRestore";

describe("the entry of a restored conversation", () => {
  const always = {
    sessionId: oldId,
    sessionFile: "/s/old.jsonl",
    updatedAt: aRestoreAt,
    sessionStartedAt: aRestoreAt,
    lastInteractionAt: aRestoreAt,
    abortedLastRun: false,
    totalTokensFresh: false,
    compactionCount: 2,
    chatType: "direct",
    lastChannel: "webchat",
  };
  const family = { usageFamilyKey: mainKey, usageFamilySessionIds: [oldId, newId] };
  const checkpoints = { compactionCheckpoints: [{ checkpointId: "c" }] };

  it("has the fields that the version knows, and every other field as it was", () => {
    const versions = ["2026.1.29", "2026.3.13", "2026.4.21", "2026.4.25", "2026.5.18", "2026.7.35"];
    assert.deepEqual(
      versions.map((version) => entryIn(version, anEntry)),
      [
        always,
        always,
        { ...always, ...checkpoints },
        { ...always, ...checkpoints },
        { ...always, ...family, ...checkpoints },
        { ...always, ...family, ...checkpoints },
      ],
    );
  });

  it("leaves out what only some versions know where the version is not known, unless it is there already", () => {
    assert.deepEqual(entryIn(undefined, anEntry), { ...always, ...checkpoints });
    const usage = { usageFamilyKey: "agent:main:other", usageFamilySessionIds: ["a", newId] };
    assert.deepEqual(entryIn(undefined, { ...anEntry, ...usage }), {
      ...always,
      ...checkpoints,
      usageFamilyKey: mainKey,
      usageFamilySessionIds: ["a", newId, oldId],
    });
  });

  it("drops run state as a set, counters and command line sessions of the conversation that was current", () => {
    const cli = { cliSessionIds: { x: "1" }, claudeCliSessionId: "1", cliSessionBindings: {}, kept: { a: 1 } };
    assert.deepEqual(entryIn("2026.3.13", { ...anEntry, status: "killed", ...cli }), { ...always, kept: { a: 1 } });
  });

  it("knows nothing of what a conversation without an entry was", () => {
    const known = Object.entries(always).filter(([name]) => !["chatType", "lastChannel"].includes(name));
    const bare = Object.fromEntries(known);
    assert.deepEqual(entryIn("2026.7.35", undefined, { from: undefined, checkpoints: [] }), bare);
  });
});

function entryIn(
  version: string | undefined,
  before: Readonly<Record<string, unknown>> | undefined,
  more: Partial<Restored> = {},
): Readonly<Record<string, unknown>> {
  const restored: Restored = {
    key: mainKey,
    sessionId: oldId,
    sessionFile: "/s/old.jsonl",
    from: newId,
    now: aRestoreAt,
    compactions: 2,
    checkpoints: [{ checkpointId: "c" }],
    before,
    ...more,
  };
  const fact =
    version === undefined
      ? ({ kind: "unknown" } as const)
      : ({ kind: "exact", version, evidence: [someEvidence()] } as const);
  return applied(before ?? {}, restoredFields(restored, fact));
}

function applied(
  before: Readonly<Record<string, unknown>>,
  edits: readonly FieldEdit[],
): Readonly<Record<string, unknown>> {
  const fields = new Map(Object.entries(before));
  for (const { name, value } of edits) {
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}
