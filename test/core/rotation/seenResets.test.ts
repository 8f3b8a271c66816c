import assert from "node:assert/strict";
import { boundariesOfConversation } from "../../../src/core/rotation/boundaries";
import type { Agent } from "../../../src/core/conversation/model";
import type { Rotation } from "../../../src/core/rotation/rotation";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import type { ResetRecord } from "../../../src/core/rotation/rotationFacts";
import { noEvidence } from "../../anEvidence";
import { aStateDir, someSurroundings } from "../../anExplanation";
import { anOpening } from "../../anOpening";
import { agent, file, row, stamp, storeRow, time } from "../conversation/builders";

const main = row("main", "now", { reportSessionKey: "agent:main:main", reportSessionId: "a" });
const telegram = row("telegram:direct:5", "tg");
const a = file(`a.jsonl.reset.${stamp("09:00")}`, { at: "07:00", to: "08:00" });
const b = file(`b.jsonl.reset.${stamp("09:00:05")}`, { at: "09:00:00.100" });
const now = file("now.jsonl", { at: "09:00:05.100", opening: anOpening({ stamped: true }) });
const tg = file("tg.jsonl", { at: "06:00" });

/** main was `a`, then `b` for five seconds, of which no file tells whose it was, then `now`. */
const twice = agent([a, b, now, tg], [main, telegram]);

const ofA: ResetRecord = {
  id: "main/a",
  agentId: "main",
  key: "agent:main:main",
  at: time("09:00"),
  recordedAt: time("09:00:01"),
  fromSessionId: "a",
  toSessionId: "b",
  archive: "/state/agents/main/sessions/" + a.name.base,
  rowBefore: storeRow("main", "a"),
  logs: [],
  commands: [],
  trigger: undefined,
};
const ofB: ResetRecord = {
  ...ofA,
  id: "main/b",
  at: time("09:00:05"),
  fromSessionId: "b",
  toSessionId: "now",
  archive: "/state/agents/main/sessions/" + b.name.base,
};

describe("a session of no known conversation between two of one", () => {
  it("what followed is not known", () => {
    assert.deepEqual(pairs(twice), ["main: a → -", "-: b → -"]);
    const [main] = twice.conversations.filter(({ key }) => key === "agent:main:main");
    assert.ok(main);
    const [boundary] = boundariesOfConversation({ ...aStateDir([]), agents: [twice] }, twice, main);
    assert.equal(boundary?.between?.window.sessionId, "b");
    assert.equal(boundary.between.next.sessionId, "now");
  });

  it("unless it was a cron job's or a helper's, lasted longer, or began before", () => {
    const at = { at: "09:00:00.100" };
    for (const other of [
      file("b.jsonl", { ...at, opening: anOpening({ speaker: "cron" }) }),
      file("b.jsonl", { ...at, to: "10:00" }),
      file(`b.jsonl.reset.${stamp("09:30")}`, at),
      file(`b.jsonl.reset.${stamp("09:00:05")}`, { at: "08:00" }),
    ]) {
      assert.ok(pairs(agent([a, other, now, tg], [main, telegram])).includes("main: a → now"));
    }
  });

  it("unless the list of ids tells the order", () => {
    const listed = row("main", "now", { usageFamilySessionIds: ["a", "now"] });
    assert.deepEqual(pairs(agent([a, b, now, tg], [listed, telegram])), ["main: a → now", "-: b → -"]);
  });
});

describe("a reset that was seen", () => {
  it("names what followed, whatever the files say now", () => {
    assert.deepEqual(pairs(twice, [ofA, ofB]), ["main: a → b", "main: b → now"]);
    const [rotation] = explain(twice, [ofA, ofB]);
    assert.deepEqual(
      rotation?.compared
        .filter(({ source }) => source === "reset-record")
        .map(({ text, recordedAt }) => [text, recordedAt]),
      [["The inspector saw session a of agent:main:main followed by session b.", ofA.recordedAt]],
    );
  });

  it("names the conversation of what followed, where its own end was not seen", () => {
    assert.deepEqual(pairs(twice, [ofA]), ["main: a → b", "main: b → -"]);
    const rotation = explain(twice, [ofA]).find(({ from }) => from.sessionId === "b");
    assert.ok(rotation?.compared.some(({ text }) => text === "The inspector saw session b as one of agent:main:main."));
  });

  it("names a conversation that is gone from the index", () => {
    const without = agent([a, b, tg], [telegram]);
    const [rotation] = explain(without, [ofA]);
    assert.equal(rotation?.conversation?.key, "agent:main:main");
    assert.equal(rotation.conversation.label, "main");
  });

  it("two keys that claim one session name none; another agent's record is not looked at", () => {
    const other = { ...ofA, id: "x", fromSessionId: "x", key: "agent:main:telegram:direct:5" };
    assert.ok(pairs(twice, [ofA, other]).includes("-: b → -"));
    assert.deepEqual(pairs(twice, [{ ...ofA, agentId: "ops" }]), ["main: a → -", "-: b → -"]);
  });
});

describe("a reset that was seen, whose transcript is gone", () => {
  const left = agent([now, tg], [row("main", "now"), telegram]);

  it("is still explained, from what was kept", () => {
    const [first, second, ...others] = explain(left, [ofA, ofB]);
    assert.deepEqual([first, second].map(told), ["main: a → b", "main: b → now"]);
    assert.deepEqual(others, []);
    assert.equal(first?.from.kind, "missing");
    assert.equal(first.at, ofA.at);
    assert.equal(
      first.compared[1]?.text,
      "The transcript of session a is no longer on disk; it was there when the inspector saw the reset, 2026-04-01T09:00:01.000Z.",
    );
    assert.equal(first.compared[0].recordedAt, ofA.recordedAt);
    assert.ok(everyEvidence(first).every(({ place }) => place?.file !== ofA.archive));
  });

  it("and what was logged then names the cause", () => {
    const commands = [
      { at: ofA.at, action: "new", sessionKey: ofA.key, source: "x", place: { file: "/log", line: 1 } },
    ];
    const [first] = explain(left, [{ ...ofA, commands }]);
    assert.deepEqual([first?.causes[0]?.cause, first?.causes[0]?.confidence], ["command", "certain"]);
  });

  it("stands once, also where the store still lists the session", () => {
    const listed = row("main", "now", { usageFamilySessionIds: ["a", "now"] });
    const rotations = explain(agent([now, tg], [listed, telegram]), [{ ...ofA, toSessionId: "now" }]);
    assert.deepEqual(rotations.map(told), ["main: a → now"]);
    assert.equal(rotations[0]?.id, ofA.id);
  });

  it("and of a session that was brought back, nothing is added", () => {
    assert.deepEqual(pairs(agent([file("a.jsonl", { at: "07:00" }), tg], [row("main", "a"), telegram]), [ofA]), []);
  });
});

function explain(one: Agent, resetRecords: readonly ResetRecord[] = []): readonly Rotation[] {
  const stateDir = { ...aStateDir([]), agents: [one] };
  const explainer = new RotationExplainer(stateDir, noEvidence({ resetRecords }), () => someSurroundings());
  const rotations = [
    ...one.conversations.flatMap((conversation) => explainer.ofConversation(one, conversation)),
    ...one.orphans.flatMap((window) => explainer.ofOrphan(one, window)),
  ];
  return [...rotations, ...explainer.ofGone(one, rotations)].sort((x, y) => (x.at ?? 0) - (y.at ?? 0));
}

function pairs(one: Agent, records: readonly ResetRecord[] = []): string[] {
  return explain(one, records).map(told);
}

function told(rotation: Rotation | undefined): string {
  const { conversation, from, to } = rotation ?? assert.fail("no rotation");
  const key = conversation?.key.replace("agent:main:", "") ?? "-";
  return `${key}: ${from.sessionId} → ${to?.sessionId ?? "-"}`;
}

function everyEvidence({ causes, excluded, compared }: Rotation) {
  return [
    ...causes.flatMap(({ evidence, against }) => [...evidence, ...against]),
    ...excluded.flatMap(({ because }) => because),
    ...compared,
  ];
}
