import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { FileHead } from "../../../src/core/conversation/model";
import { readHeadFacts } from "../../../src/core/index/readHeadFacts";
import { parseFileName } from "../../../src/core/names/parseFileName";

const root = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");

/** The heads of all transcripts of `<version>/<scenario>`, sub-agents' and cron jobs' included. */
function heads(version: string, scenario: string): FileHead[] {
  const folder = join(root, version, scenario);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /[\\/]sessions[\\/]/.test(path) && /\.jsonl/.test(path) && !/trajectory|\.lock|\.zst$/.test(path))
    .sort()
    .map((path) =>
      readHeadFacts({ head: readFileSync(join(folder, path)), tail: Buffer.alloc(0) }, parseFileName(basename(path))),
    );
}

function openings(version: string, scenario: string): NonNullable<FileHead["opening"]>[] {
  return heads(version, scenario).flatMap(({ opening }) => opening ?? []);
}

const stamping = ["2026.3.13", "2026.4.21", "2026.5.18"];
const versions = [...stamping, "2026.7.35"];

describe("openings of recorded transcripts", () => {
  it("the zone is UTC wherever one is told, and none is told from 2026.7 on but by cron prompts", () => {
    for (const version of versions) {
      for (const scenario of readdirSync(join(root, version))) {
        for (const { zone, speaker } of openings(version, scenario)) {
          if (zone) assert.deepEqual([zone.label, zone.offsetMinutes], ["UTC", 0], `${version}/${scenario}`);
          if (version === "2026.7.35" && speaker === "user") assert.equal(zone, undefined);
        }
      }
    }
  });

  it("people's first messages carry a stamp up to 2026.5.18, save where a /new or /reset was cut off", () => {
    const unstamped = stamping.map(
      (version) =>
        openings(version, "daily-reset").filter(({ speaker, stamped }) => speaker === "user" && !stamped).length,
    );
    assert.deepEqual(unstamped, [0, 0, 0]);
    for (const version of stamping) {
      const cut = openings(version, "manual-resets").filter(({ speaker, stamped }) => speaker === "user" && !stamped);
      assert.ok(cut.length > 0, version);
      assert.ok(
        cut.every(({ currentTime, typedCommand }) => !currentTime && typedCommand === undefined),
        version,
      );
    }
  });

  it("2026.7.35 keeps the command", () => {
    const commands = openings("2026.7.35", "manual-resets").map(({ typedCommand }) => typedCommand);
    assert.ok(commands.includes("new") && commands.includes("reset"), commands.join());
  });

  it("a bare /new: a prompt up to 2026.4.21, OpenClaw's own answer from 2026.5.18 on", () => {
    for (const version of ["2026.3.13", "2026.4.21"]) {
      assert.ok(
        openings(version, "manual-resets").some(({ speaker, currentTime }) => speaker === "startup" && currentTime),
      );
    }
    const announced = versions.map((version) =>
      heads(version, "manual-resets").flatMap((head) => head.announced ?? []),
    );
    assert.deepEqual(announced, [[], [], ["new"], ["new"]]);
  });

  it("heartbeats that opened a transcript", () => {
    const spoken = openings("2026.3.13", "heartbeat-shared").map(({ speaker }) => speaker);
    assert.ok(spoken.includes("heartbeat"), spoken.join());
  });

  it("nothing was replayed, and every transcript with messages has an ending", () => {
    for (const version of versions) {
      for (const scenario of readdirSync(join(root, version))) {
        for (const { replayed, ending, opening } of heads(version, scenario)) {
          if (opening)
            assert.deepEqual([replayed, ending?.speaker === undefined], [0, false], `${version}/${scenario}`);
        }
      }
    }
  });
});
