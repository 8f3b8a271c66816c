import assert from "node:assert/strict";
import { basename } from "node:path";
import { draftRestore } from "../../../src/core/restore/draftRestore";
import type { RestoreDraft, RestorePlan } from "../../../src/core/restore/restorePlan";
import { draftSwitchBack, formerOf } from "../../../src/core/restore/switchBack";
import { aConversation } from "../../anExplanation";
import {
  aContent,
  aDisplaced,
  anArchivedIndex,
  anEntry,
  anIndexText,
  archiveName,
  aReceipt,
  aRestoreAt,
  aRestoreId,
  aSource,
  aUuid,
  mainKey,
  newId,
  oldId,
  restoreFacts,
  type RestoreFactsGiven,
  sessionsPath,
} from "../../aRestore";

const later = aRestoreAt + 3_600_000;
const setAside = `${newId}.jsonl.reset.2026-03-31T12-00-00.000Z`;
const dashboardKey = `agent:main:dashboard:${aUuid(1)}`;

describe("switching back", () => {
  it("sets aside what was said since and brings back the archive that the restore made", () => {
    const { plan, index } = restored();
    assert.deepEqual(formerOf(plan), { kind: "archive", path: `${sessionsPath}/${setAside}` });
    const back = switched(plan, {
      indexText: index,
      source: ofNewId(setAside),
      names: [archiveName, setAside, `${oldId}.jsonl`],
    });
    assert.deepEqual(told(back), [
      `restored ${newId}.jsonl`,
      `set-aside ${oldId}.jsonl.reset.2026-03-31T13-00-00.000Z`,
      "index sessions.json",
      `given-up ${oldId}.jsonl`,
    ]);
    assert.deepEqual(
      [back.plan.kind, back.plan.of, back.plan.key, back.plan.from, back.plan.to],
      ["switch-back", aRestoreId, mainKey, oldId, newId],
    );
    assert.equal(entriesOf(back)[mainKey]?.["sessionFile"], `${sessionsPath}/${newId}.jsonl`);
    assert.equal(
      back.plan.sentences[0],
      `${mainKey} goes back to what it pointed to before ${aRestoreId}; what was said since is kept, nothing is merged.`,
    );
  });

  it("gives the key its own transcript again where that went on under another key, whose entry goes", () => {
    const { plan, index } = restored({ request: { displaced: { kind: "new-key" } } });
    const path = `${sessionsPath}/${newId}.jsonl`;
    assert.deepEqual(formerOf(plan), { kind: "registered", path, key: dashboardKey, sessionId: newId });
    const names = [archiveName, `${newId}.jsonl`, `${oldId}.jsonl`];
    const back = switched(plan, { indexText: index, source: ofNewId(`${newId}.jsonl`), names });
    assert.deepEqual(told(back), [
      `set-aside ${oldId}.jsonl.reset.2026-03-31T13-00-00.000Z`,
      "index sessions.json",
      `given-up ${oldId}.jsonl`,
    ]);
    assert.deepEqual(
      Object.entries(entriesOf(back)).map(([key, { sessionId, sessionFile }]) => [key, sessionId, sessionFile]),
      [[mainKey, newId, path]],
    );
  });

  it("keeps the other key where a new conversation began under it", () => {
    const { plan, index = "" } = restored({ request: { displaced: { kind: "new-key" } } });
    const entries = JSON.parse(index) as Record<string, Record<string, unknown>>;
    const moved = { ...entries[dashboardKey], sessionId: aUuid(9), sessionFile: `${sessionsPath}/${aUuid(9)}.jsonl` };
    const archived = `${newId}.jsonl.reset.2026-03-31T12-30-00.000Z`;
    const back = switched(plan, {
      indexText: anIndexText({ ...entries, [dashboardKey]: moved }),
      source: ofNewId(archived),
      names: [archived, `${oldId}.jsonl`],
    });
    assert.equal(told(back)[0], `restored ${newId}.jsonl`);
    assert.deepEqual(entriesOf(back)[dashboardKey], moved);
  });

  it("takes away a key that was made for the restore, and keeps what was said under it", () => {
    const { plan, index } = restored({ request: { target: { kind: "new-key" } }, displaced: undefined });
    assert.deepEqual(formerOf(plan), { kind: "nothing" });
    const back = switched(plan, {
      request: { target: { kind: "in-place", key: plan.key } },
      conversation: aConversation(plan.key),
      indexText: index,
    });
    assert.deepEqual(told(back), [
      `set-aside ${oldId}.jsonl.reset.2026-03-31T13-00-00.000Z`,
      "index sessions.json",
      `given-up ${oldId}.jsonl`,
    ]);
    assert.deepEqual(entriesOf(back), { [mainKey]: anEntry });
    assert.deepEqual([back.plan.from, back.plan.to], [oldId, undefined]);
  });

  it("names again a transcript that did not exist", () => {
    const { plan, index } = restored({ displaced: aDisplaced({ file: undefined }) });
    assert.deepEqual(formerOf(plan), { kind: "named", sessionId: newId, sessionFile: anEntry.sessionFile });
    const back = switched(plan, { indexText: index });
    const { sessionId, sessionFile, updatedAt, chatType } = entriesOf(back)[mainKey] ?? {};
    assert.deepEqual([sessionId, sessionFile, updatedAt, chatType], [newId, anEntry.sessionFile, later, "direct"]);
    assert.equal(back.plan.to, newId);
  });

  it("refuses what was not finished, and where the key points to the former already", () => {
    const { plan, index } = restored();
    const refused = [
      draftSwitchBack(restoreFacts({ indexText: index }), aReceipt(plan, { outcome: "undone" })),
      draftSwitchBack(restoreFacts(), aReceipt(plan)),
    ];
    assert.deepEqual(
      refused.map((draft) => ("refused" in draft ? draft.refused.map(({ code }) => code) : [])),
      [["unfinished-restore"], ["already-current"]],
    );
  });
});

/** A plan, and the index as it was afterwards. */
function restored(given: RestoreFactsGiven = {}): { readonly plan: RestorePlan; readonly index: string | undefined } {
  const draft = draftRestore(restoreFacts(given));
  if ("refused" in draft) assert.fail(draft.refused.map(({ text }) => text).join());
  return { plan: draft.plan, index: indexText(draft) };
}

/** An hour later; the restored conversation is current and went on. */
function switched(plan: RestorePlan, given: RestoreFactsGiven): RestoreDraft {
  const file = { path: `${sessionsPath}/${oldId}.jsonl`, content: aContent("went on"), links: 1 };
  const displaced = aDisplaced({ sessionId: oldId, headerId: oldId, file, messages: 10 });
  const draft = draftSwitchBack(restoreFacts({ now: later, displaced, ...given }), aReceipt(plan));
  if ("refused" in draft) assert.fail(draft.refused.map(({ text }) => text).join());
  return draft;
}

function ofNewId(base: string): ReturnType<typeof aSource> {
  const index = anArchivedIndex({
    header: { id: newId, version: 3, at: undefined, cwd: undefined, parentSession: undefined, line: 1 },
  });
  return aSource({ base, index });
}

function told({ plan }: RestoreDraft): readonly string[] {
  return plan.changes.map(({ role, path }) => `${role} ${basename(path)}`);
}

function indexText({ recipes }: RestoreDraft): string {
  const recipe = recipes["index"];
  if (recipe?.kind !== "bytes") assert.fail();
  return new TextDecoder().decode(recipe.bytes);
}

function entriesOf(draft: RestoreDraft): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return JSON.parse(indexText(draft)) as Record<string, Record<string, unknown>>;
}
