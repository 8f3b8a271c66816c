import assert from "node:assert/strict";
import { boundariesOfConversation } from "../../../src/core/rotation/boundaries";
import { FactFinder } from "../../../src/core/rotation/factsFor";
import type { CollectedEvidence, ResetRecord, RotationFacts } from "../../../src/core/rotation/rotationFacts";
import { noEvidence } from "../../anEvidence";
import { aStateDir, someSurroundings } from "../../anExplanation";
import { agent, file, row, stamp, storeRow, time as on1April } from "../conversation/builders";
import { aLine } from "./rotationFacts";

/** main: `a`, set aside on 1 April 2026 at 08:05; then `b`. Two other people's chats and a heartbeat began at 08:05:30 as well. */
const one = agent(
  [
    file(`a.jsonl.reset.${stamp("08:05")}`, { at: "07:00", to: "08:00" }),
    file("b.jsonl", { at: "08:05:01" }),
    file("c.jsonl", { at: "08:05:30" }),
    file("d.jsonl", { at: "01:00" }),
    file("h.jsonl", { at: "08:05:30" }),
  ],
  [
    row("main", "b", { usageFamilySessionIds: ["a", "b"] }),
    row("telegram:direct:1", "c"),
    row("telegram:direct:2", "d"),
    row("main:heartbeat", "h"),
  ],
);
const stateDir = { ...aStateDir([]), agents: [one] };
const main = one.conversations.find(({ key }) => key === "agent:main:main");
const at = on1April("08:05");
const id = "main/a";

function factsOf(evidence: Partial<CollectedEvidence>): RotationFacts {
  assert.ok(main);
  const [boundary] = boundariesOfConversation(stateDir, one, main);
  assert.equal(boundary?.id, id);
  return new FactFinder(stateDir, noEvidence(evidence)).factsFor(one, boundary, someSurroundings());
}

function line(text: string, when = text): ReturnType<typeof aLine> {
  return {
    ...aLine("04:00", { kind: "heartbeat" }, text),
    at: on1April(when),
    place: { file: "/log", line: Number(when.replace(/\D/g, "")) },
  };
}

const record: ResetRecord = {
  id,
  agentId: "main",
  key: "agent:main:main",
  at,
  recordedAt: at + 500,
  fromSessionId: "a",
  toSessionId: "b",
  archive: undefined,
  rowBefore: storeRow("main", "a", { status: "killed" }),
  logs: [line("08:04"), line("08:05")],
  commands: [],
  trigger: { trigger: "user", at, place: { file: "/t" } },
};

describe("the facts of a boundary", () => {
  it("log lines around it, in order of time, whatever the order of the log", () => {
    const { logs } = factsOf({ logs: ["08:06", "07:00", "08:04", "12:00"].map((when) => line(when)) });
    assert.deepEqual(
      logs.map(({ text }) => text),
      ["08:04", "08:06"],
    );
  });

  it("a log that covers the moment, and none that ends before", () => {
    const log = { file: "/log", from: on1April("07:00"), to: on1April("09:00") };
    assert.equal(factsOf({ logCoverage: [{ ...log, to: on1April("08:00") }, log] }).logCovers, log);
    assert.equal(factsOf({}).logCovers, undefined);
  });

  it("the nearest lines where there are too many", () => {
    const many = Array.from({ length: 250 }, (each, index) => ({
      ...line("08:05"),
      at: at - 60_000 + index,
      text: "far",
    }));
    const { logs } = factsOf({ logs: [...many, line("08:05"), { ...line("08:05"), at: at + 1_200, text: "near" }] });
    assert.deepEqual([logs.length, logs.at(-1)?.text, logs.at(-2)?.text], [200, "near", "08:05"]);
    assert.deepEqual([logs[0]?.at, logs[197]?.at], [at - 60_000 + 52, at - 60_000 + 249]);
  });

  it("a log that could not be read whole around it", () => {
    const unread = { file: "/log", from: on1April("08:00"), to: on1April("08:10") };
    const facts = factsOf({ logUnread: [{ ...unread, to: on1April("08:01") }, unread] });
    assert.deepEqual([facts.logUnread, facts.logCovers], [unread, undefined]);
  });

  it("notes that were written about then, and none that do not say when", () => {
    const note = (when: string | undefined, sessionId = "a") => ({
      base: `${String(when)}.md`,
      sessionKey: "agent:main:main",
      sessionId,
      place: { file: "/n" },
      at: when === undefined ? undefined : on1April(when),
    });
    const notes = ["07:54", "07:56", "08:14", "08:16", undefined].map((when) => note(when));
    assert.deepEqual(
      factsOf({ notes: [...notes, note("08:05", "b")] }).notes.map(({ base }) => base),
      ["07:56.md", "08:14.md"],
    );
  });

  it("what was kept when it happened: added to the log without repeating, the row and the trigger before any other", () => {
    const facts = factsOf({ logs: [line("08:05"), line("08:06")], resetRecords: [record] });
    assert.deepEqual(
      facts.logs.map(({ text }) => text),
      ["08:04", "08:05", "08:06"],
    );
    assert.equal(facts.rowBefore?.row.status, "killed");
    assert.equal(facts.rowBefore.from, "reset-record");
    assert.equal(facts.trigger?.trigger, "user");
    assert.equal(facts.resetRecord, record);
  });

  it("a record of another session or conversation is not of this boundary", () => {
    assert.equal(factsOf({ resetRecords: [{ ...record, fromSessionId: "x" }] }).resetRecord, undefined);
    assert.equal(factsOf({ resetRecords: [{ ...record, key: "agent:main:other" }] }).resetRecord, undefined);
  });

  it("the newest row of before that names the old session under this key, none of later", () => {
    const kept = (keptAt: string, status: string, rest = "main", session = "a") => ({
      row: storeRow(rest, session, { status }),
      from: "store-backup" as const,
      place: undefined,
      keptAt: on1April(keptAt),
    });
    const rowsBefore = [
      kept("09:00", "later"),
      kept("07:00", "old"),
      kept("08:00", "right"),
      kept("08:01", "other", "telegram:direct:1"),
      kept("08:02", "next", "main", "b"),
    ];
    assert.equal(factsOf({ rowsBefore }).rowBefore?.row.status, "right");
  });

  it("other conversations of people that began within a minute, of how many", () => {
    assert.deepEqual(factsOf({}).beganTogether, { count: 1, of: 2 });
  });

  it("the first turn of the next session after the boundary", () => {
    const turn = (when: string, trigger: string) => ({ trigger, at: on1April(when), place: { file: "/t" } });
    const triggers = new Map([["b", [turn("08:10", "second"), turn("08:05:01", "first"), turn("07:00", "before")]]]);
    assert.equal(factsOf({ triggers }).trigger?.trigger, "first");
  });

  it("times that are none are left out", () => {
    const logs = [{ ...line("08:05"), at: Number.NaN }, line("08:05")];
    assert.equal(factsOf({ logs }).logs.length, 1);
  });
});
