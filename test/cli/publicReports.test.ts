import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceJson, ReportJson, RotationJson } from "../../src/core/report/reportJson";
import {
  type PublicReport,
  publicReports,
  writePublicReport,
  writeReport58409InTokyo,
} from "../e2e/publicReportStates";
import { CommandLine } from "./commandLine";

interface Reading {
  /** What `explain` is asked for: a key gives all that is known of a conversation. */
  readonly key: string;
  readonly title: string;
  /** Cause, confidence, who carried it out, whether anybody wanted it, and the issues it matches. */
  readonly rotation: readonly [cause: string, confidence: string, executedBy: string, origin: string, issues: number[]];
  /** The first sentence that speaks for it. */
  readonly because: string;
  /** Code, severity and issues of every finding about the conversation. */
  readonly findings: readonly string[];
}

const readings: Readonly<Record<PublicReport, Reading>> = {
  58409: {
    key: "agent:main:main",
    title: "main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely), carried out by a heartbeat.",
    rotation: ["daily", "likely", "heartbeat", "default", [58409]],
    because:
      "Last activity 2026-03-31T03:57:42.000Z, reset 2026-03-31T04:00:00.397Z: the 04:00 boundary in UTC (2026-03-31T04:00:00.000Z) lies between them.",
    findings: ["warning rotation.unexpected #58409", "info archive.will-be-deleted"],
  },
  84218: {
    key: "agent:main:main:heartbeat",
    title: "Heartbeat of main was reset on 2026-05-19 at 16:00:14 UTC: failed compaction (certain).",
    rotation: ["compaction-failure", "certain", "gateway", "failure", [70472]],
    because:
      "Auto-compaction failed (Context overflow: prompt too large for the model (precheck).). Restarting session agent:main:main:heartbeat -> c6cd5c8f-562d-493b-8033-6625db6577ff and retrying.",
    findings: ["warning compaction.soon-after-rotation", "warning heartbeat.not-isolated #84218"],
  },
  4099: {
    key: "agent:main:main",
    title: "main was reset on 2026-01-31 at 04:10:00 UTC: daily reset (possible), carried out by a heartbeat.",
    // Nothing but its place in time says that the old transcript belongs here.
    rotation: ["daily", "possible", "heartbeat", "default", [58409, 4099]],
    because:
      "Last activity <time>, reset <time>: the 04:00 boundary in UTC (2026-01-31T04:00:00.000Z) lies between them.",
    findings: ["warning rotation.unexpected #58409 #4099", "info seam.exec-and-heartbeat #4099"],
  },
  46250: {
    key: "agent:main:main",
    title: "main was reset on 2026-03-31 at 08:05:00 UTC: daily reset (likely).",
    rotation: ["daily", "likely", "unknown", "default", []],
    because:
      "Last activity <time>, reset <time>: the 04:00 boundary in UTC (2026-03-31T04:00:00.000Z) lies between them.",
    findings: [
      "error hole #46250",
      "warning rotation.no-successor #46250",
      "warning rotation.unexpected",
      "info archive.will-be-deleted",
    ],
  },
  70330: {
    key: "agent:main:main",
    title: "main was reset on 2026-04-22 at 19:07:46 UTC: daily reset (likely), carried out by the user's message.",
    rotation: ["daily", "likely", "user-message", "default", [70330]],
    because:
      "Last activity 2026-04-22T18:51:55.000Z, reset 2026-04-22T19:07:46.300Z: the 04:00 boundary in +09:00 (2026-04-22T19:00:00.000Z) lies between them.",
    findings: ["warning rotation.unexpected #70330", "warning archive.will-be-deleted"],
  },
};

describe("five public reports, by the command line", function () {
  this.timeout(20_000);
  const cli = new CommandLine();
  before(async () => {
    await cli.build();
    for (const report of publicReports) writePublicReport(report, directoryOf(report));
    writeReport58409InTokyo(directoryOf("tokyo"));
  });
  after(() => {
    cli.dispose();
  });

  const directoryOf = (report: PublicReport | "tokyo"): string => join(cli.folder, "reports", `.openclaw-${report}`);

  for (const report of publicReports) {
    const { key, title, rotation: expected, because, findings } = readings[report];

    it(`#${report}: explain --json`, async () => {
      const json = await jsonOf(directoryOf(report), key);
      const [rotation] = json.rotations;
      assert.ok(rotation !== undefined);
      const [cause] = rotation.causes;
      assert.deepEqual(
        [
          cause?.cause,
          cause?.confidence,
          rotation.executedBy,
          rotation.origin,
          rotation.knownIssues.map(({ issue }) => issue),
        ],
        expected,
      );
      const [first] = cause?.evidence ?? [];
      assert.equal(withoutTimes(first?.text ?? "", because), because);
      assert.ok(typeof first?.file === "string" && typeof first.line === "number", "a link to the line");
      // A lock is told where its process is gone, and whether that is so is another matter on every machine.
      const told = json.findings.filter(({ code }) => code !== "lock.stale");
      assert.deepEqual(
        told.map((finding) =>
          [finding.severity, finding.code, ...finding.knownIssues.map(({ issue }) => `#${String(issue)}`)].join(" "),
        ),
        findings,
      );
      const all = evidenceOf(json);
      for (const each of all) assertFound(each);
      assert.ok(all.some(({ file, line }) => file !== null && line !== null));
      assert.deepEqual(json.problems, []);
    });

    it(`#${report}: explain <id> in words`, async () => {
      const json = await jsonOf(directoryOf(report), key);
      const [rotation] = json.rotations;
      assert.ok(rotation !== undefined);
      const { stdout, code } = await cli.run("explain", rotation.from, "--state-dir", directoryOf(report));
      assert.equal(code, 1, "somebody should look at it");
      const text = unfolded(stdout);
      assert.equal(stdout.split("\n", 1)[0], title);
      for (const said of [
        rotation.causes[0]?.evidence[0]?.text,
        ...rotation.knownIssues.map(({ issue, about }) => `Matches openclaw/openclaw#${String(issue)}: ${about}`),
        ...json.findings
          // The report as a whole says what this one does.
          .filter(({ code, rotation: about }) => about === rotation.id && code !== "rotation.unexpected")
          .flatMap(({ title, next }) => [title, next]),
        `Old session: ${rotation.from}`,
      ]) {
        assert.ok(text.includes(said ?? "?"), said);
      }
    });
  }

  it("#84218: five ticks, and what the model was given", async () => {
    const { rotations, findings } = await jsonOf(directoryOf(84218), "agent:main:main:heartbeat");
    assert.deepEqual(
      rotations.map(({ causes: [first], executedBy }) => `${first?.cause ?? ""} by ${executedBy}`),
      ["compaction-failure by gateway", ...Array.from({ length: 4 }, () => "isolated-run by heartbeat")],
    );
    const found = findings.find(({ code }) => code === "heartbeat.not-isolated");
    for (const said of [
      "was given 13 messages; prompts of earlier heartbeats among them: 4.",
      "The budget is 8,000 tokens: 1,010 too many.",
      "Recorded ticks that held more than their own prompt: 4 of 5.",
      "Log lines that say its context is too long or could not be compacted: 4, up to 4 in an hour.",
    ]) {
      assert.ok(found?.detail.includes(said), `${said}\n${found?.detail ?? ""}`);
    }
    assert.match(found?.file ?? "", /\.trajectory\.jsonl$/);
    assert.equal(found?.line, 3);
  });

  it("#4099: nothing was archived; the old transcript lies beside the new one", async () => {
    const { rotations, findings } = await jsonOf(directoryOf(4099), "agent:main:main");
    assert.deepEqual(
      rotations.map(({ archive, transcript, from }) => [archive, transcript?.endsWith(`${from}.jsonl`)]),
      [[null, true]],
    );
    const seam = findings.find(({ code }) => code === "seam.exec-and-heartbeat");
    assert.equal(
      seam?.evidence[0]?.text,
      "The first turn of the new session is a heartbeat with the notice of a finished command.",
    );
    assert.equal(seam.evidence[0].line, 5);
  });

  it("#46250: an archive, a row that moved on, a lock that was taken away, and no transcript", async () => {
    const { rotations, findings } = await jsonOf(directoryOf(46250), "agent:main:main");
    const index = readFileSync(join(directoryOf(46250), "agents/main/sessions/sessions.json"), "utf8");
    const rows = JSON.parse(index) as Record<string, { readonly sessionId: string }>;
    assert.equal(rotations[0]?.to, rows["agent:main:main"]?.sessionId);
    assert.match(rotations[0]?.archive?.file ?? "", /\.jsonl\.reset\.2026-03-31T08-05-00\.\d{3}Z$/);
    const found = findings.find(({ code }) => code === "rotation.no-successor");
    assert.deepEqual(
      found?.evidence.slice(-3).map(({ text }) => text),
      [
        "The row of agent:main:main was active at 2026-03-31T14:05:00.000Z.",
        "The gateway took away a lock on a transcript that had been held for 12 min, at 2026-03-31T08:17:40.000Z.",
        "A connection to the gateway was lost at 2026-03-31T14:06:00.000Z with code 1006.",
      ],
    );
  });

  it("#70330: in the gateway's own zone, whatever the reader's is", async () => {
    const { rotations } = await jsonOf(directoryOf(70330), "agent:main:main");
    const zones = rotations[0]?.surroundings.zones.map(({ zone, known }) => `${zone} ${known ? "known" : "assumed"}`);
    assert.equal(zones?.[0], "+09:00 known");
    const excluded = rotations[0]?.excluded.map(({ cause }) => cause);
    assert.deepEqual(
      excluded?.filter((cause) => cause === "command" || cause === "rpc"),
      ["command", "rpc"],
    );
  });

  it("#58409 of a gateway in UTC+9: daily is excluded, with numbers, and nothing is claimed instead", async () => {
    const { rotations } = await jsonOf(directoryOf("tokyo"), "agent:main:main");
    assert.deepEqual(
      rotations.map(({ causes, executedBy, knownIssues }) => [
        causes[0]?.cause,
        causes.length,
        executedBy,
        knownIssues,
      ]),
      [["unknown", 1, "heartbeat", []]],
    );
    const daily = rotations[0]?.excluded.find(({ cause }) => cause === "daily");
    assert.equal(
      daily?.because[0]?.text,
      "Last activity 2026-03-31T03:57:42.000Z, reset 2026-03-31T04:00:00.397Z: the last 04:00 boundary in Asia/Tokyo was 2026-03-30T19:00:00.000Z, before the last activity, so no daily reset was due.",
    );
  });

  async function jsonOf(directory: string, what: string): Promise<ReportJson> {
    const { stdout, stderr } = await cli.run("explain", what, "--json", "--state-dir", directory);
    assert.equal(stderr, "");
    return JSON.parse(stdout) as ReportJson;
  }
});

function evidenceOf({ rotations, findings }: ReportJson): readonly EvidenceJson[] {
  const ofRotation = ({ causes, excluded, executorEvidence, surroundings }: RotationJson): readonly EvidenceJson[] => [
    ...causes.flatMap(({ evidence, against }) => [...evidence, ...against]),
    ...excluded.flatMap(({ because }) => because),
    ...executorEvidence,
    ...surroundings.version.evidence,
    ...surroundings.zones.flatMap(({ evidence }) => evidence),
    ...surroundings.policies.flatMap(({ evidence }) => evidence),
  ];
  return [...rotations.flatMap(ofRotation), ...findings.flatMap(({ evidence }) => evidence)];
}

/** What is named is there: the file, and the line in it. */
function assertFound({ text, file, line }: EvidenceJson): void {
  assert.match(text, /\S/);
  if (file === null) {
    assert.equal(line, null);
    return;
  }
  assert.ok(existsSync(file), file);
  if (line !== null) assert.ok(readFileSync(file, "utf8").split("\n")[line - 1], `${file}:${String(line)}`);
}

/** With `<time>` where the expected sentence has it: a recording that is made again has other milliseconds. */
function withoutTimes(text: string, expected: string): string {
  if (!expected.includes("<time>")) return text;
  return text.replace(/activity \S+Z, reset \S+Z/, "activity <time>, reset <time>");
}

/** The words of a report as they were before its lines were broken. */
function unfolded(report: string): string {
  return report.replaceAll(/\s+/g, " ");
}
