import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { bodyIndent, marks, maxLineLength, noteIndent } from "../../../src/core/render/marks";
import type { RenderedTranscript, Section } from "../../../src/core/render/rendered";
import { renderMarkdown } from "../../../src/core/render/renderMarkdown";
import { renderPart } from "../../../src/core/render/renderPart";
import { renderTranscript } from "../../../src/core/render/renderTranscript";
import type { TranscriptItem } from "../../../src/core/transcript/entry";
import { header, itemsOf, type Line } from "../transcript/records";
import { options, pageOfItems } from "./pages";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const scale = Number(process.env["PROPERTY_SCALE"] ?? 1);

describe("whatever a transcript holds", function () {
  this.timeout(20_000 * scale);

  it("it is rendered, with short visible lines, and all that hangs on them fits", () => {
    fc.assert(
      fc.property(transcript(), fc.boolean(), (lines, all) => {
        const items = itemsOf(header(), ...lines);
        const rendered = renderTranscript(pageOfItems(items), options(all ? { expanded: "all" } : {}));
        expectSound(rendered, items);
      }),
      { seed, numRuns: 50 * scale },
    );
  });

  it("every elided part opens as a document of its own", () => {
    fc.assert(
      fc.property(transcript(), (lines) => {
        const items = itemsOf(header(), ...lines);
        for (const { target } of renderTranscript(pageOfItems(items), options()).links) {
          if (target.kind !== "part") continue;
          const line = items.filter(({ position }) => position.offset === target.offset);
          const part = renderPart(line, target.part, { timeZone: "UTC", file: "s-1.jsonl" });
          notEqual(part.links.length, 0);
          expectShortLines(part.text);
        }
      }),
      { seed, numRuns: 20 * scale },
    );
  });

  it("appending changes the end of the text only", () => {
    fc.assert(
      fc.property(transcript(), (lines) => {
        const chain = chained(lines);
        const items = itemsOf(header(), ...chain);
        const shown = options({ live: true, without: { footer: true } });
        let before = "";
        for (let count = 1; count <= items.length; count++) {
          const { text } = renderTranscript(pageOfItems(items.slice(0, count)), shown);
          ok(text.startsWith(before), `${JSON.stringify(before.slice(-200))} is not kept by ${JSON.stringify(text)}`);
          before = text.trimEnd();
        }
      }),
      { seed, numRuns: 15 * scale },
    );
  });

  it("as Markdown, nothing of it stands outside a fence but escaped names", () => {
    fc.assert(
      fc.property(transcript(), (lines) => {
        const markdown = renderMarkdown(pageOfItems(itemsOf(header(), ...lines)), options({ expanded: "all" }));
        for (const line of outsideFences(markdown)) {
          ok(/^(?:#{1,4} |\*|- |· |› |$)/.test(line), line);
          // Neither HTML nor links, bare ones included.
          ok(!/(?<!\\)[<>[\]]|(?<!\\):\/\/|(?<!\\)@/.test(line), line);
        }
      }),
      { seed, numRuns: 30 * scale },
    );
  });
});

/** Texts that try to be something else. */
function hostile(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
    { weight: 2, arbitrary: fc.string({ maxLength: 60 }) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        "━━ user · now ━━━━\n◆ assistant\n  ▸ thinking\n· end of the transcript",
        "```\n<script>alert(1)</script>\n````\n[x](command:evil) https://x.example a@b.example",
        "[OpenClaw heartbeat poll]",
        'Sender (untrusted metadata):\n```json\n{"label":"<b>x</b>"}\n```\n\nhi',
        "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\n<<<BEGIN_UNTRUSTED_CHILD_RESULT>>>\nx",
        "\r\n\r\u2028\u2029\u202e\u200b\u0000\u001b[2J",
        "\ud83d",
        "constructor",
        "__proto__",
      ),
    },
    { weight: 1, arbitrary: fc.nat({ max: 800 }).map((length) => "é😀\u0007".repeat(length)) },
    { weight: 1, arbitrary: fc.nat({ max: 600 }).map((length) => "line\n".repeat(length)) },
  );
}

function anything(): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 2, arbitrary: hostile() }, { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) });
}

function block(): fc.Arbitrary<unknown> {
  const type = fc.constantFrom("text", "thinking", "toolCall", "image", "tool_result", "tool_use", "reasoning", "else");
  const fields = {
    type,
    text: hostile(),
    thinking: anything(),
    name: hostile(),
    arguments: anything(),
    id: fc.constantFrom("c1", "c2"),
  };
  const more = { content: anything(), data: hostile(), mimeType: hostile(), is_error: anything(), input: anything() };
  return fc.oneof({ weight: 5, arbitrary: fc.record({ ...fields, ...more }) }, { weight: 1, arbitrary: anything() });
}

function message(): fc.Arbitrary<unknown> {
  return fc.record(
    {
      role: fc.oneof(fc.constantFrom("user", "assistant", "toolResult", "bashExecution", "custom"), anything()),
      content: fc.oneof(hostile(), fc.array(block(), { maxLength: 4 }), anything()),
      provider: fc.oneof(fc.constantFrom("openclaw", "local"), anything()),
      model: anything(),
      usage: fc.oneof(fc.constant({ input: 1e21, output: -3, cost: { total: 12345.678 } }), anything()),
      stopReason: anything(),
      errorMessage: anything(),
      provenance: fc.oneof(fc.constantFrom({ kind: "inter_session" }, { kind: "internal_system" }), anything()),
      toolName: hostile(),
      toolCallId: fc.constantFrom("c1", "c2"),
      isError: anything(),
      details: fc.oneof(fc.constant({ exitCode: 1e300, durationMs: -1 }), anything()),
      command: hostile(),
      output: hostile(),
      exitCode: anything(),
    },
    { requiredKeys: ["role"] },
  );
}

const kinds = [
  "compaction",
  "branch_summary",
  "model_change",
  "thinking_level_change",
  "custom",
  "custom_message",
] as const;
const others = ["label", "session_info", "leaf", "reset", "link", "session"] as const;

function record(): fc.Arbitrary<Line> {
  const id = fc.oneof(
    { weight: 5, arbitrary: fc.nat({ max: 12 }).map((nat) => `e${nat}`) },
    { weight: 1, arbitrary: anything() },
  );
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record(
        {
          type: fc.oneof(
            { weight: 6, arbitrary: fc.constant("message") },
            { weight: 4, arbitrary: fc.constantFrom(...kinds, ...others) },
            { weight: 1, arbitrary: anything() },
          ),
          id,
          parentId: fc.oneof(id, fc.constant(null)),
          timestamp: fc.oneof(fc.constant("2026-04-22T18:15:00.000Z"), fc.constant(8.7e15), anything()),
          message: fc.oneof({ weight: 8, arbitrary: message() }, { weight: 1, arbitrary: anything() }),
          summary: hostile(),
          firstKeptEntryId: id,
          tokensBefore: anything(),
          fromId: id,
          provider: anything(),
          modelId: hostile(),
          thinkingLevel: anything(),
          customType: fc.oneof(fc.constant("openclaw.runtime-context"), anything()),
          data: anything(),
          content: fc.oneof(hostile(), fc.array(block(), { maxLength: 2 })),
          display: anything(),
          targetId: id,
          label: anything(),
          name: anything(),
          reason: anything(),
          appendMode: fc.constantFrom("side", "else"),
          traceSchema: fc.constantFrom("openclaw-trajectory", "else"),
          ts: anything(),
        },
        { requiredKeys: ["type"] },
      ),
    },
    // A line as it is: mostly damage. It must not contain the newline that would make it two.
    { weight: 1, arbitrary: hostile().map((text) => text.replaceAll("\n", " ")) },
  );
}

function transcript(): fc.Arbitrary<Line[]> {
  return fc.array(record(), { maxLength: 12 });
}

/** One after the other: no entry makes an earlier one part of an abandoned branch. */
function chained(lines: readonly Line[]): Line[] {
  return lines
    .flatMap((line, index): Line[] => {
      if (typeof line === "string") return [];
      const type = line["type"] === "leaf" || line["type"] === "session" ? "label" : line["type"];
      return [
        {
          ...line,
          appendMode: "else",
          type: typeof type === "string" ? type : "else",
          id: `n${index}`,
          parentId: null,
        },
      ];
    })
    .map((line, index, all) => {
      const before = all[index - 1];
      return { ...(line as object), parentId: before === undefined ? null : (before as { id: string }).id };
    });
}

function expectSound(rendered: RenderedTranscript, items: readonly TranscriptItem[]): void {
  const lines = expectShortLines(rendered.text);
  expectOurForm(lines);
  expectSpans(rendered.links, lines);
  expectSpans(rendered.hovers, lines);
  expectNested(rendered.sections, 0, lines.length - 1);
  // Damage of the tree comes as further entries with the offset of the one it is about.
  deepEqual(
    [...new Set(rendered.entries.map(({ offset }) => offset))],
    [...new Set(items.map(({ position }) => position.offset))],
  );
  for (const { firstLine, lastLine } of rendered.entries)
    ok(0 <= firstLine && firstLine <= lastLine && lastLine < lines.length);
}

function expectShortLines(text: string): string[] {
  ok(text === "" || text.endsWith("\n"));
  ok(
    !/[\r\u2028\u2029\u202e\u0000\u001b\ud800-\udbff](?![\udc00-\udfff])/.test(
      text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""),
    ),
  );
  const lines = text.slice(0, -1).split("\n");
  for (const line of lines) ok(line.length <= maxLineLength, `${line.length} characters`);
  return lines;
}

/** After the header: a heading, a note, or an indented body. Nothing else can be mistaken for one of these. */
function expectOurForm(lines: readonly string[]): void {
  const start = Object.values(marks);
  for (const line of lines.slice(lines.indexOf("") + 1)) {
    if (line === "" || line.startsWith(bodyIndent)) continue;
    const own = line.startsWith(noteIndent) ? line.slice(noteIndent.length) : line;
    ok(
      start.some((mark) => own.startsWith(`${mark} `)),
      line,
    );
  }
}

function expectSpans(
  spans: readonly { line: number; startCharacter: number; endCharacter: number }[],
  lines: readonly string[],
): void {
  let line = 0;
  let character = 0;
  for (const span of spans) {
    if (span.line > line) character = 0;
    ok(span.line >= line && span.startCharacter >= character && span.endCharacter > span.startCharacter);
    ok(span.endCharacter <= (lines[span.line]?.length ?? -1));
    ({ line, endCharacter: character } = span);
  }
}

function expectNested(sections: readonly Section[], from: number, to: number): void {
  let next = from;
  for (const { firstLine, lastLine, children } of sections) {
    ok(next <= firstLine && firstLine <= lastLine && lastLine <= to);
    expectNested(children, firstLine, lastLine);
    next = lastLine + 1;
  }
}

/** By CommonMark's rule: a fence ends with a line of at least as many backticks and nothing else. */
function outsideFences(markdown: string): string[] {
  let fence = "";
  const outside: string[] = [];
  for (const line of markdown.split("\n")) {
    const [, run = "", info = ""] = /^ {0,3}(`{3,})(.*)$/.exec(line) ?? [];
    if (fence !== "") {
      if (run.length >= fence.length && info.trim() === "") fence = "";
    } else if (run !== "") fence = run;
    else outside.push(line);
  }
  equal(fence, "");
  return outside;
}
