import { deepEqual, doesNotMatch, match, ok } from "node:assert/strict";
import type { Finding } from "../../../src/core/findings/finding";
import { compareFindings } from "../../../src/core/findings/compareFindings";
import { archivesToBeDeleted } from "../../../src/core/findings/rules/archiveWillBeDeleted";
import { renderExplanation, type ReportOptions } from "../../../src/core/report/renderExplanation";
import type { Rotation } from "../../../src/core/rotation/rotation";
import {
  aCause,
  aConversation,
  aFinding,
  aResetAt,
  aRotation,
  aStateDir,
  aWindow,
  explanationsOf,
  someEvidence,
  someSurroundings,
} from "../../anExplanation";
import { anInput } from "../findings/aFindingInput";

const day = 86_400_000;

function report(
  rotation: Rotation,
  options: Partial<ReportOptions> = {},
  findings: readonly Finding[] = [],
): Readonly<{ text: string; section: (title: string) => string }> {
  const { text } = renderExplanation({
    ...{ rotation, conversation: rotation.conversation, explanations: explanationsOf([rotation], findings) },
    stateDir: aStateDir(rotation.conversation ? [rotation.conversation] : []),
    options: { timeZone: "UTC", now: aResetAt + day, width: 400, ...options },
  });
  const section = (title: string): string =>
    text
      .split("\n── ")
      .find((each) => each.startsWith(`${title} `))
      ?.split("\n")
      .slice(1)
      .join("\n")
      .trim() ?? "";
  return { text, section };
}

/** `Asia/Tokyo` for the gateway, seen in its log. */
function inTokyo(): Partial<Rotation> {
  const { zone } = someSurroundings();
  return { surroundings: someSurroundings({ zone: [{ ...zone[0], zone: "Asia/Tokyo" }] }) };
}

describe("a report on somebody's worst day", () => {
  it("says how to read the words: a link in the editor, a command in a terminal", () => {
    const lines = (showHint: ReportOptions["showHint"]) =>
      report(aRotation(), { showHint }).text.split("\n").slice(1, 4).join("|");
    match(lines("link"), /^What was said before is still on disk, 8 messages\. Open the earlier words\|agents/);
    match(lines("command"), /8 messages\. To read it:\| {4}openclaw-sessions show old-1\|agents/);
    match(lines("command-with-directory"), /\| {4}openclaw-sessions show old-1 --state-dir \/s\|/);
  });

  it("names the file where the id would mean several windows", () => {
    const rotation = aRotation();
    const conversation = aConversation("agent:main:main", rotation.from, aWindow("old-1", { kind: "orphan" }));
    match(
      report({ ...rotation, conversation }, { showHint: "command" }).text,
      /openclaw-sessions show \/s\/agents\/main\/sessions\/old-1\.jsonl\.reset\./,
    );
  });

  it("says what to do: the words, their danger, and the next time", () => {
    deepEqual(
      report(aRotation(), { now: aResetAt + 20 * day })
        .section("What to do now")
        .split("\n"),
      [
        "• To get the conversation back, stop the gateway and choose OpenClaw Sessions: Restore… in the command palette. It shows a plan first, keeps the conversation that is current now, and can be undone.",
        "  • Copy the archive away in time: the first message after 2026-04-30 04:00:00 UTC deletes it if OpenClaw 2026.4.20 to 2026.7.35 runs here. OpenClaw Sessions: Keep a Copy does it.",
        '  • So that it does not happen again, write `session.reset: { mode: "idle", idleMinutes: 525600 }` into openclaw.json: every OpenClaw version takes that for "not for a year".',
      ],
    );
  });

  it("says how to get it back: what to type, in a terminal", () => {
    const told = (showHint: ReportOptions["showHint"]) =>
      report(aRotation(), { showHint, now: aResetAt + 20 * day }).section("What to do now");
    match(told("command"), /type: `openclaw-sessions restore old-1` It shows a plan first/);
    match(told("command"), /runs here\. `openclaw-sessions keep old-1`\n/);
    match(told("command-with-directory"), /`openclaw-sessions restore old-1 --state-dir \/s`/);
  });

  it("promises no way back where sessions are in SQLite, nor where it was gone already", () => {
    const rotation = aRotation();
    const { text } = renderExplanation({
      ...{ rotation, conversation: rotation.conversation, explanations: explanationsOf([rotation]) },
      stateDir: { ...aStateDir(rotation.conversation ? [rotation.conversation] : []), era: "mixed" },
      options: { timeZone: "UTC", now: aResetAt + day, width: 400 },
    });
    match(text, /is not possible with this version yet where OpenClaw keeps sessions in SQLite\./);
    const conversation = aConversation("agent:main:main", { ...rotation.from, kind: "live" });
    const told = report({ ...rotation, conversation }).section("What to do now");
    match(told, /^• What was said before it is current again: the conversation goes on from there\.$/m);
    doesNotMatch(told, /To get the conversation back/);
  });

  it("a configured policy: where it is set, and what to change there", () => {
    const place = { file: "/s/openclaw.json", line: 81 };
    const policy = {
      ...{ daily: undefined, idle: { minutes: 45, clock: "updatedAt" as const }, isDefault: false },
      evidence: [someEvidence("The config sets a reset policy.", place, { source: "config" })] as const,
    };
    const rotation = aRotation({
      ...{ causes: [aCause("idle")], origin: "configured" },
      surroundings: someSurroundings({ policy: [policy] }),
    });
    match(report(rotation).section("What to do now"), /raise idleMinutes; it is set at openclaw\.json:81$/);
  });

  it("findings and details judge the archive alike", () => {
    const conversation = aConversation("agent:main:main", aRotation().from);
    const input = anInput([conversation], { version: "2026.7.35", evidence: { now: aResetAt + 40 * day } });
    const findings = [...archivesToBeDeleted(input)];
    const { text } = report(aRotation(), { now: aResetAt + 40 * day }, findings);
    match(findings[0]?.title ?? "", /^main: 1 archive deleted with the next message$/);
    match(
      text,
      /Copy the archive away now: it has been due since 2026-04-30 04:00:00 UTC, and the next message deletes/,
    );
    match(text, /Retention: due for deletion since 2026-04-30 04:00:00 UTC\.\n/);
    doesNotMatch(text, /in no danger|nothing deletes|Nothing that was said is lost/);
  });

  it("one line for several clocks, and none where all say UTC", () => {
    const rotation = aRotation(inTokyo());
    match(
      report(rotation, { timeZone: "America/New_York" }).section("What happened"),
      /By your clock that was 2026-03-31 00:00:00 UTC-4, by the gateway's clock 2026-03-31 13:00:00 UTC\+9\./,
    );
    match(report(rotation, { timeZone: "Asia/Tokyo" }).text, /By your clock and by the gateway's clock that was/);
    doesNotMatch(report(aRotation()).text, /your clock/);
  });

  it("what would be in another zone speaks neither for nor against it", () => {
    const { zone } = someSurroundings();
    const other = {
      ...zone[0],
      zone: "Asia/Tokyo",
      known: false,
      evidence: someEvidence("It is assumed to run there."),
    };
    const { text } = report(aRotation({ surroundings: someSurroundings({ zone: [zone[0], other] }) }));
    match(text, /^ {2}· If the gateway had run in Asia\/Tokyo instead: .* could not be a daily reset\.$/m);
    doesNotMatch(text, /It is assumed to run there/);
  });

  it("whether anybody asked for it is as sure as the cause", () => {
    const why = (...causes: Rotation["causes"]) => report(aRotation({ causes })).section("Why").split("\n").at(-1);
    const nobody = "nobody asked for it and nobody configured it: OpenClaw does it by default.";
    deepEqual(
      [
        why(aCause("daily", "likely")),
        why(aCause("daily", "possible")),
        why(aCause("daily", "likely"), aCause("rpc", "likely")),
        why(aCause("daily", "likely"), aCause("rpc", "possible")),
      ],
      [
        `  N${nobody.slice(1)}`,
        `  If so, ${nobody}`,
        `  If it was the first of these, ${nobody}`,
        `  N${nobody.slice(1)}`,
      ],
    );
  });

  it("beside a cause that a record names another one is only possible", () => {
    const why = report(aRotation({ causes: [aCause("rpc", "certain"), aCause("daily", "likely")] })).section("Why");
    match(why, /Also possible: daily reset\. But a record names the cause above\./);
    doesNotMatch(why, /Likely/);
  });

  it("likely with a range of versions is not known", () => {
    const version = {
      ...{ kind: "range" as const, from: "2026.2.13", until: "2026.3.31" },
      evidence: [someEvidence()] as const,
    };
    const why = report(aRotation({ surroundings: someSurroundings({ version }) })).section("Why");
    match(why, /^Daily reset\. Likely: every condition of it holds for every version and zone that is possible here\./);
  });

  it("says nothing twice", () => {
    const said = "The gateway logged its version 2026.3.13.";
    const evidence = [someEvidence(said)] as const;
    const rotation = aRotation({
      ...{ causes: [aCause("daily", "likely", { evidence })], executedBy: { kind: "heartbeat", evidence } },
      surroundings: someSurroundings({ version: { kind: "exact", version: "2026.3.13", evidence } }),
    });
    ok(report(rotation).text.split(said).length === 2);
  });
});

describe("the order of findings", () => {
  it("what the clean-up is going to do comes after what happened, however new it is", () => {
    const happened = aFinding({ at: 1 });
    const clean = aFinding({ code: "archive.will-be-deleted", at: 2 });
    const note = aFinding({ severity: "info", at: 3 });
    deepEqual([note, clean, happened].sort(compareFindings), [happened, clean, note]);
  });
});
