import assert from "node:assert/strict";
import { planJson, receiptJson, receiptsJson } from "../../../../src/core/restore/report/planJson";
import { stoppers } from "../../../../src/core/restore/restoreCheck";
import { anEntry, anIndexText, aRestoreId, newId, oldId, restoreFacts, sessionsPath } from "../../../aRestore";
import { aConversation } from "../../../anExplanation";
import { aCheckedPlan, aReceipt } from "./aPlan";

describe("a plan for programs", () => {
  it("has ids, files with hash, mode and time, and every check", () => {
    const checked = aCheckedPlan();
    const { schema, applicable, plan, checks } = planJson(checked);
    assert.deepEqual(
      { schema, applicable, checks: checks.length, first: checks[0] },
      {
        schema: 1,
        applicable: true,
        checks: checked.checks.length,
        first: {
          code: "gateway",
          level: "ok",
          text: "No gateway works on this state directory. No lock of a gateway is there.",
          remedy: null,
        },
      },
    );
    assert.deepEqual(
      { id: plan?.id, kind: plan?.kind, of: plan?.of, createdAt: plan?.createdAt, from: plan?.from, to: plan?.to },
      { id: aRestoreId, kind: "restore", of: null, createdAt: "2026-03-31T12:00:00.000Z", from: newId, to: oldId },
    );
    assert.deepEqual(plan?.changes[3], {
      path: `${sessionsPath}/${newId}.jsonl`,
      role: "given-up",
      before: {
        bytes: 50,
        sha256: "85b14504b3ecbe4dbefd2b7579774c33dff154db5e65aa7b09cb3f8e2e469251",
        mode: "0600",
        changedAt: "2026-03-31T04:01:00.397Z",
      },
      after: null,
    });
  });

  it("gives entries as JSON text, times in full", () => {
    const [entry] = planJson(aCheckedPlan()).plan?.entries ?? [];
    assert.deepEqual(JSON.parse(entry?.before ?? ""), anEntry);
  });

  it("is not applicable while something stops it", () => {
    const checked = aCheckedPlan({ trusted: false });
    assert.deepEqual(
      [planJson(checked).applicable, stoppers(checked.checks).map(({ code }) => code)],
      [false, ["workspace-trust"]],
    );
    assert.deepEqual(planJson({ plan: undefined, checks: [] }), {
      schema: 1,
      applicable: false,
      plan: null,
      checks: [],
    });
  });

  it("hides the people in keys and entries, unless it is asked not to", () => {
    const key = "agent:main:telegram:direct:+15551234567";
    const checked = aCheckedPlan({
      indexText: anIndexText({ [key]: { ...anEntry, deliveryContext: { to: "+15551234567" } } }),
      request: { target: { kind: "in-place", key } },
      conversation: aConversation(key, restoreFacts().window),
    });
    assert.doesNotMatch(JSON.stringify(planJson(checked)), /5551234567/);
    assert.equal(planJson(checked, { withText: true }).plan?.key, key);
  });

  it("tells what was done", () => {
    const { plan, ...rest } = receiptJson(aReceipt());
    assert.deepEqual(plan, planJson(aCheckedPlan()).plan);
    assert.deepEqual(rest, {
      schema: 1,
      outcome: "finished",
      endedAt: "2026-03-31T12:00:02.000Z",
      verified: ["The restored transcript was read back: 4,096 bytes, the hash is that of the archive."],
      notes: ["The directory could not be synced on this file system."],
      undoneBy: null,
      directory: `/vault/0123456789abcdef/restores/${aRestoreId}`,
    });
    const { schema, ...receipt } = receiptJson(aReceipt());
    assert.deepEqual(receiptsJson([aReceipt()]), { schema, restores: [receipt] });
  });
});
