import assert from "node:assert/strict";
import { checkContainment } from "../../../../src/core/restore/checks/containment";
import { checkDiskSpace } from "../../../../src/core/restore/checks/diskSpace";
import { checkFileSystem } from "../../../../src/core/restore/checks/fileSystem";
import { checkOwnerAndMode } from "../../../../src/core/restore/checks/ownerAndMode";
import { aContent, aDisplaced, restoreFacts } from "../../../aRestore";
import { said } from "./said";

describe("the disk", () => {
  it("keeps everything in the sessions directory", () => {
    assert.deepEqual(said(checkContainment), ["ok: Everything that is written lies in /s/agents/main/sessions."]);
  });

  it("stops at a store outside that is not read", () => {
    assert.deepEqual(said(checkContainment, { root: outside }), [
      "blocker: The sessions of agent main lie outside the state directory, in /s/agents/main/sessions, and are not read. → Trust the workspace, or open that state directory itself.",
    ]);
  });

  it("tells a store outside that is", () => {
    assert.deepEqual(said(checkContainment, { root: { ...outside, read: true } }), [
      "ok: Everything that is written lies in /s/agents/main/sessions, as session.store says, outside the state directory.",
    ]);
  });

  it("stops at a current transcript elsewhere", () => {
    assert.deepEqual(
      said(checkContainment, {
        displaced: aDisplaced({ file: { path: "/etc/passwd", content: aContent(""), links: 1 } }),
      }),
      [
        "blocker: The current transcript, /etc/passwd, lies outside the sessions directory /s/agents/main/sessions. → Restore into a new key: nothing is touched there then.",
      ],
    );
  });

  it("stops a plan that would write elsewhere", () => {
    assert.deepEqual(
      said(checkContainment, {}, ({ changes }) => ({
        changes: changes.map((change) => ({ ...change, path: "/s/agents/main/sessions/../../../../etc/x" })),
      })),
      [
        "blocker: The plan would write to /s/agents/main/sessions/../../../../etc/x, outside the sessions directory /s/agents/main/sessions. → Nothing is written there; make a new plan, and report this please.",
      ],
    );
  });

  it("has one file system", () => {
    assert.deepEqual(said(checkFileSystem), ["ok: Archive and sessions directory lie on one file system."]);
  });

  it("tells an archive on another one, and hard links", () => {
    assert.deepEqual(
      said(checkFileSystem, {
        disk: { ...disk, sameFileSystem: { source: false, vault: false } },
        source: { links: 3 },
      }),
      [
        "warning: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z has 3 names (hard links): it may be changed through another one. → Nothing has to be done: a copy is made and compared byte by byte, and the file itself is only read.",
        "warning: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z lies on another file system than /s/agents/main/sessions. → Nothing has to be done: it is copied and compared, which takes a moment longer.",
        "ok: Backups lie on another file system, in /vault/0123456789abcdef; they are copied there and compared.",
      ],
    );
  });

  it("has room", () => {
    assert.deepEqual(said(checkDiskSpace), [
      "ok: 931 GB are free in /s/agents/main/sessions; 5.1 KB are needed.",
      "ok: 931 GB are free in /vault/0123456789abcdef; 5.1 KB are needed.",
    ]);
  });

  it("stops without room for twice the bytes", () => {
    assert.deepEqual(said(checkDiskSpace, { disk: { ...disk, free: { sessions: 4_000, vault: 4_000 } } }), [
      "blocker: 3.9 KB are free in /s/agents/main/sessions, and 5.1 KB are needed. → Make room on that disk, then try again; do not delete archives of conversations.",
      "blocker: 3.9 KB are free in /vault/0123456789abcdef, and 5.1 KB are needed. → Make room, or have backups elsewhere (setting openclawSessions.backupDirectory, option --backup-dir).",
    ]);
  });

  it("says where it cannot be told", () => {
    assert.deepEqual(
      said(checkDiskSpace, {
        disk: { ...disk, free: { sessions: undefined, vault: 1e9 } },
        source: { unpackedBytes: 10 * 1024 * 1024 },
      }),
      [
        "warning: How much room there is in /s/agents/main/sessions cannot be told; up to 20 MB are needed. → Make sure that there is so much; should it run out on the way, everything is taken back.",
        "ok: 954 MB are free in /vault/0123456789abcdef; 20 MB are needed.",
      ],
    );
  });

  it("has the owner and mode of its neighbours", () => {
    assert.deepEqual(said(checkOwnerAndMode), [
      "ok: Owner and mode are those of the other transcripts: user 1000, 0600.",
    ]);
  });

  it("stops where the index belongs to another user", () => {
    assert.deepEqual(said(checkOwnerAndMode, { disk: { ...disk, uid: 0 } }), [
      "blocker: The index belongs to user 1000, and this runs as user 0: the gateway could not read the one that is written. → Run `openclaw-sessions` as that user, for example with `sudo -u '#1000'`.",
    ]);
  });

  it("warns where only the neighbours do", () => {
    assert.deepEqual(said(checkOwnerAndMode, { disk: { ...disk, neighbours: { uid: 1001, mode: 0o600 } } }), [
      "warning: Files in the sessions directory belong to user 1001, and this runs as user 1000: what is written belongs to user 1000. → Run `openclaw-sessions` as that user, or make the restored file his afterwards (chown); else the gateway may not be able to read it.",
    ]);
  });

  it("warns of a mode that is wider", () => {
    assert.deepEqual(
      said(checkOwnerAndMode, {}, ({ changes }) => ({
        changes: changes.map((change) =>
          change.after.kind === "file" ? { ...change, after: { ...change.after, mode: 0o644 } } : change,
        ),
      })),
      [
        "warning: The restored file gets the mode 0644, which lets more people read it than its neighbours, 0600. → Nothing has to be done if nobody else uses this machine; else make it private with chmod 600.",
      ],
    );
  });

  it("says nothing where users have no numbers", () => {
    assert.deepEqual(said(checkOwnerAndMode, { disk: { ...disk, uid: undefined } }), []);
  });
});

const { disk, root } = restoreFacts();
const outside = { ...root, outside: true, read: false };
