import assert from "node:assert/strict";
import { checkCheckpoints } from "../../../../src/core/restore/checks/checkpoints";
import { checkEndedRow } from "../../../../src/core/restore/checks/endedRow";
import { checkFreshness } from "../../../../src/core/restore/checks/freshness";
import { checkPruning } from "../../../../src/core/restore/checks/pruning";
import { checkRetention } from "../../../../src/core/restore/checks/retention";
import { checkUsageCountedTwice } from "../../../../src/core/restore/checks/usageCountedTwice";
import type { ConfigFacts, ResetPolicy, Surroundings } from "../../../../src/core/surroundings/surroundings";
import type { StateDir } from "../../../../src/core/conversation/model";
import { aFile, someEvidence, someSurroundings } from "../../../anExplanation";
import { anArchivedIndex, anEntry, archiveName, mainKey, oldId, restoreFacts } from "../../../aRestore";
import { said } from "./said";

describe("what happens to it afterwards", () => {
  it("tells the next daily reset", () => {
    assert.deepEqual(said(checkFreshness), [
      timesAreSet,
      `warning: The first message after 2026-04-01 04:00:00 UTC resets it again: the policy is a reset every day.${forAYear}`,
    ]);
  });

  it("tells it by the gateway's clock", () => {
    assert.deepEqual(said(checkFreshness, { surroundings: { ...surroundings, zone: [tokyo] } }), [
      timesAreSet,
      `warning: The first message after 2026-03-31 19:00:00 UTC resets it again, by the gateway's clock 2026-04-01 04:00:00 UTC+9: the policy is a reset every day.${forAYear}`,
    ]);
  });

  it("tells that the zone is a guess", () => {
    assert.deepEqual(said(checkFreshness, { surroundings: { ...surroundings, zone: [{ ...tokyo, known: false }] } }), [
      timesAreSet,
      `warning: The first message after 2026-03-31 19:00:00 UTC resets it again, if the gateway's clock says 2026-04-01 04:00:00 UTC+9 then: the policy is a reset every day.${forAYear}`,
    ]);
  });

  it("tells that UTC is a guess", () => {
    assert.deepEqual(
      said(checkFreshness, { surroundings: { ...surroundings, zone: [{ ...tokyo, zone: "UTC", known: false }] } }),
      [
        timesAreSet,
        `warning: The first message after 2026-04-01 04:00:00 UTC resets it again, if the gateway's clock is in UTC: the policy is a reset every day.${forAYear}`,
      ],
    );
  });

  it("tells that heartbeats reset, up to 2026.3.31", () => {
    assert.deepEqual(said(checkFreshness, { surroundings: someSurroundings() }), [
      timesAreSet,
      `warning: The first message after 2026-04-01 04:00:00 UTC resets it again: the policy is a reset every day. Up to 2026.3.31 a heartbeat does it, too.${forAYear}`,
    ]);
  });

  it("tells an idle reset", () => {
    assert.deepEqual(said(checkFreshness, { surroundings: policy({ idle: { minutes: 1_440, clock: "updatedAt" } }) }), [
      timesAreSet,
      `warning: Unless somebody writes before, the first message after 2026-04-01 12:00:00 UTC resets it again: the policy is 1,440 minutes of idleness.${forAYear}`,
    ]);
  });

  it("takes the earlier of two readings of the config", () => {
    assert.deepEqual(
      said(checkFreshness, {
        surroundings: {
          ...surroundings,
          policy: [...policy({ idle: { minutes: 60, clock: "updatedAt" } }).policy, ...surroundings.policy],
        },
      }),
      [
        timesAreSet,
        `warning: Unless somebody writes before, the first message after 2026-03-31 13:00:00 UTC resets it again: the policy is 60 minutes of idleness.${forAYear}`,
      ],
    );
  });

  it("is quiet for a year", () => {
    assert.deepEqual(
      said(checkFreshness, { surroundings: policy({ idle: { minutes: 525_600, clock: "updatedAt" } }) }),
      [timesAreSet, "ok: Nothing resets this conversation by itself before 2027-03-31 12:00:00 UTC."],
    );
  });

  it("is quiet where nothing resets it", () => {
    assert.deepEqual(said(checkFreshness, { surroundings: policy({}) }), [
      timesAreSet,
      "ok: Nothing resets this conversation by itself, by the config and by what OpenClaw does without one.",
    ]);
  });

  it("stops a plan that leaves an old time", () => {
    assert.deepEqual(
      said(checkFreshness, { surroundings: policy({}) }, ({ entries }) => ({
        entries: entries.map(({ after, ...edit }) => ({
          ...edit,
          after: after?.replace(/"sessionStartedAt": \d+/, '"sessionStartedAt": 1'),
        })),
      })),
      [
        "blocker: The plan does not set these times to now, so the very next message could reset the conversation again: sessionStartedAt. → Make a new plan; if it happens again, report it please.",
        "ok: Nothing resets this conversation by itself, by the config and by what OpenClaw does without one.",
      ],
    );
  });

  it("knows of ended entries with 2026.7.35", () => {
    assert.deepEqual(said(checkEndedRow, { version: "2026.7.35" }), [
      "ok: It does not look ended either, which OpenClaw 2026.7 would reset at once: its entry says nothing of a run that ended after the transcript was written.",
    ]);
  });

  it("says nothing of them with 2026.5.18", () => {
    assert.deepEqual(said(checkEndedRow, { version: "2026.5.18" }), []);
  });

  it("stops a plan that leaves an ended entry older than its transcript", () => {
    assert.deepEqual(
      said(checkEndedRow, { version: "2026.7.35" }, ({ entries, changes }) => ({
        entries: entries.map(({ after, ...edit }) => ({ ...edit, after: after?.replace("{", '{\n  "endedAt": 5,') })),
        changes: changes.map((change) =>
          change.after.kind === "file" ? { ...change, after: { ...change.after, mtimeMs: 9e12 } } : change,
        ),
      })),
      [
        "blocker: The entry would look ended and be older than its transcript, so OpenClaw 2026.7 would reset it with the next message: endedAt. → Make a new plan; if it happens again, report it please.",
      ],
    );
  });

  it("tells when archives are deleted", () => {
    assert.deepEqual(said(checkRetention), [
      `warning: OpenClaw deletes the archive itself with the first message after 2026-04-30 04:00:00 UTC.${keepArchives}`,
      "warning: The conversation that is current now is set aside as an archive; OpenClaw deletes it with the first message after 2026-04-30 12:00:00 UTC. → A copy of it is put among the backups, too.",
    ]);
  });

  it("tells that it may be so", () => {
    assert.deepEqual(said(checkRetention, { version: undefined }), [
      `warning: OpenClaw deletes the archive itself with the first message after 2026-04-30 04:00:00 UTC. That is so if OpenClaw 2026.4.20 to 2026.7.35 runs here, which is not known.${mayKeepArchives}`,
      "warning: The conversation that is current now is set aside as an archive; OpenClaw deletes it with the first message after 2026-04-30 12:00:00 UTC. That is so if OpenClaw 2026.4.20 to 2026.7.35 runs here, which is not known. → A copy of it is put among the backups, too.",
    ]);
  });

  it("tells that it is due", () => {
    assert.deepEqual(
      said(checkRetention, { now: Date.UTC(2026, 5, 1), agent: { ...restoreFacts().agent, conversations: [] } }),
      [
        `warning: OpenClaw deletes the archive itself with the next message: it has been due since 2026-04-30 04:00:00 UTC.${keepArchives}`,
        "warning: The conversation that is current now is set aside as an archive; OpenClaw deletes it with the first message after 2026-07-01 00:00:00 UTC. → A copy of it is put among the backups, too.",
      ],
    );
  });

  it("is quiet where archives are kept", () => {
    assert.deepEqual(
      said(checkRetention, { stateDir: maintained({ resetArchiveRetention: { value: false, place } }) }),
      ["ok: Nothing deletes the file that is restored because of its age, and a copy is put among the backups."],
    );
  });

  it("tells nothing of the displaced one under a new key", () => {
    assert.deepEqual(said(checkRetention, { version: "2026.7.35", request: { target: { kind: "new-key" } } }), [
      `warning: OpenClaw deletes the archive itself with the first message after 2026-04-30 04:00:00 UTC.${keepArchives}`,
    ]);
  });

  it("tells when an unused entry goes", () => {
    assert.deepEqual(said(checkPruning, { version: "2026.7.35" }), [
      "ok: Its entry counts as used from now on; unless it is used again, OpenClaw may remove it after 2026-04-30 12:00:00 UTC.",
      "ok: No clean-up takes the new file for an orphan: an entry names it, and its time is that of the restore.",
    ]);
  });

  it("tells nothing of it before there was such a thing", () => {
    assert.deepEqual(said(checkPruning, { version: "2026.2.1" }), []);
  });

  it("warns where one entry more pushes another out", () => {
    assert.deepEqual(
      said(checkPruning, {
        version: "2026.7.35",
        request: { target: { kind: "new-key" } },
        stateDir: maintained({ maxEntries: { value: 1, place } }),
      }),
      [
        "ok: Its entry counts as used from now on; unless it is used again, OpenClaw may remove it after 2026-04-30 12:00:00 UTC.",
        "warning: The index has 1 entry and OpenClaw keeps 1: with one more, it removes the entry that was unused longest. → Raise session.maintenance.maxEntries in openclaw.json first, or restore into the key that exists.",
        "ok: No clean-up takes the new file for an orphan: an entry names it, and its time is that of the restore.",
      ],
    );
  });

  it("warns of a limit to the bytes", () => {
    assert.deepEqual(
      said(checkPruning, { version: "2026.7.35", stateDir: maintained({ maxDiskBytes: { value: "1gb", place } }) }),
      [
        "ok: Its entry counts as used from now on; unless it is used again, OpenClaw may remove it after 2026-04-30 12:00:00 UTC.",
        "warning: session.maintenance.maxDiskBytes is 1gb: beyond that OpenClaw deletes archives, the oldest first. → Raise it in openclaw.json before the next message if the sessions directory is near it; the backups are not touched.",
        "ok: No clean-up takes the new file for an orphan: an entry names it, and its time is that of the restore.",
      ],
    );
  });

  it("is quiet where maintenance only warns", () => {
    assert.deepEqual(
      said(checkPruning, { version: "2026.7.35", stateDir: maintained({ mode: { value: "warn", place } }) }),
      ["ok: No clean-up takes the new file for an orphan: an entry names it, and its time is that of the restore."],
    );
  });

  it("tells that usage is counted twice", () => {
    assert.deepEqual(said(checkUsageCountedTwice), [
      "warning: From 2026.4.1 on OpenClaw counts the tokens of archives as well, so those of this conversation are counted twice. → Nothing has to be done: only the figures of usage and cost are too high for those days.",
    ]);
  });

  it("is quiet before 2026.4.1", () => {
    assert.deepEqual(said(checkUsageCountedTwice, { version: "2026.3.13" }), []);
  });

  it("counts checkpoints that the entry lists", () => {
    assert.deepEqual(
      said(checkCheckpoints, {
        names: [archiveName, checkpoint],
        indexText: JSON.stringify({ [mainKey]: { ...anEntry, compactionCheckpoints: [] } }),
      }),
      ["ok: This session has 1 checkpoint on disk; its entry lists them."],
    );
  });

  it("counts no checkpoints where there are none", () => {
    assert.deepEqual(said(checkCheckpoints), []);
  });

  it("tells what becomes of a checkpoint", () => {
    assert.deepEqual(said(checkCheckpoints, { source: { file: aFile(checkpoint, { index: anArchivedIndex() }) } }), [
      "ok: A checkpoint is restored as a session of its own; the transcript that was compacted stays a window of session 11111111-1111-4111-8111-111111111111.",
    ]);
  });
});

const { stateDir, surroundings } = restoreFacts();
const place = { file: "/s/openclaw.json", line: 12 };
const policy = (more: Partial<ResetPolicy>): Surroundings => ({
  ...surroundings,
  policy: [{ daily: undefined, idle: undefined, isDefault: false, evidence: [someEvidence("Configured.")], ...more }],
});
const maintained = (maintenance: Partial<ConfigFacts["maintenance"]>): StateDir => ({
  ...stateDir,
  configFacts: {
    ...{ file: "/s/openclaw.json", reset: undefined, resetByType: {}, resetByChannel: {}, idleMinutes: undefined },
    ...{ resetTriggers: undefined, heartbeat: undefined, agentHeartbeats: {}, defaultAgentId: undefined },
    ...{ userTimezone: undefined, logFile: undefined, contextWindows: {}, primaryModel: undefined },
    ...{ contextTokens: undefined, truncateAfterCompaction: undefined, lastTouched: undefined },
    maintenance: {
      ...{ mode: undefined, pruneAfter: undefined, maxEntries: undefined },
      ...{ resetArchiveRetention: undefined, maxDiskBytes: undefined },
      ...maintenance,
    },
  },
});
const tokyo = { ...surroundings.zone[0], zone: "Asia/Tokyo" };
const checkpoint = `${oldId}.checkpoint.33333333-3333-4333-8333-333333333333.jsonl`;

const timesAreSet =
  "ok: The next message does not reset it again: updatedAt, sessionStartedAt and lastInteractionAt of its entry are set to now, which every version of OpenClaw goes by.";
const forAYear =
  ' → So that it does not happen, write `session: { reset: { mode: "idle", idleMinutes: 525600 } }` into openclaw.json before then; every OpenClaw version takes that for "not for a year".';
const mayKeepArchives =
  " → A copy is put among the backups, where nothing deletes it. From OpenClaw 2026.2.23 on archives are kept with `session.maintenance.resetArchiveRetention: false` in openclaw.json; older versions do not start with it.";
const keepArchives =
  " → A copy is put among the backups, where nothing deletes it. To have archives kept, write `session: { maintenance: { resetArchiveRetention: false } }` into openclaw.json.";
