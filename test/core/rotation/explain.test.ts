import assert from "node:assert/strict";
import { explainBoundary } from "../../../src/core/rotation/explainBoundary";
import { lookAlikesOf } from "../../../src/core/rotation/lookAlikes";
import { RotationExplainer } from "../../../src/core/rotation/rotationExplainer";
import type { Rotation } from "../../../src/core/rotation/rotation";
import type { RotationFacts } from "../../../src/core/rotation/rotationFacts";
import { noEvidence } from "../../anEvidence";
import { aConversation, aFile, aStateDir, aWindow, someSurroundings } from "../../anExplanation";
import { anIndex } from "../../anIndex";
import { storeRow } from "../conversation/builders";
import { aLine, aPolicy, dailyByActivity, given, time, unknownVersion, zones } from "./rotationFacts";

function causesOf(facts: RotationFacts): string[] {
  return explainBoundary(facts).causes.map(({ cause, confidence }) => `${cause} ${confidence}`);
}

describe("explaining a boundary", () => {
  it("openclaw/openclaw#58409: the daily boundary, carried out by the first turn after it", () => {
    const facts = given({ to: { opening: { speaker: "heartbeat", heartbeat: true } } });
    const { causes, executedBy, origin, excluded, knownIssues } = explainBoundary(facts);
    assert.deepEqual(
      causes.map(({ cause, confidence }) => `${cause} ${confidence}`),
      ["daily likely"],
    );
    assert.equal(executedBy.kind, "heartbeat");
    assert.equal(origin, "default");
    assert.deepEqual(
      excluded.map(({ cause }) => cause),
      ["command", "idle"],
    );
    assert.deepEqual(
      knownIssues.map(({ issue }) => issue),
      [58409],
    );
  });

  it("the same gateway in UTC+9: daily is excluded, with the numbers", () => {
    const { causes, excluded } = explainBoundary(given({ zone: zones("+09:00") }));
    assert.deepEqual(causes, []);
    assert.match(
      excluded.find(({ cause }) => cause === "daily")?.because[0].text ?? "",
      /the last 04:00 boundary in \+09:00 was 2026-03-30T19:00:00\.000Z, before the last activity/,
    );
  });

  it("openclaw/openclaw#70330: 4.21 in UTC+9, the first message after 04:00 there; no call, no command", () => {
    const facts = given({
      version: "2026.4.21",
      zone: zones("Asia/Tokyo"),
      at: "30T19:07:46.300",
      from: { header: "30T10:00", last: "30T18:51:55" },
      to: {
        header: "30T19:07:46.900",
        first: "30T19:07:46.901",
        opening: { stamped: true, at: time("30T19:07:46.910") },
      },
    });
    const { causes, excluded, executedBy } = explainBoundary(facts);
    assert.deepEqual(
      causes.map(({ cause }) => cause),
      ["daily"],
    );
    assert.deepEqual(
      excluded.map(({ cause }) => cause),
      ["command", "rpc", "idle"],
    );
    assert.equal(executedBy.kind, "user-message");
  });

  it("what names the cause comes before what was due as well", () => {
    const logs = [aLine("04:00:00.450", { kind: "rpc", method: "sessions.reset", ok: true })];
    assert.deepEqual(causesOf(given({ more: { logs } })), ["rpc certain", "daily likely"]);
  });

  it("a message without its stamp: the command before the boundary that lay between as well", () => {
    assert.deepEqual(causesOf(given({ from: { opening: { stamped: true } }, to: { opening: { stamped: false } } })), [
      "command likely",
      "daily likely",
    ]);
  });

  it("daily and idle both due: the one that expired first, and it says so", () => {
    const idle = { minutes: 2, clock: "updatedAt" } as const;
    const soon = given({ policy: [{ ...dailyByActivity, idle }] });
    assert.deepEqual(causesOf(soon), ["idle likely", "daily likely"]);
    const later = given({ policy: [{ ...dailyByActivity, idle: { ...idle, minutes: 60 } }], at: "08:00" });
    assert.deepEqual(causesOf(later), ["daily likely", "idle likely"]);
    assert.equal(
      explainBoundary(later).causes[0]?.evidence.at(-1)?.text,
      "Both were due: the boundary was at 2026-03-31T04:00:00.000Z, before the idle time was over at 2026-03-31T04:57:42.000Z.",
    );
  });

  it("nothing fits: unknown, with what was compared and what would settle it", () => {
    const { causes, compared, missing, origin, executedBy } = explainBoundary(
      given({ policy: [aPolicy({})], version: unknownVersion, to: null }),
    );
    assert.deepEqual([causes, origin, executedBy.kind], [[], "unknown", "unknown"]);
    assert.deepEqual(
      compared.map(({ text }) => text),
      ["Session old-1 ended 2026-03-31T04:00:00.397Z.", "Nothing tells which session followed it."],
    );
    assert.equal(missing[0], "Which OpenClaw ran then is not known.");
  });

  it("what it cost is that of the archive", () => {
    const index = anIndex({
      roles: { ...anIndex().roles, user: 3, assistant: 4, mirror: 2 },
      usage: { ...anIndex().usage, totalTokens: 900 },
      firstAt: time("30T09:00"),
      lastAt: time("03:57"),
    });
    assert.deepEqual(explainBoundary(given({ from: { file: { index } } })).cost, {
      messages: 7,
      tokens: 900,
      firstAt: time("30T09:00"),
      lastAt: time("03:57"),
    });
  });
});

describe("who carried it out", () => {
  const kind = (facts: RotationFacts): Rotation["executedBy"]["kind"] => explainBoundary(facts).executedBy.kind;

  it("the run trace, else the first message, else the row that a heartbeat wrote", () => {
    const trigger = { trigger: "cron", at: time("04:00:00.400"), place: { file: "/t" } };
    assert.equal(kind(given({ more: { trigger }, to: { opening: { speaker: "user", stamped: true } } })), "cron");
    assert.equal(kind(given({ to: { opening: { speaker: "exec-notice" } } })), "exec-notice");
    assert.equal(kind(given({ row: storeRow("main", "new-1", { originProvider: "heartbeat" }) })), "heartbeat");
  });

  it("a first message that came an hour later carried out nothing", () => {
    const later = { header: "05:00", first: "05:00", opening: { stamped: true, at: time("05:00") } };
    assert.equal(kind(given({ to: later })), "unknown");
  });
});

describe("look-alikes", () => {
  it("lines of a log that look like a rotation and are none, oldest first", () => {
    const logs = [
      aLine("05:00", { kind: "mapping-preserved", key: "agent:ops:main" }),
      aLine("04:00", { kind: "cli-session-reset", reason: "system-prompt" }),
      aLine("04:30", { kind: "rpc", method: "sessions.reset", ok: true }),
    ];
    assert.deepEqual(
      lookAlikesOf("/s", logs).map(({ agentId, key, evidence }) => [agentId, key, evidence.text]),
      [
        [undefined, undefined, "A line about cli-session-reset."],
        ["ops", "agent:ops:main", "A line about mapping-preserved."],
      ],
    );
  });
});

describe("ten thousand boundaries", () => {
  it("are explained one by one, with a log of twenty thousand lines", () => {
    const began = time("30T00:00");
    const conversations = Array.from({ length: 100 }, (_, chat) => {
      const windows = Array.from({ length: 101 }, (_, day) => {
        const at = began + day * 86_400_000 + chat * 1000;
        const id = `${chat}-${day}`;
        const stamp = new Date(at + 80_000_000).toISOString().replaceAll(":", "-");
        const isCurrent = day === 100;
        const file = aFile(isCurrent ? `${id}.jsonl` : `${id}.jsonl.reset.${stamp}`, {
          head: {
            headerId: id,
            headerAt: at,
            headerVersion: 3,
            cwd: "/w",
            firstEntryId: "1",
            firstAt: at,
            lastAt: at + 1000,
            sessionKey: undefined,
            problem: undefined,
          },
        });
        return aWindow(id, { kind: isCurrent ? "live" : "reset", primary: file, firstAt: at, lastAt: at + 1000 });
      });
      return aConversation(`agent:main:telegram:direct:${chat}`, ...windows.reverse());
    });
    const logs = Array.from({ length: 20_000 }, (_, at) => ({
      ...aLine("04:00", { kind: "heartbeat" }),
      at: began + at * 400_000,
    }));
    const stateDir = aStateDir(conversations);
    const [agent] = stateDir.agents;
    assert.ok(agent);
    const surroundings = someSurroundings({ zone: zones("UTC?", "Asia/Tokyo?", "Europe/Berlin?") });

    // Whoever does quadratic work here runs into the runner's time limit.
    const explainer = new RotationExplainer(stateDir, noEvidence({ logs }), () => surroundings);
    const rotations = conversations.flatMap((conversation) => explainer.ofConversation(agent, conversation));

    assert.equal(rotations.length, 10_000);
    assert.equal(new Set(rotations.map(({ id }) => id)).size, 10_000);
  });
});
