import assert from "node:assert/strict";
import { evidence } from "../../../../src/core/evidence/evidence";
import { checkClock } from "../../../../src/core/restore/checks/clock";
import { checkGateway } from "../../../../src/core/restore/checks/gatewayCheck";
import { checkRunInProgress } from "../../../../src/core/restore/checks/runInProgress";
import { checkUnfinishedRestore } from "../../../../src/core/restore/checks/unfinishedRestore";
import { checkVault } from "../../../../src/core/restore/checks/vault";
import { checkWorkspaceTrust } from "../../../../src/core/restore/checks/workspaceTrust";
import { checkWritable } from "../../../../src/core/restore/checks/writable";
import type { GatewayFact } from "../../../../src/core/restore/gatewayFact";
import type { LockFact } from "../../../../src/core/rotation/rotationFacts";
import { aRestoreAt, oldId, restoreFacts, sessionsPath } from "../../../aRestore";
import { said } from "./said";

describe("whether anything may be written here", () => {
  it("is stopped by a gateway that runs", () => {
    assert.deepEqual(said(checkGateway, { gateway: { running: "yes", pid: 4711, port: 18789, evidence: lockText } }), [
      "blocker: A gateway works on this state directory (process 4711) and could write over the restore. The lock gateway.0a1b2c3d.lock names process 4711, which lives. → Stop it with `openclaw gateway stop`, then try again; start it again afterwards with `openclaw gateway start`.",
    ]);
  });

  it("is stopped by something that answers on the port", () => {
    assert.deepEqual(
      said(checkGateway, { gateway: { running: "yes", pid: undefined, port: 18789, evidence: lockText } }),
      [
        "blocker: A gateway works on this state directory (port 18789) and could write over the restore. The lock gateway.0a1b2c3d.lock names process 4711, which lives. → Stop it with `openclaw gateway stop`, then try again; start it again afterwards with `openclaw gateway start`.",
      ],
    );
  });

  it("asks where it cannot be told whether a gateway runs", () => {
    assert.deepEqual(said(checkGateway, { gateway: unknown }), [
      "confirm: Whether a gateway works on this state directory cannot be told from here. The lock was written on another machine. → Stop it where it runs, with `openclaw gateway stop`, and then confirm that it is stopped (on the command line: --gateway-is-stopped).",
    ]);
  });

  it("takes the user's word that it is stopped", () => {
    assert.deepEqual(said(checkGateway, { gateway: unknown, request: { gatewayIsStopped: true } }), [
      "warning: You said that the gateway is stopped; whether one works on this state directory cannot be told from here. The lock was written on another machine. → If a gateway does run, on another machine or in a container too, stop it now: it may write over the restore.",
    ]);
  });

  it("does not take it against a gateway that was seen", () => {
    assert.deepEqual(
      said(checkGateway, {
        gateway: { running: "yes", pid: 4711, port: undefined, evidence: lockText },
        request: { gatewayIsStopped: true },
      }),
      [
        "blocker: A gateway works on this state directory (process 4711) and could write over the restore. The lock gateway.0a1b2c3d.lock names process 4711, which lives. → Stop it with `openclaw gateway stop`, then try again; start it again afterwards with `openclaw gateway start`.",
      ],
    );
  });

  it("says what tells that none runs", () => {
    assert.deepEqual(said(checkGateway), [
      "ok: No gateway works on this state directory. No lock of a gateway is there.",
    ]);
  });

  it("is stopped by a lock of a process that lives", () => {
    assert.deepEqual(said(checkRunInProgress, { locks: [aLock({})] }), [
      "blocker: A run is in progress: 11111111-1111-4111-8111-111111111111.jsonl.lock locks 11111111-1111-4111-8111-111111111111 for process 4711, which lives. → Wait until it has ended, or stop what runs with `openclaw gateway stop`, then try again.",
    ]);
  });

  it("leaves locks alone whose process has gone", () => {
    assert.deepEqual(said(checkRunInProgress, { locks: [aLock({ alive: false }), aLock({ of: undefined })] }), [
      "ok: Locks were left by processes that have gone: 11111111-1111-4111-8111-111111111111.jsonl.lock. They are left alone; OpenClaw takes them over.",
    ]);
  });

  it("asks where a lock cannot be judged and a gateway may run", () => {
    assert.deepEqual(said(checkRunInProgress, { locks: [aLock({ alive: undefined })], gateway: unknown }), [
      "confirm: Whether a run is in progress cannot be told: 11111111-1111-4111-8111-111111111111.jsonl.lock. → Stop the gateway and every OpenClaw command where they run, then confirm that they are stopped.",
    ]);
  });

  it("warns of such a lock where no gateway runs", () => {
    assert.deepEqual(said(checkRunInProgress, { locks: [aLock({ alive: undefined })] }), [
      "warning: Whether a run is in progress cannot be told: 11111111-1111-4111-8111-111111111111.jsonl.lock. → If an OpenClaw command still works there, wait until it has ended.",
    ]);
  });

  it("is stopped by an entry that says it runs, under a gateway", () => {
    assert.deepEqual(
      said(checkRunInProgress, {
        rows: running,
        gateway: { running: "yes", pid: 1, port: undefined, evidence: lockText },
      }),
      [
        "blocker: The index says that a run is in progress: agent:main:main. → Wait until it has ended and stop the gateway with `openclaw gateway stop`, then try again.",
      ],
    );
  });

  it("asks about such an entry where a gateway may run", () => {
    assert.deepEqual(said(checkRunInProgress, { rows: running, gateway: unknown }), [
      "confirm: The index says that a run is in progress: agent:main:main. → Stop the gateway where it runs, then confirm that it is stopped (on the command line: --gateway-is-stopped).",
    ]);
  });

  it("warns of an entry that a killed gateway left", () => {
    assert.deepEqual(said(checkRunInProgress, { rows: running }), [
      "warning: The index says that a run is in progress since 2026-03-31 04:01:00 UTC, but nothing runs any more: agent:main:main. → Nothing has to be done: the run was cut off when its gateway ended.",
    ]);
  });

  it("is quiet where nothing runs", () => {
    assert.deepEqual(said(checkRunInProgress), [
      "ok: No run is in progress: no transcript is locked, and no entry of the index says so.",
    ]);
  });

  it("is stopped in a workspace that is not trusted", () => {
    assert.deepEqual(said(checkWorkspaceTrust, { trusted: false }), [
      'blocker: This workspace is not trusted, so nothing is written. → Trust it with the command "Workspaces: Manage Workspace Trust", then try again.',
    ]);
  });

  it("says nothing of a trusted one", () => {
    assert.deepEqual(said(checkWorkspaceTrust), []);
  });

  it("is stopped by a restore that was begun and not ended", () => {
    assert.deepEqual(
      said(checkUnfinishedRestore, { unfinished: ["20260330T100000Z-aaaaaaaa", "20260330T110000Z-bbbbbbbb"] }),
      [
        "blocker: A restore was begun here and not ended: 20260330T100000Z-aaaaaaaa, 20260330T110000Z-bbbbbbbb. → Finish it or take it back first: `openclaw-sessions recover 20260330T100000Z-aaaaaaaa` with --finish or --take-back, or the notification in the editor.",
      ],
    );
  });

  it("says nothing without one", () => {
    assert.deepEqual(said(checkUnfinishedRestore), []);
  });

  it("is stopped by a directory that cannot be written", () => {
    assert.deepEqual(said(checkWritable, { disk: { ...disk, sessions: { ...disk.sessions, writable: false } } }), [
      "blocker: The sessions directory in /s cannot be written to by this user. → Run as the user who owns it, or mount it so that it can be written to, then try again.",
    ]);
  });

  it("says that it can be written", () => {
    assert.deepEqual(said(checkWritable), ["ok: The sessions directory can be written to."]);
  });

  it("is stopped by a vault inside a state directory", () => {
    assert.deepEqual(said(checkVault, { disk: { ...disk, vaultInsideStateDir: true } }), [
      "blocker: The place for backups, /vault/0123456789abcdef, lies inside a state directory, where OpenClaw cleans up. → Name another place for backups (setting openclawSessions.backupDirectory, option --backup-dir).",
    ]);
  });

  it("is stopped by a vault that cannot be used", () => {
    assert.deepEqual(
      said(checkVault, {
        disk: {
          ...disk,
          vaultProblem: { code: "directory.unreadable", message: "/vault cannot be made: permission denied." },
        },
      }),
      [
        "blocker: /vault cannot be made: permission denied. → Name another place for backups (setting openclawSessions.backupDirectory, option --backup-dir).",
      ],
    );
  });

  it("says where everything is copied", () => {
    assert.deepEqual(said(checkVault), [
      "ok: Everything that is displaced is copied to /vault/0123456789abcdef first.",
    ]);
  });

  it("is stopped by a clock weeks behind index and files", () => {
    assert.deepEqual(said(checkClock, { now: aRestoreAt - 40 * 86_400_000 }), [
      "blocker: It is 2026-02-19 12:00:00 UTC by the clock of this machine, but the index was changed 2026-03-31 04:01:00 UTC and a file 2026-03-31 04:01:00 UTC: what is set aside now would be deleted as old. → Set the clock, then try again.",
    ]);
  });

  it("warns of one odd file of next year", () => {
    assert.deepEqual(said(checkClock, { disk: { ...disk, newest: aRestoreAt + 365 * 86_400_000 } }), [
      "warning: It is 2026-03-31 12:00:00 UTC by the clock of this machine, but a file was changed 2027-03-31 12:00:00 UTC, 365 d later. → Look whether the clock is right: with a wrong one the restored conversation may be taken for old and reset again.",
    ]);
  });

  it("warns of an entry that was changed after now", () => {
    assert.deepEqual(said(checkClock, { now: aRestoreAt - 9 * 3_600_000, disk: { ...disk, newest: undefined } }), [
      "warning: It is 2026-03-31 03:00:00 UTC by the clock of this machine, but the index was changed 2026-03-31 04:01:00 UTC, 1 h 1 min later. → Look whether the clock is right: with a wrong one the restored conversation may be taken for old and reset again.",
    ]);
  });

  it("is quiet by a clock that is later than everything", () => {
    assert.deepEqual(said(checkClock), [
      "ok: The clock is later than everything that was written here: 2026-03-31T12:00:00.000Z.",
    ]);
  });
});

const lockText = [evidence("lock", () => "The lock gateway.0a1b2c3d.lock names process 4711, which lives.")] as const;
const unknown: GatewayFact = {
  running: "unknown",
  evidence: [evidence("lock", () => "The lock was written on another machine.")],
};
const aLock = (more: Partial<LockFact>): LockFact => ({
  place: { file: `${sessionsPath}/${oldId}.jsonl.lock` },
  of: oldId,
  pid: 4711,
  since: aRestoreAt - 60_000,
  alive: true,
  ...more,
});
const running = restoreFacts().rows.map((row) => ({ ...row, status: "running" }));
const disk = restoreFacts().disk;
