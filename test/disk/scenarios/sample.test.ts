import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const fixtures = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures");

/** Which recording each profile of the sample is, as its story says: `| \`.openclaw\` | \`2026.7.35/manual-resets\` | …`. */
function storyProfiles(): Map<string, string> {
  const story = readFileSync(join(fixtures, "sample/STORY.md"), "utf8");
  return new Map(
    Array.from(story.matchAll(/^\| `(\.openclaw[^`]*)`\s*\| `([^`]+)`/gm), ([, profile = "", recording = ""]) => [
      profile,
      recording,
    ]),
  );
}

function filesIn(directory: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(directory, name);
    if (statSync(path).isFile()) files.set(relative(directory, path), readFileSync(path));
  }
  return files;
}

describe("the sample state directories", () => {
  it("are recordings, byte for byte, and the story tells of each", () => {
    const profiles = storyProfiles();
    assert.deepEqual(readdirSync(join(fixtures, "sample/state")).sort(), [...profiles.keys()].sort());
    for (const [profile, recording] of profiles) {
      const copy = filesIn(join(fixtures, "sample/state", profile));
      assert.deepEqual(copy, filesIn(join(fixtures, "corpora", recording, "state")), profile);
    }
  });
});
