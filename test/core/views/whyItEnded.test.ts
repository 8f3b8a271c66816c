import { deepEqual, equal, ok } from "node:assert/strict";
import { causeName } from "../../../src/core/report/causeName";
import type { Rotation } from "../../../src/core/rotation/rotation";
import { rootNodes } from "../../../src/views/conversationTree";
import type { TreeNode } from "../../../src/views/treeNode";
import { aCause, aResetAt, aRotation, aStateDir, explanationsOf, someEvidence } from "../../anExplanation";
import { context, snapshot } from "./treeBuilders";

describe("why a window ended, in the tree", () => {
  it("stands beside when it did, in its own shape when nobody asked for it", () => {
    const { earlier } = drawn(aRotation({ causes: [aCause("daily", "likely")] }));
    equal(earlier.description, `${causeName("daily")}, likely · 8 messages · 2 KB · 1 h ago`);
    equal(earlier.icon.codicon, "debug-restart");
    equal(drawn(aRotation({ origin: "asked", causes: [aCause("command")] })).earlier.icon.codicon, "archive");
    const unknown = drawn(aRotation({ origin: "unknown", causes: [] })).earlier;
    equal(unknown.description, "cause unknown · 8 messages · 2 KB · 1 h ago");
    equal(unknown.icon.codicon, "question");
  });

  it("says nothing of left-overs of which neither when nor why is known", () => {
    const { earlier } = drawn(aRotation({ origin: "unknown", causes: [], at: undefined }));
    equal(earlier.description, "reset 04:00 · 8 messages · 2 KB · 1 h ago");
    equal(earlier.icon.codicon, "archive");
  });

  it("stands in the tooltip with the first evidence, who carried it out, and known issues", () => {
    const { earlier, conversation } = drawn(
      aRotation({
        causes: [aCause("daily", "likely", { evidence: [someEvidence("The boundary lay between.")] })],
        executedBy: { kind: "heartbeat", evidence: [] },
        knownIssues: [{ issue: 58409, about: "A heartbeat resets main." }],
      }),
    );
    const rows = [
      `Why: ${causeName("daily")}, likely`,
      "Evidence: The boundary lay between.",
      "Carried out by: a heartbeat",
      "openclaw/openclaw#58409: A heartbeat resets main.",
    ];
    for (const [node, name] of [
      [earlier, "Ended"],
      [conversation, "Last rotation"],
    ] as const) {
      const tooltip = (node.tooltip?.() ?? []).map((row) => `${row.name}: ${[row.value].flat().join(" ")}`);
      const first = tooltip.indexOf(`${name}: 2026-03-31 04:00:00 UTC`);
      deepEqual(tooltip.slice(first + 1, first + 1 + rows.length), rows);
    }
  });

  it("is no reset where it was deleted", () => {
    const { earlier, conversation } = drawn(aRotation({ causes: [aCause("deleted")] }));
    const words = [earlier, conversation].map((node) =>
      (node.words ?? []).filter((word) => /removed|ended/i.test(word)),
    );
    deepEqual(words, [["removed"], ["removed"]]);
  });

  it("fits into a tooltip that leaves room for the rest of the screen", () => {
    const long = Array.from({ length: 30 }, () => someEvidence("word ".repeat(200)));
    const [first = someEvidence(""), ...others] = long;
    const { earlier, conversation } = drawn(
      aRotation({ causes: [aCause("daily", "likely", { evidence: [first, ...others] })] }),
    );
    for (const node of [earlier, conversation]) {
      const rows = node.tooltip?.() ?? [];
      const values = rows.flatMap(({ value }) => value);
      ok(values.length <= 12, String(values.length));
      deepEqual(
        values.filter((value) => value.length > 180),
        [],
      );
    }
  });

  it("can be explained from the window and from its conversation, which is what the badge hangs on", () => {
    const rotation = aRotation();
    const { earlier, conversation, current } = drawn(rotation);
    const words = [earlier, conversation, current].map((node) =>
      (node.words ?? []).filter((word) => /ended$/i.test(word)),
    );
    deepEqual(words, [["ended"], ["lastEnded"], []]);
    equal(conversation.subject?.rotationId, rotation.id);
    deepEqual(conversation.mark, { stateDir: "/s", agentId: "main", key: "agent:main:main" });
    equal(earlier.mark, undefined);
  });
});

/** The tree of the one conversation that the rotation is about. */
function drawn(rotation: Rotation): { conversation: TreeNode; current: TreeNode; earlier: TreeNode } {
  const of = snapshot(aStateDir(rotation.conversation ? [rotation.conversation] : []));
  const [conversation] = rootNodes(
    context(of, { explanations: explanationsOf([rotation]), now: aResetAt + 3_600_000 }),
  );
  const [current, earlier] = conversation?.children?.() ?? [];
  if (!conversation || !current || !earlier) throw new Error("The conversation has no two windows.");
  return { conversation, current, earlier };
}
