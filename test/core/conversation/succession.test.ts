import assert from "node:assert/strict";
import type { Opening } from "../../../src/core/conversation/model";
import { agent, file, key, row, stamp, time, told } from "./builders";
import { anOpening } from "../../anOpening";

/** `archived("a", "08:00", "09:00")`: session a began at 8 and was reset at 9. */
function archived(id: string, at: string, reset: string, sender?: string) {
  return file(`${id}.jsonl.reset.${stamp(reset)}`, { at, ...openedBy(sender) });
}

function begun(id: string, at: string, sender?: string) {
  return file(`${id}.jsonl`, { at, ...openedBy(sender) });
}

/** `""` is a transcript that was looked at and shows no sender. */
function openedBy(sender: string | undefined): { opening?: Opening } {
  if (sender === undefined) return {};
  return { opening: anOpening({ sender: sender === "" ? undefined : sender }) };
}

const main = row("main", "now");
const telegram = row("telegram:direct:5", "tg");
const discord = row("discord:channel:9", "dc");

describe("joining by time", () => {
  it("the one transcript that began within a minute of the reset", () => {
    const built = agent([archived("old", "08:00", "09:00"), begun("now", "09:00:21.500")], [main]);
    assert.deepEqual(told(built), { main: ["live now", "reset old by time-adjacency"] });
    assert.equal(
      built.conversations[0]?.windows[1]?.join?.evidence,
      "It was reset at 2026-04-01T09:00:00.000Z; within a minute only one session began that can have followed, now of agent:main:main, 21.500 s later.",
    );
  });

  it("reaches back over a chain of archives of any length", () => {
    const days = Array.from({ length: 1000 }, (_, day) => Date.UTC(2018, 0, 1 + day, 4));
    const name = (at: number): string => new Date(at).toISOString().replaceAll(":", "-");
    const files = days.map((at, day) => {
      const next = days[day + 1];
      const base = next === undefined ? "now.jsonl" : `d${String(day)}.jsonl.reset.${name(next)}`;
      const made = file(base);
      return { ...made, head: made.head && { ...made.head, headerAt: at + 200, firstAt: at + 300, lastAt: at + 1000 } };
    });
    const { conversations, orphans } = agent(files, [main]);
    assert.deepEqual([conversations[0]?.windows.length, orphans.length], [1000, 0]);
  });

  it("not later than a minute", () => {
    const built = agent([archived("old", "08:00", "09:00"), begun("now", "09:01:00.001")], [main]);
    assert.deepEqual(told(built), { main: ["live now"], orphans: ["reset old"] });
  });

  it("two chats that began near the reset: neither", () => {
    const files = [archived("old", "08:00", "09:00"), begun("now", "09:00:01"), begun("tg", "09:00:09")];
    assert.deepEqual(told(agent(files, [main, telegram]))["orphans"], ["reset old"]);
  });

  it("three chats reset within a third of a second, each going on a tenth later: none falls to another", () => {
    const files = [
      archived("old", "08:00", "09:00"),
      begun("now", "09:00:00.120"),
      archived("was", "08:00", "09:00:00.100"),
      begun("tg", "09:00:00.250"),
      archived("before", "08:00", "09:00:00.240"),
      begun("dc", "09:00:00.400"),
    ];
    assert.deepEqual(told(agent(files, [main, telegram, discord])), {
      main: ["live now"],
      "telegram:direct:5": ["live tg"],
      "discord:channel:9": ["live dc"],
      orphans: ["reset before", "reset was", "reset old"],
    });
  });

  it("… unless one of them follows another reset for sure", () => {
    const files = [
      archived("old", "08:00", "09:00"),
      begun("now", "09:00:01"),
      archived("was", "08:00", "09:00:08"),
      begun("tg", "09:00:09"),
    ];
    const known = row("telegram:direct:5", "tg", { usageFamilySessionIds: ["was", "tg"] });
    assert.deepEqual(told(agent(files, [main, known])), {
      main: ["live now", "reset old by time-adjacency"],
      "telegram:direct:5": ["live tg", "reset was by usage-family"],
    });
  });

  it("… and unless one is very near, and the other far away", () => {
    const files = [
      archived("old", "08:00", "09:00"),
      begun("now", "09:00:01"),
      archived("was", "08:00", "09:00:30"),
      begun("tg", "09:00:31"),
    ];
    const built = agent(files, [main, telegram]);
    assert.deepEqual(told(built), {
      main: ["live now", "reset old by time-adjacency"],
      "telegram:direct:5": ["live tg", "reset was by time-adjacency"],
    });
    assert.equal(
      built.conversations[0]?.windows[1]?.join?.evidence,
      "It was reset at 2026-04-01T09:00:00.000Z; session now of agent:main:main began 1.000 s later, and whatever else began or was reset is ten seconds away or more.",
    );
  });

  it("two resets near one beginning: neither", () => {
    const files = [archived("a", "07:00", "09:00"), archived("b", "07:00", "09:00:10"), begun("now", "09:00:20")];
    assert.deepEqual(told(agent(files, [main]))["orphans"], ["reset b", "reset a"]);
  });

  describe("a chat that was reset again within seconds", () => {
    const twice = (second: string, third: string, sender?: string) => [
      archived("a", "07:00", "09:00", sender),
      archived("b", "09:00:00.100", second, sender),
      begun("now", third, sender),
    ];

    it("of the only key: one after the other", () => {
      for (const [second, third] of [
        ["09:00:01", "09:00:01.100"],
        ["09:00:05", "09:00:05.100"],
        ["09:00:30", "09:00:30.100"],
      ] as const) {
        const built = agent(twice(second, third), [main]);
        assert.deepEqual(told(built), { main: ["live now", "reset b by time-adjacency", "reset a by time-adjacency"] });
      }
    });

    it("of several keys: when one sender opened them all", () => {
      const [a, b] = ["reset b by time-adjacency", "reset a by time-adjacency"];
      const files = twice("09:00:05", "09:00:05.100", "5eadbeef");
      const built = agent([...files, begun("tg", "06:00")], [main, telegram]);
      assert.deepEqual(told(built), { main: ["live now", a, b], "telegram:direct:5": ["live tg"] });
      assert.equal(
        built.conversations.find(({ key: each }) => each === key("main"))?.windows[1]?.join?.evidence,
        "It was reset at 2026-04-01T09:00:05.000Z; session now of agent:main:main began 0.100 s later. One chat was reset several times in a row, each beginning followed its reset at once, and whatever else began or was reset is ten seconds away or more.",
      );
    });

    it("of several keys and unknown senders: not known", () => {
      const files = [...twice("09:00:05", "09:00:05.100"), begun("tg", "06:00")];
      assert.deepEqual(told(agent(files, [main, telegram]))["orphans"], ["reset b", "reset a"]);
    });

    it("and another chat began or was reset near it: not known", () => {
      const files = twice("09:00:05", "09:00:05.100", "5eadbeef");
      const other = [...files, begun("tg", "09:00:03", "5eadbeef")];
      assert.deepEqual(told(agent(other, [main, telegram]))["orphans"], ["reset b", "reset a"]);
      const reset = [...files, archived("was", "08:00", "09:00:03", "5eadbeef"), begun("tg", "06:00")];
      assert.deepEqual(told(agent(reset, [main, telegram]))["orphans"], ["reset b", "reset was", "reset a"]);
    });

    it("a beginning that comes late may be another chat's", () => {
      const files = twice("09:00:05", "09:00:08.100", "5eadbeef");
      assert.ok(told(agent(files, [main, telegram]))["orphans"]?.includes("reset a"));
    });
  });

  it("a header written in the moment of the reset is its successor, whatever else begins (sessions.reset 2026.3.28+)", () => {
    const files = [archived("old", "08:00", "09:00"), begun("now", "09:00:00.001"), begun("tg", "09:00:00.400")];
    const built = agent(files, [main, telegram]);
    assert.deepEqual(told(built), {
      main: ["live now", "reset old by time-adjacency"],
      "telegram:direct:5": ["live tg"],
    });
    assert.equal(
      built.conversations[0]?.windows[1]?.join?.evidence,
      "It was reset at 2026-04-01T09:00:00.000Z; session now of agent:main:main began at the same moment, 2026-04-01T09:00:00.001Z, and no other did.",
    );
  });

  it("the start that the row records counts like a header (2026.4.25+), however late the file", () => {
    const started = row("main", "now", { sessionStartedAt: time("09:00") - 9 });
    const files = [archived("old", "08:00", "09:00"), begun("now", "11:00"), begun("tg", "09:00:30")];
    assert.deepEqual(told(agent(files, [started, telegram]))["main"], ["live now", "reset old by time-adjacency"]);
  });

  it("of several, the nearest when it alone was opened by the same sender", () => {
    const files = [
      archived("old", "08:00", "09:00", "5eadbeef"),
      begun("now", "09:00:00.071", "5eadbeef"),
      begun("tg", "09:00:00.404", ""),
    ];
    const built = agent(files, [main, telegram]);
    assert.deepEqual(told(built)["main"], ["live now", "reset old by time-adjacency"]);
    assert.equal(
      built.conversations[0]?.windows[1]?.join?.evidence,
      "It was reset at 2026-04-01T09:00:00.000Z; of the sessions that began within a minute, now of agent:main:main was the first, 0.071 s later, and the only one opened by the same sender.",
    );
  });

  it("… but not when it is not the nearest, nor when a sender is unknown", () => {
    const old = archived("old", "08:00", "09:00", "5eadbeef");
    const farther = [old, begun("tg", "09:00:01", ""), begun("now", "09:00:02", "5eadbeef")];
    assert.deepEqual(told(agent(farther, [main, telegram]))["orphans"], ["reset old"]);
    const unknown = [old, begun("now", "09:00:01", "5eadbeef"), begun("tg", "09:00:02")];
    assert.deepEqual(told(agent(unknown, [main, telegram]))["orphans"], ["reset old"]);
  });

  it("two people are two chats, except in a room", () => {
    const old = archived("old", "08:00", "09:00", "aaaaaaaa");
    assert.deepEqual(told(agent([old, begun("tg", "09:00:01", "bbbbbbbb")], [telegram]))["orphans"], ["reset old"]);
    assert.deepEqual(told(agent([old, begun("dc", "09:00:01", "bbbbbbbb")], [discord])), {
      "discord:channel:9": ["live dc", "reset old by time-adjacency"],
    });
  });

  it("a deleted transcript has no successor", () => {
    const files = [file(`old.jsonl.deleted.${stamp("09:00")}`, { at: "08:00" }), begun("now", "09:00:01")];
    assert.deepEqual(told(agent(files, [main]))["orphans"], ["deleted old"]);
  });

  it("cron, heartbeat and sub-agent sessions follow nothing and do not confuse", () => {
    const [old, run] = [archived("old", "08:00", "09:00"), begun("c1", "09:00:01")];
    assert.deepEqual(told(agent([old, begun("now", "09:00:03"), run], [main, row("cron:job", "c1")])), {
      "cron:job": ["live c1"],
      main: ["live now", "reset old by time-adjacency"],
    });
    assert.deepEqual(told(agent([old, run], [row("cron:job", "c1")]))["orphans"], ["reset old"]);
  });

  it("a key that had another window meanwhile was not the one that was reset", () => {
    const files = [archived("old", "06:00", "09:00"), archived("was", "07:00", "08:00"), begun("now", "09:00:01")];
    const rows = [row("main", "now", { usageFamilySessionIds: ["was", "now"] })];
    assert.deepEqual(told(agent(files, rows)), {
      main: ["live now", "reset was by usage-family"],
      orphans: ["reset old"],
    });
  });

  it("nothing is concluded forwards: what began after a known window may be another chat", () => {
    const files = [archived("old", "08:00", "09:00"), begun("x", "09:00:01")];
    const rows = [row("main", undefined, { usageFamilySessionIds: ["old"] })];
    assert.deepEqual(told(agent(files, rows)), { main: ["reset old by usage-family"], orphans: ["orphan x"] });
  });

  it("restored and reset again: the first archive leads to the key", () => {
    const files = [
      archived("old", "06:00", "08:00"),
      file(`old.jsonl.reset.${stamp("10:00")}`, { at: "06:00" }),
      archived("mid", "08:00:01", "09:00"),
      begun("now", "10:00:01"),
    ];
    const rows = [row("main", "now", { usageFamilySessionIds: ["mid"] })];
    assert.deepEqual(told(agent(files, rows)), {
      main: ["live now", "reset mid by usage-family", "reset old +1 by time-adjacency"],
    });
  });

  it("brought back: what was set aside for it leads to the key, and so does what it followed when it first began", () => {
    const files = [
      archived("first", "05:00", "06:00"),
      begun("old", "06:00:01"),
      file(`old.jsonl.reset.${stamp("08:00")}`, { at: "06:00:01" }),
      archived("mid", "08:00:01", "10:00"),
    ];
    const rows = [row("main", "old", { sessionStartedAt: time("10:00") })];
    assert.deepEqual(told(agent(files, rows)), {
      main: ["live old +1", "reset mid by time-adjacency", "reset first by time-adjacency"],
    });
  });

  describe("when the next file comes only with the next turn (sessions.reset up to 2026.3.24)", () => {
    const old = archived("old", "08:00", "09:00", "5eadbeef");

    it("the next transcript at all, opened by the same sender", () => {
      const built = agent([old, begun("now", "2T07:00", "5eadbeef"), begun("tg", "3T07:00", "")], [main, telegram]);
      assert.deepEqual(told(built)["main"], ["live now", "reset old by chain"]);
      assert.equal(
        built.conversations[0]?.windows[1]?.join?.evidence,
        "It was reset at 2026-04-01T09:00:00.000Z; the next session to begin, now of agent:main:main at 2026-04-02T07:00:00.000Z, was opened by the same sender, and no other reset lies between. Weaker than the other kinds of evidence.",
      );
    });

    it("… not when the sender is another or unknown, nor when another session began first", () => {
      for (const files of [
        [old, begun("now", "2T07:00", "0badf00d")],
        [old, begun("now", "2T07:00")],
        [old, begun("tg", "1T23:00", ""), begun("now", "2T07:00", "5eadbeef")],
      ]) {
        assert.deepEqual(told(agent(files, [main, telegram]))["orphans"], ["reset old"]);
      }
    });

    it("… not when another reset lies between", () => {
      const other = archived("was", "06:00", "1T20:00", "5eadbeef");
      const built = agent([old, other, begun("now", "2T07:00", "5eadbeef")], [main]);
      assert.deepEqual(told(built)["main"], [
        "live now",
        "reset old by only-conversation",
        "reset was by only-conversation",
      ]);
    });

    it("… not in versions whose row tells when the session began", () => {
      const started = row("main", "now", { sessionStartedAt: time("2T07:00") });
      const built = agent([old, begun("now", "2T07:00", "5eadbeef")], [started]);
      assert.deepEqual(told(built)["main"], ["live now", "reset old by only-conversation"]);
    });
  });

  it("a crowd decides nothing and costs nothing", () => {
    const files = Array.from({ length: 500 }, (_, at) => archived(`s${String(at)}`, "08:00", `09:00:${pad(at)}`));
    const built = agent([...files, begun("now", "09:00:30")], [main]);
    assert.equal(built.orphans.length, 500);
    assert.equal(built.conversations[0]?.key, key("main"));
  });
});

function pad(at: number): string {
  return `${String(Math.floor(at / 20)).padStart(2, "0")}.${String((at % 20) * 50).padStart(3, "0")}`;
}
