import assert from "node:assert/strict";
import { unexpectedRotations } from "../../../src/core/findings/rules/unexpectedRotation";
import type { CauseKind, Origin, Rotation } from "../../../src/core/rotation/rotation";
import { aCause, aConversation, aFile, aResetAt, aRotation, aWindow, someSurroundings } from "../../anExplanation";
import { anInput, only, texts, told } from "./aFindingInput";

const input = (...rotations: readonly Rotation[]) => anInput([], { rotations });

describe("rotation.unexpected", () => {
  it("what happened, what it cost, and what to do", () => {
    const cost = { messages: 8323, tokens: 1_234_567, firstAt: aResetAt - 86_400_000, lastAt: aResetAt - 138_397 };
    const issue = { issue: 58409, about: "About." };
    const rotation = aRotation({ cost, knownIssues: [issue] });
    const found = only(unexpectedRotations, input(rotation));
    assert.equal(found.severity, "warning");
    assert.equal(found.title, "03-31 04:00 UTC main: daily reset that nobody configured");
    assert.equal(
      found.detail,
      "It was carried out at 2026-03-31 04:00:00 UTC. It set aside 8,323 messages, which had cost 1,234,567 tokens. They are from 2026-03-30 04:00:00 UTC to 2026-03-31 03:57:42 UTC (23 h 57 min).",
    );
    assert.deepEqual(texts(found), ["The last entry is of 2026-03-31T03:57:42.000Z."]);
    assert.match(found.next, /^Open the earlier window: .* idleMinutes: 525600/);
    assert.deepEqual(
      [found.subject.rotationId, found.subject.windowId, found.at],
      [rotation.id, "main/old-1/-", aResetAt],
    );
    assert.deepEqual(found.knownIssues, [issue]);
  });

  it("asked for, configured, by design: no finding", () => {
    for (const origin of ["asked", "configured", "design"] as const satisfies readonly Origin[])
      assert.deepEqual(told(unexpectedRotations, input(aRotation({ origin }))), []);
  });

  it("runs of machines, archives of nobody, and another state directory: no finding", () => {
    const conversation = aConversation("agent:main:main:heartbeat");
    assert.deepEqual(
      told(
        unexpectedRotations,
        input(aRotation({ conversation }), aRotation({ conversation: undefined }), aRotation({ stateDir: "/other" })),
      ),
      [],
    );
  });

  it("each cause has its words, and a mere possibility names none", () => {
    const title = (cause: CauseKind | undefined, confidence: "likely" | "possible" = "likely") =>
      only(
        unexpectedRotations,
        input(aRotation({ causes: cause === undefined ? [] : [aCause(cause, confidence)], origin: "unknown" })),
      ).title;
    assert.equal(title(undefined), "03-31 04:00 UTC main: reset, and nothing tells why");
    assert.equal(
      title("role-conflict"),
      "03-31 04:00 UTC main: began anew because the model refused the order of its messages",
    );
    assert.equal(title("compaction-failure"), "03-31 04:00 UTC main: began anew because compacting its history failed");
    assert.equal(title("ended-row"), "03-31 04:00 UTC main: reset because its index row looked ended");
    assert.equal(
      title("daily", "possible"),
      "03-31 04:00 UTC main: reset, perhaps a daily reset that nobody configured",
    );
    assert.equal(title("role-conflict", "possible"), "03-31 04:00 UTC main: reset, and nothing tells for sure why");
  });

  it("the clock is the gateway's", () => {
    const zoned = (zone: string) => {
      const {
        zone: [first],
      } = someSurroundings();
      return only(
        unexpectedRotations,
        input(aRotation({ surroundings: someSurroundings({ zone: [{ ...first, zone }] }) })),
      ).title;
    };
    assert.match(zoned("Asia/Tokyo"), /^03-31 13:00 \+09:00 main: /);
    assert.match(zoned("+09:00"), /^03-31 13:00 \+09:00 main: /);
    assert.match(zoned("no/where"), /^main: daily reset that nobody configured$/);
  });

  it("a transcript that is gone is an error, an empty one hardly worth a word", () => {
    const gone = aWindow("old-1", { kind: "missing", primary: undefined });
    const lost = aRotation({ from: gone, origin: "failure", causes: [aCause("role-conflict", "certain")] });
    assert.equal(only(unexpectedRotations, input(lost)).severity, "error");
    const traced = { ...gone, trajectories: [aFile("old-1.trajectory.jsonl")] };
    assert.equal(only(unexpectedRotations, input(aRotation({ from: traced, origin: "failure" }))).severity, "warning");
    const nothing = { messages: 0, tokens: undefined, firstAt: undefined, lastAt: undefined };
    assert.equal(only(unexpectedRotations, input(aRotation({ cost: nothing }))).severity, "info");
  });

  it("what ended months ago and was deleted since, as archives are, is nobody's trouble", () => {
    const gone = aWindow("old-1", { kind: "missing", primary: undefined });
    const unknown = (at: number | undefined) => aRotation({ from: gone, origin: "unknown", causes: [], at });
    assert.deepEqual([...unexpectedRotations(input(unknown(aResetAt - 90 * 86_400_000)))], []);
    assert.deepEqual([...unexpectedRotations(input(unknown(undefined)))], []);
    assert.equal(only(unexpectedRotations, input(unknown(aResetAt))).severity, "error");
  });

  it("three are told one by one, the older ones together", () => {
    const daily = Array.from({ length: 400 }, (_, day) =>
      aRotation({ at: aResetAt + day * 86_400_000, id: `main/old/${String(day)}` }),
    );
    const found = [...unexpectedRotations(input(...daily))];
    assert.deepEqual(found.map(({ title }) => title).slice(2), [
      "05-02 04:00 UTC main: daily reset that nobody configured",
      "main: reset 397 times before, and nobody asked for it",
    ]);
    assert.match(
      found[3]?.detail ?? "",
      /^397 earlier resets that nobody asked for set aside 3,176 messages\. The first of them was at 2026-03-31 04:00:00 UTC/,
    );
  });

  it("times that are none", () => {
    for (const at of [undefined, Number.NaN, Infinity, 1e300]) {
      const found = only(unexpectedRotations, input(aRotation({ at })));
      assert.equal(found.title, "main: daily reset that nobody configured");
      assert.match(found.detail, /^When it was carried out cannot be told\./);
    }
  });
});
