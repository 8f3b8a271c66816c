import assert from "node:assert/strict";
import { checkAlreadyCurrent } from "../../../../src/core/restore/checks/alreadyCurrent";
import { checkCaseCollision } from "../../../../src/core/restore/checks/caseCollision";
import { checkDisplaced } from "../../../../src/core/restore/checks/displaced";
import { checkIdElsewhere } from "../../../../src/core/restore/checks/idElsewhere";
import { checkTargetName } from "../../../../src/core/restore/checks/targetName";
import { aConversation } from "../../../anExplanation";
import {
  aDisplaced,
  anEntry,
  anIndexText,
  aRestorableWindow,
  archiveName,
  aSource,
  mainKey,
  newId,
  oldId,
  restoreFacts,
  sessionsPath,
} from "../../../aRestore";
import { said } from "./said";

describe("what it takes the place of", () => {
  it("stops at the conversation that is current already", () => {
    assert.deepEqual(said(checkAlreadyCurrent, { ...sameWindow, displaced: current }), [
      "blocker: This is the conversation that is current now, session 11111111-1111-4111-8111-111111111111. → There is nothing to restore; choose an earlier window, or send a message and go on.",
    ]);
  });

  it("lets a fuller copy of it through", () => {
    assert.deepEqual(said(checkAlreadyCurrent, { ...sameWindow, displaced: { ...current, messages: 4 } }), [
      "warning: This is another copy of the conversation that is current now: it has 8 messages, the current one 4 messages. → Restore it into a new key if you want both side by side; in place, the current one is set aside and kept.",
    ]);
  });

  it("lets a copy through that was named", () => {
    assert.deepEqual(
      said(checkAlreadyCurrent, { ...sameWindow, displaced: current, request: { file: aSource().file.path } }),
      [
        "warning: This is another copy of the conversation that is current now: it has 8 messages, the current one 8 messages. → Restore it into a new key if you want both side by side; in place, the current one is set aside and kept.",
      ],
    );
  });

  it("says nothing of an earlier window", () => {
    assert.deepEqual(said(checkAlreadyCurrent), []);
  });

  it("tells what is displaced", () => {
    assert.deepEqual(said(checkDisplaced), [
      "ok: Current now is session 22222222-2222-4222-8222-222222222222 in 22222222-2222-4222-8222-222222222222.jsonl, 2 messages. It is set aside as an archive, as a reset does it.",
    ]);
  });

  it("tells that it goes on under a key of its own", () => {
    assert.deepEqual(said(checkDisplaced, { request: { displaced: { kind: "new-key" } } }), [
      "ok: Current now is session 22222222-2222-4222-8222-222222222222 in 22222222-2222-4222-8222-222222222222.jsonl, 2 messages. It goes on under a key of its own.",
    ]);
  });

  it("tells that a new key displaces nothing", () => {
    assert.deepEqual(said(checkDisplaced, { request: newKey }), [
      "ok: Nothing is displaced: the conversation comes back under a key of its own.",
    ]);
  });

  it("tells that nothing was current", () => {
    assert.deepEqual(said(checkDisplaced, { displaced: undefined }), [
      "ok: Nothing is displaced: no conversation is current under this key.",
    ]);
  });

  it("warns where its transcript is missing", () => {
    assert.deepEqual(
      said(checkDisplaced, { displaced: aDisplaced({ file: undefined, headerId: undefined, messages: undefined }) }),
      [
        "warning: The index names session 22222222-2222-4222-8222-222222222222 as current, but its transcript is not there; nothing of it can be set aside. → Nothing has to be done: the entry as it was is kept in the backup of sessions.json.",
      ],
    );
  });

  it("warns of hard links", () => {
    assert.deepEqual(
      said(checkDisplaced, {
        displaced: {
          ...current,
          file: {
            path: `${sessionsPath}/${newId}.jsonl`,
            content: { kind: "file", bytes: 1, sha256: "", mode: 0o600, mtimeMs: 0 },
            links: 2,
          },
        },
      }),
      [
        "warning: The current transcript 22222222-2222-4222-8222-222222222222.jsonl has 2 names (hard links). → Nothing has to be done: only its name in the sessions directory changes, and no byte of it.",
        "ok: Current now is session 11111111-1111-4111-8111-111111111111 in 22222222-2222-4222-8222-222222222222.jsonl, 8 messages. It is set aside as an archive, as a reset does it.",
      ],
    );
  });

  it("stops a plan that would lose it", () => {
    assert.deepEqual(
      said(checkDisplaced, {}, ({ changes }) => ({ changes: changes.filter(({ role }) => role !== "set-aside") })),
      [
        "blocker: The plan gives up 22222222-2222-4222-8222-222222222222.jsonl without keeping it. → Make a new plan, or restore into a new key; please report this.",
      ],
    );
  });

  it("names the file that it comes back as", () => {
    assert.deepEqual(said(checkTargetName), [
      "ok: The conversation comes back as 11111111-1111-4111-8111-111111111111.jsonl, a name that is free.",
    ]);
  });

  it("leaves the file alone that has its name", () => {
    assert.deepEqual(said(checkTargetName, { names: [archiveName, `${oldId}.jsonl`, `${newId}.jsonl`] }), [
      "ok: 11111111-1111-4111-8111-111111111111.jsonl exists and is left as it is; the conversation comes back as 2026-03-31T12-00-00-000Z_11111111-1111-4111-8111-111111111111.jsonl.",
    ]);
  });

  it("stops before anything is written over", () => {
    assert.deepEqual(
      said(checkTargetName, {}, ({ changes }) => ({
        changes: changes.map((change) => ({ ...change, path: `${sessionsPath}/${archiveName}` })),
      })),
      [
        "blocker: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z exists already and would be written over. → Make a new plan; if this happens again, move that file away or restore into a new key.",
      ],
    );
  });

  it("finds its id nowhere else", () => {
    assert.deepEqual(said(checkIdElsewhere), [
      "ok: No other conversation of any agent uses session 11111111-1111-4111-8111-111111111111.",
    ]);
  });

  it("warns where it is current under another key", () => {
    assert.deepEqual(said(checkIdElsewhere, { indexText: elsewhere }), [
      "warning: Session 11111111-1111-4111-8111-111111111111 is current under another key already, agent:main:telegram:direct:5551234; what comes back is a copy with an id of its own. → Nothing has to be done: both go on by themselves. To have it once only, go on with it there.",
    ]);
  });

  it("stops before two keys write into one file", () => {
    assert.deepEqual(
      said(checkIdElsewhere, { indexText: elsewhere }, () => ({ to: oldId })),
      [
        "blocker: Session 11111111-1111-4111-8111-111111111111 is current under another key already, agent:main:telegram:direct:5551234 in /s/agents/main/sessions/sessions.json: both would write into one transcript. → Go on with the conversation there, or restore it into a new key: then the copy gets an id of its own.",
      ],
    );
  });

  it("stops in another key as well", () => {
    assert.deepEqual(
      said(checkIdElsewhere, { indexText: elsewhere, request: newKey }, () => ({ to: oldId })),
      [
        "blocker: Session 11111111-1111-4111-8111-111111111111 is current under another key already, agent:main:telegram:direct:5551234 in /s/agents/main/sessions/sessions.json: both would write into one transcript. → Go on with the conversation there.",
      ],
    );
  });

  it("finds no names that differ by case only", () => {
    assert.deepEqual(said(checkCaseCollision), [
      "ok: No other name differs from the new ones by upper and lower case only.",
    ]);
  });

  it("stops at a key that differs by case only", () => {
    assert.deepEqual(
      said(checkCaseCollision, { request: { target: { kind: "new-key", key: "agent:main:MAIN" } } }, () => ({
        key: "agent:main:MAIN",
      })),
      [
        "blocker: The keys agent:main:MAIN and agent:main:main differ by upper and lower case only. → Restore into the key that exists, or into one with another name.",
      ],
    );
  });

  it("stops at a name that differs by case only where that is one file", () => {
    assert.deepEqual(
      said(
        checkCaseCollision,
        { names: [archiveName, `${newId}.jsonl`], disk: { ...disk, caseInsensitive: true } },
        ({ changes }) => ({
          changes: changes.map((change) => ({ ...change, path: `${sessionsPath}/${archiveName.toUpperCase()}` })),
        }),
      ),
      [
        "blocker: 11111111-1111-4111-8111-111111111111.JSONL.RESET.2026-03-31T04-00-00.397Z and 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z differ by upper and lower case only. → Move 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z out of the sessions directory, then try again.",
        "blocker: 11111111-1111-4111-8111-111111111111.JSONL.RESET.2026-03-31T04-00-00.397Z and 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z differ by upper and lower case only. → Move 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z out of the sessions directory, then try again.",
      ],
    );
  });

  it("warns of it elsewhere", () => {
    assert.deepEqual(
      said(checkCaseCollision, {}, ({ changes: [first] }) => ({
        changes: first === undefined ? [] : [{ ...first, path: `${sessionsPath}/SESSIONS.json` }],
      })),
      [
        "warning: SESSIONS.json and sessions.json differ by upper and lower case only. → Nothing has to be done here; on a disk that makes no difference between them, only one of the two can be.",
      ],
    );
  });
});

const newKey = { target: { kind: "new-key" } } as const;
const disk = restoreFacts().disk;
const live = aRestorableWindow(aSource().file, { kind: "live" });
const sameWindow = { window: live, conversation: aConversation(mainKey, live) };
const current = aDisplaced({ headerId: oldId, sessionId: oldId, messages: 8 });
const elsewhere = anIndexText({
  [mainKey]: anEntry,
  "agent:main:telegram:direct:5551234": { ...anEntry, sessionId: oldId },
});
