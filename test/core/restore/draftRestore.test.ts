import assert from "node:assert/strict";
import { basename } from "node:path";
import { draftRestore } from "../../../src/core/restore/draftRestore";
import type { FileState } from "../../../src/core/restore/fileChange";
import type { RestoreDraft } from "../../../src/core/restore/restorePlan";
import { aConversation, aFile, aResetAt, aStateDirPath, aWindow } from "../../anExplanation";
import {
  aContent,
  aDisplaced,
  aFileAt,
  anArchivedIndex,
  anEntry,
  anIndexText,
  archiveName,
  aRestorableWindow,
  aRestoreAt,
  aRestoreId,
  aSource,
  aUuid,
  aVault,
  mainKey,
  newId,
  oldId,
  restoreFacts,
  type RestoreFactsGiven,
  sessionsPath,
} from "../../aRestore";

/** As a reset at `aRestoreAt` would have named it. */
const setAside = `${newId}.jsonl.reset.2026-03-31T12-00-00.000Z`;
const stamped = `2026-03-31T12-00-00-000Z_${oldId}.jsonl`;
const checkpointUuid = "33333333-3333-4333-8333-333333333333";

describe("drafting a restore", () => {
  it("copies the archive, sets aside what is current, edits the entry, gives up the old name", () => {
    const facts = restoreFacts();
    const draft = drafted();
    const { sentences, advice, entries, ...plan } = draft.plan;
    const displaced = facts.displaced?.file?.content;
    const index = facts.index.state.kind === "read" ? facts.index.state.content : undefined;
    assert.deepEqual(plan, {
      schema: 1,
      id: aRestoreId,
      kind: "restore",
      createdAt: aRestoreAt,
      of: undefined,
      stateDir: { path: aStateDirPath, realPath: aStateDirPath },
      agentId: "main",
      key: mainKey,
      from: newId,
      to: oldId,
      source: `${sessionsPath}/${archiveName}`,
      changes: [
        {
          path: `${sessionsPath}/${oldId}.jsonl`,
          role: "restored",
          before: { kind: "absent" },
          after: { kind: "file", bytes: -1, sha256: "content:source", mode: 0o600, mtimeMs: aRestoreAt - 2_000 },
        },
        { path: `${sessionsPath}/${setAside}`, role: "set-aside", before: { kind: "absent" }, after: displaced },
        {
          path: `${sessionsPath}/sessions.json`,
          role: "index",
          before: index,
          after: { kind: "file", bytes: -1, sha256: "content:index", mode: 0o600, mtimeMs: aRestoreAt },
        },
        { path: `${sessionsPath}/${newId}.jsonl`, role: "given-up", before: displaced, after: { kind: "absent" } },
      ],
      backups: [
        { path: `${sessionsPath}/sessions.json`, sha256: "content:index-before", bytes: -1 },
        { path: `${sessionsPath}/${newId}.jsonl`, sha256: "content:displaced", bytes: -1 },
        { path: `${sessionsPath}/${archiveName}`, sha256: "content:source", bytes: -1 },
      ],
    });
    assert.deepEqual(Object.keys(draft.recipes).sort(), ["displaced", "index", "index-before", "source"]);
    assert.deepEqual(draft.recipes["source"], { kind: "file", path: `${sessionsPath}/${archiveName}` });
    assert.deepEqual(
      entries.map(({ key, before, after }) => [key, before, after]),
      [[mainKey, JSON.stringify(anEntry, null, 2), JSON.stringify(indexOf(draft)[mainKey], null, 2)]],
    );
    assert.deepEqual(
      advice.map(({ path }) => path.join(".")),
      ["session.reset", "session.maintenance.resetArchiveRetention"],
    );
    assert.deepEqual(sentences, [
      `8 messages come back under the key ${mainKey}, from 2026-03-31 01:00:00 UTC to 2026-03-31 03:57:42 UTC.`,
      `${archiveName} is copied to ${oldId}.jsonl; the file it comes from stays as it is.`,
      `What is current there now (2 messages) is set aside as ${setAside}, like a reset does it; nothing of it is lost.`,
      `sessions.json is written again with this entry.`,
      `Nothing else is touched. Before anything is changed, the index and every transcript involved are copied to ${aVault}.`,
      "With the policy in force it is reset again by the first message after 2026-04-01 04:00:00 UTC.",
    ]);
  });

  it("never takes a name that is in use, not even by a file that differs by case", () => {
    const taken = [archiveName, `${newId}.jsonl`, `${oldId.toUpperCase()}.JSONL`, stamped, setAside, "sessions.json"];
    assert.deepEqual(changesOf(drafted({ names: taken })), [
      `restored 2026-03-31T12-00-00-001Z_${oldId}.jsonl: absent → content:source`,
      `set-aside ${newId}.jsonl.reset.2026-03-31T12-00-00.001Z: absent → what was current`,
      "index sessions.json: as it was → content:index",
      `given-up ${newId}.jsonl: what was current → absent`,
    ]);
  });

  it("keeps away from the name that another entry waits for", () => {
    const other = { sessionId: "44444444-4444-4444-8444-444444444444", sessionFile: `${sessionsPath}/${oldId}.jsonl` };
    const draft = drafted({ indexText: anIndexText({ [mainKey]: anEntry, "agent:main:x": other }) });
    assert.equal(restoredName(draft), stamped);
    assert.deepEqual(indexOf(draft)["agent:main:x"], other);
  });

  it("goes by the id of the header where the name of the archive says another", () => {
    const other = "99999999-9999-4999-8999-999999999999";
    const draft = drafted({ source: aSource({ base: `${other}.jsonl.reset.2026-03-31T04-00-00.397Z` }) });
    assert.deepEqual([draft.plan.to, restoredName(draft)], [oldId, `${oldId}.jsonl`]);
  });

  it("keeps the topic of the name as it is written", () => {
    const draft = drafted({ source: aSource({ base: `${oldId}-topic-a%20b.jsonl.reset.2026-03-31T04-00-00.397Z` }) });
    assert.equal(restoredName(draft), `${oldId}-topic-a%20b.jsonl`);
  });

  it("puts the conversation beside the current one under a key of its own", () => {
    const draft = drafted({ request: { target: { kind: "new-key" } }, displaced: undefined });
    const key = `agent:main:dashboard:${aUuid(1)}`;
    assert.deepEqual([draft.plan.key, draft.plan.from, draft.plan.to], [key, undefined, oldId]);
    assert.deepEqual(changesOf(draft), [
      `restored ${oldId}.jsonl: absent → content:source`,
      "index sessions.json: as it was → content:index",
    ]);
    assert.deepEqual(indexOf(draft), {
      [mainKey]: anEntry,
      [key]: {
        sessionId: oldId,
        sessionFile: `${sessionsPath}/${oldId}.jsonl`,
        updatedAt: aRestoreAt,
        sessionStartedAt: aRestoreAt,
        lastInteractionAt: aRestoreAt,
        abortedLastRun: false,
        totalTokensFresh: false,
        compactionCount: 0,
      },
    });
  });

  it("registers what is current under a key of its own, and leaves its file where it is", () => {
    const checkpoints = [
      { checkpointId: "c1", sessionId: oldId },
      { checkpointId: "c2", sessionId: newId },
    ];
    const entry = {
      ...anEntry,
      compactionCheckpoints: checkpoints,
      usageFamilyKey: mainKey,
      usageFamilySessionIds: [oldId, newId],
    };
    const draft = drafted({
      request: { displaced: { kind: "new-key" } },
      indexText: anIndexText({ [mainKey]: entry }),
      version: "2026.5.18",
    });
    const key = `agent:main:dashboard:${aUuid(1)}`;
    assert.deepEqual(changesOf(draft), [
      `restored ${oldId}.jsonl: absent → content:source`,
      "index sessions.json: as it was → content:index",
    ]);
    assert.deepEqual(indexOf(draft)[key], {
      ...entry,
      updatedAt: aRestoreAt,
      sessionStartedAt: aRestoreAt,
      lastInteractionAt: aRestoreAt,
      usageFamilyKey: key,
      usageFamilySessionIds: [newId],
      compactionCheckpoints: [{ checkpointId: "c2", sessionId: newId }],
    });
    assert.deepEqual(
      draft.plan.entries.map((entryEdit) => [entryEdit.key, entryEdit.before === undefined]),
      [
        [mainKey, false],
        [key, true],
      ],
    );
  });

  it("gives the copy an id of its own where the same session stays current under the new key", () => {
    const entry = { ...anEntry, sessionId: oldId, sessionFile: `${sessionsPath}/${oldId}.jsonl` };
    const draft = drafted({
      request: { displaced: { kind: "new-key" } },
      indexText: anIndexText({ [mainKey]: entry }),
      displaced: aDisplaced({
        sessionId: oldId,
        headerId: oldId,
        file: { path: `${sessionsPath}/${oldId}.jsonl`, content: aContent("cut short"), links: 1 },
      }),
      names: [archiveName, `${oldId}.jsonl`, "sessions.json"],
    });
    assert.deepEqual([draft.plan.from, draft.plan.to, restoredName(draft)], [oldId, aUuid(2), `${aUuid(2)}.jsonl`]);
  });

  it("brings back what compact cut off: the same id under another name", () => {
    const live = `${sessionsPath}/${oldId}.jsonl`;
    const draft = drafted({
      source: aSource({ base: `${oldId}.jsonl.bak.2026-03-31T04-00-00.397Z` }),
      indexText: anIndexText({ [mainKey]: { ...anEntry, sessionId: oldId, sessionFile: live } }),
      displaced: aDisplaced({ sessionId: oldId, file: { path: live, content: aContent("cut short"), links: 1 } }),
      names: [`${oldId}.jsonl`, `${oldId}.jsonl.bak.2026-03-31T04-00-00.397Z`],
    });
    assert.deepEqual(
      draft.plan.changes.map(({ role, path }) => [role, basename(path)]),
      [
        ["restored", stamped],
        ["set-aside", `${oldId}.jsonl.reset.2026-03-31T12-00-00.000Z`],
        ["index", "sessions.json"],
        ["given-up", `${oldId}.jsonl`],
      ],
    );
    assert.deepEqual(draft.plan.sentences[1]?.includes("since the plain name is in use"), true);
  });

  it("makes a small entry for a deleted conversation, and says that nothing is current there", () => {
    const key = "agent:main:scratch";
    const draft = drafted({
      request: { target: { kind: "in-place", key } },
      source: aSource({ base: `${oldId}.jsonl.deleted.2026-03-31T04-00-00.397Z` }),
      conversation: aConversation(key),
      displaced: undefined,
    });
    assert.deepEqual(Object.keys(indexOf(draft)), [mainKey, key]);
    assert.equal(draft.plan.from, undefined);
    assert.ok(draft.plan.sentences.includes(`Nothing is current under ${key} now, so nothing is set aside.`));
    assert.ok(
      draft.plan.sentences.includes(`Of sessions.json only this changes; the rest stays byte for byte (1 entry).`),
    );
  });

  it("says so where the current transcript does not exist, and sets nothing aside", () => {
    const draft = drafted({ displaced: aDisplaced({ file: undefined, messages: undefined }) });
    assert.deepEqual(changesOf(draft), [
      `restored ${oldId}.jsonl: absent → content:source`,
      "index sessions.json: as it was → content:index",
    ]);
    assert.ok(
      draft.plan.sentences.includes(
        `The entry of ${mainKey} names a transcript that does not exist, so there is nothing to set aside.`,
      ),
    );
  });

  it("makes an index where there is none", () => {
    const draft = drafted({ indexText: undefined, displaced: undefined });
    assert.deepEqual(changesOf(draft), [
      `restored ${oldId}.jsonl: absent → content:source`,
      "index sessions.json: absent → content:index",
    ]);
    assert.deepEqual(
      draft.plan.backups.map(({ path }) => basename(path)),
      [archiveName],
    );
  });

  it("leaves alone a transcript that another key has as well, and an archive that the entry points to", () => {
    const shared = drafted({
      indexText: anIndexText({
        [mainKey]: anEntry,
        "agent:main:x": { sessionId: newId, sessionFile: anEntry.sessionFile },
      }),
    });
    const archive = `${newId}.jsonl.reset.2026-03-30T04-00-00.397Z`;
    const path = `${sessionsPath}/${archive}`;
    const pointed = drafted({ displaced: aDisplaced({ file: { path, content: aContent("x"), links: 1 } }) });
    assert.deepEqual(
      [shared, pointed].map((draft) => draft.plan.changes.map(({ role }) => role)),
      [
        ["restored", "index"],
        ["restored", "index"],
      ],
    );
    assert.match(shared.plan.sentences[2] ?? "", /current under agent:main:x as well/);
    assert.match(pointed.plan.sentences[2] ?? "", /points to the archive/);
  });

  it("points to a transcript that was left behind under its own name", () => {
    const draft = drafted({
      source: aSource({ base: `${oldId}.jsonl` }),
      names: [`${oldId}.jsonl`, `${newId}.jsonl`, "sessions.json"],
    });
    assert.deepEqual(
      draft.plan.changes.map(({ role }) => role),
      ["set-aside", "index", "given-up"],
    );
    assert.equal(entryOf(draft)["sessionFile"], `${sessionsPath}/${oldId}.jsonl`);
    assert.deepEqual(draft.recipes["source"], { kind: "file", path: `${sessionsPath}/${oldId}.jsonl` });
    assert.ok(draft.plan.backups.some(({ path }) => path === `${sessionsPath}/${oldId}.jsonl`));
  });

  it("copies one that is current under another key, with an id of its own", () => {
    const draft = drafted({
      source: aSource({ base: `${oldId}.jsonl` }),
      indexText: anIndexText({ [mainKey]: anEntry, "agent:main:x": { sessionId: oldId } }),
      names: [`${oldId}.jsonl`, `${newId}.jsonl`, "sessions.json"],
    });
    const firstLine = `{"type":"session","version":3,"id":"${aUuid(1)}","timestamp":"2026-03-31T01:00:00.397Z","cwd":"/w"}\n`;
    assert.equal(restoredName(draft), `${aUuid(1)}.jsonl`);
    assert.deepEqual(draft.recipes["restored"], {
      kind: "transcript",
      path: `${sessionsPath}/${oldId}.jsonl`,
      firstLine: { text: firstLine, replaces: Buffer.byteLength(firstLine) },
    });
  });

  it("copies one whose name is not that of its header, whose file has other names, or that lies elsewhere", () => {
    const elsewhere = aFileAt("/kept/main", `${oldId}.jsonl`, { index: anArchivedIndex() });
    const sources = [
      aSource({ base: "99999999-9999-4999-8999-999999999999.jsonl" }),
      aSource({ base: `${oldId}.jsonl`, links: 2 }),
      aSource({ file: elsewhere }),
    ];
    assert.deepEqual(
      sources.map((source) => restoredName(drafted({ source, names: [source.file.name.base, "sessions.json"] }))),
      [`${oldId}.jsonl`, stamped, stamped],
    );
    assert.equal(drafted({ source: aSource({ file: elsewhere }) }).plan.source, `/kept/main/${oldId}.jsonl`);
  });

  it("restores a checkpoint as a copy with an id of its own; the compacted transcript stays", () => {
    const draft = drafted({ source: aSource({ base: `${oldId}.checkpoint.${checkpointUuid}.jsonl` }) });
    assert.deepEqual([draft.plan.to, restoredName(draft)], [aUuid(1), `${aUuid(1)}.jsonl`]);
    const recipe = draft.recipes["restored"];
    const text = recipe?.kind === "transcript" ? recipe.firstLine?.text : undefined;
    assert.equal((JSON.parse(text ?? "") as Record<string, unknown>)["id"], aUuid(1));
    assert.match(draft.plan.sentences[2] ?? "", /the compacted transcript keeps the old one and stays a window/);
  });

  it("unpacks a packed archive, and keeps the packed one as it is", () => {
    const base = `${oldId}.jsonl.deleted.2026-11-20T12-25-48.803Z.1e62aaaa1e62aaaa1e62aaaa1e621036.zst`;
    const draft = drafted({ source: aSource({ base }) });
    assert.deepEqual(draft.recipes["restored"], {
      kind: "transcript",
      path: `${sessionsPath}/${base}`,
      firstLine: undefined,
    });
    assert.deepEqual(draft.recipes["source"], { kind: "file", path: `${sessionsPath}/${base}` });
    assert.equal(restoredName(draft), `${oldId}.jsonl`);
  });

  it("lists checkpoints again that the entry does not list, and backs all of them up", () => {
    const draft = drafted(withCheckpoints({ version: "2026.4.21" }));
    assert.deepEqual(entryOf(draft)["compactionCheckpoints"], [
      { checkpointId: "c1", preCompaction: { sessionFile: `/old/place/${checkpointName(1)}` } },
      {
        checkpointId: aUuid(1),
        sessionKey: mainKey,
        sessionId: oldId,
        createdAt: aResetAt,
        reason: "manual",
        preCompaction: { sessionId: oldId, sessionFile: `${sessionsPath}/${checkpointName(2)}`, leafId: "e8" },
        postCompaction: { sessionId: oldId },
      },
    ]);
    assert.deepEqual(
      draft.plan.backups.map(({ path }) => basename(path)),
      ["sessions.json", `${newId}.jsonl`, archiveName, checkpointName(1), checkpointName(2)],
    );
    assert.deepEqual(
      ["2026.3.13", "2026.5.18", "2026.7.35", undefined].map((version) => {
        const items = entryOf(drafted(withCheckpoints({ version })))["compactionCheckpoints"] as unknown[];
        return items.length;
      }),
      [1, 2, 2, 2],
    );
  });

  it("gives files the permissions that their neighbours have, and always lets the owner read and write", () => {
    const modes = [0o600, 0o664, 0o100640, 0o400].map((mode) => {
      const { disk } = restoreFacts();
      const after = drafted({ disk: { ...disk, neighbours: { uid: 1000, mode } } }).plan.changes[0]?.after;
      return after?.kind === "file" ? after.mode.toString(8) : undefined;
    });
    assert.deepEqual(modes, ["600", "664", "640", "600"]);
  });

  it("never makes the index older than it was, and keeps its permissions", () => {
    const { index } = restoreFacts();
    if (index.state.kind !== "read") assert.fail();
    const content = { ...index.state.content, mode: 0o640, mtimeMs: aRestoreAt + 5_000.25 };
    const change = drafted({ index: { state: { ...index.state, content } } }).plan.changes.find(
      ({ role }) => role === "index",
    );
    assert.deepEqual(change?.after, {
      kind: "file",
      bytes: -1,
      sha256: "content:index",
      mode: 0o640,
      mtimeMs: aRestoreAt + 5_001,
    });
  });

  it("writes into the directory as it really is", () => {
    const real = "/data/openclaw/agents/main/sessions";
    const source = aSource();
    const draft = drafted({ rootRealPath: real, source: { ...source, realPath: `${real}/${archiveName}` } });
    assert.deepEqual(
      draft.plan.changes.slice(0, 3).map(({ path }) => path.slice(0, path.lastIndexOf("/"))),
      [real, sessionsPath, real], // what is current was found at its own real path
    );
    assert.equal(entryOf(draft)["sessionFile"], `${real}/${oldId}.jsonl`);
  });

  it("tells neither words nor bulk of an entry", () => {
    const entry = {
      ...anEntry,
      lastHeartbeatText: "the codename is Tamarack",
      skillsSnapshot: { prompt: "Tamarack" },
      note: "Tamarack".repeat(1_000),
      compactionCheckpoints: [{ checkpointId: "c1", summary: "Tamarack", tokensBefore: 7 }],
    };
    const draft = drafted({ indexText: anIndexText({ [mainKey]: entry }) });
    assert.equal(JSON.stringify(draft.plan).includes("Tamarack"), false);
    const shown = JSON.parse(draft.plan.entries[0]?.after ?? "") as Record<string, unknown>;
    assert.deepEqual(
      [shown["lastHeartbeatText"], shown["skillsSnapshot"], shown["note"], shown["compactionCheckpoints"]],
      [
        "… (26 bytes)",
        "… (21 bytes)",
        "… (7.8 KB)",
        [{ checkpointId: "c1", summary: "… (10 bytes)", tokensBefore: 7 }],
      ],
    );
    assert.equal(entryOf(draft)["note"], entry.note);
  });

  it("keeps to one entry whatever its key is called", () => {
    const key = "agent:main:x:direct:$(touch PWNED)";
    const draft = drafted({
      request: { target: { kind: "in-place", key } },
      conversation: aConversation(key),
      indexText: anIndexText({ [mainKey]: anEntry, [key]: anEntry, __proto: { sessionId: "x" } }),
    });
    assert.deepEqual([draft.plan.key, Object.keys(indexOf(draft))], [key, [mainKey, key, "__proto"]]);
    assert.deepEqual(indexOf(draft)[mainKey], anEntry);
  });
});

describe("refusing to draft a restore", () => {
  it("gives a reason and a remedy for each thing that no plan can be made of", () => {
    const header = anArchivedIndex().header;
    if (header === undefined) assert.fail();
    const withHeader = (more: Partial<typeof header>): RestoreFactsGiven => ({
      source: aSource({ index: anArchivedIndex({ header: { ...header, ...more } }) }),
    });
    const problem = { code: "file.unreadable", message: "It cannot be read." } as const;
    const cases: readonly (readonly [RestoreFactsGiven, string])[] = [
      [{ source: { ...aSource(), index: undefined, problem } }, "source-readable"],
      [{ source: aSource({ index: anArchivedIndex({ header: undefined }) }) }, "source-header"],
      [withHeader({ line: 2 }), "source-header"],
      [withHeader({ id: "../../../etc/passwd" }), "source-ids"],
      [withHeader({ id: "a.trajectory" }), "source-ids"],
      [
        { displaced: aDisplaced({ file: { path: aSource().realPath, content: aContent(""), links: 1 } }) },
        "already-current",
      ],
      [{ index: { state: { kind: "unreadable", problem } } }, "index-readable"],
      [{ index: { state: { kind: "too-large", bytes: 1e9 } } }, "index-size"],
      [{ indexText: '{"a":{},}' }, "index-readable"],
      [{ indexText: '{"a":{"sessionId":"x"' }, "index-readable"],
      [{ indexText: "[]" }, "index-readable"],
      [{ indexText: '{"a":{},"a":{}}' }, "index-duplicate-key"],
      [{ indexText: `{"${mainKey}":{"x":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`, rows: [] }, "index-readable"],
      [{ request: { target: { kind: "new-key", key: mainKey } } }, "target-name"],
      [{ request: { target: { kind: "new-key", key: "agent:other:x" } } }, "target-name"],
      [{ request: { target: { kind: "new-key", key: "agent:main:A" } } }, "target-name"],
      [{ request: { target: { kind: "in-place", key: "agent:main:\n" } } }, "target-name"],
    ];
    const refused = cases.map(([given]) => {
      const draft = draftRestore(restoreFacts(given));
      if (!("refused" in draft)) return "drafted";
      assert.ok(draft.refused.every(({ level, text, remedy }) => level === "blocker" && text !== "" && remedy !== ""));
      return draft.refused.map(({ code }) => code).join();
    });
    assert.deepEqual(
      refused,
      cases.map(([, code]) => code),
    );
  });
});

function drafted(given: RestoreFactsGiven = {}): RestoreDraft {
  const draft = draftRestore(restoreFacts(given));
  if ("refused" in draft) assert.fail(draft.refused.map(({ text }) => text).join("\n"));
  return draft;
}

/** What the index says afterwards. */
function indexOf({ recipes }: RestoreDraft): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const recipe = recipes["index"];
  if (recipe?.kind !== "bytes") assert.fail();
  return JSON.parse(new TextDecoder().decode(recipe.bytes)) as Record<string, Record<string, unknown>>;
}

function entryOf(draft: RestoreDraft): Readonly<Record<string, unknown>> {
  return indexOf(draft)[draft.plan.key] ?? {};
}

function restoredName({ plan }: RestoreDraft): string | undefined {
  const change = plan.changes.find(({ role }) => role === "restored");
  return change && basename(change.path);
}

/** `set-aside <name>: absent → what was current` */
function changesOf({ plan }: RestoreDraft): readonly string[] {
  const current = restoreFacts().displaced?.file?.content.sha256;
  const told = (state: FileState): string => {
    if (state.kind === "absent") return "absent";
    return state.sha256 === current ? "what was current" : state.sha256.replace(/^[0-9a-f]{64}$/, "as it was");
  };
  return plan.changes.map(
    ({ role, path, before, after }) => `${role} ${basename(path)}: ${told(before)} → ${told(after)}`,
  );
}

function checkpointName(n: number): string {
  return `${oldId}.checkpoint.${aUuid(100 + n)}.jsonl`;
}

/** Two checkpoints lie there; the entry lists the first, by the path it had on another machine. */
function withCheckpoints({ version }: { readonly version: string | undefined }): RestoreFactsGiven {
  const entry = {
    ...anEntry,
    compactionCheckpoints: [{ checkpointId: "c1", preCompaction: { sessionFile: `/old/place/${checkpointName(1)}` } }],
  };
  const window = aRestorableWindow(aFile(archiveName, { index: anArchivedIndex() }), {
    copies: [1, 2].map((n) => aFile(checkpointName(n), { index: anArchivedIndex(), mtimeMs: aResetAt + n - 2 })),
  });
  const given = { version, window, indexText: anIndexText({ [mainKey]: entry }) };
  const { agent } = restoreFacts();
  return { ...given, agent: { ...agent, conversations: [aConversation(mainKey, aWindow(newId), window)] } };
}
