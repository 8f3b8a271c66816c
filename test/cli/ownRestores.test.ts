import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { ListJson, WindowJson } from "../../src/cli/listJson";
import type { ReportJson, RotationJson } from "../../src/core/report/reportJson";
import type { PlanJson } from "../../src/core/restore/report/planJson";
import { RealProgram } from "./realProgram";

interface Written {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly createdAt: string;
  readonly restored: string;
}

describe("what a restore of ours set aside is told as such", () => {
  const cli = new RealProgram();
  after(() => {
    cli.dispose();
  });

  async function run(exitCode: number, ...words: readonly string[]): Promise<string> {
    const { stdout, stderr, code } = await cli.run(...words);
    assert.equal(code, exitCode, stdout + stderr);
    return stdout;
  }

  async function write(...words: readonly string[]): Promise<Written> {
    const { plan } = JSON.parse(await run(0, ...words, "--yes", "--json")) as PlanJson;
    assert.ok(plan?.from && plan.to && plan.createdAt);
    const { id, from, to, createdAt, changes } = plan;
    return { id, from, to, createdAt, restored: changes.find(({ role }) => role === "restored")?.path ?? "" };
  }

  async function explained(state: string): Promise<ReportJson> {
    const { stdout } = await cli.run("explain", "--json", "--state-dir", state);
    return JSON.parse(stdout) as ReportJson;
  }

  async function tree(state: string): Promise<readonly string[]> {
    const { stdout } = await cli.run("list", "--json", "--state-dir", state);
    const told = (key: string, windows: readonly WindowJson[]): readonly string[] =>
      windows.map(({ sessionId, kind }) => `${key} ${sessionId} ${kind}`);
    return ((JSON.parse(stdout) as ListJson).stateDirs[0]?.agents ?? []).flatMap(({ conversations, orphans }) => [
      ...conversations.flatMap(({ key, windows }) => told(key, windows)),
      ...told("-", orphans),
    ]);
  }

  for (const version of ["2026.4.21", "2026.7.35"]) {
    it(`${version}: certain, asked for, carried out by the inspector, and no finding; after undo all is as before`, async () => {
      const state = cli.copyOf(`${version}/daily-reset`, version);
      const [before, treeBefore] = [await explained(state), await tree(state)];
      const plan = await write("restore", "main", "--key", "main", "--state-dir", state);
      const { from, to, id } = plan;

      const after = await explained(state);
      const [own, ...others] = after.rotations;
      assert.ok(own);
      const journal = own.restore?.journal ?? "";
      assert.deepEqual(
        [shown(own), own.excluded, own.origin, own.executedBy, own.restore?.id, own.knownIssues],
        [`${from} → ${to}: restored certain`, [], "asked", "inspector", id, []],
      );
      assert.equal(journal.endsWith(join("restores", id, "journal.jsonl")), true);
      assert.deepEqual([own.causes[0]?.evidence[0]?.file, own.causes[0]?.evidence[0]?.line], [journal, 1]);
      assert.match(own.causes[0]?.evidence[0]?.text ?? "", new RegExp(id));
      // What OpenClaw did before is told as before, and that it was put right.
      assert.deepEqual(others.map(shown), before.rotations.map(shown));
      const earlier = others.find(({ from: ended }) => ended === to);
      assert.deepEqual([earlier?.broughtBack?.id, earlier?.causes[0]?.cause], [id, "daily"]);
      assert.deepEqual(
        after.findings.filter(({ rotation }) => rotation === own.id),
        [],
      );
      // Our archive is no mark of an OpenClaw that made archives then.
      assert.equal(JSON.stringify(own.surroundings.version).includes(own.archive?.file ?? "-"), false);
      // The windows are the same ones; which of them is current is not.
      assert.deepEqual(sessionsOf(await tree(state)), sessionsOf(treeBefore));
      assert.match(
        await run(0, "list", "--state-dir", state),
        /\n {3}current .*\n {3}set aside \d{4}-\d\d-\d\d \d\d:\d\d .*\n {3}reset /,
      );

      const undone = await write("undo", "--state-dir", state);
      const [again, treeAgain] = [await explained(state), await tree(state)];
      assert.deepEqual([again.rotations.map(shown), treeAgain], [before.rotations.map(shown), treeBefore]);
      assert.deepEqual(titles(again), titles(before));
      assert.equal(JSON.stringify(again).includes("broughtBack"), false);

      // The same archive again, made by the undo of the undo.
      const third = await write("undo", undone.id, "--state-dir", state);
      const [redone] = (await explained(state)).rotations;
      assert.deepEqual(
        [redone?.restore?.id, redone?.restore?.kind, redone && shown(redone)],
        [third.id, "undo", `${from} → ${to}: restored certain`],
      );
    });
  }

  it("switching back sets aside what was said since: that too is ours, and told with its own receipt", async () => {
    const state = cli.copyOf("2026.7.35/daily-reset", "switched");
    const first = await write("restore", "main", "--key", "main", "--state-dir", state);
    const said = { role: "user", content: "and now?" };
    const line = {
      type: "message",
      id: "feedbeef",
      parentId: null,
      timestamp: "2026-07-24T10:00:00.000Z",
      message: said,
    };
    appendFileSync(first.restored, `${JSON.stringify(line)}\n`);
    const second = await write("undo", "--switch-back", "--state-dir", state);
    const { rotations, findings } = await explained(state);
    const own = rotations.filter(({ restore }) => restore !== undefined);
    assert.deepEqual(
      own.map((each) => [shown(each), each.restore?.id, each.restore?.kind]),
      [
        [`${first.to} → ${first.from}: restored certain`, second.id, "switch-back"],
        [`${first.from} → ${first.to}: restored certain`, first.id, "restore"],
      ],
    );
    assert.deepEqual(
      findings.filter(({ rotation }) => own.some(({ id }) => id === rotation)),
      [],
    );
    assert.equal(rotations.find(({ from, restore }) => from === first.to && !restore)?.causes[0]?.cause, "daily");
  });

  it("the report says that it was a restore, how to take it back, and where the receipt is", async () => {
    const state = cli.copyOf("2026.4.21/daily-reset", "report");
    const place = ["--state-dir", state];
    const { id, from, to, createdAt } = await write("restore", "main", "--key", "main", ...place);
    const [own] = (await explained(state)).rotations;
    const at = new Date(createdAt).toISOString();
    const [day, time] = [at.slice(0, 10), at.slice(11, 19)];
    const report = await run(0, "explain", own?.archive?.file ?? "", ...place);
    const told = report.split("\n── ");
    assert.equal(
      told[0]?.split("\n")[0],
      `main was set aside on ${day} at ${time} UTC: restore by the inspector (certain).`,
    );
    assert.match(
      report.replaceAll(/\s+/g, " "),
      new RegExp(
        `Nothing has to be done: .* type: \`openclaw-sessions undo ${id} --state-dir \\S+\` Its receipt: \\S+${id}/journal.jsonl `,
      ),
    );
    assert.equal(
      told
        .find((section) => section.startsWith("The conversation"))
        ?.split("\n")
        .slice(1)
        .join("\n")
        .trimEnd(),
      [
        "  2026-04-22 20:15 – 2026-04-23 03:30 · 9 messages · 12fc7438 · reset",
        "══ 2026-04-23 08:05:03 UTC · daily reset (likely), by the user's message",
        "  2026-04-23 08:05 · 4 messages · bfd487ba · current",
        "══ 2026-04-24 09:30:03 UTC · daily reset (likely), by the user's message",
        "  2026-04-24 09:30 · 2 messages · f70b7bb4 · reset",
        `══ ${day} ${time} UTC · restore by the inspector (certain) ◂ this one`,
        "  2026-04-23 08:05 · 4 messages · bfd487ba · given back",
      ].join("\n"),
    );
    assert.match(report, /\n {2}Session f70b7bb4 was set aside, and session bfd487ba is current again\.\n/);
    assert.match(report, /\n {2}OpenClaw Session Inspector carried it out, at the user's request\.\n/);
    assert.match(report, /\n {2}Somebody asked for it\.\n/);
    assert.doesNotMatch(report, /Also possible|What it was not|Surroundings|daily boundary/);
    assert.deepEqual([from.slice(0, 8), to.slice(0, 8)], ["f70b7bb4", "bfd487ba"]);

    const earlier = await run(1, "explain", to, ...place);
    assert.match(earlier, /^main was reset on 2026-04-24 at 09:30:03 UTC: daily reset \(likely\)/);
    assert.match(
      earlier.replaceAll(/\s+/g, " "),
      new RegExp(
        `What was said before it is current again since the restore of ${day} ${time} UTC: the conversation goes on from there\\.`,
      ),
    );
  });
});

function shown({ from, to, causes }: RotationJson): string {
  return `${from} → ${String(to)}: ${causes.map(({ cause, confidence }) => `${cause} ${confidence}`).join(", ")}`;
}

function titles({ findings }: ReportJson): readonly string[] {
  return findings.map(({ code, title }) => `${code} ${title}`);
}

function sessionsOf(told: readonly string[]): readonly string[] {
  return told.map((each) => each.slice(0, each.lastIndexOf(" "))).sort();
}
