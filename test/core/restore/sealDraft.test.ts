import assert from "node:assert/strict";
import { draftRestore } from "../../../src/core/restore/draftRestore";
import type { SealedContent } from "../../../src/core/restore/contentRecipe";
import { RestoreRefused } from "../../../src/core/restore/restorer";
import { sealDraft } from "../../../src/core/restore/sealDraft";
import type { RestoreDraft } from "../../../src/core/restore/restorePlan";
import { aContent, restoreFacts } from "../../aRestore";

describe("sealing a draft", () => {
  it("puts hashes and sizes in place of names, everywhere", () => {
    const plan = sealDraft(drafted(), sealed());
    assert.deepEqual(
      plan.changes.map(({ role, before, after }) => [
        role,
        ...[before, after].map((state) => "bytes" in state && state.bytes),
      ]),
      [
        ["restored", false, 2048],
        ["set-aside", false, 50],
        ["index", 527, 428],
        ["given-up", 50, false],
      ],
    );
    assert.deepEqual(
      plan.backups.map(({ bytes }) => bytes),
      [527, 50, 2048],
    );
    assert.equal(JSON.stringify(plan).includes("content:"), false);
  });

  it("refuses when the current transcript changed after it was looked at", () => {
    const changed = sealed().set("displaced", { sha256: "f".repeat(64), bytes: 99 });
    assert.throws(() => sealDraft(drafted(), changed), RestoreRefused);
  });

  it("does not go on with a content that nobody read", () => {
    const lacking = sealed();
    lacking.delete("source");
    assert.throws(() => sealDraft(drafted(), lacking), /source of the plan was not sealed/);
  });
});

function drafted(): RestoreDraft {
  const draft = draftRestore(restoreFacts());
  if ("refused" in draft) assert.fail();
  return draft;
}

function sealed(): Map<string, SealedContent> {
  const { displaced, index } = restoreFacts();
  if (displaced?.file === undefined || index.state.kind !== "read") assert.fail();
  const after = drafted().recipes["index"];
  if (after?.kind !== "bytes") assert.fail();
  return new Map<string, SealedContent>([
    ["source", { sha256: "a".repeat(64), bytes: 2048 }],
    ["displaced", only(displaced.file.content)],
    ["index-before", only(index.state.content)],
    ["index", only(aContent(after.bytes))],
  ]);
}

function only({ sha256, bytes }: SealedContent): SealedContent {
  return { sha256, bytes };
}
