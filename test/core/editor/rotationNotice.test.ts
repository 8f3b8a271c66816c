import { deepEqual, equal } from "node:assert/strict";
import type { Conversation, Window } from "../../../src/core/conversation/model";
import { noticeContent } from "../../../src/editor/documentContent";
import type { Place } from "../../../src/editor/findPlace";
import { withNotices } from "../../../src/editor/rotationNotice";
import { withWhy } from "../../../src/editor/whyHover";
import { aCause, aRotation, aStateDir, someEvidence } from "../../anExplanation";

const rotation = aRotation({
  causes: [
    aCause("daily", "likely", {
      evidence: [someEvidence("The boundary lay between.")],
      against: [someEvidence("A message came late.")],
      missing: ["A log of that day."],
    }),
  ],
});
const cause = "main was reset.";

describe("the end of an earlier window", () => {
  it("says that the conversation went on, why, and leads to both", () => {
    const { text, links } = withNotices({ ...noticeContent("/s/x", "text"), cause }, place(), rotation, "UTC");
    const lines = text.split("\n");
    deepEqual(lines, [
      "text",
      "› This window ended at 2026-03-31 04:00:00 UTC (reset); the conversation went on in a new one. Open the current window",
      "› main was reset. Explain this reset",
      "",
    ]);
    deepEqual(
      links.map(({ line, startCharacter, endCharacter, target }) => [
        lines[line]?.slice(startCharacter, endCharacter),
        target,
      ]),
      [
        [
          "Open the current window",
          { kind: "current-window", file: "/s/agents/main/sessions/new-1.jsonl", windowId: "main/new-1/-" },
        ],
        ["Explain this reset", { kind: "rotation", stateDir: "/s", rotationId: rotation.id }],
      ],
    );
  });

  it("says nothing more while nothing is explained", () => {
    const { text } = withNotices(noticeContent("/s/x", "text"), place(), undefined, "UTC");
    equal(text.split("\n").length, 3);
  });

  it("shows the evidence on hover, in the header and at the end, as text", () => {
    const content = { ...noticeContent("/s/x", `head\n${cause}\ntext`), cause };
    const noticed = withNotices(content, place(), rotation, "UTC");
    const { hovers, text } = withWhy(noticed, rotation);
    const lines = text.split("\n");
    deepEqual(
      hovers.map(({ line, startCharacter, endCharacter }) => [line, lines[line]?.slice(startCharacter, endCharacter)]),
      [
        [1, cause],
        [4, cause],
      ],
    );
    equal(hovers[0]?.text, "The boundary lay between.\nAgainst it: A message came late.\nMissing: A log of that day.");
  });
});

function place(): Place {
  const conversation = rotation.conversation as Conversation;
  const stateDir = aStateDir([conversation]);
  const [agent] = stateDir.agents;
  if (!agent) throw new Error("There is no agent.");
  return { stateDir, agent, conversation, window: conversation.windows[1] as Window };
}
