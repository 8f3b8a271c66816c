import assert from "node:assert/strict";
import type { Agent, StateDir } from "../../../src/core/conversation/model";
import { boundariesOf } from "../../../src/core/rotation/boundaries";
import { aStateDir } from "../../anExplanation";
import { agent, file, key, row, stamp, time, type FileFacts } from "../conversation/builders";

/** `main: a → b 08:05 archive-stamp`, oldest first. */
function told(one: Agent): string[] {
  const stateDir: StateDir = { ...aStateDir([]), agents: [one] };
  return boundariesOf(stateDir, one).map(({ conversation, from, to, at, atFrom }) => {
    const when = at === undefined ? "?" : new Date(at).toISOString().slice(11, 16);
    const of = conversation?.key.replace("agent:main:", "") ?? "-";
    return `${of}: ${from.sessionId} → ${to?.sessionId ?? "-"} ${when} ${atFrom}`;
  });
}

const archive = (id: string, at: string, facts: FileFacts = {}) => file(`${id}.jsonl.reset.${stamp(at)}`, facts);

describe("boundaries", () => {
  it("each archive to the window that began next; the current window ended nothing", () => {
    const files = [
      archive("a", "08:05", { at: "07:00", to: "08:00" }),
      archive("b", "09:05", { at: "08:05:01", to: "09:00" }),
      file("c.jsonl", { at: "09:05:02", to: "10:00" }),
    ];
    const rows = [row("main", "c", { usageFamilySessionIds: ["a", "b", "c"] })];
    assert.deepEqual(told(agent(files, rows)), ["main: a → b 08:05 archive-stamp", "main: b → c 09:05 archive-stamp"]);
  });

  it("restored and reset again: it ended twice", () => {
    const files = [
      archive("a", "08:05", { at: "07:00", to: "08:00", entries: 4 }),
      archive("a", "10:05", { at: "07:00", to: "10:00", entries: 8 }),
      file("b.jsonl", { at: "08:05:01", to: "09:00" }),
      file("c.jsonl", { at: "10:05:01", to: "11:00" }),
    ];
    const rows = [row("main", "c", { usageFamilySessionIds: ["a", "b", "c"] })];
    assert.deepEqual(told(agent(files, rows)), [
      "main: a → b 08:05 archive-stamp",
      "main: a → c 10:05 archive-stamp",
      "main: b → c 10:05 next-header",
    ]);
  });

  it("restored and current again: it ended once", () => {
    const files = [archive("a", "08:05", { at: "07:00", to: "08:00" }), file("a.jsonl", { at: "07:00", to: "09:00" })];
    assert.deepEqual(told(agent(files, [row("main", "a")])), ["main: a → - 08:05 archive-stamp"]);
  });

  it("left under its name: when the next one began; gone: in the order of the family list", () => {
    const files = [file("a.jsonl", { at: "07:00", to: "08:00" }), file("c.jsonl", { at: "09:05", to: "10:00" })];
    const rows = [row("main", "c", { usageFamilySessionIds: ["a", "b", "c"] })];
    assert.deepEqual(told(agent(files, rows)), ["main: b → c 09:05 next-header", "main: a → c 09:05 next-header"]);
  });

  it("the row names what followed, although nothing was written of it", () => {
    const files = [
      archive("a", "08:05", { at: "07:00", to: "08:00" }),
      archive("b", "09:05", { at: "08:05:01", to: "09:00" }),
    ];
    const rows = [row("main", "c", { usageFamilySessionIds: ["a", "b", "c"] })];
    assert.deepEqual(told(agent(files, rows)), ["main: a → b 08:05 archive-stamp", "main: b → c 09:05 archive-stamp"]);
  });

  it("deleted, without and with a successor", () => {
    const deleted = file(`a.jsonl.deleted.${stamp("08:05")}`, { at: "07:00", to: "08:00" });
    assert.deepEqual(told(agent([deleted])), ["-: a → - 08:05 archive-stamp"]);
    const rows = [row("main", "b", { usageFamilySessionIds: ["a", "b"] })];
    assert.deepEqual(told(agent([deleted, file("b.jsonl", { at: "12:00" })], rows)), [
      "main: a → b 08:05 archive-stamp",
    ]);
  });

  it("copies of what was cut or compacted end nothing", () => {
    const files = [
      file("a.jsonl", { at: "07:00", to: "09:00" }),
      file(`a.jsonl.bak.${stamp("08:00")}`, { at: "07:00", to: "08:00" }),
      file("a.checkpoint.11111111-1111-4111-8111-111111111111.jsonl", { id: "a", at: "07:00", to: "08:30" }),
      file(`z.jsonl.bak.${stamp("08:00")}`, { at: "06:00", to: "06:30" }),
    ];
    assert.deepEqual(told(agent(files, [row("main", "a")])), []);
  });

  it("a cron run under the key of its job and under its own: once, in the job's conversation", () => {
    const files = [file("r1.jsonl", { at: "08:00" }), file("r2.jsonl", { at: "09:00" })];
    const runs = [
      { base: "j.jsonl", jobId: "j", sessionId: "r1", sessionKey: key("cron:j"), at: time("08:00") },
      { base: "j.jsonl", jobId: "j", sessionId: "r2", sessionKey: key("cron:j"), at: time("09:00") },
    ];
    const rows = [row("cron:j", "r2"), row("cron:j:run:r1", "r1"), row("cron:j:run:r2", "r2")];
    assert.deepEqual(told(agent(files, rows, { cronRuns: runs })), ["cron:j: r1 → r2 09:00 next-header"]);
  });

  it("orphans: archives by their stamp, the others without a time", () => {
    const files = [archive("a", "08:05", { at: "07:00" }), file("o.jsonl", { at: "01:00" })];
    assert.deepEqual(told(agent(files)).sort(), ["-: a → - 08:05 archive-stamp", "-: o → - ? nothing"]);
  });

  it("what doctor moved aside: to the window with which main went on", () => {
    const files = [file("a.jsonl", { at: "07:00", to: "08:00" }), file("b.jsonl", { at: "08:10", to: "09:00" })];
    const rows = [row("heartbeat-recovered-1", "a"), row("main", "b")];
    assert.deepEqual(told(agent(files, rows)), ["main: a → b 08:10 next-header"]);
  });

  it("stamps of the future, the same stamp twice, no stamp: no crash, each id once", () => {
    const files = [
      file("a.jsonl.reset.2999-01-01T00-00-00.000Z", { at: "07:00" }),
      file("a.jsonl.reset.2999-01-01T00-00-00.000Z.zst", { at: "07:00" }),
      file("b.jsonl.reset.not-a-stamp", { at: "07:30" }),
      file("c.jsonl", { at: "08:00" }),
    ];
    const rows = [row("main", "c", { usageFamilySessionIds: ["a", "b", "c"] })];
    const found = told(agent(files, rows));
    assert.equal(new Set(found).size, found.length);
    assert.ok(found.includes("main: a → - 00:00 archive-stamp"), found.join("\n"));
  });

  it("ids: the agent and the old session, numbered where a session ended again; nothing that is told later changes them", () => {
    const idsOf = (...files: Parameters<typeof agent>[0]): readonly string[] => {
      const one = agent(files);
      return boundariesOf({ ...aStateDir([]), agents: [one] }, one).map(({ id }) => id);
    };
    assert.deepEqual(idsOf(archive("a", "08:05", { at: "07:00" })), ["main/a"]);
    assert.deepEqual(idsOf(archive("a", "08:05", { at: "07:00" }), archive("a", "09:05", { at: "07:00" })), [
      "main/a",
      "main/a/2",
    ]);
  });
});
