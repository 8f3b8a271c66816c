import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CauseJson, EvidenceJson, ReportJson, RotationJson } from "../../src/core/report/reportJson";
import { writeReport58409InTokyo } from "../e2e/publicReportStates";
import { CommandLine, root } from "./commandLine";

const fixtures = join(root, "test", "fixtures");
const kinds = ["corpora", "recorded", "made"] as const;

/** Where the record that makes a cause certain may stand; the others are never certain. */
const recordsOf: Readonly<Record<string, RegExp>> = {
  command: /\.jsonl(?:\.|$)|commands\.log$|memory[\\/][^\\/]+\.md$/,
  rpc: /\.log$|\.jsonl(?:\.|$)/,
  "compaction-failure": /\.log$/,
  deleted: /\.log$/,
  pruned: /\.log$/,
};

describe("no cause is printed without evidence", function () {
  this.timeout(60_000);
  const cli = new CommandLine();
  const recordings = kinds.flatMap((kind) => statesBelow(join(fixtures, kind)));
  /** Nothing recorded is unknown; this is what a reset looks like that no rule explains. */
  const unexplained = join(cli.folder, "unexplained", "state");
  let plain: ReportJson;
  let withLogs: ReportJson;

  before(async () => {
    await cli.build();
    writeReport58409InTokyo(unexplained);
    const all = [...recordings, unexplained];
    plain = await explained(all);
    withLogs = await explained(all.map((state, at) => copyWithLogs(state, join(cli.folder, "logged", String(at)))));
  });
  after(() => {
    cli.dispose();
  });

  for (const [name, of] of [
    ["as they are", () => plain],
    ["with the gateway's log beside them", () => withLogs],
  ] as const) {
    it(`recorded and made state directories, ${name}: every cause has evidence, and every sentence is there`, () => {
      const { rotations } = of();
      assert.ok(new Set(rotations.map(({ stateDir }) => stateDir)).size > 20, "most recordings have a rotation");
      for (const rotation of rotations) {
        assert.ok(rotation.causes.length > 0);
        for (const { cause, confidence, evidence, against } of rotation.causes) {
          assert.ok(evidence.length > 0, `${cause} ${confidence} of ${rotation.id}`);
          for (const each of [...evidence, ...against]) assertFound(each);
        }
        for (const { because } of rotation.excluded) {
          assert.ok(because.length > 0);
          for (const each of because) assertFound(each);
        }
        if (rotation.executedBy !== "unknown") assert.ok(rotation.executorEvidence.length > 0);
      }
    });

    it(`${name}: what is certain begins with the record that names it`, () => {
      const found = causesIn(of()).filter(({ confidence }) => confidence === "certain");
      assert.ok(found.length > 4);
      for (const { cause, evidence } of found) {
        const [{ file }, named] = [evidence[0] ?? { file: null }, recordsOf[cause]];
        assert.ok(named?.test(file ?? ""), `${cause}: ${file ?? "no file"}`);
      }
    });

    it(`${name}: what is unknown says what was compared and what is missing, and is no cause`, () => {
      const unknown = of().rotations.filter(({ causes }) => causes[0]?.cause === "unknown");
      assert.ok(unknown.length > 0);
      for (const { id, causes, surroundings } of unknown) {
        assert.deepEqual(
          causes.map(({ cause, confidence }) => `${cause} ${confidence}`),
          ["unknown none"],
        );
        assert.ok((causes[0]?.evidence.length ?? 0) >= 2, `${id} compares hardly anything`);
        assert.ok((causes[0]?.missing.length ?? 0) > 0, `${id} does not say what would settle it`);
        assert.ok(surroundings.policies.length > 0);
      }
    });
  }

  it("a log makes nothing less certain than it was", () => {
    const ranks = ["certain", "likely", "possible", "none"];
    const rankOf = ({ causes }: RotationJson): number => ranks.indexOf(causes[0]?.confidence ?? "none");
    const logged = new Map(withLogs.rotations.map((rotation) => [withoutDirectory(rotation), rankOf(rotation)]));
    for (const rotation of plain.rotations) {
      assert.ok((logged.get(withoutDirectory(rotation)) ?? 9) <= rankOf(rotation), rotation.id);
    }
  });

  async function explained(states: readonly string[]): Promise<ReportJson> {
    const { stdout, stderr } = await cli.run("explain", "--json", ...states.flatMap((state) => ["--state-dir", state]));
    assert.equal(stderr, "");
    return JSON.parse(stdout) as ReportJson;
  }
});

function causesIn({ rotations }: ReportJson): readonly CauseJson[] {
  return rotations.flatMap(({ causes }) => causes);
}

function assertFound({ text, file, line }: EvidenceJson): void {
  assert.match(text, /\S{2}/);
  assert.doesNotMatch(text, /\{\d\}|undefined|NaN|unknown time|\[object/);
  if (file === null) assert.equal(line, null);
  else assert.ok(existsSync(file), `${text}\n${file}`);
  if (line !== null) assert.ok(line >= 1);
}

/** State directories that keep sessions in files. */
function statesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("expected.json") && !name.startsWith("2026.9"))
    .sort()
    .map((name) => join(directory, dirname(name), "state"));
}

function copyWithLogs(state: string, target: string): string {
  cpSync(state, target, { recursive: true });
  for (const name of ["gateway.log", "openclaw.log"]) {
    const log = join(dirname(state), name);
    if (existsSync(log)) cpSync(log, join(target, "logs", name));
  }
  return target;
}

/** Session ids repeat in no two recordings. */
function withoutDirectory({ from, at }: RotationJson): string {
  return `${from} ${at ?? ""}`;
}
