import { deepEqual, equal } from "node:assert/strict";
import { badgeOf, markedOf } from "../../../src/editor/conversationMarks";
import { aFinding, aRotation, aStateDirPath, explanationsOf } from "../../anExplanation";

const mark = { stateDir: aStateDirPath, agentId: "main", key: "agent:main:main" };

describe("the marks of a conversation", () => {
  it("are what nobody asked for, and findings that are more than good to know", () => {
    const unexpected = aRotation();
    const explanations = explanationsOf(
      [unexpected, aRotation({ id: "asked", origin: "asked" }), aRotation({ id: "elsewhere", stateDir: "/copy" })],
      [aFinding(), aFinding({ severity: "info" }), aFinding({ subject: { stateDir: aStateDirPath } })],
    );
    const marked = markedOf(explanations, mark);
    deepEqual([marked.unexpected, marked.findings.length], [[unexpected], 1]);
    deepEqual(markedOf(explanations, { ...mark, key: "agent:main:other" }), { unexpected: [], findings: [] });
  });

  it("fit into two characters", () => {
    const findings = (count: number) => ({ unexpected: [], findings: Array.from({ length: count }, () => aFinding()) });
    const unseen = { isUnseen: () => true };
    equal(badgeOf({ ...findings(3), unexpected: [aRotation()] }, unseen)?.badge, "!");
    equal(badgeOf({ ...findings(3), unexpected: [aRotation()] }, { isUnseen: () => false })?.badge, "3");
    deepEqual(
      [0, 1, 9, 10, 12_000].map((count) => badgeOf(findings(count), unseen)?.badge),
      [undefined, "1", "9", "9+", "9+"],
    );
    equal(badgeOf(findings(1), unseen)?.tooltip, "1 finding");
  });
});
