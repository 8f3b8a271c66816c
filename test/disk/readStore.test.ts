import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { missingStore, readStore, type StoreReading } from "../../src/disk/readStore";
import { makePipe, put, scratch, withPermissionsEnforced } from "./scratch";

describe("reading the session index", () => {
  it("gives its rows", async () => {
    const directory = scratch();
    put(directory, "sessions.json", '{"agent:main:main":{"sessionId":"a"},"agent:main:cron:x":{"sessionId":"b"}}');
    assert.deepEqual(summary(await read(directory)), {
      outcome: "read",
      rows: ["agent:main:main a", "agent:main:cron:x b"],
      problems: [],
    });
  });

  const cases: readonly (readonly [string, string, Partial<ReturnType<typeof summary>>])[] = [
    ["empty", "", { problems: ["store.empty"] }],
    ["half-written", '{"k":{"sessionId":"a"},"l":{"sess', { rows: ["k a"], problems: ["store.half-written"] }],
    ["not an object", "[]", { problems: ["store.not-object"] }],
  ];
  for (const [title, content, expected] of cases) {
    it(`that is ${title} gives what there is, and its problem`, async () => {
      const directory = scratch({ "sessions.json": content });
      assert.deepEqual(summary(await read(directory)), { outcome: "read", rows: [], problems: [], ...expected });
    });
  }

  it("tells absent from unreadable", async () => {
    const directory = scratch();
    assert.deepEqual(await read(directory), { outcome: "absent", rows: [], problems: [] });
    mkdirSync(join(directory, "sessions.json"));
    assert.deepEqual(summary(await read(directory)), {
      outcome: "unreadable",
      rows: [],
      problems: ["file.not-regular"],
    });
  });

  it("waits for no pipe and follows no link out", async () => {
    const [pipe, link] = [scratch(), scratch()];
    makePipe(pipe, "sessions.json");
    symlinkSync("/etc/hostname", join(link, "sessions.json"));
    assert.deepEqual(
      [summary(await read(pipe)), summary(await read(link))].map(({ outcome, problems }) => [outcome, ...problems]),
      [
        ["unreadable", "file.not-regular"],
        ["unreadable", "file.outside"],
      ],
    );
  });

  it("says when there is no permission", async () => {
    const directory = scratch({ "sessions.json": "{}" });
    chmodSync(directory, 0o755);
    chmodSync(join(directory, "sessions.json"), 0o000);
    const reading = await withPermissionsEnforced(() => read(directory));
    assert.deepEqual(reading.problems, [
      {
        code: "file.unreadable",
        message: `There is no permission to read ${join(directory, "sessions.json")}.`,
        file: join(directory, "sessions.json"),
      },
    ]);
  });

  it("reads one of many chunks", async () => {
    const rows = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [
        `agent:main:k${at}`,
        { sessionId: `s${at}`, skillsSnapshot: "x".repeat(2000) },
      ]),
    );
    const { outcome, rows: found } = await read(scratch({ "sessions.json": JSON.stringify(rows, undefined, 2) }));
    assert.deepEqual([outcome, found.length, found.at(-1)?.sessionId], ["read", 400, "s399"]);
  });

  it("has a sentence for a missing one", () => {
    assert.match(missingStore("/s/sessions.json").message, /^The session index \/s\/sessions\.json is missing\. /);
  });
});

function read(directory: string): Promise<StoreReading> {
  return readStore(join(directory, "sessions.json"), { within: directory });
}

function summary({ outcome, rows, problems }: StoreReading) {
  return {
    outcome,
    rows: rows.map(({ key, sessionId }) => `${key} ${sessionId ?? "-"}`),
    problems: problems.map(({ code }) => code as string),
  };
}
