import { deepEqual, ok } from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
const bundle = join(root, "l10n", "bundle.l10n.json");

/** Translators start from the bundle: it has every sentence of the sources, and none that has gone. */
describe("the bundle of sentences", () => {
  it("is up to date (UPDATE_L10N=1 writes it)", () => {
    const sentences = sentencesIn(join(root, "src"));
    if (process.env["UPDATE_L10N"] === "1") writeFileSync(bundle, `${JSON.stringify(sentences, undefined, 2)}\n`);
    deepEqual(JSON.parse(readFileSync(bundle, "utf8")), sentences);
  });

  it("knows every call, also those that are no plain literals", () => {
    for (const [name, text] of sources(join(root, "src"))) {
      const calls = text.match(/\bl10n\.t\(/g)?.length ?? 0;
      ok(
        calls === literals(text).length + (text.match(/\bl10n\.t\(\w+Text,/g)?.length ?? 0),
        `${name} has a call that is no literal`,
      );
    }
  });
});

function sentencesIn(folder: string): Record<string, string> {
  const all = new Set(sources(folder).flatMap(([, text]) => literals(text)));
  return Object.fromEntries([...all].sort().map((sentence) => [sentence, sentence]));
}

function literals(text: string): string[] {
  const calls = [...text.matchAll(/\bl10n\.t\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/g)];
  return calls.map(([, double, single]) => {
    // Single quotes stand around sentences with double ones in them.
    const inner = double ?? (single ?? "").replaceAll('"', '\\"').replaceAll("\\'", "'");
    return JSON.parse(`"${inner}"`) as string;
  });
}

function sources(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}
