import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { formatArchiveStamp, parseArchiveStamp } from "../../../src/core/names/archiveStamp";
import type { FileName } from "../../../src/core/names/fileName";
import { formatFileName, parseFileName } from "../../../src/core/names/parseFileName";

const fixtures = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");
const runs = (count: number) => ({
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: count * Number(process.env["PROPERTY_SCALE"] ?? 1),
});

const id = "600f198c-1d6d-4c0e-9d0a-0a3a8c1f2b3d";
const other = "dd24776e-0a25-45bc-8b8b-cef1f8a18e83";
const at = Date.UTC(2026, 2, 31, 4, 0, 0, 397);
const stamp = "2026-03-31T04-00-00.397Z";
const generation = "1e62aaaabbbbccccddddeeeeffff1036";

const transcript = { kind: "transcript", stem: id, sessionId: id, topic: undefined, prefixAt: undefined };
const archive = {
  kind: "archive",
  reason: "reset",
  stem: id,
  sessionId: id,
  topic: undefined,
  prefixAt: undefined,
  at,
  stamp,
  stampForm: "iso",
  generation: undefined,
  zst: false,
};
const side = (role: string) => ({ kind: "side", role });

const cases: Record<string, object> = {
  // transcripts
  [`${id}.jsonl`]: transcript,
  "release.v2.jsonl": { ...transcript, stem: "release.v2", sessionId: "release.v2" },
  "a.lock.jsonl": { ...transcript, stem: "a.lock", sessionId: "a.lock" },
  "x.bak-1-2.jsonl": { ...transcript, stem: "x.bak-1-2", sessionId: "x.bak-1-2" },
  "sessions.jsonl": { ...transcript, stem: "sessions", sessionId: "sessions" },
  [`${id}-topic-7.jsonl`]: { ...transcript, stem: `${id}-topic-7`, topic: "7" },
  [`${id}-topic-general%3Aa%2Fb.jsonl`]: { ...transcript, stem: `${id}-topic-general%3Aa%2Fb`, topic: "general:a/b" },
  [`${id}-topic-100%.jsonl`]: { ...transcript, stem: `${id}-topic-100%`, topic: "100%" },
  "-topic-7.jsonl": { ...transcript, stem: "-topic-7", sessionId: "-topic-7" },
  [`2026-03-31T04-00-00-397Z_${id}.jsonl`]: {
    ...transcript,
    stem: `2026-03-31T04-00-00-397Z_${id}`,
    prefixAt: at,
  },
  "2026-03-31_notes.jsonl": { ...transcript, stem: "2026-03-31_notes", sessionId: "2026-03-31_notes" },
  "release.checkpoint.2.jsonl": { ...transcript, stem: "release.checkpoint.2", sessionId: "release.checkpoint.2" },

  // archives
  [`${id}.jsonl.reset.${stamp}`]: archive,
  [`${id}.jsonl.deleted.${stamp}`]: { ...archive, reason: "deleted" },
  [`${id}.jsonl.bak.${stamp}`]: { ...archive, reason: "bak" },
  [`${id}.jsonl.reset.2026-03-31T04-00-00Z`]: { ...archive, at: at - 397, stamp: "2026-03-31T04-00-00Z" },
  [`${id}.jsonl.deleted.${stamp}.${generation}.zst`]: { ...archive, reason: "deleted", generation, zst: true },
  [`${id}.jsonl.reset.${stamp}.zst`]: { ...archive, zst: true },
  [`${id}.jsonl.reset.${stamp}.${generation}`]: { ...archive, generation },
  [`${id}.jsonl.deleted.1774929600397`]: { ...archive, reason: "deleted", stamp: "1774929600397", stampForm: "epoch" },
  [`${id}.jsonl.reset.2026-02-30T04-00-00.397Z`]: {
    ...archive,
    at: undefined,
    stamp: "2026-02-30T04-00-00.397Z",
    stampForm: "other",
  },
  [`${id}.jsonl.reset.next-shape-we-do-not-know`]: {
    ...archive,
    at: undefined,
    stamp: "next-shape-we-do-not-know",
    stampForm: "other",
  },
  [`${id}-topic-7.jsonl.reset.${stamp}`]: { ...archive, stem: `${id}-topic-7`, topic: "7" },
  [`${id}.jsonl.reset.${stamp}.jsonl.deleted.${stamp}`]: {
    ...archive,
    reason: "deleted",
    stem: `${id}.jsonl.reset.${stamp}`,
    sessionId: `${id}.jsonl.reset.${stamp}`,
  },
  [`${id}.checkpoint.${other}.jsonl.deleted.${stamp}`]: {
    ...archive,
    reason: "deleted",
    stem: `${id}.checkpoint.${other}`,
  },

  // checkpoints and traces
  [`${id}.checkpoint.${other}.jsonl`]: { kind: "checkpoint", stem: id, sessionId: id, uuid: other },
  [`${id}-topic-7.checkpoint.${other}.jsonl`]: {
    kind: "checkpoint",
    stem: `${id}-topic-7`,
    sessionId: id,
    uuid: other,
  },
  [`${id}.trajectory.jsonl`]: { kind: "trajectory", stem: id, sessionId: id },

  // side files
  "sessions.json": side("store"),
  "sessions.json.bak.1774929600397": { ...side("store-backup"), at },
  "sessions.json.telegram-topic-names.json": side("store-side-file"),
  "sessions.json.lock": side("lock"),
  "sessions.json.4711.0a3a8c1f.tmp": side("temporary"),
  [`${id}.jsonl.lock`]: side("lock"),
  [`${id}.jsonl.bak-4711-1774929600397`]: side("repair-backup"),
  [`${id}.jsonl.repair-4711-1774929600397.tmp`]: side("temporary"),
  [`${id}.jsonl.pre-doctor-branch-repair-${stamp}.bak`]: side("repair-backup"),
  [`${id}.jsonl.pre-doctor-openai-codex-repair-${stamp}.bak`]: side("repair-backup"),
  "sessions.json.migrated": side("migrated"),
  [`${id}.jsonl.migrated.3`]: side("migrated"),
  [`${id}.trajectory-path.json`]: side("trajectory-pointer"),
  [`${id}.acp-stream.jsonl`]: side("acp-stream"),
  [`${id}.jsonl.codex-app-server.json`]: side("codex-side-car"),
  "skills-prompts": side("skills-prompts"),
  cold: side("cold-storage"),

  // unknown
  ".jsonl": { kind: "unknown" },
  "": { kind: "unknown" },
  [`._${id}.jsonl`]: { kind: "unknown" },
  [`._${id}.jsonl.reset.${stamp}`]: { kind: "unknown" },
  [`${id}.jsonl.reset`]: { kind: "unknown" },
  [`${id}.jsonl.reset.`]: { kind: "unknown" },
  [`${id}.jsonl.zst`]: { kind: "unknown" },
  [`${id}.JSONL`]: { kind: "unknown" },
  [`${id}.trajectory.jsonl.deleted.${stamp}`]: { kind: "unknown" },
  "sessions.jsonx": { kind: "unknown" },
  "notes.bak": { kind: "unknown" },
};

describe("parseFileName", () => {
  for (const [base, expected] of Object.entries(cases)) {
    it(JSON.stringify(base), () => {
      assert.deepEqual(parseFileName(base), { base, ...expected });
    });
  }

  it("knows every file recorded in a sessions directory, and gives each its own name back", () => {
    const names = readdirSync(fixtures, { recursive: true, withFileTypes: true })
      .filter((entry) => /[\\/]sessions$/.test(entry.parentPath))
      .map((entry) => parseFileName(entry.name));
    assert.deepEqual(
      names.filter((name) => name.kind === "unknown"),
      [],
    );
    assert.deepEqual(
      names.map(formatFileName),
      names.map((name) => name.base),
    );
    assert.ok(names.length > 150);
  });

  const text = fc.string({ unit: "binary", maxLength: 12 });
  const piece = fc.oneof(
    text,
    fc.constantFrom(...Object.keys(cases).flatMap((name) => name.split(/(?=\.)/))),
    fc.constantFrom(
      ".jsonl",
      ".reset.",
      ".deleted.",
      ".bak.",
      "-topic-",
      "Z_",
      ".zst",
      `.${generation}`,
      `.${stamp}`,
      "\n",
    ),
  );
  it("formats back what it parsed, whatever the name", () => {
    const name = fc.oneof(
      text,
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(name, (base) => {
        assert.equal(formatFileName(parseFileName(base)), base);
      }),
      runs(800),
    );
  });

  it("parses back what it formatted", () => {
    const stem = fc.oneof(
      fc.uuid(),
      fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,40}$/),
      fc.tuple(fc.uuid(), fc.integer({ min: 1 })).map(([session, topic]) => `${session}-topic-${topic}`),
    );
    const moment = fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.getTime());
    const named = fc.tuple(stem, fc.constantFrom("reset", "deleted", "bak"), moment, fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(named, ([session, reason, when, hasGeneration, zst]) => {
        const parsed = parseFileName(
          `${session}.jsonl.${reason}.${formatArchiveStamp(when)}${hasGeneration ? `.${generation}` : ""}${zst ? ".zst" : ""}`,
        );
        const wanted: Partial<FileName> = {
          kind: "archive",
          reason: reason as "reset",
          stem: session,
          at: when,
          stampForm: "iso",
          generation: hasGeneration ? generation : undefined,
          zst,
        };
        assert.deepEqual({ ...parsed, ...wanted }, parsed);
      }),
      runs(200),
    );
  });
});

describe("parseArchiveStamp", () => {
  it("reads what formatArchiveStamp writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (when) => {
        assert.equal(parseArchiveStamp(formatArchiveStamp(when)), when);
      }),
      runs(150),
    );
  });

  for (const bad of [
    "",
    stamp.replace(".397Z", ""),
    "2026-13-31T04-00-00.397Z",
    "2026-03-31T24-00-00.000Z",
    ` ${stamp}`,
    `${stamp}\n`,
  ]) {
    it(`is undefined for ${JSON.stringify(bad)}`, () => {
      assert.equal(parseArchiveStamp(bad), undefined);
    });
  }
});
