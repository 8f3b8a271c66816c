import { deepEqual, equal, notEqual } from "node:assert/strict";
import { planKey, readPlanSubject, type PlanSubject } from "../../../src/editor/planSubject";

const subject: PlanSubject = {
  kind: "restore",
  stateDir: "/s",
  agentId: "main",
  windowId: "main/old/first",
  file: "/s/agents/main/sessions/old.jsonl.reset.2026-03-31T04-00-22.776Z",
  target: { kind: "in-place", key: "agent:main:x:direct:$(touch PWNED)" },
  displaced: { kind: "archive" },
};

describe("the address of a plan", () => {
  it("gives back what it was made of, after a window reload", () => {
    deepEqual(readPlanSubject(JSON.parse(JSON.stringify(subject))), subject);
    const undo: PlanSubject = { kind: "undo", stateDir: "/s", id: "20261120T201530Z-1f2e3d4c" };
    deepEqual(readPlanSubject(JSON.parse(JSON.stringify(undo))), undo);
  });

  it("never carries the word that no gateway runs", () => {
    deepEqual(readPlanSubject({ ...subject, gatewayIsStopped: true }), subject);
  });

  it("is refused when something else wrote it", () => {
    const wrong: readonly unknown[] = [
      undefined,
      [],
      "restore",
      { ...subject, stateDir: 1 },
      { ...subject, windowId: undefined },
      { ...subject, file: {} },
      { ...subject, target: { kind: "in-place" } },
      { ...subject, target: { kind: "everywhere", key: "k" } },
      { ...subject, displaced: { kind: "delete" } },
      { kind: "undo", stateDir: "/s" },
      { kind: "remove", stateDir: "/s", id: "i" },
    ];
    deepEqual(
      wrong.map((value) => readPlanSubject(value)),
      wrong.map(() => undefined),
    );
  });

  it("tells plans apart by everything that is in them", () => {
    equal(planKey(subject), planKey({ ...subject }));
    const others: readonly PlanSubject[] = [
      { ...subject, file: undefined },
      { ...subject, target: { kind: "new-key" } },
      { ...subject, displaced: { kind: "new-key" } },
    ];
    for (const other of others) notEqual(planKey(other), planKey(subject));
  });
});
