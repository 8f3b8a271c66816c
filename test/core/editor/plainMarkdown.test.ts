import { equal } from "node:assert/strict";
import { plainList, plainMarkdown } from "../../../src/editor/plainMarkdown";

describe("text of others in a hover", () => {
  it("keeps its blanks, so that lines break between words", () => {
    equal(plainMarkdown("it was already gone"), "it was already gone");
    equal(plainMarkdown("a\n# b"), "a \\# b");
  });

  it("is no Markdown, whatever it says", () => {
    equal(
      plainMarkdown("[x](command:y) <b> **c** ![i](u) $(bug) &lt; 1. d"),
      "\\[x\\]\\(command\\:y\\) \\<b\\> \\*\\*c\\*\\* \\!\\[i\\]\\(u\\) \\$\\(bug\\) \\&lt\\; 1\\. d",
    );
    equal(plainMarkdown("http://x.y"), "http\\:\\/\\/x\\.y");
  });

  it("shows as code what stands between backticks, and no backtick of its own", () => {
    equal(plainMarkdown("run `a *b*` now"), "run `a *b*` now");
    equal(plainMarkdown("one ` two"), "one ' two");
    equal(plainMarkdown("`a` and ` b"), "`a` and ' b");
    equal(plainMarkdown("``"), "");
  });

  it("is a list when it has several lines", () => {
    equal(plainList("one"), "one");
    equal(plainList("one\n\ntwo_"), "- one\n- two\\_");
  });
});
