import assert from "node:assert/strict";
import { buildAgent } from "../../../src/core/conversation/buildAgent";
import type { Agent } from "../../../src/core/conversation/model";
import { problemsOfWindow } from "../../../src/core/conversation/problemsOfWindow";
import { agent, checkpointOf, file, key, root, row, stamp, storeRow, time, told } from "./builders";

function codesOf({ conversations }: Agent): string[] {
  return conversations.flatMap(({ problems }) => problems.map(({ code }) => code));
}

describe("the conversations of an agent", () => {
  it("the current window first, then the newest", () => {
    const built = agent(
      [
        file(`a.jsonl.reset.${stamp("10:00")}`, { at: "08:00", to: "09:40" }),
        file(`b.jsonl.reset.${stamp("12:00")}`, { at: "10:00:01", to: "11:10" }),
        file("c.jsonl", { at: "07:00", to: "07:30" }),
      ],
      [row("main", "c", { usageFamilySessionIds: ["a", "b"] })],
    );
    assert.deepEqual(told(built), { main: ["live c", "reset b by usage-family", "reset a by usage-family"] });
    const [conversation] = built.conversations;
    assert.equal(conversation?.label, "main");
    assert.equal(conversation.group, "people");
    assert.equal(conversation.lastActivityAt, time("11:10"));
    assert.deepEqual(
      conversation.windows.map(({ archivedAt, firstAt, lastAt }) => [archivedAt, firstAt, lastAt]),
      [
        [undefined, time("07:00"), time("07:30")],
        [time("12:00"), time("10:00:01"), time("11:10")],
        [time("10:00"), time("08:00"), time("09:40")],
      ],
    );
  });

  it("a row whose transcript is not there: a missing window and the reason", () => {
    const built = agent([], [row("main", "a", { updatedAt: time("09:00"), sessionStartedAt: time("08:00") })]);
    assert.deepEqual(told(built), { main: ["missing a"] });
    const [conversation] = built.conversations;
    assert.deepEqual(
      [conversation?.lastActivityAt, conversation?.windows[0]?.firstAt, conversation?.windows[0]?.primary],
      [time("09:00"), time("08:00"), undefined],
    );
    assert.deepEqual(conversation?.problems, [
      {
        code: "store.file-missing",
        message:
          "The store row of agent:main:main names a.jsonl, which is not there. Right after a reset that is normal: OpenClaw writes a transcript with its first answer. Otherwise the conversation starts empty at the next message.",
        file: "/s/sessions.json",
      },
    ]);
  });

  it("a row whose transcript was set aside keeps both: what is missing and what is left", () => {
    const built = agent([file(`a.jsonl.reset.${stamp("09:00")}`, { at: "08:00" })], [row("main", "a")]);
    assert.deepEqual(told(built), { main: ["missing a", "reset a"] });
  });

  it("ids that a row still lists, without a file, are windows that are gone", () => {
    const rows = [row("main", "c", { usageFamilySessionIds: ["a", "c"], checkpoints: [checkpointOf("b")] })];
    assert.deepEqual(told(agent([file("c.jsonl", { at: "09:00" })], rows)), {
      main: ["live c", "missing a by usage-family", "missing b by checkpoint-list"],
    });
  });

  it("a session known only from its trace; with a window, the trace stands there and is no transcript", () => {
    const built = agent(
      [
        file("a.jsonl", { at: "09:00", entries: 4 }),
        file("a.trajectory.jsonl", { key: key("main") }),
        file("gone.trajectory.jsonl", { key: key("scratch"), at: "08:00", to: "08:30" }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a ~1"], scratch: ["trajectory-only gone ~1 by trajectory"] });
    assert.deepEqual(built.indexed, { done: 1, total: 1 });
    assert.deepEqual(
      [built.conversations[1]?.row, built.conversations[1]?.windows[0]?.lastAt],
      [undefined, time("08:30")],
    );
  });

  it("a trace without a key is an orphan, as is everything else nobody names", () => {
    const built = agent([file("x.trajectory.jsonl"), file("y.jsonl", { at: "09:00" })]);
    assert.deepEqual(told(built), { orphans: ["orphan y", "trajectory-only x ~1"] });
  });

  it("of several windows of an id the current one has the trace", () => {
    const built = agent(
      [
        file("a.jsonl", { at: "09:00", first: "f1" }),
        file(`a.jsonl.bak.${stamp("10:00")}`, { at: "09:30", first: "e1" }),
        file("a.trajectory.jsonl", { key: key("main") }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a ~1", "bak a"] });
  });

  it("two keys on one file: both show the window, both say so", () => {
    const built = agent([file("a.jsonl")], [row("main", "a"), row("telegram:direct:5", "a")]);
    assert.deepEqual(told(built), { main: ["live a"], "telegram:direct:5": ["live a"] });
    assert.deepEqual(codesOf(built), ["store.two-keys-one-file", "store.two-keys-one-file"]);
    assert.equal(
      built.conversations[0]?.problems[0]?.message,
      "The store rows of agent:main:main and agent:main:telegram:direct:5 mean the same transcript: what is said in one is remembered in the other.",
    );
  });

  it("a half-restored row: its file is what it means, its id names another window of the key", () => {
    const files = [file("new.jsonl", { at: "10:00" }), file(`old.jsonl.reset.${stamp("09:00")}`, { at: "08:00" })];
    const built = agent(files, [row("main", "old", { sessionFile: "new.jsonl" })]);
    assert.deepEqual(told(built), { main: ["live new", "reset old"] });
  });

  it("a row that names no session is a conversation without windows", () => {
    const problem = { code: "store.row-without-session", message: "No session." } as const;
    const built = agent([], [{ ...row("main", undefined), problem }]);
    assert.deepEqual(told(built), { main: [] });
    assert.deepEqual(built.conversations[0]?.problems, [problem]);
  });

  it("a transcript that very many rows mean is told in short sentences", () => {
    const rows = Array.from({ length: 3000 }, (_, at) => row(`work-${String(at)}-${"x".repeat(1000)}`, "a"));
    const built = agent([file("a.jsonl")], rows);
    const messages = built.conversations.flatMap(({ problems }) => problems.map(({ message }) => message));
    assert.equal(messages.length, 3000);
    assert.ok(messages.every((message) => message.length < 1500 && message.includes(", … mean the same transcript")));
  });

  it("a path that leads outside stays a problem when nothing was found", () => {
    const problem = { code: "store.file-outside", message: "Outside." } as const;
    const outside = row("main", "a", { sessionFile: "/etc/passwd" });
    const built = agent([file("a.jsonl")], [{ ...outside, filePath: "/s/a.jsonl", problem }]);
    assert.deepEqual(told(built), { main: ["live a"] });
    assert.deepEqual(codesOf(built), ["store.file-outside"]);
  });

  it("damage that the index found is the window's", () => {
    const problem = { code: "line.half", message: "Half a line.", line: 7 } as const;
    const built = agent([file("a.jsonl", { index: { problems: [problem] } })], [row("main", "a")]);
    assert.deepEqual(built.conversations[0]?.windows.map(problemsOfWindow), [[{ ...problem, file: "/s/a.jsonl" }]]);
  });

  it("a lost key is listed from an older store, without a current window", () => {
    const built = agent([file("a.jsonl")], [], {
      storeBackups: [{ base: "sessions.json.bak.1", at: 1, rows: [storeRow("telegram:direct:5", "a")] }],
    });
    assert.deepEqual(told(built), { "telegram:direct:5": ["orphan a by store-backup"] });
  });

  describe("in a directory that agents share", () => {
    const files = [
      file("m.jsonl", { at: "09:00" }),
      file("o.jsonl", { at: "09:00" }),
      file("x.jsonl", { at: "09:00" }),
      file("note.txt"),
    ];
    const rows = [
      row("main", "m"),
      { ...row("main", "o"), row: storeRow("", "o", { key: "agent:ops:main" }), filePath: "/s/o.jsonl" },
      { ...row("main", "g"), row: storeRow("", "g", { key: "global" }), filePath: "/s/g.jsonl" },
    ];
    const build = (agentId: string, otherAgentIds: string[], takesRest: boolean): Agent =>
      buildAgent({
        agentId,
        roots: [{ ...root(files, rows), shared: { otherAgentIds, takesRest } }],
        sqlite: undefined,
        problems: [],
      });

    it("each has its keys, and one takes what is nobody's", () => {
      const [main, ops] = [build("main", ["ops"], true), build("ops", ["main"], false)];
      assert.deepEqual(told(main), { global: ["missing g"], main: ["live m"], orphans: ["orphan x"] });
      assert.deepEqual(
        main.otherFiles.map(({ name }) => name.base),
        ["note.txt"],
      );
      assert.deepEqual(told(ops), { "agent:ops:main": ["live o"] });
      assert.deepEqual(ops.otherFiles, []);
    });
  });

  describe("told again", () => {
    const archive = file(`a.jsonl.reset.${stamp("10:00")}`, { at: "08:00" });
    const rest = [file("c.jsonl", { at: "07:00" }), file("x.jsonl", { at: "02:00" }), file("sessions.json")];
    const files = [archive, file("b.jsonl", { at: "10:00:01" }), ...rest];
    const work = row("work", "c");
    const rows = [row("main", "b"), work];
    const before = agent(files, rows);

    it("the same input gives the very same agent, though the store was read anew", () => {
      const reread = rows.map((each) => structuredClone(each));
      assert.equal(agent([...files].reverse(), reread, { previous: before }), before);
    });

    it("a grown file changes its window and its conversation, nothing else", () => {
      const grown = file("b.jsonl", { at: "10:00:01", to: "10:30" });
      const after = agent([archive, grown, ...rest], rows, { previous: before });
      const [main, other] = after.conversations;
      assert.notEqual(main, before.conversations[0]);
      assert.notEqual(main?.windows[0], before.conversations[0]?.windows[0]);
      assert.equal(main?.windows[1], before.conversations[0]?.windows[1]);
      assert.equal(other, before.conversations[1]);
      assert.equal(after.orphans, before.orphans);
      assert.equal(after.otherFiles, before.otherFiles);
    });

    it("a changed row changes its conversation and leaves the windows", () => {
      const after = agent(files, [row("main", "b", { label: "Plans" }), work], { previous: before });
      assert.equal(after.conversations[0]?.label, "main · Plans");
      assert.equal(after.conversations[0].windows, before.conversations[0]?.windows);
      assert.equal(after.conversations[1], before.conversations[1]);
    });

    it("other evidence for the same key is a change", () => {
      const after = agent(files, [row("main", "b", { usageFamilySessionIds: ["a", "b"] }), work], {
        previous: before,
      });
      assert.deepEqual(told(after)["main"], ["live b", "reset a by usage-family"]);
      assert.equal(after.conversations[0]?.windows[0], before.conversations[0]?.windows[0]);
    });
  });
});
