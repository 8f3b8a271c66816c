import assert from "node:assert/strict";
import { IndexBuilder, type IndexBuilderOptions } from "../../../src/core/index/indexBuilder";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { PAGE_BYTES } from "../../../src/core/transcript/page";
import { problemsOfIndex } from "../../../src/core/transcript/problemsOfIndex";
import { otherPrompts, referenceIndex } from "./referenceIndex";

const header = '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:00.000Z","cwd":"/w"}';

/** Ids of eight characters from short names, as OpenClaw's have. */
function id(name: string): string {
  return name.padStart(8, "0");
}

function envelope(name: string, parent: string | null): string {
  const parentId = parent === null ? "null" : `"${id(parent)}"`;
  return `"id":"${id(name)}","parentId":${parentId},"timestamp":"2026-03-30T09:00:01.000Z"`;
}

function user(name: string, parent: string | null, text = "hello"): string {
  return `{"type":"message",${envelope(name, parent)},"message":{"role":"user","content":[{"type":"text","text":"${text}"}],"timestamp":1774861201000}}`;
}

function assistant(name: string, parent: string, text = "hi", provider = "local"): string {
  return `{"type":"message",${envelope(name, parent)},"message":{"role":"assistant","content":[{"type":"text","text":"${text}"}],"api":"a","provider":"${provider}","model":"m1","usage":{"input":100,"output":20,"cacheRead":3,"cacheWrite":4,"totalTokens":127,"cost":{"input":0.1,"output":0.02,"cacheRead":0,"cacheWrite":0,"total":0.12}},"stopReason":"stop","timestamp":1774861202000}}`;
}

function indexOf(text: string | Buffer, options?: IndexBuilderOptions): TranscriptIndex {
  const builder = new IndexBuilder(options);
  builder.push(Buffer.from(text).subarray(builder.nextOffset));
  return builder.end();
}

/** Of a file in which each text, as it is written in JSON, is that of a user message; it is told by quick looks, and must equal that of a full parse. */
function indexOfTexts(texts: readonly string[]): TranscriptIndex {
  const rows = texts.map((text, n) => user(String(n + 1), String(n), text));
  const file = lines(header, user("0", null), ...rows, user("last", String(rows.length)));
  const index = indexOf(file);
  assert.deepEqual(index, referenceIndex(Buffer.from(file)), texts.join(" | "));
  assert.equal(index.roles.user, texts.length + 2);
  return index;
}

function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

function codes({ problems }: TranscriptIndex): string[] {
  return problems.map(({ code, line }) => `${code} @${line ?? "?"}`);
}

describe("IndexBuilder", () => {
  it("counts, sums up and remembers the ends", () => {
    const text = lines(
      header,
      user("a", null),
      assistant("b", "a"),
      assistant("c", "b", "sent", "openclaw"),
      user("d", "c"),
    );
    assert.deepEqual(indexOf(text), {
      bytes: text.length,
      lines: 5,
      header: {
        id: "s1",
        version: 3,
        at: Date.parse("2026-03-30T09:00:00.000Z"),
        cwd: "/w",
        parentSession: undefined,
        line: 1,
      },
      entries: 4,
      kinds: { message: 4 },
      roles: { user: 2, assistant: 1, toolResult: 0, other: 0, mirror: 1, machine: 0, heartbeat: 0 },
      firstEntryId: id("a"),
      lastEntryId: id("d"),
      firstAt: Date.parse("2026-03-30T09:00:01.000Z"),
      lastAt: Date.parse("2026-03-30T09:00:01.000Z"),
      usage: { input: 100, output: 20, cacheRead: 3, cacheWrite: 4, totalTokens: 127, costTotal: 0.12 },
      lastModel: { provider: "local", model: "m1" },
      problemCount: 0,
      problems: [],
      branches: [],
      branchesComplete: true,
      bootstrapSessionIds: [],
      compactions: { count: 0, noPriorHistoryLine: undefined },
      masked: { count: 0, firstLine: undefined },
      versionReplies: [],
      overflows: 0,
      cronJobId: undefined,
      pageFirstLine: [1],
    } satisfies TranscriptIndex);
  });

  it("is empty for nothing", () => {
    const { bytes, lines: count, header: none, entries, problems, pageFirstLine } = indexOf("");
    assert.deepEqual(
      { bytes, count, none, entries, problems, pageFirstLine },
      {
        bytes: 0,
        count: 0,
        none: undefined,
        entries: 0,
        problems: [],
        pageFirstLine: [],
      },
    );
  });

  it("lists where branches start, and where their parents stand", () => {
    const text = lines(
      header,
      user("a", null),
      assistant("b", "a"),
      user("c", "a"),
      user("d", "gone"),
      user("e", null),
    );
    const place = (name: string): number => text.indexOf(`{"type":"message","id":"${id(name)}"`);
    assert.deepEqual(indexOf(text).branches, [
      { line: 4, offset: place("c"), id: id("c"), parentId: id("a"), parentOffset: place("a") },
      { line: 5, offset: place("d"), id: id("d"), parentId: id("gone"), parentMissing: true },
      { line: 6, offset: place("e"), id: id("e"), parentId: null },
    ]);
  });

  it("knows which parents are nowhere, and which stand behind their child, while it remembers all entries", () => {
    const text = lines(header, user("a", "cut"), user("b", "c"), user("c", "b"), user("d", "gone"), user("e", "e"));
    const problems = (index: TranscriptIndex): string[] =>
      problemsOfIndex(index).map(({ code, line }) => `${code} @${line ?? "?"}`);
    assert.deepEqual(problems(indexOf(text)), ["tree.cycle @6", "tree.cycle @3", "tree.unknown-parent @5"]);
    const begun = lines(header, user("a", null), user("b", "c"));
    const grown = begun + lines(user("c", "a"));
    assert.deepEqual(problems(indexOf(begun)), ["tree.unknown-parent @3"]);
    const resumed = new IndexBuilder({ resumeFrom: indexOf(begun) });
    resumed.push(Buffer.from(grown.slice(begun.length)));
    assert.deepEqual(problems(resumed.end()), []);
  });

  it("remembers the places of the latest 4,096 entries", () => {
    const chain = Array.from({ length: 5_000 }, (_, n) => user(String(n), n === 0 ? null : String(n - 1)));
    const text = lines(header, ...chain, user("x", "4000"), user("y", "10"));
    const branches = indexOf(text).branches.map(({ line, parentOffset }) => [line, parentOffset]);
    assert.deepEqual(branches, [
      [5002, text.indexOf(`{"type":"message","id":"${id("4000")}"`)],
      [5003, undefined],
    ]);
  });

  it("keeps a bounded number of branches, problems and kinds", () => {
    const branches = Array.from({ length: 10_002 }, (_, n) => user(String(n), "elsewhere"));
    const rubbish = Array.from({ length: 60 }, () => "[]");
    const kinds = Array.from({ length: 40 }, (_, n) => `{"type":"kind${n}","id":"k${n}"}`);
    const index = indexOf(lines(header, ...branches, ...rubbish, ...kinds));
    assert.deepEqual(
      [index.branches.length, index.branchesComplete, index.problemCount, index.problems.length],
      [10_000, false, 60, 50],
    );
    assert.deepEqual([Object.keys(index.kinds).length, index.kinds["message"]], [32, 10_002]);
  });

  it("counts what machines sent, however the letters are written", () => {
    const escaped = (text: string, at: number): string =>
      `${text.slice(0, at)}\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}${text.slice(at + 1)}`;
    for (const prompt of [...otherPrompts, "Read HEARTBEAT.md if it exists", "System: [x"]) {
      const machines = [prompt, prompt.replaceAll("/", "\\/"), ...Array.from(prompt, (_, at) => escaped(prompt, at))];
      const others = [`${prompt.slice(0, -1)}\\n`, prompt.slice(0, -1), `\\n${prompt}`, escaped(`x${prompt}`, 0)];
      const index = indexOfTexts([...machines, ...others]);
      const machine = prompt === "System: [x" ? machines.length + 2 : machines.length;
      assert.equal(index.roles.machine, machine, prompt);
    }
  });

  it("looks behind notices of the gateway", () => {
    const notice = "System: [2026-04-22 09:00:01 UTC] x";
    const ends = [
      "\\n\\n",
      "\\n\\n\\n",
      "\\n",
      "\\n ",
      "\\u000a\\u000a",
      "\\n\\u000a",
      "\\\\n\\\\n",
      '\\"\\n\\n',
      "\\\\\\n\\n",
    ];
    for (const rest of ["", "Read HEARTBEAT.md if it exists", "hello", '\\"', notice, `${notice}\\n\\n[cron:`]) {
      indexOfTexts(ends.map((end) => notice + end + rest));
    }
    indexOfTexts(["<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>x", `${notice}\\n\\n<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>x`]);
  });

  it("finds the cron job of the first user message only", () => {
    const first = lines(header, user("a", null, "[cron:job-1 nightly] check"), user("b", "a", "[cron:job-2 x] y"));
    assert.equal(indexOf(first).cronJobId, "job-1");
    assert.equal(indexOf(lines(header, user("a", null), user("b", "a", "[cron:job-2 x] y"))).cronJobId, undefined);
  });

  it("finds the sessions that bootstrap rows name", () => {
    const row = (name: string, parent: string | null, session: string): string =>
      `{"type":"custom","customType":"openclaw:bootstrap-context:full","data":{"sessionId":"${session}"},${envelope(name, parent)}}`;
    const text = lines(header, row("a", null, "s1"), row("b", "a", "s0"), row("c", "b", "s1"), user("d", "c"));
    assert.deepEqual(indexOf(text).bootstrapSessionIds, ["s1", "s0"]);
  });

  it("counts blank lines as lines, however many stand next to each other", () => {
    const blank = "\n".repeat(PAGE_BYTES + 5);
    const text = Buffer.from(`\n${lines(header, user("a", null))}${blank}${lines(assistant("b", "a"))}\n\n`);
    const index = indexOf(text);
    assert.deepEqual(index, referenceIndex(text));
    const builder = new IndexBuilder();
    for (let at = 0; at < text.length; at += 1_000) builder.push(text.subarray(at, at + 1_000));
    assert.deepEqual(builder.end(), index);
  });

  it("counts blank lines without looking at each", () => {
    const builder = new IndexBuilder();
    const chunk = Buffer.alloc(1024 * 1024, "\n");
    for (let at = 0; at < 32; at++) builder.push(chunk);
    assert.equal(builder.end().lines, 32 * chunk.length);
  });

  it("tells for each page which line begins it", () => {
    const filler = "x".repeat(PAGE_BYTES / 2 - 100);
    const text = lines(
      header,
      user("a", null, filler),
      user("b", "a", filler),
      user("c", "b", "x".repeat(3 * PAGE_BYTES)),
      user("d", "c"),
    );
    const index = indexOf(text);
    assert.deepEqual(index.pageFirstLine, referenceIndex(Buffer.from(text)).pageFirstLine);
    assert.deepEqual(index.pageFirstLine, [1, 4, 5, 5, 5]);
  });
});

describe("IndexBuilder, damage", () => {
  it("is told by line", () => {
    const half = user("b", "a").slice(0, 90);
    const text = lines(
      header,
      user("a", null),
      half,
      "[]",
      `${"\0".repeat(284)}${user("c", "a")}`,
      `${user("d", "c")}\r`,
    );
    assert.deepEqual(codes(indexOf(text)), [
      "line.half @3",
      "line.not-object @4",
      "line.nul-bytes @5",
      "line.carriage-returns @6",
    ]);
  });

  it("is counted behind the first fifty problems as it is before", () => {
    const damaged = lines(
      "garbage",
      "{garbage",
      '{"type":"message","id":"a',
      "[]",
      "\0\0",
      "\0{}",
      "",
      '{"a":1}',
      "\r",
      "{a",
    );
    const text = header + "\n" + damaged.repeat(30);
    const { problemCount, problems, entries } = indexOf(text);
    const whole = referenceIndex(Buffer.from(text));
    assert.deepEqual([problemCount, problems, entries], [whole.problemCount, whole.problems, whole.entries]);
    assert.ok(problemCount > 200);
  });

  it("carriage returns once per file, also when it is read on", () => {
    const text = `${header}\r\n${user("a", null)}\r\n${user("b", "a")}\r\n`;
    assert.deepEqual(codes(indexOf(text)), ["line.carriage-returns @1"]);
    assert.deepEqual(codes(indexOf(text, { resumeFrom: indexOf(text.slice(0, 150)) })), ["line.carriage-returns @1"]);
  });

  it("a half record that a later one was appended to, seen by what the next entry names as its parent", () => {
    const torn = assistant("b", "a").slice(0, 150) + assistant("c", "a");
    const index = indexOf(lines(header, user("a", null), torn, user("d", "c"), user("e", "d")));
    assert.deepEqual(codes(index), ["line.half @3"]);
    assert.deepEqual([index.entries, index.roles.assistant, index.branches], [4, 1, []]);
  });

  it("what lies between head and tail is seen in the last line, and not in others: a document shows it", () => {
    for (const damage of ["\\q", "\t", '"', "\u0001"]) {
      const sound = lines(
        header,
        user("a", null),
        user("b", "a", "xx"),
        assistant("c", "b", "xx"),
        user("d", "c", "yy"),
      );
      const invisible = lines(
        header,
        user("a", null),
        user("b", "a", `x${damage}`),
        assistant("c", "b", damage),
        user("d", "c", "yy"),
      );
      const differs = { bytes: 0, pageFirstLine: [] };
      assert.deepEqual(
        { ...indexOf(invisible), ...differs },
        { ...indexOf(sound), ...differs },
        JSON.stringify(damage),
      );
      assert.equal(referenceIndex(Buffer.from(invisible)).problemCount, 2);

      const last = lines(header, user("a", null), user("b", "a", damage));
      assert.deepEqual(indexOf(last), referenceIndex(Buffer.from(last)));
    }
  });

  it("several records on one line, whichever the next entry names as its parent", () => {
    for (const parent of ["a", "b", "c"]) {
      const two = user("b", "a") + user("c", "b");
      const index = indexOf(lines(header, user("a", null), two, user("d", parent)));
      assert.deepEqual([index.entries, codes(index)], [4, ["line.not-json @3"]]);
      const half = user("b", "a") + user("c", "b", '"}}').slice(0, -30);
      assert.deepEqual(codes(indexOf(lines(header, user("a", null), half, user("d", parent)))), ["line.half @3"]);
    }
  });

  it("half a record is not seen when the whole one behind it on the line has the same id", () => {
    const whole = user("b", "a");
    const again = whole.slice(0, whole.indexOf("hello") + 2) + whole;
    const index = indexOf(lines(header, user("a", null), again, user("c", "b")));
    assert.deepEqual([index.entries, codes(index)], [3, []]);
  });

  it("two keys of one name in one object: the quick look takes the first, a full parse the last", () => {
    const twice = user("b", "a").replace('"role":"user"', '"role":"user","content":"x","role":"assistant"');
    const index = indexOf(lines(header, user("a", null), twice, user("c", "b")));
    assert.deepEqual([index.roles.user, index.roles.assistant], [3, 0]);
  });
});

describe("IndexBuilder, reading on", () => {
  const first = lines(header, user("a", null), assistant("b", "a"));
  const second = lines(user("c", "b"), assistant("d", "c"));

  it("gives what reading anew gives", () => {
    assert.deepEqual(indexOf(first + second, { resumeFrom: indexOf(first) }), indexOf(first + second));
  });

  it("does not count a last line twice that had no newline yet", () => {
    for (let cut = 1; cut < second.length; cut++) {
      const before = indexOf(first + second.slice(0, cut));
      assert.equal(before.bytes, first.length + cut);
      assert.deepEqual(indexOf(first + second, { resumeFrom: before }), indexOf(first + second), `cut at ${cut}`);
    }
  });

  it("finds the pages that a long last line lies across, once it has ended", () => {
    const before = first + user("c", "b", "x".repeat(2 * PAGE_BYTES));
    const after = `${before}\n${second.slice(second.indexOf("\n") + 1)}`;
    assert.deepEqual(indexOf(before).pageFirstLine, [1, 5, 5]);
    const resumed = indexOf(after, { resumeFrom: indexOf(`${before}\n`) });
    assert.deepEqual(resumed.pageFirstLine, [1, 5, 5]);
    assert.deepEqual(resumed, indexOf(after));
  });

  it("says where to read on", () => {
    assert.equal(new IndexBuilder({ resumeFrom: indexOf(first) }).nextOffset, first.length);
    assert.equal(new IndexBuilder({ resumeFrom: indexOf(`${first}{"ha`) }).nextOffset, first.length);
  });
});
