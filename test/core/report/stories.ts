import { evidence, type Place } from "../../../src/core/evidence/evidence";
import type { Rotation } from "../../../src/core/rotation/rotation";
import {
  aCause,
  aConversation,
  aFile,
  aFinding,
  aResetAt,
  aRotation,
  aWindow,
  someEvidence,
  someSurroundings,
} from "../../anExplanation";

const sessions = "/s/agents/main/sessions";
const day = 24 * 3_600_000;

/** openclaw/openclaw#58409: the archive is stamped 397 ms after the boundary, and a heartbeat wrote the first words after it. */
export function theDailyReset(): { readonly rotation: Rotation; readonly before: Rotation } {
  const archived = "3df90563-0d6b-4c1e-9a53-6a1f0c2b7e11.jsonl.reset.2026-03-31T04-00-00.397Z";
  const archive = aFile(archived, { messages: 8_323, bytes: 41_200_000 });
  const line: Place = { file: archive.path, line: 24_871 };
  const older = aWindow("9b1e22c4-77aa-4e0b-8d1f-b1a6f7c3d902", {
    kind: "reset",
    primary: aFile("9b1e22c4-77aa-4e0b-8d1f-b1a6f7c3d902.jsonl.reset.2026-03-20T09-12-44.120Z", { messages: 412 }),
    archivedAt: Date.UTC(2026, 2, 20, 9, 12, 44, 120),
    firstAt: Date.UTC(2026, 2, 19, 8),
    lastAt: Date.UTC(2026, 2, 20, 9, 11),
  });
  const from = aWindow("3df90563-0d6b-4c1e-9a53-6a1f0c2b7e11", {
    kind: "reset",
    primary: archive,
    archivedAt: aResetAt,
    firstAt: Date.UTC(2026, 2, 20, 9, 12, 45),
    lastAt: aResetAt - 138_397,
  });
  const to = aWindow("614a8906-5d0f-4f0e-b0d4-20e7bb7f9c55", {
    primary: aFile("614a8906-5d0f-4f0e-b0d4-20e7bb7f9c55.jsonl", { messages: 4 }),
    firstAt: aResetAt + 403,
    lastAt: aResetAt + 61_000,
  });
  const ancient = Array.from({ length: 7 }, (_, index) =>
    aWindow(`0000000${String(index)}-old`, {
      kind: "reset",
      firstAt: Date.UTC(2026, 1, index + 1),
      lastAt: Date.UTC(2026, 1, index + 1, 3),
    }),
  );
  const conversation = aConversation("agent:main:main", to, from, older, ...ancient);

  const surroundings = someSurroundings({
    zone: [
      {
        zone: "UTC",
        learnedFrom: "utc",
        known: false,
        evidence: evidence(
          "machine",
          () => "Servers and containers usually run in UTC; no log and no stamp of that time is left.",
        ),
      },
      {
        zone: "Asia/Tokyo",
        learnedFrom: "machine",
        known: false,
        evidence: evidence("machine", () => "This machine is in the zone Asia/Tokyo."),
      },
    ],
  });
  const rotation = aRotation({
    ...{ from, to, conversation, archive, surroundings },
    causes: [
      aCause("daily", "possible", {
        evidence: [
          someEvidence(
            "The boundary 2026-03-31T04:00:00.000Z (04:00 in UTC) lies between the last entry at 2026-03-31T03:57:42.000Z and the reset at 2026-03-31T04:00:00.397Z.",
            line,
          ),
          someEvidence("No reset policy is configured; OpenClaw 2026.3.13 then resets daily at 04:00.", {
            file: "/s/openclaw.json",
            line: 12,
          }),
        ],
        missing: ["The offset in the gateway's log of that day would tell the zone; the log is gone."],
      }),
    ],
    excluded: [
      {
        cause: "idle",
        because: [someEvidence("No idle limit is in force, and only 2 min 18 s passed without an entry.", line)],
      },
      {
        cause: "command",
        because: [
          someEvidence("The first message after it is the prompt of a heartbeat, not a startup prompt.", {
            file: `${sessions}/${to.primary?.name.base ?? ""}`,
            line: 2,
          }),
        ],
      },
    ],
    executedBy: {
      kind: "heartbeat",
      evidence: [
        someEvidence(
          "The first message of the new session is the prompt of a heartbeat, at 2026-03-31T04:00:00.800Z.",
          { file: `${sessions}/${to.primary?.name.base ?? ""}`, line: 2 },
          { recordedAt: aResetAt + 2_000 },
        ),
      ],
    },
    cost: { messages: 8_323, tokens: 151_204_233, firstAt: from.firstAt, lastAt: from.lastAt },
    knownIssues: [
      { issue: 58409, about: "the daily reset at 04:00 that nobody configured, carried out by a machine's turn." },
    ],
  });
  const before = aRotation({
    ...{ from: older, to: from, conversation, at: Date.UTC(2026, 2, 20, 9, 12, 44, 120), surroundings },
    causes: [aCause("command", "certain")],
    origin: "asked",
  });
  return { rotation, before };
}

/** A transcript that was left behind in the oldest releases: no archive, no log, no config, no version. */
export function theUnknown(): Rotation {
  const from = aWindow("aaaa1111-1111-4111-8111-111111111111", {
    kind: "orphan",
    primary: aFile("aaaa1111-1111-4111-8111-111111111111.jsonl"),
    join: undefined,
  });
  const nothing = [evidence("default", () => "Nothing is configured.")] as const;
  return aRotation({
    ...{
      from,
      to: undefined,
      conversation: undefined,
      at: undefined,
      archive: undefined,
      atFrom: "nothing",
      causes: [],
    },
    compared: [
      someEvidence("The transcript has no entry with a time.", { file: from.primary?.path ?? "" }),
      someEvidence("No archive of it exists, and no transcript of this agent began within a minute of it."),
    ],
    missing: ["A log of the gateway would tell whether a compaction failed; there is none."],
    origin: "unknown",
    cost: { messages: undefined, tokens: undefined, firstAt: undefined, lastAt: undefined },
    surroundings: {
      version: { kind: "unknown" },
      zone: [{ zone: "Europe/Berlin", learnedFrom: "machine", known: false, evidence: nothing[0] }],
      policy: [
        { daily: { atHour: 4, clock: "sessionStartedAt" }, idle: undefined, isDefault: true, evidence: nothing },
        { daily: { atHour: 4, clock: "updatedAt" }, idle: undefined, isDefault: true, evidence: nothing },
      ],
      heartbeat: {
        on: false,
        everyMs: undefined,
        isolated: false,
        prompt: undefined,
        model: undefined,
        evidence: nothing,
      },
    },
  });
}

/** A button was pressed, the gateway logged it, and the tool kept the line. */
export function theButton(): Rotation {
  const at = Date.UTC(2026, 6, 21, 9, 35, 27, 28);
  const key = "agent:main:telegram:direct:+15551234567";
  const from = aWindow("61920df1-0000-4000-8000-000000000001", {
    kind: "reset",
    primary: aFile("61920df1-0000-4000-8000-000000000001.jsonl.reset.2026-07-21T09-35-27.028Z", { messages: 1 }),
    archivedAt: at,
    firstAt: at - 2 * day,
    lastAt: at - 60_000,
  });
  const to = aWindow("a32f58af-0000-4000-8000-000000000002", { firstAt: at + 5, lastAt: at + 5 });
  const log: Place = { file: "/tmp/openclaw/openclaw-2026-07-21.log", line: 88 };
  return aRotation({
    ...{ from, to, at, conversation: aConversation(key, to, from) },
    causes: [
      aCause("rpc", "certain", {
        evidence: [
          someEvidence("The gateway logged a call of sessions.reset at 2026-07-21T09:35:27.030Z.", log, {
            source: "log",
            recordedAt: at + 900,
          }),
        ],
      }),
      aCause("daily", "possible", { against: [someEvidence(`The log names another cause for ${key}.`, log)] }),
    ],
    executedBy: { kind: "rpc", evidence: [] },
    origin: "asked",
    cost: { messages: 1, tokens: 1, firstAt: from.firstAt, lastAt: from.lastAt },
  });
}

export function findingAbout(rotation: Rotation) {
  return aFinding({
    detail: "8,323 messages and 151,204,233 tokens of 2026-03-20 to 2026-03-31 were set aside.",
    next: 'Set session.reset to {"mode": "idle", "idleMinutes": 525600} to keep it from happening again.',
    subject: { stateDir: "/s", agentId: "main", key: "agent:main:main", rotationId: rotation.id },
  });
}
