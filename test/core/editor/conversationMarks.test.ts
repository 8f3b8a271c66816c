import { deepEqual, equal } from "node:assert/strict";
import { badgeOf, conversationBadge, markedOf, unseenIn } from "../../../src/editor/conversationMarks";
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
    equal(conversationBadge({ ...findings(3), unexpected: [aRotation()] }, unseen)?.badge, "!");
    equal(conversationBadge({ ...findings(3), unexpected: [aRotation()] }, { isUnseen: () => false })?.badge, "3");
    deepEqual(
      [0, 1, 9, 10, 12_000].map((count) => conversationBadge(findings(count), unseen)?.badge),
      [undefined, "1", "9", "9+", "9+"],
    );
    equal(conversationBadge(findings(1), unseen)?.tooltip, "1 finding");
  });

  it("stand on what holds the conversation too, which may be out of sight", () => {
    const explanations = explanationsOf([
      aRotation(),
      aRotation({ id: "asked", origin: "asked" }),
      aRotation({ id: "elsewhere", stateDir: "/copy", agentId: "ops" }),
    ]);
    const unseen = { isUnseen: () => true };
    const places = [
      { stateDir: aStateDirPath },
      { stateDir: "/copy" },
      { stateDir: "/copy", agentId: "main" },
      { stateDir: "/copy", agentId: "ops" },
      { stateDir: "/other" },
    ];
    deepEqual(
      places.map((place) => [badgeOf(explanations, place, unseen)?.badge, unseenIn(explanations, place, unseen)]),
      [
        ["!", 1],
        ["!", 1],
        [undefined, 0],
        ["!", 1],
        [undefined, 0],
      ],
    );
    equal(badgeOf(explanations, { stateDir: aStateDirPath }, { isUnseen: () => false }), undefined);
  });
});
