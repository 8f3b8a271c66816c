import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import * as vscode from "vscode";
import { makeSessionUri, readSessionUri, type SessionDocument, titleOf } from "../../src/editor/sessionUri";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = 300 * Number(process.env["PROPERTY_SCALE"] ?? 1);

/** Names as strangers may choose them: any UTF-16 units, halves of pairs included, and what means something in an address. */
const hostile = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 120 }),
  fc
    .array(
      fc.constantFrom("?", "#", "%2F", "../", "\\", "%", "&", "=", '"', "\u202e", "\u0000", "\n", "é", "📎", "."),
      {
        maxLength: 20,
      },
    )
    .map((parts) => parts.join("")),
);
const count = fc.nat();
const range = fc.oneof(
  count.map((page) => ({ kind: "page", page }) as const),
  count.map((from) => ({ kind: "tail", from }) as const),
);
const file = hostile.filter((text) => text !== "");
const documents: fc.Arbitrary<SessionDocument> = fc.oneof(
  fc.record({
    kind: fc.constant("transcript" as const),
    file,
    windowId: fc.option(hostile, { nil: undefined }),
    range,
  }),
  fc.record({
    kind: fc.constant("part" as const),
    file,
    offset: count,
    part: fc.constantFrom("text-0", "noise-0-1"),
    page: count,
  }),
  fc.record({ kind: fc.constant("image" as const), file, offset: count, block: count }),
  fc.record({ kind: fc.constant("line" as const), file, offset: count }),
  fc.record({ kind: fc.constant("explanation" as const), stateDir: hostile, rotationId: hostile }),
);

describe("addresses of documents", () => {
  it("come back as they were made, whatever the names are", () => {
    fc.assert(
      fc.property(documents, hostile, hostile, (document, title, folder) => {
        const uri = makeSessionUri(document, { title, folder });
        deepEqual(readSessionUri(vscode.Uri.parse(uri.toString(), true)), { ...document });
        deepEqual(readSessionUri(vscode.Uri.from(uri)), { ...document });
      }),
      { seed, numRuns },
    );
  });

  it("have a path of two parts that hides and reorders nothing", () => {
    fc.assert(
      fc.property(documents, hostile, hostile, (document, title, folder) => {
        const { path } = makeSessionUri(document, { title, folder });
        equal(path.split("/").length, 3);
        ok(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\:*?"<>|#%]/u.test(path), JSON.stringify(path));
        ok(!path.split("/").includes(".."));
      }),
      { seed, numRuns },
    );
  });

  it("are read only when they are whole", () => {
    const refused = [
      "",
      "null",
      "[]",
      "{",
      '{"kind":"transcript","file":"/x"}',
      '{"kind":"transcript","file":"","range":{"kind":"page","page":0}}',
      '{"kind":"transcript","file":"/x","range":{"kind":"page","page":-1}}',
      '{"kind":"transcript","file":"/x","range":{"kind":"tail","page":1}}',
      '{"kind":"part","file":"/x","offset":1.5,"part":"text-0"}',
      '{"kind":"part","file":"/x","offset":1,"part":"../../etc"}',
      '{"kind":"image","file":"/x","offset":1}',
      '{"kind":"else","file":"/x"}',
    ];
    const read = refused.map((query) =>
      readSessionUri(vscode.Uri.from({ scheme: "openclaw-session", path: "/a/b", query })),
    );
    deepEqual(
      read,
      refused.map(() => undefined),
    );
    equal(readSessionUri(vscode.Uri.file("/x")), undefined);
  });

  it("show the title in the tab", () => {
    const document: SessionDocument = { kind: "line", file: "/x", offset: 0 };
    const uri = makeSessionUri(document, { title: "main · 2026-04-23 08:05", folder: "main" });
    equal(uri.path, "/main/main · 2026-04-23 08-05.json");
    equal(titleOf(uri), "main · 2026-04-23 08-05");
  });
});
