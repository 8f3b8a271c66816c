import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findSqliteSessions } from "../../src/disk/sqliteTables";
import { makePipe, scratch } from "./scratch";

const recorded = join(
  process.env["REPOSITORY_ROOT"] ?? process.cwd(),
  "test/fixtures/corpora/2026.9.6/daily-reset/state/agents/main/agent/openclaw-agent.sqlite",
);
const tables = ["session_nodes", "session_windows", "transcript_events"];

describe("recognising sessions in SQLite", () => {
  it("tells them by the tables of a recorded database", async () => {
    const state = scratch({ [database]: readFileSync(recorded) });
    assert.deepEqual(await find(state), { sqlite: { databasePath: join(state, database), tables }, problems: [] });
  });

  it("finds them in the log when nothing was written back yet", async () => {
    const state = scratch({ [database]: "", [`${database}-wal`]: asLog(readFileSync(recorded)) });
    assert.deepEqual((await find(state)).sqlite?.tables, tables);
  });

  it("finds none where there is no database, or one without these tables", async () => {
    assert.deepEqual(await find(scratch({ "agents/main/sessions/x": "" })), { sqlite: undefined, problems: [] });
    assert.deepEqual(await find(scratch({ [database]: "" })), { sqlite: undefined, problems: [] });
  });

  it("looks beside a store that is elsewhere", async () => {
    const state = scratch({ "stores/all.main.sqlite": readFileSync(recorded) });
    const found = await find(state, join(state, "stores/all.json"));
    assert.equal(found.sqlite?.databasePath, join(state, "stores/all.main.sqlite"));
  });

  it("takes no compressed copy for a database", async () => {
    const state = scratch({ [`${database}.gz`]: readFileSync(recorded) });
    assert.deepEqual(await find(state), { sqlite: undefined, problems: [] });
  });

  it("says when a database cannot be read", async () => {
    const broken = scratch({
      [database]: "this is no database, whatever its name says, and long enough to be looked at closely........",
    });
    const piped = scratch({ "agents/main/agent/x": "" });
    makePipe(join(piped, "agents/main/agent"), "openclaw-agent.sqlite");
    assert.deepEqual(
      (await find(broken)).problems.map(({ code }) => code),
      ["sqlite.unreadable"],
    );
    assert.deepEqual(
      (await find(piped)).problems.map(({ code }) => code),
      ["file.not-regular"],
    );
  });

  it("leaves no trace", async () => {
    const state = scratch({ [database]: readFileSync(recorded) });
    const before = contents(join(state, "agents/main/agent"));
    await find(state);
    assert.deepEqual(contents(join(state, "agents/main/agent")), before);
  });
});

const database = "agents/main/agent/openclaw-agent.sqlite";

function find(state: string, storePath = join(state, "agents/main/sessions/sessions.json")) {
  mkdirSync(join(state, "agents/main/sessions"), { recursive: true });
  const path = join(storePath, "..");
  const root = {
    agentId: "main",
    agentIds: ["main"],
    path,
    realPath: path,
    storePath,
    exists: true,
    outside: false,
    read: true,
    within: [state],
    problems: [],
  };
  return findSqliteSessions({ agentId: "main", isDefault: true, roots: [root] }, { path: state, realPath: state });
}

/** Every page of a database as one committed transaction of a write-ahead log. */
function asLog(content: Buffer): Buffer {
  const pageSize = content.readUInt16BE(16) === 1 ? 65_536 : content.readUInt16BE(16);
  const header = Buffer.alloc(32);
  header.writeUInt32BE(0x377f0682, 0);
  header.writeUInt32BE(3_007_000, 4);
  header.writeUInt32BE(pageSize, 8);
  header.writeUInt32BE(17, 16);
  header.writeUInt32BE(23, 20);
  const parts: Uint8Array[] = [header];
  const pages = content.length / pageSize;
  for (let page = 1; page <= pages; page++) {
    const frame = Buffer.alloc(24);
    frame.writeUInt32BE(page, 0);
    frame.writeUInt32BE(page === pages ? pages : 0, 4);
    frame.writeUInt32BE(17, 8);
    frame.writeUInt32BE(23, 12);
    parts.push(frame, content.subarray((page - 1) * pageSize, page * pageSize));
  }
  return Buffer.concat(parts);
}

function contents(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory).map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(directory, name)))
        .digest("hex"),
    ]),
  );
}
