import assert from "node:assert/strict";
import { problemsOfWindow } from "../../../src/core/conversation/problemsOfWindow";
import type { Problem } from "../../../src/core/problem";
import { agent, basesOf, file, key, row, stamp, told } from "./builders";

describe("windows and their files", () => {
  it("a file that a row points to is the live window of its key", () => {
    assert.deepEqual(told(agent([file("a.jsonl", { at: "09:00" })], [row("main", "a")])), { main: ["live a"] });
  });

  it("two archives of one transcript, the later one fuller, are one window; the fuller one is shown", () => {
    const { orphans } = agent([
      file(`a.jsonl.reset.${stamp("10:00")}`, { at: "09:00", entries: 4, to: "09:30" }),
      file(`a.jsonl.reset.${stamp("12:00")}`, { at: "09:00", entries: 9, to: "11:30" }),
    ]);
    assert.equal(orphans.length, 1);
    assert.deepEqual(basesOf(orphans[0]), [`a.jsonl.reset.${stamp("12:00")}`, `a.jsonl.reset.${stamp("10:00")}`]);
  });

  it("until files are counted, the larger one is taken for the fuller", () => {
    const { orphans } = agent([
      file(`a.jsonl.reset.${stamp("10:00")}`, { bytes: 400 }),
      file(`a.jsonl.reset.${stamp("12:00")}`, { bytes: 900 }),
    ]);
    assert.equal(orphans[0]?.primary?.bytes, 900);
  });

  it("a restored live file stays the shown one, though its archive holds more", () => {
    const built = agent(
      [
        file("a.jsonl", { at: "09:00", entries: 4 }),
        file(`a.jsonl.reset.${stamp("12:00")}`, { at: "09:00", entries: 9 }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a +1"] });
    assert.equal(built.conversations[0]?.windows[0]?.primary?.name.base, "a.jsonl");
    assert.equal(built.conversations[0].windows[0].archivedAt, undefined);
  });

  it("two archives of one name with different headers are two windows (sessions.reset of 2026.3.28–5.7)", () => {
    const { orphans } = agent([
      file(`a.jsonl.reset.${stamp("10:00")}`, { id: "a", at: "09:00" }),
      file(`a.jsonl.reset.${stamp("12:00")}`, { id: "b", at: "10:00" }),
    ]);
    assert.deepEqual(orphans.map(({ windowId }) => windowId).sort(), ["main/a/a-1", "main/b/b-1"]);
    assert.deepEqual(
      orphans.map(({ problems }) => problems.map(({ code, line }) => [code, line])),
      [[["header.id-differs", 1]], []],
    );
  });

  it("one id that began twice is two windows, also under one header time", () => {
    const { orphans } = agent([
      file(`a.jsonl.reset.${stamp("10:00")}`, { at: "09:00", first: "e1" }),
      file(`a.jsonl.reset.${stamp("12:00")}`, { at: "09:00", first: "f1" }),
    ]);
    assert.deepEqual(orphans.map(({ windowId }) => windowId).sort(), ["main/a/e1", "main/a/f1"]);
  });

  it("a bare header belongs to the transcript with the same header", () => {
    const built = agent(
      [
        file("a.jsonl", { at: "09:00", entries: 3 }),
        file(`a.jsonl.reset.${stamp("09:10")}`, { at: "09:00", first: null, entries: 0 }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a +1"] });
    assert.equal(built.conversations[0]?.windows[0]?.windowId, "main/a/a-1");
  });

  it("a bare header of another time is a window of its own, as is one alone", () => {
    const { orphans } = agent([
      file("a.jsonl", { at: "09:00" }),
      file(`a.jsonl.reset.${stamp("08:00")}`, { at: "07:00", first: null }),
      file("b.jsonl", { at: "09:00", first: null }),
    ]);
    assert.deepEqual(orphans.map(({ windowId }) => windowId).sort(), ["main/a/-", "main/a/a-1", "main/b/-"]);
  });

  it("what sessions.compact {maxLines} left, without header, is a copy beside the full .bak", () => {
    const built = agent(
      [
        file("a.jsonl", { id: null, first: "e7", from: "09:20", to: "09:30" }),
        file(`a.jsonl.bak.${stamp("09:31")}`, { at: "09:00", first: "e1", to: "09:30" }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a +1"] });
    assert.deepEqual(basesOf(built.conversations[0]?.windows[0]), ["a.jsonl", `a.jsonl.bak.${stamp("09:31")}`]);
  });

  it("a .bak beside a transcript that was begun anew is a window of its own", () => {
    const built = agent(
      [
        file("a.jsonl", { at: "10:00", first: "f1" }),
        file(`a.jsonl.bak.${stamp("09:31")}`, { at: "09:00", first: "e1", to: "09:30" }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a", "bak a"] });
    assert.equal(built.conversations[0]?.windows[1]?.archivedAt, Date.parse("2026-04-01T09:31:00Z"));
  });

  it("checkpoints are copies of their session; one that is left alone is a window", () => {
    const uuid = "11111111-2222-4333-8444-555555555555";
    const built = agent(
      [
        file("a.jsonl", { entries: 9 }),
        file(`a.checkpoint.${uuid}.jsonl`, { entries: 5 }),
        file(`b.checkpoint.${uuid}.jsonl`, { entries: 5 }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a +1"], orphans: ["checkpoint b"] });
  });

  it("files whose head cannot be read go by their names, each for itself", () => {
    const problem: Problem = { code: "file.unreadable", message: "No permission.", file: "/s/a.jsonl" };
    const built = agent(
      [
        file("a.jsonl", { read: false, problem }),
        file(`b.jsonl.reset.${stamp("10:00")}`, { read: false }),
        file(`b.jsonl.reset.${stamp("11:00")}`, { read: false }),
      ],
      [row("main", "a")],
    );
    assert.deepEqual(told(built), { main: ["live a"], orphans: ["reset b", "reset b"] });
    assert.equal(built.conversations[0]?.windows[0]?.windowId, "main/a/~a.jsonl");
    assert.deepEqual(problemsOfWindow(built.conversations[0].windows[0]), [problem]);
    assert.deepEqual(built.indexed, { done: 0, total: 2 });
  });

  it("of a compressed copy the size says nothing: it is shown when its entries are known to be more", () => {
    const zst = `a.jsonl.deleted.${stamp("10:00")}.0123456789abcdef0123456789abcdef.zst`;
    const plain = `a.jsonl.reset.${stamp("09:30")}`;
    const uncounted = agent([file(zst, { bytes: 9000 }), file(plain, { bytes: 900 })]);
    assert.deepEqual(basesOf(uncounted.orphans[0]), [plain, zst]);
    const counted = agent([file(zst, { bytes: 10, entries: 9 }), file(plain, { bytes: 900, entries: 4 })]);
    assert.deepEqual(basesOf(counted.orphans[0]), [zst, plain]);
  });

  it("side files, unknown names and directories are listed, not taken for transcripts", () => {
    const built = agent([file("sessions.json"), file("a.jsonl.lock"), file("notes.txt"), file("skills-prompts")]);
    assert.deepEqual(told(built), {});
    assert.deepEqual(
      built.otherFiles.map(({ name }) => name.base),
      ["a.jsonl.lock", "notes.txt", "sessions.json", "skills-prompts"],
    );
  });

  it("a file of any name that a row means is a transcript", () => {
    const built = agent([file("chat.txt", { id: "a" })], [row("main", "a", { sessionFile: "chat.txt" })]);
    assert.deepEqual(told(built), { main: ["live a"] });
    assert.deepEqual(built.otherFiles, []);
  });

  it("a directory that was moved: the row's file is found by its header", () => {
    const resolved = {
      ...row("main", "b", { sessionFile: "/home/old/.openclaw/agents/main/sessions/a.jsonl" }),
      filePath: "/s/b.jsonl",
      problem: { code: "store.file-outside", message: "Outside." } as const,
    };
    const built = agent([file("a.jsonl", { id: "b" })], [resolved]);
    assert.deepEqual(told(built), { main: ["live b"] });
    assert.deepEqual(built.conversations[0]?.problems, []);
    assert.equal(built.conversations[0].windows[0]?.join?.key, key("main"));
  });
});
