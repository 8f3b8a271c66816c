import assert from "node:assert/strict";
import { noEvidence } from "../../anEvidence";
import type { Conversation, SessionFile, Window } from "../../../src/core/conversation/model";
import { storeRowFromFields } from "../../../src/core/store/storeRowFields";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import { aConfig } from "./aConfig";
import { aFile, anOpening, aStateDir, aWindow, untold } from "./aStateDir";
import { anIndex } from "../../anIndex";

const at = Date.parse("2026-04-22T04:00:05Z");
const key = "agent:main:main";

describe("the surroundings of a conversation", () => {
  it("of which nothing is known are what is assumed, and that is said", () => {
    const { version, zone, policy, heartbeat } = surroundingsOf(untold(), noEvidence())("main", undefined, at);
    assert.deepEqual(
      [version.kind, zone.map(({ known }) => known), policy.length, heartbeat.on],
      ["range", [false], 2, true],
    );
    const all = [
      ...(version.evidence ?? []),
      ...zone.map(({ evidence }) => evidence),
      ...policy.flatMap((each) => each.evidence),
      ...heartbeat.evidence,
    ];
    for (const { text } of all) assert.match(text, /^[A-Z].*[.]$/);
  });

  it("are asked for now where no moment is known", () => {
    const now = Date.parse("2026-03-05T00:00:00Z");
    const { version } = surroundingsOf(untold(), noEvidence({ now }))("main", undefined, undefined);
    assert.deepEqual(version.kind === "range" && version.until, "2026.3.31");
  });

  it("have the default policy too where the config was written later", () => {
    const facts = (lastTouchedAt: number) => ({
      ...aStateDir([]),
      configFacts: aConfig({
        meta: { lastTouchedVersion: "2026.4.21", lastTouchedAt: new Date(lastTouchedAt).toISOString() },
        session: { reset: { mode: "idle", idleMinutes: 30 } },
      }),
    });
    const policies = (lastTouchedAt: number): readonly string[] =>
      surroundingsOf(facts(lastTouchedAt), noEvidence())("main", undefined, at).policy.map(
        ({ daily, idle }) => `${String(daily?.atHour)} ${String(idle?.minutes)}`,
      );
    assert.deepEqual([...new Set(policies(at - 60_000))], ["undefined 30"]);
    assert.deepEqual([...new Set(policies(at + 60_000))], ["undefined 30", "4 undefined"]);
  });

  it("take no zone from a stamp of a release that writes none: somebody typed it", () => {
    const written = anOpening({ at: new Date(at).toISOString(), offsetMinutes: 540 });
    const zonesWith = (openClawVersion: string): readonly string[] => {
      const trace = aFile("a.trajectory.jsonl", { openClawVersion, firstAt: at + 5 });
      const facts = surroundingsOf(aStateDir([written, trace]), noEvidence())("main", undefined, at);
      return facts.zone.map((each) => `${each.zone} ${each.known ? "known" : "assumed"}`);
    };
    assert.deepEqual(zonesWith("2026.4.21"), ["+09:00 known", "UTC assumed"]);
    assert.deepEqual(zonesWith("2026.7.35"), ["UTC assumed"]);
  });

  it("take the version from the log, a reply, a run trace or the config", () => {
    const place = { file: "/tmp/openclaw/openclaw.log", line: 1 };
    const start = { kind: "gateway-start", version: "2026.4.21" } as const;
    const log = { at: at - 3_600_000, offsetMinutes: undefined, event: start, text: "", place, recordedAt: undefined };
    const reply = {
      ...aFile("a.jsonl"),
      index: anIndex({ versionReplies: [{ version: "2026.4.21", at: at - 5, line: 9 }] }),
    };
    const trace = aFile("a.trajectory.jsonl", { openClawVersion: "2026.4.21", firstAt: at + 5 });
    const lastTouchedAt = new Date(at - 60_000).toISOString();
    const configFacts = aConfig({ meta: { lastTouchedVersion: "2026.4.21", lastTouchedAt } });
    const asked = [
      surroundingsOf(aStateDir([]), noEvidence({ logs: [log] })),
      surroundingsOf(aStateDir([reply]), noEvidence()),
      surroundingsOf(aStateDir([trace]), noEvidence()),
      surroundingsOf({ ...aStateDir([]), configFacts }, noEvidence()),
    ].map((surroundings) => surroundings("main", undefined, at).version);
    assert.deepEqual(
      asked.map((version) => [version.kind === "exact" && version.version, version.evidence?.[0]?.text]),
      [
        ["2026.4.21", "The gateway's log: OpenClaw 2026.4.21 started at 2026-04-22T03:00:05.000Z."],
        ["2026.4.21", "OpenClaw named its version 2026.4.21 in a reply of 2026-04-22T04:00:04.995Z."],
        ["2026.4.21", "A run trace of 2026-04-22T04:00:05.005Z was written by OpenClaw 2026.4.21."],
        ["2026.4.21", "OpenClaw 2026.4.21 was the last to write the config, at 2026-04-22T03:59:05.000Z."],
      ],
    );
  });

  it("take the version from what only some leave", () => {
    const opening = anOpening({ at: new Date(at + 1000).toISOString() }).head?.opening;
    assert.ok(opening);
    const ask = (file: SessionFile, conversations: readonly Conversation[] = []) => {
      const { version } = surroundingsOf(aStateDir([file], conversations), noEvidence())("main", undefined, at);
      return version.kind === "range" ? [version.from, version.until] : version.kind;
    };
    const startup = { ...opening, speaker: "startup" } as const;
    const heartbeat = { ...opening, speaker: "heartbeat", heartbeat: true, currentTime: true } as const;
    assert.deepEqual(
      [
        ask(aFile("a.jsonl", { opening: { ...startup, startup: "new" } })),
        ask(aFile("a.jsonl", { opening: { ...startup, startup: undefined } })),
        ask(aFile("a.jsonl", { opening: heartbeat })),
        ask(aFile("a.checkpoint.11111111-1111-4111-8111-111111111111.jsonl", { lastAt: at })),
        ask(aFile("a.jsonl.reset.2026-04-22T04-00-05.000Z")),
        ask(aFile("a.trajectory.jsonl", { firstAt: at })),
        ask(aFile("b.jsonl"), [aConversation({ updatedAt: at, sessionStartedAt: at })]),
        ask(aFile("b.jsonl"), [aConversation({ updatedAt: at }, at)]),
        ask(aFile("b.jsonl"), [
          aConversation({ updatedAt: at + 9e9, sessionStartedAt: at, usageFamilySessionIds: ["old"] }, at, at + 5),
        ]),
      ],
      [
        ["2026.4.27", "2026.4.31"],
        [undefined, "2026.4.26"],
        [undefined, "2026.4.25"],
        ["2026.4.7", "2026.4.31"],
        ["2026.2.13", "2026.4.31"],
        ["2026.4.22", "2026.4.31"],
        ["2026.4.25", "2026.4.31"],
        [undefined, "2026.4.24"],
        // A wrong clock, for there was no 2026.5 in April: the mark counts.
        ["2026.5.18", "2026.7.35"],
      ],
    );
  });

  it("cost little for four thousand sessions with as many rotations", () => {
    const zones = [60, 120];
    const files = Array.from({ length: 4_000 }, (_, n) => {
      const moment = at + n * 600_000;
      const opened = anOpening({ at: new Date(moment).toISOString(), offsetMinutes: zones[n % 2] ?? 0 });
      return {
        ...opened,
        ...aFile(`${n}.jsonl.reset.${new Date(moment).toISOString().replaceAll(":", "-")}`, { ...opened.head }),
      };
    });
    const stateDir = { ...aStateDir(files), configFacts: aConfig({ session: { reset: { atHour: 5 } } }) };
    // Whoever does quadratic work here runs into the runner's time limit.
    const surroundings = surroundingsOf(stateDir, noEvidence({ machineZone: "Europe/Berlin" }));
    surroundings("main", undefined, at);
    for (let n = 0; n < 4_000; n++) {
      const { zone } = surroundings("main", aConversation({ updatedAt: at }), at + n * 600_001);
      assert.ok(zone[0].known);
    }
  });
});

function aConversation(
  fields: Readonly<Record<string, unknown>>,
  headerAt?: number,
  archivedAt?: number,
): Conversation {
  const live: Window = { ...aWindow(aFile("live.jsonl", { headerAt })), kind: "live", sessionId: "live" };
  const old: Window = { ...aWindow(aFile("old.jsonl")), sessionId: "old", archivedAt };
  const row = storeRowFromFields(key, new Map(Object.entries({ sessionId: "live", ...fields })));
  const windows = archivedAt === undefined ? [live] : [live, old];
  return {
    key,
    agentId: "main",
    group: "people",
    label: "main",
    row,
    windows,
    lastActivityAt: undefined,
    problems: [],
  };
}
