import assert from "node:assert/strict";
import { draftUndo } from "../../../../src/core/restore/undoPlan";
import { renderPlan } from "../../../../src/core/restore/report/renderPlan";
import type { CheckedPlan } from "../../../../src/core/restore/restorePlan";
import { anEntry, anIndexText, aRestoreAt, aVault, restoreFacts, type RestoreFactsGiven } from "../../../aRestore";
import { aConversation } from "../../../anExplanation";
import { aCheckedPlan, aReceipt } from "./aPlan";

describe("a plan as a document", () => {
  it("says what happens, what it displaces, what was checked, and how to undo it", () => {
    assert.equal(rendered(aCheckedPlan()), wholePlan);
  });

  it("begins with what stops it", () => {
    const given: RestoreFactsGiven = { trusted: false, index: { symlink: true } };
    assert.deepEqual(rendered(aCheckedPlan(given)).split("\n").slice(0, 11), [
      "Restore main: 8 messages from 2026-03-31 01:00 – 03:57",
      "It cannot be done yet: 2 things stop it. Nothing has been changed.",
      "",
      "── Checks ──────────────────────────────────────────────",
      "  ✗ This workspace is not trusted, so nothing is written.",
      '    → Trust it with the command "Workspaces: Manage Workspace Trust", then try again.',
      "  ✗ sessions.json is a link to a file elsewhere; links are not followed for writing.",
      "    → Put the file itself in the place of the link, with the gateway stopped, or name its directory",
      "      with session.store in openclaw.json.",
      "  ⚠ The first message after 2026-04-01 04:00:00 UTC resets it again: the policy is a reset every",
      "    day.",
    ]);
  });

  it("says that something has to be confirmed", () => {
    const gateway = { running: "unknown", evidence: restoreFacts().gateway.evidence } as const;
    assert.equal(
      rendered(aCheckedPlan({ gateway })).split("\n")[1],
      "Nothing has been changed yet. Something has to be confirmed first.",
    );
  });

  it("has a word for a plan that could not be drawn up", () => {
    const { text, sections } = renderPlan(
      { plan: undefined, checks: aCheckedPlan({ trusted: false }).checks.slice(0, 2) },
      { timeZone: "UTC", now: aRestoreAt },
    );
    assert.equal(
      text,
      `Restore a conversation
It cannot be done yet: one thing stops it. Nothing has been changed.

── Checks ──────────────────────────────────────────────
  ✗ This workspace is not trusted, so nothing is written.
    → Trust it with the command "Workspaces: Manage Workspace Trust", then try again.

Checks that are fine: 1
`,
    );
    assert.deepEqual(
      sections.map(({ title, firstLine, lastLine }) => [title, firstLine, lastLine]),
      [
        ["Restore a conversation", 0, 1],
        ["Checks", 3, 7],
      ],
    );
  });

  it("has a title for the way back", () => {
    const undo = draftUndo(aReceipt(), aRestoreAt + 60_000, "20260331T120100Z-2f2e3d4c");
    assert.ok(!("refused" in undo));
    const lines = rendered({ plan: undo.plan, checks: [] }).split("\n");
    assert.deepEqual(lines.slice(0, 2), [
      "Undo the restore of main",
      "Nothing has been changed yet. All checks are fine.",
    ]);
    assert.ok(lines.includes('    - "updatedAt": 1774958400000, ← 2026-03-31 12:00:00 UTC'.replace("- ", "-   ")));
  });

  it("links to the files it names, from the state directory on", () => {
    const { text, links } = renderPlan(aCheckedPlan(), { timeZone: "UTC", now: aRestoreAt });
    const lines = text.split("\n");
    for (const { line, startCharacter, endCharacter, tooltip } of links) {
      assert.ok(tooltip.endsWith(lines[line]?.slice(startCharacter, endCharacter) ?? "?"), tooltip);
    }
    assert.equal(links.length, 6);
  });

  it("shows keys and entries without the people in them, unless it is asked to", () => {
    const key = "agent:main:telegram:direct:+15551234567";
    const given: RestoreFactsGiven = {
      indexText: anIndexText({ [key]: { ...anEntry, deliveryContext: { to: "+15551234567" } } }),
      request: { target: { kind: "in-place", key } },
      conversation: aConversation(key, restoreFacts().window),
    };
    const hidden = rendered(aCheckedPlan(given), { conversation: aConversation(key) });
    assert.doesNotMatch(hidden, /15551234567/);
    assert.match(hidden, /^Restore Telegram · direct chat …4567: 8 messages/);
    assert.match(hidden, /agent:main:telegram:direct:…4567/);
    assert.match(rendered(aCheckedPlan(given), { withText: true }), /agent:main:telegram:direct:\+15551234567/);
  });
});

function rendered(checked: CheckedPlan, more: Partial<Parameters<typeof renderPlan>[1]> = {}): string {
  const { now, window, conversation } = restoreFacts();
  return renderPlan(checked, { timeZone: "UTC", now, window, conversation, vault: aVault, ...more }).text;
}

const wholePlan = `Restore main: 8 messages from 2026-03-31 01:00 – 03:57
Nothing has been changed yet. Nothing stops it; please read the warnings.

── What will happen ────────────────────────────────────
  1. 8 messages come back under the key agent:main:main, from 2026-03-31 01:00:00 UTC to 2026-03-31
     03:57:42 UTC.
  2. 11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z is copied to
     11111111-1111-4111-8111-111111111111.jsonl; the file it comes from stays as it is.
  3. What is current there now (2 messages) is set aside as
     22222222-2222-4222-8222-222222222222.jsonl.reset.2026-03-31T12-00-00.000Z, like a reset does
     it; nothing of it is lost.
  4. sessions.json is written again with this entry.
  5. Nothing else is touched. Before anything is changed, the index and every transcript involved
     are copied to /vault/0123456789abcdef.
  6. With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 UTC.

── Checks ──────────────────────────────────────────────
  ⚠ The first message after 2026-04-01 04:00:00 UTC resets it again: the policy is a reset every
    day.
    → So that it does not happen, write \`session: { reset: { mode: "idle", idleMinutes: 525600 } }\`
      into openclaw.json before then; every OpenClaw version takes that for "not for a year".
  ⚠ OpenClaw deletes the archive itself with the first message after 2026-04-30 04:00:00 UTC.
    → A copy is put among the backups, where nothing deletes it. To have archives kept, write
      \`session: { maintenance: { resetArchiveRetention: false } }\` into openclaw.json.
  ⚠ The conversation that is current now is set aside as an archive; OpenClaw deletes it with the
    first message after 2026-04-30 12:00:00 UTC.
    → A copy of it is put among the backups, too.
  ⚠ From 2026.4.1 on OpenClaw counts the tokens of archives as well, so those of this conversation
    are counted twice.
    → Nothing has to be done: only the figures of usage and cost are too high for those days.

── What it displaces ───────────────────────────────────
  • This file is replaced: agents/main/sessions/sessions.json
    527 bytes, sha256 adc7d64de310b24e…, mode 0600, time of the file 2026-03-31 04:01:01 UTC.
    Its content is kept in
    /vault/0123456789abcdef/objects/adc7d64de310b24e1a8c17ffe6400696787374cdbee53384501b410152503cc2
  • This name is given up: agents/main/sessions/22222222-2222-4222-8222-222222222222.jsonl
    50 bytes, sha256 85b14504b3ecbe4d…, mode 0600, time of the file 2026-03-31 04:01:00 UTC.
    Its content is kept in
    /vault/0123456789abcdef/objects/85b14504b3ecbe4dbefd2b7579774c33dff154db5e65aa7b09cb3f8e2e469251
  • This file stays as it is and is copied among the backups, 4 KB:
    agents/main/sessions/11111111-1111-4111-8111-111111111111.jsonl.reset.2026-03-31T04-00-00.397Z
    Content: sha256 41cf6794ba4200b8….

── What it adds ────────────────────────────────────────
  • The conversation that comes back:
    agents/main/sessions/11111111-1111-4111-8111-111111111111.jsonl
    4 KB, sha256 41cf6794ba4200b8…, mode 0600, time of the file 2026-03-31 11:59:58 UTC.
  • The conversation that was current, set aside:
    agents/main/sessions/22222222-2222-4222-8222-222222222222.jsonl.reset.2026-03-31T12-00-00.000Z
    50 bytes, sha256 85b14504b3ecbe4d…, mode 0600, time of the file 2026-03-31 04:01:00 UTC.

── The change in sessions.json ─────────────────────────
  The entry agent:main:main:
      {
    -   "sessionId": "22222222-2222-4222-8222-222222222222",
    -   "sessionFile": "/s/agents/main/sessions/22222222-2222-4222-8222-222222222222.jsonl",
    -   "updatedAt": 1774929660397, ← 2026-03-31 04:01:00 UTC
    -   "status": "done",
    -   "startedAt": 1774929650397, ← 2026-03-31 04:00:50 UTC
    -   "endedAt": 1774929660397, ← 2026-03-31 04:01:00 UTC
    -   "runtimeMs": 10000,
    +   "sessionId": "11111111-1111-4111-8111-111111111111",
    +   "sessionFile": "/s/agents/main/sessions/11111111-1111-4111-8111-111111111111.jsonl",
    +   "updatedAt": 1774958400000, ← 2026-03-31 12:00:00 UTC
        "abortedLastRun": false,
        "chatType": "direct",
        "lastChannel": "webchat",
    -   "inputTokens": 101,
    -   "outputTokens": 5,
    -   "totalTokens": 106,
    -   "totalTokensFresh": true,
    -   "compactionCount": 0
    +   "totalTokensFresh": false,
    +   "compactionCount": 0,
    +   "sessionStartedAt": 1774958400000, ← 2026-03-31 12:00:00 UTC
    +   "lastInteractionAt": 1774958400000 ← 2026-03-31 12:00:00 UTC
      }

── So that it does not happen again ────────────────────
  • Otherwise the conversation is reset again by itself: every OpenClaw version takes this for “not
    for a year”.
  • Otherwise OpenClaw deletes archives of resets 30 days after they were made.
    session: { reset: { mode: "idle", idleMinutes: 525600 }, maintenance: { resetArchiveRetention: false } }
    It goes into openclaw.json

── How to undo ─────────────────────────────────────────
  As long as nothing was changed since: openclaw-sessions undo 20260331T120000Z-1f2e3d4c
  In the editor: OpenClaw Sessions: Undo Restore. Names, bytes and modes return exactly. Once the
  conversation went on, switching back keeps what was said since and points to what is current now.

Checks that are fine: 25
`;
