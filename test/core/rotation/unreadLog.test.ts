import assert from "node:assert/strict";
import { explainBoundary } from "../../../src/core/rotation/explainBoundary";
import { given, time } from "./rotationFacts";

const log = { file: "/logs/gateway.log", from: time("00:00"), to: time("23:00") };
const sentence =
  "/logs/gateway.log says too much around that time to be read whole: only what is nearest to it was read, so that a line is missing proves nothing.";

describe("a log that was too much to be read whole around a reset", () => {
  it("is told with a cause and without one, and no log is said to be missing or to cover that time", () => {
    const facts = { ...given(), logCovers: undefined, logUnread: log };
    const { missing, compared } = explainBoundary(facts);
    assert.ok(missing.includes(sentence));
    assert.ok(!missing.some((text) => text.startsWith("No log of the gateway")));
    assert.ok(!compared.some(({ text }) => text.startsWith("The gateway's log covers")));
    assert.ok(!explainBoundary({ ...facts, logUnread: undefined }).missing.includes(sentence));
  });
});
