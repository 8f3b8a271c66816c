import { deepEqual, equal } from "node:assert/strict";
import type { Rotation } from "../../../src/core/rotation/rotation";
import type { Place } from "../../../src/editor/findPlace";
import { windowBefore } from "../../../src/editor/windowBefore";
import { aCause, aRotation, aStateDir, explanationsOf } from "../../anExplanation";

describe("the document of a current window", () => {
  it("says how the window before it ended, with ways to it and to the explanation", () => {
    const rotation = aRotation({ cost: { messages: 5, tokens: undefined, firstAt: undefined, lastAt: undefined } });
    const { place, file } = currentOf(rotation);
    const before = windowBefore({ explanations: explanationsOf([rotation]) }, place, file, "UTC");
    const { from } = rotation;
    deepEqual(before, {
      rotation,
      shown: {
        sentence: "Reset on 2026-03-31 04:00: daily reset (likely)",
        isPlain: false,
        earlier: {
          text: "5 earlier messages",
          target: {
            kind: "window",
            stateDir: "/s",
            windowId: from.windowId,
            file: rotation.archive?.path ?? from.primary?.path,
          },
        },
        explain: {
          text: "Explain",
          target: { kind: "rotation", stateDir: "/s", rotationId: rotation.id },
        },
      },
      told: [rotation],
    });
  });

  it("says it of what somebody asked for too, and calls a deletion no reset", () => {
    const asked = aRotation({ origin: "asked", causes: [aCause("deleted")] });
    const { place, file } = currentOf(asked);
    const before = windowBefore({ explanations: explanationsOf([asked]) }, place, file, "UTC");
    deepEqual(
      [before?.shown.sentence, before?.shown.isPlain],
      ["Deleted on 2026-03-31 04:00: deletion (likely)", true],
    );
    deepEqual(before?.told, []);
  });

  it("says nothing in an earlier window, and while nothing is explained", () => {
    const rotation = aRotation();
    const { place, file } = currentOf(rotation);
    const known = { explanations: explanationsOf([rotation]) };
    equal(
      windowBefore(known, { ...place, window: rotation.from }, rotation.from.primary?.path ?? "", "UTC"),
      undefined,
    );
    equal(windowBefore(known, place, "/another/file", "UTC"), undefined);
    equal(windowBefore({ explanations: explanationsOf([]) }, place, file, "UTC"), undefined);
  });
});

function currentOf(rotation: Rotation): { place: Place; file: string } {
  const { conversation } = rotation;
  const window = conversation?.windows.find(({ kind }) => kind === "live");
  const stateDir = aStateDir(conversation ? [conversation] : []);
  const [agent] = stateDir.agents;
  if (!conversation || !window?.primary || !agent) throw new Error("The conversation has no current window.");
  return { place: { stateDir, agent, conversation, window }, file: window.primary.path };
}
