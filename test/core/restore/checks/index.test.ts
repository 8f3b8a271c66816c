import assert from "node:assert/strict";
import { checkIndexDuplicateKey } from "../../../../src/core/restore/checks/indexDuplicateKey";
import { checkIndexReadable } from "../../../../src/core/restore/checks/indexReadable";
import { checkIndexSize } from "../../../../src/core/restore/checks/indexSize";
import { checkIndexSymlink } from "../../../../src/core/restore/checks/indexSymlink";
import { aContent, anEntry, anIndexText, archiveName, mainKey, restoreFacts, sessionsPath } from "../../../aRestore";
import { said } from "./said";

describe("the index", () => {
  it("stops at an index that OpenClaw would take for an empty one", () => {
    assert.deepEqual(said(checkIndexReadable, { indexText: `\ufeff${anIndexText({ [mainKey]: anEntry })}` }), [
      "blocker: sessions.json begins with a byte order mark: OpenClaw takes such an index for an empty one and writes over it. → Save it as UTF-8 without a byte order mark, with the gateway stopped, then try again.",
    ]);
  });

  it("can be read", () => {
    assert.deepEqual(said(checkIndexReadable), [
      "ok: sessions.json can be read: 1 entry. Only what is named in the plan changes.",
    ]);
  });

  it("is not written over where it cannot be read", () => {
    assert.deepEqual(said(checkIndexReadable, { index: { state: { kind: "unreadable", problem } } }), [
      "blocker: sessions.json is no JSON from line 7 on. → It is never written over: mend sessions.json or put a backup in its place, with the gateway stopped.",
    ]);
  });

  it("has a backup that is named", () => {
    assert.deepEqual(
      said(checkIndexReadable, {
        index: { state: { kind: "unreadable", problem } },
        names: [archiveName, "sessions.json.bak.1774929660397", "sessions.json.bak.1774929660001"],
      }),
      [
        "blocker: sessions.json is no JSON from line 7 on. → It is never written over: mend sessions.json or put sessions.json.bak.1774929660397 in its place, with the gateway stopped.",
      ],
    );
  });

  it("is made where there is none", () => {
    assert.deepEqual(said(checkIndexReadable, { indexText: undefined }), [
      "warning: There is no index (sessions.json): OpenClaw knows no conversation here. → One is made that holds the restored conversation; restore the others after it, or put a backup of the index in its place first.",
    ]);
  });

  it("has each key once", () => {
    assert.deepEqual(said(checkIndexDuplicateKey), []);
  });

  it("stops where the key stands twice", () => {
    assert.deepEqual(said(checkIndexDuplicateKey, { rows: [...rows, ...rows] }), [
      "blocker: The index holds several entries with the key agent:main:main. → Remove all but one of them with the gateway stopped, or restore into a new key.",
    ]);
  });

  it("warns of another key that stands twice", () => {
    assert.deepEqual(
      said(checkIndexDuplicateKey, {
        rows: [
          ...rows,
          ...["a", "a"].map((key) => ({
            storePath: root.storePath,
            key,
            sessionId: undefined,
            file: undefined,
            status: undefined,
            updatedAt: undefined,
          })),
        ],
      }),
      [
        "warning: The index holds several entries with the same key: a. → Nothing has to be done for this restore: those entries are left as they are.",
      ],
    );
  });

  it("repeats what was found when it was read", () => {
    assert.deepEqual(
      said(checkIndexDuplicateKey, {
        root: { ...root, problems: [{ ...twice, file: `${sessionsPath}/sessions.json` }] },
        request: { target: { kind: "in-place", key: mainKey } },
      }),
      [
        'warning: The key "agent:main:x" stands twice in sessions.json. → Nothing has to be done for this restore: those entries are left as they are.',
      ],
    );
  });

  it("is a regular file", () => {
    assert.deepEqual(said(checkIndexSymlink), ["ok: sessions.json is a regular file, no link."]);
  });

  it("is not written through a link", () => {
    assert.deepEqual(said(checkIndexSymlink, { index: { symlink: true } }), [
      "blocker: sessions.json is a link to a file elsewhere; links are not followed for writing. → Put the file itself in the place of the link, with the gateway stopped, or name its directory with session.store in openclaw.json.",
    ]);
  });

  it("is not edited where it is too large", () => {
    assert.deepEqual(said(checkIndexSize, { index: { state: { kind: "too-large", bytes: 40 * 1024 * 1024 } } }), [
      "blocker: The index sessions.json has 40 MB, more than is edited here. → Let OpenClaw make it smaller (`openclaw sessions cleanup`), after a copy of the whole directory, then try again.",
    ]);
  });

  it("may be large", () => {
    assert.deepEqual(
      said(checkIndexSize, {
        index: {
          state: {
            kind: "read",
            bytes: new TextEncoder().encode("{}"),
            content: { ...aContent("{}"), bytes: 12 * 1024 * 1024 },
          },
        },
      }),
      [
        "warning: The index sessions.json has 12 MB: reading and writing it takes a moment. → Nothing has to be done; `openclaw sessions cleanup --dry-run` tells what OpenClaw could remove.",
      ],
    );
  });

  it("says nothing of a usual size", () => {
    assert.deepEqual(said(checkIndexSize), []);
  });
});

const { rows, root } = restoreFacts();
const problem = { code: "store.not-json", message: "sessions.json is no JSON from line 7 on." } as const;
const twice = {
  code: "store.duplicate-key",
  message: 'The key "agent:main:x" stands twice in sessions.json.',
} as const;
