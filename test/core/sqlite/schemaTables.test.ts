import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { readSchemaTables } from "../../../src/core/sqlite/schemaTables";
import { readSessionTables, sessionTables } from "../../../src/core/sqlite/sessionTables";

const fixtures = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures");

const load = (path: string) => {
  const bytes = readFileSync(path);
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
};
const made = (name: string) => load(join(fixtures, "sqlite", `${name}.gz`));
const source = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length)),
});
const tablesOf = async (bytes: Uint8Array) => (await readSchemaTables(source(bytes))).tables;

describe("readSchemaTables", () => {
  it("finds the session tables of every recorded database, and nothing but tables", async () => {
    const databases = readdirSync(join(fixtures, "corpora"), { recursive: true, encoding: "utf8" }).filter((path) =>
      /openclaw-agent\.sqlite(\.gz)?$/.test(path),
    );
    assert.ok(databases.length >= 10, `only ${databases.length} recorded databases found`);
    for (const path of databases) {
      const { tables, problem } = await readSchemaTables(source(load(join(fixtures, "corpora", path))));
      assert.deepEqual(
        { problem, count: tables.length, sessions: sessionTables(tables) },
        { problem: undefined, count: 55, sessions: ["session_nodes", "session_windows", "transcript_events"] },
        path,
      );
    }
  });

  it("walks a schema of many small pages", async () => {
    const expected = Array.from({ length: 200 }, (_, n) => `table_${String(n).padStart(3, "0")}`).filter(
      (name) => name !== "table_100",
    );
    assert.deepEqual([...(await tablesOf(made("small-pages.sqlite")))].sort(), expected);
  });

  it("reads pages of 64 KB, and both kinds of UTF-16", async () => {
    assert.deepEqual(
      [await tablesOf(made("large-pages-utf16.sqlite")), await tablesOf(made("big-endian.sqlite"))],
      [["sessions", "session_entries", "session_routes", "Prüfung 漢"], ["cache_entries"]],
    );
  });

  it("finds what so far stands in the write-ahead log only", async () => {
    const database = source(made("in-log.sqlite"));
    const log = made("in-log.sqlite-wal");
    const torn = log.subarray(0, log.length - 100);
    const tables = ["session_nodes", "session_windows", "transcript_events"];
    assert.deepEqual(
      [
        await readSchemaTables(database),
        await readSchemaTables(database, source(log)),
        await readSessionTables(database, source(torn)),
        await readSessionTables(source(new Uint8Array(0)), source(log)),
        await readSessionTables(
          database,
          source(new TextEncoder().encode("no log at all, but long enough for a header")),
        ),
      ],
      [
        { tables: [], problem: undefined },
        { tables, problem: undefined },
        { tables, problem: undefined },
        { tables, problem: undefined },
        { tables: [], problem: undefined },
      ],
    );
  });

  const message = async (bytes: Uint8Array) =>
    (await readSchemaTables(source(bytes), undefined, "/s/x.sqlite")).problem;
  it("says what is wrong with a file that is no database, or half of one", async () => {
    const whole = made("small-pages.sqlite");
    assert.deepEqual(
      [
        await message(new Uint8Array(0)),
        await message(new TextEncoder().encode("SQLite")),
        await message(new Uint8Array(4096)),
        await message(whole.subarray(0, 300)),
        await message(whole.subarray(0, whole.length / 2)),
      ].map((problem) => problem && `${problem.code}: ${problem.message}`),
      [
        undefined,
        "sqlite.unreadable: The file is no SQLite database, or it is encrypted.",
        "sqlite.unreadable: The file is no SQLite database, or it is encrypted.",
        "sqlite.unreadable: The SQLite database is damaged: page 1 is missing.",
        "sqlite.unreadable: The SQLite database is damaged: page 201 is missing.",
      ],
    );
  });

  it("never throws, whatever a file holds", async () => {
    const sound = made("small-pages.sqlite").subarray(0, 64 * 512);
    const edits = fc.array(fc.tuple(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 })), { maxLength: 20 });
    const early = fc.array(fc.tuple(fc.nat({ max: 600 }), fc.nat({ max: 255 })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(edits, early), async (changes) => {
        const damaged = Uint8Array.from(sound);
        for (const [at, byte] of changes) damaged[at] = byte;
        const { tables, problem } = await readSchemaTables(source(damaged), source(damaged));
        assert.ok(Array.isArray(tables) && (problem === undefined || problem.code === "sqlite.unreadable"));
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 120 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});

describe("sessionTables", () => {
  const cases: [title: string, tables: string[], found: string[]][] = [
    ["caches and sign-ins only (2026.6 – 2026.7)", ["cache_entries", "auth_profile_store", "schema_meta"], []],
    [
      "the hybrid of 2026.7.2-beta.1",
      ["sessions", "session_routes", "session_entries", "x"],
      ["session_entries", "session_routes", "sessions"],
    ],
    ["2026.8 and later", ["session_windows", "session_nodes", "conversations"], ["session_nodes", "session_windows"]],
    ["somebody's table called sessions", ["sessions"], []],
  ];
  for (const [title, tables, found] of cases) {
    it(title, () => {
      assert.deepEqual(sessionTables(tables), found);
    });
  }
});
