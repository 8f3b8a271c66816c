import assert from "node:assert/strict";
import { EndsBeside } from "../../../src/core/rotation/endsBeside";
import { boundariesOf } from "../../../src/core/rotation/boundaries";
import { aConversation, aFile, aStateDir, aWindow } from "../../anExplanation";
import { time } from "./rotationFacts";

function reset(sessionId: string, at: string): ReturnType<typeof aWindow> {
  const stamp = new Date(time(at)).toISOString().replaceAll(":", "-");
  const primary = aFile(`${sessionId}.jsonl.reset.${stamp}`);
  return aWindow(sessionId, { kind: "reset", primary, archivedAt: time(at) });
}

describe("ends beside an end", () => {
  it("are those of other sessions within a minute, with whose they are and what their archives say", () => {
    const stateDir = aStateDir([
      aConversation("agent:main:main", aWindow("now"), reset("old", "09:00")),
      aConversation("agent:main:telegram:group:7", reset("near", "09:00:01.200")),
      aConversation("agent:main:telegram:group:8", reset("far", "09:02")),
    ]);
    const [agent] = stateDir.agents;
    assert.ok(agent !== undefined);
    const own = boundariesOf(stateDir, agent).find(({ from }) => from.sessionId === "old");
    assert.ok(own !== undefined);
    const found = new EndsBeside(stateDir).of(own);
    assert.deepEqual(
      found.map(({ at, key, reason }) => ({ at, key, reason })),
      [{ at: time("09:00:01.200"), key: "agent:main:telegram:group:7", reason: "reset" }],
    );
    assert.deepEqual(new EndsBeside(stateDir).of({ ...own, at: undefined }), []);
  });
});
