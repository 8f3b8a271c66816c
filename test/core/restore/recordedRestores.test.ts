import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { SessionFile } from "../../../src/core/conversation/model";
import { IndexBuilder } from "../../../src/core/index/indexBuilder";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { parseFileName } from "../../../src/core/names/parseFileName";
import { draftRestore } from "../../../src/core/restore/draftRestore";
import type { RestoreFacts } from "../../../src/core/restore/restoreFacts";
import type { RestoreDraft } from "../../../src/core/restore/restorePlan";
import { aConversation, aWindow } from "../../anExplanation";
import { aContent, aFileAt, aRestorableWindow, aSource, mainKey, restoreFacts } from "../../aRestore";

const corpora = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");
/** Where the recordings were made; the paths in their indexes say so. */
const recordedAt = "/home/dev/.openclaw/agents/main/sessions";
const later = Date.UTC(2026, 10, 20, 12);
const stamp = "2026-11-20T12-00-00.000Z";

describe("restores of recorded state directories", () => {
  it("leave the conversation alone that 2026.4 keeps in a file with the name of the old one", () => {
    const old = "45a5548e-8d22-4911-be29-20d931deb5ce";
    const draft = draftOf("2026.4.21", "manual-resets", `${old}.jsonl.reset.2026-04-22T09-30-34.516Z`);
    assert.deepEqual(
      draft.plan.changes.map(({ role, path }) => `${role} ${basename(path)}`),
      [
        `restored 2026-11-20T12-00-00-000Z_${old}.jsonl`,
        `set-aside ${old}.jsonl.reset.${stamp}`,
        "index sessions.json",
        `given-up ${old}.jsonl`,
      ],
    );
    assert.deepEqual([draft.plan.from, draft.plan.to], ["c2b8e1e4-578e-4581-94b7-86fde224f428", old]);
  });

  it("go by the header where the second reset of 2026.4 gave the archive the name of an older session", () => {
    const old = "45a5548e-8d22-4911-be29-20d931deb5ce";
    const draft = draftOf("2026.4.21", "manual-resets", `${old}.jsonl.reset.2026-04-22T09-35-39.046Z`);
    const to = "bc5a95e1-1951-4cd3-9d2c-997a7577294b";
    assert.deepEqual([draft.plan.to, basename(draft.plan.changes[0]?.path ?? "")], [to, `${to}.jsonl`]);
  });

  it("list no checkpoint twice", () => {
    for (const version of ["2026.4.21", "2026.5.18", "2026.7.35"]) {
      const archives = archivesOf(version, "compaction-restart");
      for (const base of archives) {
        const before = readEntries(version, "compaction-restart")[mainKey]?.["compactionCheckpoints"];
        const after = entriesOf(draftOf(version, "compaction-restart", base))[mainKey]?.["compactionCheckpoints"];
        const files = itemsOf(after).flatMap(({ preCompaction }) => preCompaction?.sessionFile ?? []);
        assert.equal(new Set(files).size, files.length);
        assert.deepEqual(itemsOf(after).slice(0, itemsOf(before).length), itemsOf(before));
      }
    }
  });

  for (const version of ["2026.3.13", "2026.4.21", "2026.5.18", "2026.7.35"]) {
    it(`take no name that exists and change one entry only: every archive of ${version}`, () => {
      let archives = 0;
      for (const scenario of readdirSync(join(corpora, version))) {
        for (const base of archivesOf(version, scenario)) {
          archives++;
          const names = readdirSync(sessionsOf(version, scenario));
          const draft = draftOf(version, scenario, base);
          const added = draft.plan.changes
            .filter(({ before }) => before.kind === "absent")
            .map(({ path }) => basename(path));
          assert.deepEqual(
            added.filter((name) => names.includes(name)),
            [],
          );
          const [before, after] = [readEntries(version, scenario), entriesOf(draft)];
          assert.deepEqual({ ...after, [mainKey]: undefined }, { ...before, [mainKey]: undefined });
          const { sessionId, sessionFile } = after[mainKey] ?? {};
          assert.deepEqual([sessionId, sessionFile], [draft.plan.to, `${recordedAt}/${basename(restoredPath(draft))}`]);
          assert.deepEqual(
            ["status", "startedAt", "endedAt", "runtimeMs"].filter((name) => name in (after[mainKey] ?? {})),
            [],
          );
        }
      }
      assert.ok(archives > 5);
    });
  }
});

function draftOf(version: string, scenario: string, base: string): RestoreDraft {
  const draft = draftRestore(factsOf(version, scenario, base));
  if ("refused" in draft) assert.fail(draft.refused.map(({ text }) => text).join());
  return draft;
}

/** The archive `base` back under the main key, long after. */
function factsOf(version: string, scenario: string, base: string): RestoreFacts {
  const directory = sessionsOf(version, scenario);
  const names = readdirSync(directory);
  const files = names
    .filter((name) => ["archive", "checkpoint", "transcript"].includes(parseFileName(name).kind))
    .map((name): SessionFile => aFileAt(recordedAt, name, { index: indexFile(join(directory, name)) }));
  const file = files.find(({ name }) => name.base === base);
  if (file === undefined) assert.fail(`${base} is not in ${directory}`);
  const text = readFileSync(join(directory, base), "utf8");
  const firstLine = text.slice(0, text.indexOf("\n"));
  const window = aRestorableWindow(file);
  const copies = files.filter(({ name }) => name.kind === "checkpoint");
  const row = readEntries(version, scenario)[mainKey];
  const current = typeof row?.["sessionFile"] === "string" ? basename(row["sessionFile"]) : undefined;
  const given = restoreFacts({
    version,
    now: later,
    window,
    names,
    indexText: readFileSync(join(directory, "sessions.json"), "utf8"),
    source: aSource({ file, firstLine, firstLineBytes: Buffer.byteLength(firstLine) + 1 }),
    rootRealPath: recordedAt,
    displaced:
      current === undefined || !names.includes(current)
        ? undefined
        : {
            sessionId: String(row?.["sessionId"]),
            file: {
              path: `${recordedAt}/${current}`,
              content: aContent(readFileSync(join(directory, current))),
              links: 1,
            },
            headerId: undefined,
            messages: undefined,
          },
  });
  const agent = { ...given.agent, conversations: [aConversation(mainKey, window, aWindow("others", { copies }))] };
  return { ...given, agent, root: { ...given.root, path: recordedAt, storePath: `${recordedAt}/sessions.json` } };
}

function sessionsOf(version: string, scenario: string): string {
  return join(corpora, version, scenario, "state/agents/main/sessions");
}

function archivesOf(version: string, scenario: string): readonly string[] {
  return readdirSync(sessionsOf(version, scenario)).filter((name) => parseFileName(name).kind === "archive");
}

type Entries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function readEntries(version: string, scenario: string): Entries {
  return JSON.parse(readFileSync(join(sessionsOf(version, scenario), "sessions.json"), "utf8")) as Entries;
}

function entriesOf({ recipes }: RestoreDraft): Entries {
  const recipe = recipes["index"];
  if (recipe?.kind !== "bytes") assert.fail();
  return JSON.parse(new TextDecoder().decode(recipe.bytes)) as Entries;
}

function restoredPath({ plan }: RestoreDraft): string {
  return plan.changes.find(({ role }) => role === "restored")?.path ?? plan.source ?? "";
}

interface Item {
  readonly preCompaction?: { readonly sessionFile?: string };
}

function itemsOf(list: unknown): readonly Item[] {
  return Array.isArray(list) ? (list as readonly Item[]) : [];
}

function indexFile(path: string): TranscriptIndex {
  const builder = new IndexBuilder();
  builder.push(readFileSync(path));
  return builder.end();
}
