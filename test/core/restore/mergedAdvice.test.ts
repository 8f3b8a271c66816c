import assert from "node:assert/strict";
import JSON5 from "json5";
import { mergedAdvice } from "../../../src/core/restore/configAdvice";
import type { ConfigAdvice } from "../../../src/core/restore/restorePlan";

const advice = (path: readonly string[], value: unknown): ConfigAdvice => ({
  file: undefined,
  path,
  value,
  why: "",
  text: "",
});

describe("several pieces of advice in one text", () => {
  it("is nothing without any", () => {
    assert.equal(mergedAdvice([]), undefined);
  });

  it("names what they share once, so that pasting it loses neither", () => {
    const text = mergedAdvice([
      advice(["session", "reset"], { mode: "idle", idleMinutes: 525600 }),
      advice(["session", "maintenance", "resetArchiveRetention"], false),
    ]);
    assert.deepEqual(JSON5.parse(`{ ${text ?? ""} }`), {
      session: { reset: { mode: "idle", idleMinutes: 525600 }, maintenance: { resetArchiveRetention: false } },
    });
  });

  it("quotes names that need it", () => {
    const text = mergedAdvice([advice(["session", "resetByChannel", "a-b"], { mode: "idle" })]);
    assert.deepEqual(JSON5.parse(`{ ${text ?? ""} }`), { session: { resetByChannel: { "a-b": { mode: "idle" } } } });
  });
});
