import { deepEqual, equal } from "node:assert/strict";
import { imageAt } from "../../../src/core/render/blockViews";
import { isPartId } from "../../../src/core/render/partId";
import { partPageLength, renderPart } from "../../../src/core/render/renderPart";
import { itemsOf, type Line, msg, row } from "../transcript/records";

const options = { timeZone: "UTC", file: "s-1.jsonl" };

describe("an elided part as a document", () => {
  it("says what it is, then the text from the first column on", () => {
    const items = itemsOf(msg("t1", null, "toolResult", "a\n━━ user ━━\n\u001b[1mb", { toolName: "exec" })).slice(0, 1);
    const { text, links } = renderPart(items, "text-0", options);
    equal(
      text,
      `
text · 3 lines, 26 bytes
exec · ok · 2026-04-22 18:15:06
file s-1.jsonl · line 1

a
━━ user ━━
␛[1mb
`.slice(1),
    );
    deepEqual(
      links.map(({ target }) => target),
      [{ kind: "raw-line", offset: 0 }],
    );
  });

  it("arguments are laid out for reading", () => {
    const call = {
      type: "toolCall",
      id: "c",
      name: "write",
      arguments: { path: "a.md", content: "# A\n\ntext", mode: [1, { x: null }] },
    };
    const items = itemsOf(msg("a1", null, "assistant", [{ type: "text", text: "x" }, call])).slice(0, 1);
    equal(
      body(renderPart(items, "arguments-1", options).text),
      `
path: "a.md"
content: |
  # A

  text
mode:
  - 1
  -
    x: null
`
        .slice(1)
        // A blank line of the content keeps the indentation of its block.
        .replace("\n\n", "\n  \n"),
    );
  });

  it("custom data, compaction summaries, noise and rows of unknown kind are parts, too", () => {
    const part = (line: Line, id: string): string => body(renderPart(itemsOf(line).slice(0, 1), id, options).text);
    equal(part(row("custom", "1", null, { customType: "x", data: { a: 1 } }), "data"), "a: 1\n");
    equal(part(row("compaction", "1", null, { summary: "all" }), "summary"), "all\n");
    equal(part(msg("1", null, "user", "System: [now] x\n\nhi"), "noise-0"), "System: [now] x\n");
    equal(
      part({ type: "link", long: "x".repeat(200) }, "row"),
      `{\n  "type": "link",\n  "long": "${"x".repeat(200)}"\n}\n`,
    );
  });

  it("lines that are too long go on in the next one", () => {
    const items = itemsOf(msg("t1", null, "toolResult", "😀".repeat(1500))).slice(0, 1);
    const lines = body(renderPart(items, "text-0", options).text).split("\n");
    deepEqual(
      lines.map((line) => line.length),
      [1999, 1002, 0],
    );
    equal(lines.join("").replace("↩", ""), "😀".repeat(1500));
  });

  it("very long ones have pages", () => {
    const items = itemsOf(msg("t1", null, "toolResult", `${"line\n".repeat(partPageLength / 5)}end`)).slice(0, 1);
    const first = renderPart(items, "text-0", options);
    equal(first.text.split("\n")[3], "‹ page 1 of 2 · later part");
    deepEqual(first.links.at(-1)?.target, { kind: "part", offset: 0, part: "text-0", page: 1 });
    const second = renderPart(items, "text-0", { ...options, page: 1 });
    equal(second.text.split("\n")[3], "‹ page 2 of 2 · earlier part");
    equal(second.text.endsWith("\n\nend\n"), true);
    deepEqual(renderPart(items, "text-0", { ...options, page: 99 }).text, second.text);
  });

  it("a part that is not there says so", () => {
    equal(
      renderPart(itemsOf(msg("t1", null, "user", "x")), "thinking-9", options).text,
      "This part is no longer there: the file has changed since the link was made.\n",
    );
    equal(renderPart([], "text-0", options).text.split("\n").length, 2);
  });

  it("part ids that come from outside are checked", () => {
    deepEqual(["text-0", "noise-0-1", "summary", "block-0-12"].map(isPartId), [true, true, true, true]);
    deepEqual(["", "../x", "text-", "text-1234567", "Text-0", "text-0\n"].map(isPartId), [
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("images are counted as they stand in the entry", () => {
    const image = (data: string) => ({ type: "image", data, mimeType: "image/png" });
    const items = itemsOf(
      msg("u1", null, "user", [image("AA=="), { type: "tool_result", content: [image("BB==")] }, image("CC==")]),
    );
    deepEqual(
      [0, 1, 2, 3].map((number) => imageAt(items, number)?.base64),
      ["AA==", "BB==", "CC==", undefined],
    );
  });
});

/** Without the lines that say what it is. */
function body(text: string): string {
  return text.slice(text.indexOf("\n\n") + 2);
}
