import assert from "node:assert/strict";
import type { LogRecord } from "../../src/core/log/logRecord";
import type { CollectedEvidence, ResetRecord } from "../../src/core/rotation/rotationFacts";
import { ResetWitness } from "../../src/disk/explainWitness";
import { noEvidence } from "../anEvidence";
import { aStateDir } from "../anExplanation";
import { agent, file, row, stamp, time as on1April } from "../core/conversation/builders";

const at = on1April("08:05");
const one = agent(
  [file(`a.jsonl.reset.${stamp("08:05")}`, { at: "07:00", to: "08:00" }), file("b.jsonl", { at: "08:05:01" })],
  [row("main", "b", { usageFamilySessionIds: ["a", "b"] })],
);
const stateDir = { ...aStateDir([]), agents: [one] };

function aWitness(): ResetWitness {
  const witness = new ResetWitness();
  const seen = { stateDir: stateDir.realPath, agentId: one.id, key: "agent:main:main", rowBefore: undefined };
  witness.saw([{ ...seen, sessionIdBefore: "a", sessionIdAfter: "b" }]);
  return witness;
}

function aLog(after: number, text = "far"): LogRecord {
  const place = { file: "/log", offset: after };
  return { at: at + after, offsetMinutes: 0, event: { kind: "heartbeat" }, text, place, recordedAt: undefined };
}

describe("the record of a reset that was seen", () => {
  it("holds the lines nearest to it", () => {
    const far = Array.from({ length: 60 }, (each, index) => aLog(-50_000 + index));
    const [record] = look(aWitness(), { logs: [...far, aLog(1_200, "near")] });
    assert.deepEqual([record?.logs.length, record?.logs.at(-1)?.text, record?.logs[0]?.at], [40, "near", at - 49_979]);
  });

  it("is kept again when a line is written seconds later, and no more when nothing was", () => {
    const witness = aWitness();
    const kept: (readonly ResetRecord[])[] = [
      look(witness, { now: at + 500 }),
      look(witness, { now: at + 1_000 }),
      look(witness, { now: at + 2_500, logs: [aLog(2_000, "late")] }),
      look(witness, { now: at + 3_000, logs: [aLog(2_000, "late")] }),
      look(witness, { now: at + 30_000, logs: [aLog(2_000, "late"), aLog(3_000, "later")] }),
      look(witness, { now: at + 120_000, logs: [aLog(2_000, "late"), aLog(3_000, "later")] }),
    ];
    assert.deepEqual(
      kept.map((records) => records.map(({ logs }) => logs.map(({ text }) => text))),
      [[[]], [], [["late"]], [], [["late", "later"]], []],
    );
    const { known } = witness.witnessed(stateDir, noEvidence({ now: at + 130_000 }));
    assert.deepEqual(
      known.map(({ logs, recordedAt }) => [logs.length, recordedAt]),
      [[2, at + 500]],
    );
  });
});

function look(witness: ResetWitness, evidence: Partial<CollectedEvidence>): readonly ResetRecord[] {
  return witness.witnessed(stateDir, noEvidence({ now: at + 500, ...evidence })).fresh;
}
