import assert from "node:assert/strict";
import type { Snapshot } from "../../src/core/conversation/model";
import type { Problem } from "../../src/core/problem";
import { displayWidth } from "../../src/core/text/displayWidth";
import { escapedJson } from "../../src/cli/escapedJson";
import { listJson } from "../../src/cli/listJson";
import { listTable } from "../../src/cli/listTable";
import { agent, conversation, file, minutes, snapshot, window } from "./snapshotBuilder";

const plain = { bold: String, dim: String, warning: String };

function table(of: Snapshot, options: { all?: boolean; width?: number } = {}): string {
  return [...listTable(of, { all: false, width: undefined, style: plain, timeZone: "UTC", ...options })].join("");
}

describe("list, as a table", () => {
  const story = snapshot(
    [
      agent(
        [
          conversation(
            "agent:main:main",
            window("a32f58af-1111", "live", {
              primary: file("a32f58af-1111.jsonl", { bytes: 41_984, user: 700, assistant: 534 }),
            }),
            window("61920df1-2222", "reset", {
              archivedAt: minutes(35),
              primary: file("61920df1-2222.jsonl.reset.2026-07-21T09-35-27.028Z", {
                problems: [{ code: "line.half", message: "Line 12 is cut off.", file: "/s/x.jsonl", line: 12 }],
              }),
            }),
            window("61920df1-3333", "missing", { lastAt: undefined }),
          ),
          conversation("agent:main:telegram:direct:5551234", window("7254be28-4444", "live")),
          conversation("agent:main:main:heartbeat", window("15d448e0-5555", "live")),
        ],
        { orphans: [window("e9c97c84-6666", "orphan", { join: undefined })] },
      ),
    ],
    {
      problems: [
        { code: "config.include", message: "The config \u001b[31mincludes\u001b[0m a file that is not there." },
      ],
    },
  );

  it("lists people's conversations with their windows, and says what it left out", () => {
    assert.equal(
      table(story),
      `/s · OpenClaw 2026.7.35 (last wrote the config)

Agent main
 Conversation                Messages   Size  Last entry        Show with
 main
   current                      1,234  41 KB  2026-07-21 09:30  a32f58af
   reset 2026-07-21 09:35 ⚠         4   2 KB  2026-07-21 09:30  61920df1-2
   file is missing                  –      –  –                 61920df1-3
 Telegram · direct chat 5551234
   current                          4   2 KB  2026-07-21 09:30  7254be28
 Not joined to a conversation
   left behind                      4   2 KB  2026-07-21 09:30  e9c97c84
  1 heartbeat, cron or sub-agent conversation more: --all shows it.

Problems
  ⚠ The config ␛[31mincludes␛[0m a file that is not there.
  ⚠ Line 12 is cut off.
    /s/x.jsonl:12
`,
    );
  });

  it("lists machines with --all", () => {
    assert.match(table(story, { all: true }), /\n Heartbeat of main\n {3}current /);
  });

  it("fits a narrow terminal by cutting names, wide characters included", () => {
    const wide = snapshot([agent([conversation(`agent:main:${"漢字".repeat(30)}`, window("7254be28-4444", "live"))])]);
    const lines = table(wide, { width: 60 }).split("\n");
    assert.deepEqual(
      lines.filter((line) => displayWidth(line) > 60),
      [],
    );
    assert.match(lines.join("\n"), /[漢字]…\n/);
  });

  it("leaves columns out where it is narrow, never what a window is", () => {
    for (const width of [44, 60, 80]) {
      const lines = table(story, { width }).split("\n");
      assert.deepEqual(
        lines.filter((line) => displayWidth(line) > width),
        [],
      );
      assert.ok(
        lines.some((line) => /^ {3}reset 2026-07-21 09:35 ⚠ .*61920df1-2$/.test(line)),
        lines.join("\n"),
      );
    }
  });

  it("is as wide as its longest name where nothing has to fit", () => {
    const name = "a".repeat(100);
    const long = snapshot([agent([conversation(`agent:main:${name}`, window("7254be28-4444", "live"))])]);
    assert.ok(table(long).includes(` ${"a".repeat(79)}…\n`));
  });

  it("names windows of one session by their window ids", () => {
    const twice = snapshot([
      agent([
        conversation(
          "agent:main:main",
          window("a32f58af-1111", "live", { windowId: "main/a32f58af-1111/e1" }),
          window("a32f58af-1111", "reset", { windowId: "main/a32f58af-1111/e2" }),
        ),
      ]),
    ]);
    assert.match(table(twice), /main\/a32f58af-1111\/e1\n.*main\/a32f58af-1111\/e2\n/);
  });

  it("lists the twenty newest windows of a conversation, and counts the others", () => {
    const windows = (count: number) =>
      Array.from({ length: count }, (_, n) => window(`${String(n).padStart(8, "0")}-1111`, "reset"));
    const of = (count: number) => snapshot([agent([conversation("agent:main:main", ...windows(count))])]);
    const ends = (text: string) => text.trimEnd().split("\n").at(-1)?.trim().replace(/ +/g, " ");
    assert.deepEqual([table(of(20)), table(of(21)), table(of(332)), table(of(332), { all: true })].map(ends), [
      "reset 4 2 KB 2026-07-21 09:30 00000019",
      "… 1 earlier window: --all shows it.",
      "… 312 earlier windows: --all shows them.",
      "reset 4 2 KB 2026-07-21 09:30 00000331",
    ]);
  });

  it("counts the problems that it does not list, and lists those of a window in two conversations once", () => {
    const problems = Array.from({ length: 50 }, (_, n): Problem => ({
      code: "line.half",
      message: `Line ${String(n + 1)} is cut off.`,
      line: n + 1,
    }));
    const damaged = file("a32f58af-1111.jsonl", { problems, problemCount: 300 });
    const twice = window("a32f58af-1111", "live", { primary: damaged });
    const text = table(
      snapshot([agent([conversation("agent:main:main", twice), conversation("agent:main:work", twice)])]),
    );
    assert.deepEqual(
      [text.match(/Line 1 is cut off/g)?.length, text.trimEnd().split("\n").at(-1)],
      [1, "  280 more: --json lists up to 50 of each file."],
    );
  });

  it("says so when there is nothing", () => {
    assert.equal(
      table(snapshot([agent([])], { era: "empty", version: undefined })),
      "/s · no sessions\n\nAgent main\n  No conversations.\n",
    );
  });

  it("draws thousands of windows in a moment", () => {
    const many = Array.from({ length: 1000 }, (_, n) => window(`${String(n).padStart(8, "0")}-1111`, "reset"));
    const start = performance.now();
    const of = snapshot([agent([conversation("agent:main:main", ...many)])]);
    assert.equal(table(of, { all: true }).split("\n").length, 1006);
    assert.ok(performance.now() - start < 1500);
  });
});

describe("list, as JSON", () => {
  it("is the documented object", () => {
    const half = { code: "line.half", message: "Line 12 is cut off.", file: "/s/x.jsonl", line: 12 } as const;
    const copy = file("61920df1-2222.jsonl.bak.2026-07-21T09-20-00.000Z", { problems: [half] });
    const reset = window("61920df1-2222", "reset", { copies: [copy], problems: [half] });
    const missing = window("0", "missing", { firstAt: undefined, lastAt: NaN });
    const of = snapshot(
      [agent([conversation("agent:main:main", reset)], { orphans: [{ ...missing, join: undefined }] })],
      {
        problems: [{ code: "config.include", message: "No such file.", file: "/s/openclaw.json" }],
      },
    );
    assert.deepEqual(JSON.parse(JSON.stringify(listJson(of))), {
      schema: 1,
      stateDirs: [
        {
          path: "/s",
          era: "files",
          version: { value: "2026.7.35", source: "openclaw.json" },
          agents: [
            {
              id: "main",
              conversations: [
                {
                  key: "agent:main:main",
                  windows: [
                    {
                      windowId: "main/61920df1-2222/-",
                      sessionId: "61920df1-2222",
                      kind: "reset",
                      file: "/s/agents/main/sessions/61920df1-2222.jsonl",
                      bytes: 2048,
                      entries: 7,
                      messages: 4,
                      firstAt: "2026-07-21T09:00:00.000Z",
                      lastAt: "2026-07-21T09:30:00.000Z",
                      joinedBy: "store-row",
                      copies: [
                        {
                          file: "/s/agents/main/sessions/61920df1-2222.jsonl.bak.2026-07-21T09-20-00.000Z",
                          bytes: 2048,
                          entries: 7,
                          messages: 4,
                        },
                      ],
                      problemCount: 1,
                      problems: [{ code: "line.half", message: "Line 12 is cut off.", file: "/s/x.jsonl", line: 12 }],
                    },
                  ],
                },
              ],
              orphans: [
                {
                  windowId: "main/0/-",
                  sessionId: "0",
                  kind: "missing",
                  file: null,
                  bytes: null,
                  entries: null,
                  messages: null,
                  firstAt: null,
                  lastAt: null,
                  joinedBy: null,
                  copies: [],
                  problemCount: 0,
                  problems: [],
                },
              ],
            },
          ],
        },
      ],
      problems: [{ code: "config.include", message: "No such file.", file: "/s/openclaw.json" }],
    });
  });
});

describe("JSON for a terminal", () => {
  it("holds nothing that a terminal obeys or hides, and is the same value", () => {
    const value = { "agent:\u009b2J\u202e": ["\u001b\u007f\u0085\u2028\ufeff\u{e0041}", "a\nb", "é 漢 😀"] };
    const text = escapedJson(value);
    assert.deepEqual([JSON.parse(text), /[\u007f-\u009f\u2028\u202e\ufeff\u{e0041}]/u.test(text)], [value, false]);
    assert.equal(
      text,
      `{
  "agent:\\u009b2J\\u202e": [
    "\\u001b\\u007f\\u0085\\u2028\\ufeff\\udb40\\udc41",
    "a\\nb",
    "é 漢 😀"
  ]
}`,
    );
  });
});
