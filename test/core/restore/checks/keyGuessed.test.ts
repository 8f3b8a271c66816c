import assert from "node:assert/strict";
import type { Conversation, Window } from "../../../../src/core/conversation/model";
import { checkKeyGuessed } from "../../../../src/core/restore/checks/keyGuessed";
import { aConversation, aResetAt, aStateDir, aWindow } from "../../../anExplanation";
import { aRestorableWindow, aSource, mainKey, newId, restoreFacts } from "../../../aRestore";

const other = "agent:main:telegram:direct:5551234";
const evidence = "The two follow each other.";
const guessed = { key: mainKey, rung: "time-adjacency", evidence, disagreeing: [] } as const;
const known = { key: other, rung: "usage-family", evidence: "The row names it.", disagreeing: [] } as const;

describe("the key that a window is given back under", () => {
  it("is named by something on disk, or is not where the disk says: nothing to say", () => {
    assert.deepEqual(levels({ join: { ...guessed, rung: "usage-family" } }), []);
    assert.deepEqual(levels({ target: other }), []);
  });

  it("is concluded from the time, and no other fits: told, with the evidence", () => {
    assert.deepEqual(levels(), ["warning"]);
    const [check] = checks();
    assert.ok(check?.text.includes(evidence) && check.text.includes(mainKey));
  });

  it("another fits as well: stops until the key is named, and names the candidates", () => {
    for (const seconds of [1, 179]) assert.deepEqual(levels({ otherBegan: seconds }), ["blocker"]);
    const [check] = checks({ otherBegan: 1 });
    assert.ok(check?.text.includes(other));
    assert.match(check?.remedy ?? "", /--key.*--into-new-key/);
    assert.deepEqual(levels({ otherBegan: 1, named: true }), ["ok"]);
  });

  it("others that fit less: before, minutes later, or with a predecessor of their own", () => {
    for (const seconds of [-10, 200]) assert.deepEqual(levels({ otherBegan: seconds }), ["warning"]);
    const predecessor = aWindow("44444444-4444-4444-8444-444444444444", { archivedAt: aResetAt + 500, join: known });
    assert.deepEqual(levels({ otherBegan: 1, otherWindows: [predecessor] }), ["warning"]);
    assert.deepEqual(levels({ otherBegan: 1, otherWindows: [{ ...predecessor, join: { ...known, rung: "chain" } }] }), [
      "blocker",
    ]);
  });

  it("its next window began at the same moment: only what began within two seconds fits as well", () => {
    assert.deepEqual(levels({ nextBegan: 0.02, otherBegan: 1 }), ["blocker"]);
    assert.deepEqual(levels({ nextBegan: 0.02, otherBegan: 10 }), ["warning"]);
  });
});

interface Given {
  readonly join?: Window["join"];
  readonly target?: string;
  readonly named?: boolean;
  /** Seconds after the reset. */
  readonly nextBegan?: number;
  readonly otherBegan?: number;
  readonly otherWindows?: readonly Window[];
}

function checks({
  join = guessed,
  target = mainKey,
  named,
  nextBegan = 0.4,
  otherBegan,
  otherWindows = [],
}: Given = {}) {
  const began = (id: string, seconds: number): Window =>
    aWindow(id, { primary: undefined, firstAt: aResetAt + seconds * 1000 });
  const window = aRestorableWindow(aSource().file, { join });
  const conversations: Conversation[] = [aConversation(mainKey, began(newId, nextBegan), window)];
  if (otherBegan !== undefined) {
    const first = began("33333333-3333-4333-8333-333333333333", otherBegan);
    conversations.push(aConversation(other, first, ...otherWindows));
  }
  const stateDir = aStateDir(conversations);
  const [agent] = stateDir.agents;
  assert.ok(agent);
  const request = { target: { kind: "in-place", key: target, keyIsNamed: named } } as const;
  return [...checkKeyGuessed(restoreFacts({ window, stateDir, agent, request }), undefined)];
}

function levels(given: Given = {}): readonly string[] {
  return checks(given).map(({ level }) => level);
}
