import assert from "node:assert/strict";
import type { Agent } from "../../../src/core/conversation/model";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import { noEvidence } from "../../anEvidence";
import { aStateDir, someSurroundings } from "../../anExplanation";
import { anOpening } from "../../anOpening";
import { agent, file, row, type FileFacts } from "../conversation/builders";
import { dailyByStart, exactly } from "./rotationFacts";

const call = (facts: FileFacts): FileFacts => ({ opening: anOpening({ stamped: true }), ...facts });
const left = file("old.jsonl", call({ at: "2T20:00", to: "2T20:01" }));
const next = file("new.jsonl", call({ at: "3T09:30" }));

function told(one: Agent): string[] {
  const stateDir = { ...aStateDir([]), agents: [one] };
  const surroundings = someSurroundings({ version: exactly("2026.5.18"), policy: [dailyByStart] });
  const explainer = new RotationExplainer(stateDir, noEvidence(), () => surroundings);
  return one.orphans.flatMap((orphan) =>
    explainer.ofOrphan(one, orphan).map(({ conversation, to, causes: [first] }) => {
      assert.deepEqual([conversation, to], [undefined, undefined]);
      return first === undefined ? "unknown" : `${first.cause} ${first.confidence}: ${first.evidence[0].text}`;
    }),
  );
}

describe("a transcript that an agent call left", () => {
  /** The main chat began before: it did not go on from what was left. */
  const main = file("main.jsonl", call({ at: "1T08:00" }));
  const rows = [row("main", "main"), row("telegram:direct:1", "new")];

  it("one transcript and one conversation that can have gone on: possible, and said to be a guess", () => {
    assert.deepEqual(told(agent([main, left, next], rows)), [
      "daily possible: The only conversation that can have gone on from it is agent:main:telegram:direct:1: it has no earlier session, was opened in the same way and began 2026-04-03T09:30:00.000Z. This is a guess, and what follows is about it.",
    ]);
  });

  it("two of either, another way of opening, or one that began before: unknown", () => {
    const more = file("more.jsonl", call({ at: "3T10:00" }));
    assert.deepEqual(told(agent([main, left, next, more], [...rows, row("telegram:direct:2", "more")])), ["unknown"]);
    const other = file("old-2.jsonl", call({ at: "1T10:00" }));
    assert.deepEqual(told(agent([main, left, other, next], rows)), ["unknown", "unknown"]);
    const typed = file("new.jsonl", { at: "3T09:30", opening: anOpening({ stamped: true, sender: "5" }) });
    assert.deepEqual(told(agent([main, left, typed], rows)), ["unknown"]);
    const before = file("new.jsonl", call({ at: "2T09:30" }));
    assert.deepEqual(told(agent([main, left, before], rows)), ["unknown"]);
  });
});
