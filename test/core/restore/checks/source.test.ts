import assert from "node:assert/strict";
import { checkSourceAnswers } from "../../../../src/core/restore/checks/sourceAnswers";
import { checkSourceDamage } from "../../../../src/core/restore/checks/sourceDamage";
import { checkSourceHeader } from "../../../../src/core/restore/checks/sourceHeader";
import { checkSourceIds } from "../../../../src/core/restore/checks/sourceIds";
import { checkSourceMasked } from "../../../../src/core/restore/checks/sourceMasked";
import { checkSourceReadable } from "../../../../src/core/restore/checks/sourceReadable";
import { checkSourceSuperset } from "../../../../src/core/restore/checks/sourceSuperset";
import { aFile, aResetAt } from "../../../anExplanation";
import { anIndex } from "../../../anIndex";
import { anArchivedIndex, aRestorableWindow, aSource, newId, oldId, type RestoreFactsGiven } from "../../../aRestore";
import { said } from "./said";

describe("the conversation that comes back", () => {
  it("reads it from the first to the last byte", () => {
    assert.deepEqual(said(checkSourceReadable), [
      "ok: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z can be read from the first to the last byte: 2 KB, 9 lines.",
    ]);
  });

  it("stops at a file that cannot be read", () => {
    assert.deepEqual(
      said(checkSourceReadable, {
        source: {
          index: undefined,
          problem: { code: "file.unreadable", message: "a.jsonl cannot be read: permission denied." },
        },
      }),
      [
        "blocker: a.jsonl cannot be read: permission denied. → Make the file readable for this user, or get it from a backup, then try again.",
      ],
    );
  });

  it("stops at a .zst that was cut short, and names the other copy", () => {
    assert.deepEqual(
      said(checkSourceReadable, {
        source: { index: undefined, problem: { code: "file.zst-damaged", message: "a.zst ends too early." } },
        window: aRestorableWindow(aSource().file, { copies: [later] }),
      }),
      ["blocker: a.zst ends too early. → There is another copy of this window; restore that one."],
    );
  });

  it("stops at a .zst that was cut short where there is no other", () => {
    assert.deepEqual(
      said(checkSourceReadable, {
        source: { index: undefined, problem: { code: "file.zst-damaged", message: "a.zst ends too early." } },
      }),
      [
        "blocker: a.zst ends too early. → Get a whole copy of the file from a backup; nothing is restored from half a file.",
      ],
    );
  });

  it("stops at one that was not read", () => {
    assert.deepEqual(said(checkSourceReadable, { source: { index: undefined } }), [
      "blocker: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z was not read yet. → Refresh the list of conversations, then try again.",
    ]);
  });

  it("stops at an empty one", () => {
    assert.deepEqual(said(checkSourceReadable, { source: { unpackedBytes: 0 } }), [
      "blocker: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z is empty. → Choose another window; there is nothing in this one.",
    ]);
  });

  it("finds the header in the first line", () => {
    assert.deepEqual(said(checkSourceHeader), [
      "ok: The header stands in the first line: session 11111111-1111-4111-8111-111111111111, format 3.",
    ]);
  });

  it("stops without a header", () => {
    assert.deepEqual(said(checkSourceHeader, withIndex({ header: undefined })), [
      "blocker: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z has no header that says which session it is. → Read the conversation here or export it as it is; OpenClaw would empty the file when it opens it.",
    ]);
  });

  it("stops at a header further down", () => {
    assert.deepEqual(said(checkSourceHeader, withIndex({ header: { ...header, line: 3 } })), [
      "blocker: The header of 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z stands in line 3, not in the first. → Read the conversation here or export it as it is; OpenClaw would empty the file when it opens it.",
    ]);
  });

  it("stops at a first line that is too long", () => {
    assert.deepEqual(said(checkSourceHeader, { source: { firstLine: undefined } }), [
      "blocker: The first line of 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z is too long to be a header. → Read the conversation here or export it as it is; OpenClaw would empty the file when it opens it.",
    ]);
  });

  it("stops at a first line that does not parse", () => {
    assert.deepEqual(said(checkSourceHeader, { source: { firstLine: "{" } }), [
      "blocker: The first line of 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z is no header: it does not parse. → Read the conversation here or export it as it is; OpenClaw would empty the file when it opens it.",
    ]);
  });

  it("stops at a version that nobody knows", () => {
    assert.deepEqual(said(checkSourceHeader, withIndex({ header: { ...header, version: 5 } })), [
      "blocker: The header of 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z has version 5; only versions 1 to 4 are known. → Read the conversation here or export it; a newer version of this tool may know the format.",
    ]);
  });

  it("stops at an id that OpenClaw drops", () => {
    assert.deepEqual(said(checkSourceHeader, withIndex({ header: { ...header, id: "../../etc" } })), [
      'blocker: The header names the session "../../etc", which OpenClaw takes for no id. → Read the conversation here or export it; OpenClaw would drop the entry again.',
    ]);
  });

  it("says that an older format is rewritten", () => {
    assert.deepEqual(said(checkSourceHeader, withIndex({ header: { ...header, version: 1 } })), [
      "warning: The transcript has the older format 1. → Nothing has to be done: OpenClaw rewrites the restored copy when it opens it, and the archive stays as it is.",
    ]);
  });

  it("finds one id in name and header", () => {
    assert.deepEqual(said(checkSourceIds), [
      "ok: File name and header name the same session, 11111111-1111-4111-8111-111111111111.",
    ]);
  });

  it("tells a name of another session", () => {
    assert.deepEqual(
      said(checkSourceIds, {
        source: { file: aFile(`${newId}.jsonl.reset.2026-03-31T04-00-00.397Z`, { index: anArchivedIndex() }) },
      }),
      [
        "warning: The file is named after session 22222222-2222-4222-8222-222222222222, but its header says 11111111-1111-4111-8111-111111111111. → Nothing has to be done: the header counts, and the entry in the index gets the header's id and the path of the copy.",
      ],
    );
  });

  it("stops where the file became another session", () => {
    assert.deepEqual(said(checkSourceIds, { window: aRestorableWindow(aSource().file, { sessionId: newId }) }), [
      "blocker: The header names session 11111111-1111-4111-8111-111111111111, but the list of conversations has it as 22222222-2222-4222-8222-222222222222. → Refresh the list of conversations, then try again.",
    ]);
  });

  it("says that a checkpoint gets an id of its own", () => {
    assert.deepEqual(
      said(checkSourceIds, {
        source: {
          file: aFile(`${oldId}.checkpoint.33333333-3333-4333-8333-333333333333.jsonl`, { index: anArchivedIndex() }),
        },
      }),
      [
        "ok: The copy gets an id of its own, 00000000-0000-4000-8000-000000000001: 11111111-1111-4111-8111-111111111111 goes on to mean the session it was taken from.",
      ],
    );
  });

  it("counts messages and answers", () => {
    assert.deepEqual(said(checkSourceAnswers), ["ok: It holds 8 messages, 4 of them the model's."]);
  });

  it("stops without an answer", () => {
    assert.deepEqual(said(checkSourceAnswers, withIndex({ roles: { ...roles, user: 3 } })), [
      "blocker: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z holds 3 messages and no answer: OpenClaw empties such a transcript before its next run. → Read it here or export it, and send the words again; the file stays as it is.",
    ]);
  });

  it("stops without messages", () => {
    assert.deepEqual(said(checkSourceAnswers, withIndex({ roles })), [
      "blocker: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z holds no messages. → Read it here or export it, and send the words again; the file stays as it is.",
    ]);
  });

  it("takes OpenClaw's own reply for one, as OpenClaw does", () => {
    assert.deepEqual(said(checkSourceAnswers, withIndex({ roles: { ...roles, user: 1, mirror: 1 } })), [
      "ok: It holds 1 message, 0 of them the model's.",
    ]);
  });

  it("finds no damage", () => {
    assert.deepEqual(said(checkSourceDamage), ["ok: Every line of the transcript can be read."]);
  });

  it("counts damage and names lines", () => {
    assert.deepEqual(
      said(
        checkSourceDamage,
        withIndex({
          problemCount: 7,
          problems: [2, 3, 5, 8, 13, 21].map((line) => ({
            code: "line.not-json" as const,
            message: "Not JSON.",
            line,
          })),
        }),
      ),
      [
        "warning: The transcript has 7 problems, the first of them in these lines: 2, 3, 5, 8, 13. → Nothing has to be done: every line is copied as it is. OpenClaw passes over those that it cannot read, or drops them from its copy; the file they come from keeps them.",
      ],
    );
  });

  it("warns of a last line that the next message would be joined to", () => {
    assert.deepEqual(
      said(checkSourceDamage, withIndex({ problemCount: 1, problems: [half], withoutLastLine: anArchivedIndex() })),
      [
        "warning: The transcript has 1 problem, the first of them in these lines: 9. → Nothing has to be done: every line is copied as it is. OpenClaw passes over those that it cannot read, or drops them from its copy; the file they come from keeps them.",
        "warning: The last line is cut off in the middle, and the file does not end with a line break. → The copy gets one, so that the next message has a line of its own. The file it comes from stays as it is.",
      ],
    );
  });

  it("warns of a whole last line without a line break, too", () => {
    assert.deepEqual(said(checkSourceDamage, withIndex({ withoutLastLine: anArchivedIndex() })), [
      "ok: Every line of the transcript can be read.",
      "warning: The last line does not end with a line break. → The copy gets one, so that the next message has a line of its own. The file it comes from stays as it is.",
    ]);
  });

  it("finds no masks", () => {
    assert.deepEqual(said(checkSourceMasked), ["ok: No words were replaced by OpenClaw before they were stored."]);
  });

  it("counts masks", () => {
    assert.deepEqual(said(checkSourceMasked, withIndex({ masked: { count: 3, firstLine: 4_711 } })), [
      "warning: In 3 messages OpenClaw stored a token in place of what looked like a secret, first in line 4,711. → What was replaced is not on disk and does not come back; say it again in another way where it matters.",
    ]);
  });

  it("names the copy that holds more", () => {
    assert.deepEqual(said(checkSourceSuperset, { source: { supersets: [later] } }), [
      "warning: Another copy of this window holds more of it: 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-04-02T04-00-00.397Z. → Restore that one, unless you want this earlier state.",
    ]);
  });

  it("says that it is the fullest of several", () => {
    assert.deepEqual(said(checkSourceSuperset, { window: aRestorableWindow(aSource().file, { copies: [later] }) }), [
      "ok: It is the fullest copy of this window.",
    ]);
  });

  it("says nothing of the only one", () => {
    assert.deepEqual(said(checkSourceSuperset), []);
  });
});

const withIndex = (more: Parameters<typeof anArchivedIndex>[0]): RestoreFactsGiven => ({
  source: { index: anArchivedIndex(more) },
});
const header = { id: oldId, version: 3, at: aResetAt, cwd: "/w", parentSession: undefined, line: 1 };
const roles = anIndex().roles;
const half = { code: "line.half", message: "The last line is cut off.", line: 9 } as const;
const later = aFile(`${oldId}.jsonl.reset.2026-04-02T04-00-00.397Z`);
