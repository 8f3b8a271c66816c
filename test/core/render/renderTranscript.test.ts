import { deepEqual, equal } from "node:assert/strict";
import { partKey } from "../../../src/core/render/partId";
import type { RenderedTranscript, RenderOptions, Section } from "../../../src/core/render/rendered";
import { renderMarkdown } from "../../../src/core/render/renderMarkdown";
import { renderTranscript } from "../../../src/core/render/renderTranscript";
import { IndexBuilder } from "../../../src/core/index/indexBuilder";
import type { BranchStart } from "../../../src/core/index/transcriptIndex";
import { branchesOfIndex } from "../../../src/core/transcript/branchesOfIndex";
import { header, itemsOf, type Line, msg, row } from "../transcript/records";
import { bare, options, pageOf, pageOfItems, title } from "./pages";

const indexOfNothing = new IndexBuilder().end();
const usage = { input: 4416, output: 55, cacheRead: 0, cacheWrite: 0, totalTokens: 4471, cost: { total: 0.0034 } };
const model = { provider: "local", model: "fake-1", stopReason: "stop" };

describe("a transcript as text", () => {
  it("a short conversation, whole", () => {
    const page = pageOf(
      header(),
      row("model_change", "m", null, { provider: "local", modelId: "fake-1" }),
      msg(
        "u1",
        "m",
        "user",
        'Sender (untrusted metadata):\n```json\n{"label":"Ada (42)"}\n```\n\n[Wed 2026-04-22 18:15 UTC] Can you list the files?\nAll of them.',
      ),
      msg(
        "a1",
        "u1",
        "assistant",
        [
          { type: "thinking", thinking: "They want a list.\nLet me look." },
          { type: "text", text: "Let me look." },
          { type: "toolCall", id: "c1", name: "exec", arguments: { command: "ls" } },
        ],
        { ...model, stopReason: "toolUse", usage },
        16,
      ),
      msg(
        "t1",
        "a1",
        "toolResult",
        [{ type: "text", text: "notes.md\nsummary.md\n" }],
        { toolCallId: "c1", toolName: "exec", isError: false, details: { exitCode: 0, durationMs: 27 } },
        16,
      ),
      msg("a2", "t1", "assistant", [{ type: "text", text: "Two files." }], { ...model, usage }, 17),
    );
    equal(
      renderTranscript(page, options({ live: true })).text,
      `
main · agent:main:main · current window
session s-1 · started 2026-04-22 18:15:00 · transcript format 3
file s-1.jsonl · working directory /home/ada/.openclaw/workspace

· model local/fake-1 · 2026-04-22 18:15:01

━━ user Ada (42) · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━
    Can you list the files?
    All of them.
  ▸ sender metadata, 4 lines, 61 bytes

◆ assistant · local/fake-1 · 18:16:06 · 4,416 tokens in · 55 out · $0.0034
  ▸ thinking, 2 lines, 30 bytes
    Let me look.
  → exec {"command":"ls"}
  ← exec · ok · 27 ms · 18:16:06
    notes.md
    summary.md

◆ assistant · local/fake-1 · 18:17:06 · 4,416 tokens in · 55 out · $0.0034
    Two files.

· end of the transcript · live: new entries appear here
`.slice(1),
    );
  });

  it("what everything hangs on: sections, links, hovers, entries", () => {
    const page = pageOf(
      header(),
      msg("u1", null, "user", "hello"),
      msg("a1", "u1", "assistant", [{ type: "thinking", thinking: "hm" }], model, 16),
      msg("t1", "a1", "toolResult", [{ type: "text", text: "ok" }], { toolName: "read" }, 16),
    );
    const rendered = renderTranscript(page, options(bare));
    equal(
      rendered.text,
      `
· header of session s-1 · 2026-04-22 18:15:00

━━ user · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    hello

◆ assistant · local/fake-1 · 18:16:06
  ▸ thinking, 1 line, 2 bytes
  ← read · ok · 18:16:06
    ok
`.slice(1),
    );
    deepEqual(sectionLines(rendered.sections), [
      "2-8 user: hello (2026-04-22 18:15:06)",
      "  5-8 assistant (18:16:06)",
      "    7-8 read: ok (18:16:06)",
    ]);
    const { offset } = page.items[2]?.position ?? { offset: -1 };
    deepEqual(rendered.links, [
      {
        line: 6,
        startCharacter: 4,
        endCharacter: 29,
        target: { kind: "part", offset, part: "thinking-0" },
        tooltip: "Open thinking as a document",
      },
    ]);
    deepEqual(spans(rendered, rendered.hovers), [
      "2026-04-22 18:15:00 → 2026-04-22T18:15:00.000Z",
      "2026-04-22 18:15:06 → 2026-04-22T18:15:06.123Z",
      "18:16:06 → 2026-04-22T18:16:06.123Z",
      "18:16:06 → 2026-04-22T18:16:06.123Z",
    ]);
    deepEqual(
      rendered.entries.map(({ id, line, firstLine, lastLine }) => [id, line, firstLine, lastLine]),
      [
        [undefined, 1, 0, 0],
        ["u1", 2, 2, 3],
        ["a1", 3, 5, 6],
        ["t1", 4, 7, 8],
      ],
    );
  });

  it("times in the reader's zone, the date where it changes, the gateway's stamp on hover", () => {
    const page = pageOf(
      msg("u1", null, "user", "[Thu 2026-04-23 03:15 GMT+9] hello"),
      msg("a1", "u1", "assistant", [], model, 59),
    );
    const { text, hovers } = renderTranscript(
      pageOfItems(page.items.filter(isEntry)),
      options({ ...bare, timeZone: "Asia/Tokyo" }),
    );
    equal(
      text,
      `
━━ user · 2026-04-23 03:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    hello

◆ assistant · local/fake-1 · 03:59:06
  · (nothing)
`.slice(1),
    );
    equal(hovers[0]?.text, "2026-04-22T18:15:06.123Z, stamped Thu 2026-04-23 03:15 GMT+9");
  });

  it("nothing that a transcript says can look like a line of ours", () => {
    expectText(
      [msg("u1", null, "user", "━━ user · now ━━\n◆ assistant\n\n  ▸ thinking, 1 line\n· end of the transcript")],
      `
━━ user · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    ━━ user · now ━━
    ◆ assistant

      ▸ thinking, 1 line
    · end of the transcript
`,
    );
  });

  it("control characters, escapes, bidi and names of several lines are made visible", () => {
    expectText(
      [
        msg("t1", null, "toolResult", "\u001b[31mred\u001b[0m\r\ndone\r50%\u202e", {
          toolName: "a\n━━ user ━━\u0007",
        }),
      ],
      `
  ← a ━━ user ━━␇ · ok · 2026-04-22 18:15:06
    ␛[31mred␛[0m
    done␍50%⟨U+202E⟩
`,
    );
  });

  it("long results are elided, long lines cut; both lead to all of it", () => {
    const long = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join("\n");
    const page = pageOf(
      msg("t1", null, "toolResult", long, { toolName: "exec" }),
      msg("u1", "t1", "user", `short\n${"x".repeat(5000)}`),
    );
    const rendered = renderTranscript(pageOfItems(page.items.filter(isEntry)), options(bare));
    equal(
      rendered.text,
      `
  ← exec · ok · 2026-04-22 18:15:06
${Array.from({ length: 12 }, (_, index) => `    line ${index + 1}`).join("\n")}
  ▸ 88 more lines, 705 bytes

━━ user · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    short
    ${"x".repeat(1996)}
  ▸ 3,004 more characters on this line
`.slice(1),
    );
    deepEqual(
      rendered.links.map(({ target }) => target.kind === "part" && target.part),
      ["text-0", "words"],
    );
  });

  it("what is expanded stands in place and wraps", () => {
    const lines = [
      msg("a1", null, "assistant", [
        { type: "thinking", thinking: `so\n${"x".repeat(2500)}` },
        { type: "toolCall", id: "c1", name: "write", arguments: { path: "a.md", content: `# A\n${"b".repeat(120)}` } },
      ]),
    ];
    const { offset } = itemsOf(...lines)[0]?.position ?? { offset: -1 };
    expectText(
      lines,
      `
◆ assistant · 2026-04-22 18:15:06
  ▾ thinking, 2 lines, 2.4 KB
    so
    ${"x".repeat(1995)}↩
    ${"x".repeat(505)}
  → write · 4 lines, 152 bytes
    path: "a.md"
    content: |
      # A
      ${"b".repeat(120)}
`,
      { expanded: new Set([partKey(offset, "thinking-0"), partKey(offset, "arguments-1")]) },
    );
  });

  it("rows that say nothing are one line each", () => {
    expectText(
      [
        row("model_change", "1", null, { provider: "anthropic", modelId: "claude" }),
        row("thinking_level_change", "2", "1", { thinkingLevel: "low" }),
        row("custom", "3", "2", { customType: "model-snapshot", data: { a: 1, b: [true] } }),
        row("label", "4", "3", { targetId: "1", label: "before refactor" }),
        row("session_info", "5", "4", { name: "Patent planning" }),
        row("leaf", "6", "5", { targetId: "5" }),
        row("link", "7", "6", { to: "x" }),
      ],
      `
· model anthropic/claude · 2026-04-22 18:15:01
· thinking level low · 18:15:01
· custom model-snapshot · 18:15:01 · data, 3 lines, 16 bytes
· label before refactor · entry 1 · 18:15:01
· session is named Patent planning · 18:15:01
· the conversation continues elsewhere · entry 5 · 18:15:01
? row of unknown kind link · {"type":"link","id":"7","parentId":"6","timestamp":"2026-04-22T18:15:01.000Z","to":"x"} · 18:15:01
`,
    );
  });

  it("compactions, branch summaries and resets", () => {
    expectText(
      [
        row("compaction", "1", null, { summary: "## Goal\nShip it.", firstKeptEntryId: "9be0", tokensBefore: 151200 }),
        row("branch_summary", "2", "1", { fromId: "0", summary: "Tried B." }),
        row("reset", "3", "2", { reason: "daily" }),
      ],
      `
┄┄ compaction · 2026-04-22 18:15:01 · 151,200 tokens before
  · from here on the model sees this summary instead of what came before · entries from 9be0 on are kept
    ## Goal
    Ship it.

○ summary of an abandoned branch · 18:15:01
    Tried B.

══ reset, reason daily · 2026-04-22 18:15:01 ═══════════
  · the model no longer sees what came before
`,
    );
  });

  it("machines that speak to the agent, and answers that nobody gets", () => {
    expectText(
      [
        msg(
          "u1",
          null,
          "user",
          "System: [2026-03-31 04:01:00 UTC] Exec failed (build, code 1)\n\n[OpenClaw heartbeat poll]",
        ),
        row("custom_message", "c1", "u1", { customType: "openclaw.runtime-context", content: "a\nb", display: false }),
        msg("a1", "c1", "assistant", [{ type: "text", text: "HEARTBEAT_OK" }], model),
        msg(
          "u2",
          "a1",
          "user",
          "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\n<<<BEGIN_UNTRUSTED_CHILD_RESULT>>>\n42 words\n<<<END_UNTRUSTED_CHILD_RESULT>>>",
          {
            provenance: {
              kind: "inter_session",
              sourceSessionKey: "agent:main:subagent:7",
              sourceTool: "subagent_announce",
            },
          },
        ),
        msg("a2", "u2", "assistant", [{ type: "text", text: "✅ New session started." }], {
          provider: "openclaw",
          model: "gateway-injected",
        }),
      ],
      `
── heartbeat · 2026-04-22 18:15:06 ─────────────────────
    [OpenClaw heartbeat poll]
  · system events
    System: [2026-03-31 04:01:00 UTC] Exec failed (build, code 1)

○ runtime context · hidden from the user · 18:15:01
  ▸ text, 2 lines, 3 bytes

◆ assistant · local/fake-1 · 18:15:06 · silent: not delivered
    HEARTBEAT_OK

── message from another session · from agent:main:subagent:7 · subagent_announce · 2026-04-22 18:15:06
  ▸ runtime context, 4 lines, 114 bytes
    42 words

◇ OpenClaw · written by the gateway · 18:15:06
    ✅ New session started.
`,
    );
  });

  it("images, blocks of other harnesses, errors, commands of the user", () => {
    expectText(
      [
        msg("u1", null, "user", [
          { type: "text", text: "look" },
          { type: "image", data: "iVBORw0KGgo=", mimeType: "image/png" },
          { type: "video", url: "x" },
          { type: "tool_result", tool_use_id: "c", is_error: true, content: [{ type: "text", text: "no" }] },
        ]),
        msg("a1", "u1", "assistant", [], { ...model, stopReason: "error", errorMessage: "overloaded" }),
        msg("b1", "a1", "bashExecution", undefined, { command: "ls", output: "a\nb", exitCode: 2 }),
        msg("x1", "b1", "narrator", "Meanwhile"),
      ],
      `
━━ user · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    look
  ▦ image image/png, 8 bytes
  ▸ block of unknown kind video, 2 lines, 22 bytes
  ← result · failed
    no

◆ assistant · local/fake-1 · 18:15:06 · stopped: error
  ⚠ the model's provider reported an error
    overloaded

── bash · exit code 2 · 2026-04-22 18:15:06 ────────────
    ls
  ← output
    a
    b

? message of unknown role narrator · 18:15:06
    Meanwhile
`,
    );
  });

  it("of several calls at once, each result says which it is of", () => {
    const call = (id: string, path: string) => ({ type: "toolCall", id, name: "read", arguments: { path } });
    expectText(
      [
        msg("a1", null, "assistant", [call("c1", "a.md"), call("c2", "b.md")]),
        msg("t2", "a1", "toolResult", "B", { toolName: "read", toolCallId: "c2" }),
        msg("t1", "t2", "toolResult", "A", { toolName: "read", toolCallId: "c1", isError: true }),
      ],
      `
◆ assistant · 2026-04-22 18:15:06
  → read {"path":"a.md"}
  → read {"path":"b.md"}
  ← read · ok · {"path":"b.md"} · 18:15:06
    B
  ← read · failed · {"path":"a.md"} · 18:15:06
    A
`,
    );
  });

  it("abandoned branches are shown where they stand, marked, and fold", () => {
    const page = pageOf(
      header(),
      msg("u1", null, "user", "one"),
      msg("a1", "u1", "assistant", "first try"),
      msg("u2", "a1", "user", "two"),
      msg("b1", "u1", "assistant", "second try"),
    );
    const rendered = renderTranscript(page, options({ without: { footer: true } }));
    equal(
      rendered.text.split("\n").slice(4).join("\n"),
      `
━━ user · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    one

⎇ 2 entries on an abandoned branch: the conversation went on from an earlier entry

◆ assistant · 18:15:06 · abandoned
    first try

━━ user · 2026-04-22 18:15:06 · abandoned ━━━━━━━━━━━━━━
    two

◆ assistant · 18:15:06
    second try
`.slice(1),
    );
    deepEqual(sectionLines(rendered.sections), [
      "4-5 user: one (2026-04-22 18:15:06)",
      "7-13 2 entries on an abandoned branch: the conversation went on from an earlier entry ()",
      "  9-10 assistant: first try (18:15:06)",
      "  12-13 user: two (2026-04-22 18:15:06)",
      "15-16 assistant: second try (18:15:06)",
    ]);
  });

  it("damage stands where it is, with line and reason, and what could be read of the line", () => {
    const page = pageOf(header(), "not JSON at all", msg("u1", null, "user", "hello"), '{"type":"message"}', "[1]");
    const { text } = renderTranscript(page, options({ without: { footer: true } }));
    equal(
      // Where in the line differs by release of Node.
      text
        .replace(/ from character \d+ on/, "")
        .split("\n")
        .slice(4)
        .join("\n"),
      `
⚠ line 2 · The line is not valid JSON.
    not JSON at all

━━ user · 2026-04-22 18:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    hello

? row of unknown kind message · {"type":"message"}
⚠ line 4 · The record is laid out in a way this version does not know; it is shown as it is.
⚠ line 5 · The line is valid JSON, but no object; a transcript holds one object per line.
    [1]
`.slice(1),
    );
  });

  it("damage of the tree stands at the entry it is about, also on a page of which the index knows more", () => {
    const say = (id: string, parentId: string): Line => msg(id, parentId, "user", id);
    const page = pageOf(header(), msg("u1", null, "user", "u1"), say("u2", "lost"), say("u2", "u2"), say("x", "x"));
    const damage = (rendered: { readonly text: string }): string[] =>
      rendered.text.split("\n").filter((line) => line.startsWith("⚠"));
    const expected = [
      "⚠ line 3 · No readable entry of the file has the id lost that this one names as its parent; entries before it are not reached. · detached",
      "⚠ line 4 · Id u2 is given to more than one entry; later entries continue from the latest one. · detached",
      "⚠ line 5 · The chain of parents goes in a circle at entry x; entries before it are not reached.",
    ];
    deepEqual(damage(renderTranscript(page, options())), expected);
    equal(renderMarkdown(page, options()).match(/No readable entry|Id u2|goes in a circle/g)?.length, 3);

    const index = { ...indexOfNothing, branches: [branch(3, "u2", "lost"), branch(5, "x", "x")] };
    const known = { branches: branchesOfIndex(index) };
    deepEqual(damage(renderTranscript({ ...page, nextPage: 1 }, options(known))), [expected[0], expected[2]]);
    deepEqual(damage(renderTranscript({ ...page, nextPage: 1 }, options())), []);

    function branch(line: number, id: string, parentId: string): BranchStart {
      const { offset } = page.items[line - 1]?.position ?? { offset: 0 };
      return { line, offset, id, parentId, ...(id === parentId ? { parentOffset: offset } : { parentMissing: true }) };
    }
  });

  it("of very many rows in a row, some are shown and all are counted", () => {
    const page = pageOf(header(), ...Array.from({ length: 500 }, () => "x"));
    const { text, entries, links } = renderTranscript(page, options({ without: { footer: true } }));
    const lines = text.trimEnd().split("\n");
    equal(lines.filter((line) => line.startsWith("⚠")).length, 100);
    equal(lines.at(-1), "  ▸ 400 more rows like these are only in the file");
    equal(entries.length, 501);
    deepEqual(links.at(-1)?.target, { kind: "raw-line", offset: page.items[101]?.position.offset });
  });

  it("pages lead to their neighbours; the header holds no counts", () => {
    const items = itemsOf(msg("u1", null, "user", "hello")).filter(isEntry);
    const page = pageOfItems(items, { header: itemsOf(header())[0], previousPage: 2, nextPage: 4, pageCount: 12 });
    const archived = { ...title, kind: "reset", archivedAt: Date.parse("2026-04-23T06:05:03.372Z") } as const;
    const rendered = renderTranscript(page, options({ timeZone: "Europe/Berlin", title: archived }));
    equal(
      rendered.text,
      `
main · agent:main:main · set aside by a reset · 2026-04-23 08:05:03
session s-1 · started 2026-04-22 20:15:00 · transcript format 3
file s-1.jsonl · working directory /home/ada/.openclaw/workspace
‹ earlier entries · first page

━━ user · 2026-04-22 20:15:06 ━━━━━━━━━━━━━━━━━━━━━━━━━━
    hello

› later entries · end
`.slice(1),
    );
    deepEqual(
      rendered.links.map(({ target }) => target),
      [{ kind: "page", page: 2 }, { kind: "page", page: 0 }, { kind: "page", page: 4 }, { kind: "end" }],
    );
  });

  it("says beneath the name how the window before ended, with ways to it and to the explanation", () => {
    const target = { kind: "window", stateDir: "/s", windowId: "main/old-1/-", file: "/s/old-1.jsonl" } as const;
    const why = { kind: "rotation", stateDir: "/s", rotationId: "r" } as const;
    const shown = (isPlain: boolean, earlier: typeof target | undefined) => {
      const before = {
        sentence: "Reset on a day: daily reset (likely)",
        isPlain,
        earlier: { text: "5 earlier messages", target: earlier },
        explain: { text: "Explain", target: why },
      };
      const { text, links } = renderTranscript(pageOf(), options({ title: { ...title, before } }));
      const line = text.split("\n")[1] ?? "";
      return [
        line,
        ...links
          .filter((link) => link.line === 1)
          .map((link) => [link.line, line.slice(link.startCharacter, link.endCharacter), link.target.kind]),
      ];
    };
    const line = "Reset on a day: daily reset (likely) · 5 earlier messages · Explain";
    deepEqual(shown(false, target), [`◂ ${line}`, [1, "5 earlier messages", "window"], [1, "Explain", "rotation"]]);
    deepEqual(shown(true, undefined), [`‹ ${line}`, [1, "Explain", "rotation"]]);
  });

  it("an empty transcript says so", () => {
    equal(
      renderTranscript(pageOf(header()), options()).text.split("\n").slice(4).join("\n"),
      "· The transcript has no entries.\n\n· end of the transcript\n",
    );
  });
});

function expectText(lines: readonly Line[], expected: string, extra: Partial<RenderOptions> = {}): void {
  const page = pageOfItems(itemsOf(...lines).filter(isEntry));
  equal(renderTranscript(page, options({ ...bare, ...extra })).text, expected.slice(1));
}

function isEntry({ kind }: { readonly kind: string }): boolean {
  return kind === "entry";
}

function sectionLines(sections: readonly Section[], indent = ""): string[] {
  return sections.flatMap(({ firstLine, lastLine, title: name, detail, children }) => [
    `${indent}${firstLine}-${lastLine} ${name} (${detail})`,
    ...sectionLines(children, `${indent}  `),
  ]);
}

function spans(
  { text }: RenderedTranscript,
  found: readonly { line: number; startCharacter: number; endCharacter: number; text: string }[],
): string[] {
  const lines = text.split("\n");
  return found.map(
    ({ line, startCharacter, endCharacter, text: shown }) =>
      `${lines[line]?.slice(startCharacter, endCharacter) ?? ""} → ${shown}`,
  );
}
