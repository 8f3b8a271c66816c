import assert from "node:assert/strict";
import { posix, win32, type PlatformPath } from "node:path";
import { isInside, isInsideOrEqual } from "../../../src/core/locations/containment";

const cases: readonly (readonly [PlatformPath, string, string, boolean])[] = [
  [posix, "/a/b", "/a/b/c", true],
  [posix, "/a/b", "/a/b", false],
  [posix, "/a/b", "/a/bc", false],
  [posix, "/a/b", "/a", false],
  [posix, "/a/b", "/a/b/..c", true],
  [posix, "/a/b", "/a/b/../c", false],
  [posix, "/", "/etc/passwd", true],
  [win32, "C:\\a", "c:\\A\\x", true],
  [win32, "C:\\a", "D:\\a\\x", false],
  [win32, "C:\\a", "C:\\a\\..\\b", false],
  [win32, "\\\\server\\share", "\\\\server\\share\\x", true],
  [win32, "\\\\server\\share", "\\\\server\\other\\x", false],
];

describe("containment", () => {
  for (const [path, directory, target, expected] of cases) {
    it(`${target} ${expected ? "is" : "is not"} inside ${directory}`, () => {
      assert.equal(isInside(path, directory, target), expected);
    });
  }

  it("counts the directory itself where that is meant", () => {
    assert.equal(isInsideOrEqual(posix, "/a/b", "/a/b/"), true);
    assert.equal(isInsideOrEqual(posix, "/a/b", "/a"), false);
  });
});
