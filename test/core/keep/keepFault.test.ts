import assert from "node:assert/strict";
import { ReadError } from "../../../src/core/inspectorPort";
import { keepFault } from "../../../src/core/keep/keepFault";
import { KeepRefused } from "../../../src/core/keep/keptCopy";
import { FileFault } from "../../../src/core/restore/engine/fileFault";

describe("what keeps a copy from being kept", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["ENOSPC", /^Nothing was kept\. There is no space left for \/k\/a\./],
    ["EIO", /^Nothing was kept\. The disk reported an error at \/k\/a/],
    [
      "EACCES",
      /^Nothing was kept: \/k\/a may not be written \(EACCES\)\..* choose another folder for kept copies than \/k\.$/,
    ],
    ["EROFS", /^Nothing was kept: \/k\/a may not be written \(EROFS\)\./],
    ["ENOTDIR", /^Nothing was kept: \/k cannot be a folder/],
  ];
  for (const [code, sentence] of cases) {
    it(`${code} in words, with what to do`, () => {
      const refused = keepFault(new FileFault("write", "/k/a", code, undefined), "/k");
      assert.ok(refused instanceof KeepRefused);
      assert.match(refused.message, sentence);
    });
  }

  it("and what is said in words already, or is no error of a disk, stays", () => {
    for (const error of [new KeepRefused("No."), new ReadError("io", "/s/a", "No."), new TypeError("a defect")])
      assert.equal(keepFault(error, "/k"), error);
  });
});
