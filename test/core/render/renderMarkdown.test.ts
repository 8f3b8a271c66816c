import { equal } from "node:assert/strict";
import { renderMarkdown } from "../../../src/core/render/renderMarkdown";
import { header, itemsOf, msg, row } from "../transcript/records";
import { bare, options, pageOf, pageOfItems } from "./pages";

describe("a transcript as Markdown", () => {
  it("has headings for who, and everything said in fences that it cannot leave", () => {
    const page = pageOf(
      header(),
      row("model_change", "m", null, { provider: "local", modelId: "fake_1" }),
      msg("u1", "m", "user", "look:\n```js\nevil\n```\n\n\n<b>x</b>"),
      msg("a1", "u1", "assistant", [
        { type: "thinking", thinking: "hm" },
        { type: "toolCall", id: "c1", name: "exec", arguments: { command: "ls" } },
      ]),
      msg("t1", "a1", "toolResult", Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n"), {
        toolName: "exec",
      }),
    );
    equal(
      renderMarkdown(page, options()),
      `
# main · agent:main:main · current window

- session s-1 · started 2026-04-22 18:15:00 · transcript format 3
- file s-1.jsonl · working directory /home/ada/.openclaw/workspace

*model local/fake\\_1 · 2026-04-22 18:15:01*

## user · 2026-04-22 18:15:06

\`\`\`\`text
look:
\`\`\`js
evil
\`\`\`


<b>x</b>
\`\`\`\`

### assistant · 18:15:06

*thinking, 1 line, 2 bytes*

**exec**

\`\`\`text
{"command":"ls"}
\`\`\`

#### exec · ok · 18:15:06

\`\`\`text
${Array.from({ length: 12 }, (_, index) => `line ${index}`).join("\n")}
\`\`\`

*8 more lines, 64 bytes*

· end of the transcript
`.slice(1),
    );
  });

  it("pages follow each other with a blank line between them", () => {
    const items = itemsOf(msg("u1", null, "user", "hello")).slice(0, 1);
    equal(
      renderMarkdown(pageOfItems(items, { previousPage: 0 }), options(bare)),
      "\n## user · 2026-04-22 18:15:06\n\n```text\nhello\n```\n",
    );
  });
});
