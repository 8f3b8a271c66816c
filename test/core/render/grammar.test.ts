import { deepEqual, equal, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bodyIndent, marks } from "../../../src/core/render/marks";

const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();

interface Rule {
  readonly match?: string;
  readonly begin?: string;
  readonly patterns?: readonly Rule[];
}

const grammar = JSON.parse(readFileSync(join(root, "syntaxes/openclaw-transcript.tmLanguage.json"), "utf8")) as {
  readonly scopeName: string;
  readonly repository: Readonly<Record<string, Rule>>;
};

describe("the grammar of transcript documents", () => {
  it("knows every mark that a line of ours can begin with", () => {
    const unknown = Object.values(marks).filter((mark) => {
      if (mark === marks.wrapped) return false; // stands at the end of lines
      const note = [`${mark} words`, `  ${mark} words`];
      return !rules("turns", "headings", "notes").some((rule) => note.some((line) => rule.test(line)));
    });
    deepEqual(unknown, []);
  });

  it("colours each kind of heading by one rule only", () => {
    for (const mark of [marks.user, marks.machine, marks.reset, marks.compaction, marks.assistant, marks.mirror]) {
      const line = `${mark} user · 2026-04-22 18:15:06`;
      equal(rules("turns", "headings").filter((rule) => rule.test(line)).length, 1, mark);
      ok(!rules("body", "notes", "title").some((rule) => rule.test(line)), mark);
    }
  });

  it("has a rule for every line of the recorded transcripts, and takes no words of theirs for ours", () => {
    const folder = join(root, "test/fixtures/golden");
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".txt"))) {
      for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
        if (line === "") continue;
        const own = rules("turns", "headings", "notes", "facts", "title").some((rule) => rule.test(line));
        equal(own, !line.startsWith(bodyIndent), `${file}: ${line}`);
      }
    }
  });
});

/** The rules that look at a line from its beginning, as JavaScript reads them; `\A` is the first line of a document. */
function rules(...names: readonly string[]): RegExp[] {
  return names
    .flatMap((name) => patternsOf(grammar.repository[name] ?? {}))
    .map((it) => new RegExp(it.replace("\\A", "^")));
}

function patternsOf(rule: Rule): string[] {
  const own = rule.match ?? rule.begin;
  return own === undefined ? (rule.patterns ?? []).flatMap(patternsOf) : [own];
}
