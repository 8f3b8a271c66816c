import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { FileHead } from "../../../src/core/conversation/model";
import { unknownHead } from "../../../src/core/index/fileEnds";
import { IndexBuilder } from "../../../src/core/index/indexBuilder";
import { readHeadFacts } from "../../../src/core/index/readHeadFacts";
import type { FileName } from "../../../src/core/names/fileName";
import { anEnding, anOpening } from "../../anOpening";
import { parseFileName } from "../../../src/core/names/parseFileName";

const transcript: FileName = parseFileName("3df90563-0000-4000-8000-000000000000.jsonl");
const trajectory: FileName = parseFileName("3df90563-0000-4000-8000-000000000000.trajectory.jsonl");
const compressed: FileName = parseFileName(
  "3df90563-0000-4000-8000-000000000000.jsonl.deleted.2026-11-20T12-25-48.803Z.1e62000000000000000000000000abcd.zst",
);

const header = '{"type":"session","version":3,"id":"s1","timestamp":"2026-03-30T09:00:00.000Z","cwd":"/w"}\n';
const change =
  '{"type":"model_change","id":"a","parentId":null,"timestamp":"2026-03-30T09:00:01.000Z","provider":"p"}\n';
const user = (at: string, text = "hello"): string =>
  `{"type":"message","id":"b","parentId":"a","timestamp":"2026-03-30T09:00:${at}.000Z","message":{"role":"user","content":"${text}","timestamp":1774861299999}}\n`;
const time = (at: string): number => Date.parse(`2026-03-30T09:00:${at}.000Z`);

function read(head: string, tail = "", name = transcript): FileHead {
  return readHeadFacts({ head: Buffer.from(head), tail: Buffer.from(tail) }, name);
}

const known = {
  headerId: "s1",
  headerAt: time("00"),
  headerVersion: 3,
  cwd: "/w",
  sessionKey: undefined,
  problem: undefined,
};

describe("readHeadFacts", () => {
  it("reads a small file from its head alone", () => {
    assert.deepEqual(read(header + change + user("02")), {
      ...known,
      firstEntryId: "a",
      firstAt: time("01"),
      lastAt: time("02"),
      announced: undefined,
      replayed: 0,
      openClawVersion: undefined,
      opening: anOpening({ at: time("02"), line: 3, offset: header.length + change.length }),
      ending: anEnding({
        speaker: "user",
        unanswered: true,
        lastUserAt: time("02"),
        offset: header.length + change.length,
      }),
    });
  });

  it("takes the last time from the tail, past what begins in the middle", () => {
    const { lastAt } = read(header + change, `…half a line"}}\n${user("30")}${user("31")}`);
    assert.equal(lastAt, time("31"));
  });

  it("goes back over a broken last line", () => {
    assert.equal(read(header, `…\n${user("30")}{"type":"mess`).lastAt, time("30"));
    assert.equal(read(header + user("02") + user("03").slice(0, 70)).lastAt, time("02"));
  });

  it("takes what it can from lines longer than what was read", () => {
    const long = user("40", "x".repeat(5_000));
    const { firstEntryId, firstAt, lastAt, problem, opening } = read(header + long.slice(0, 3_000), long.slice(-600));
    assert.deepEqual(
      { firstEntryId, firstAt, lastAt, problem, opening },
      {
        firstEntryId: "b",
        firstAt: time("40"),
        lastAt: 1774861299999,
        problem: undefined,
        opening: anOpening({ at: time("40"), line: 2, offset: header.length }),
      },
    );
  });

  it("tells heartbeats and senders apart by the first user message", () => {
    const sender = 'Sender (untrusted metadata):\\n```json\\n{\\n  \\"label\\": \\"x\\"\\n}\\n```\\n\\nhi';
    assert.equal(read(header + user("02", "[OpenClaw heartbeat poll]")).opening?.heartbeat, true);
    assert.match(read(header + user("02", sender)).opening?.sender ?? "", /^[0-9a-f]{8}$/);
  });

  it("reads an opening from what there is of a long line, also when it ends in half a character or escape", () => {
    const long = user("40", `[OpenClaw heartbeat poll]\\n \\"\\u00e4ää\\n${"ä".repeat(5_000)}`);
    const bytes = Buffer.from(header + long);
    for (let cut = header.length + 120; cut < header.length + 260; cut++) {
      const head = bytes.subarray(0, cut);
      const { opening } = readHeadFacts({ head, tail: bytes.subarray(-500) }, transcript);
      assert.equal(opening?.speaker, cut > header.length + 160 + 24 ? "heartbeat" : opening?.speaker, `cut at ${cut}`);
    }
  });

  it("knows OpenClaw's own answer to a bare /new", () => {
    const reply = (text: string): string =>
      `{"type":"message","id":"r","parentId":null,"timestamp":"2026-03-30T09:00:01.000Z","message":{"role":"assistant","content":[{"type":"text","text":"${text}"}],"provider":"openclaw","model":"gateway-injected","timestamp":1774861201000}}\n`;
    const announced = (text: string): unknown => read(header + text).announced;
    assert.equal(announced(reply("✅ New session started.") + user("02")), "new");
    assert.equal(announced(user("02") + reply("✅ New session started.")), undefined);
    assert.equal(announced(reply("✅ New session started. Really")), undefined);
    assert.equal(announced(user("02", "/new") + reply("✅ New session started.") + user("03")), "new");
    assert.equal(announced(user("02", "/new") + user("03") + reply("✅ New session started.")), undefined);
    const copied = reply("✅ New session started.").replace("gateway-injected", "delivery-mirror");
    assert.equal(announced(copied), undefined, "a copy of what a model said");
  });

  it("counts the messages that a restart put in again: they are older than the header", () => {
    const old = (at: string): string => user("01").replace("1774861299999", String(time("00") - Number(at)));
    assert.equal(read(header + old("90000") + old("80000") + user("02") + old("70000")).replayed, 2);
    assert.equal(read(header + old("900") + user("02")).replayed, 0);
    assert.equal(read(header + old("90000").repeat(40)).replayed, 16);
    assert.equal(read(header).replayed, undefined);
  });

  it("does not take the end of what was read for the end of a compressed file", () => {
    assert.equal(read(header + user("02") + user("03").slice(0, 70), "", compressed).lastAt, undefined);
    assert.equal(read(header + user("02"), "", compressed).lastAt, time("02"));
  });

  it("tells what is wrong with the beginning", () => {
    assert.equal(read("").problem?.code, "file.empty");
    assert.equal(read("\0".repeat(284)).problem?.code, "line.nul-bytes");
    assert.equal(read(user("02")).problem?.code, "header.missing");
    assert.equal(read("hello\n").problem?.code, "line.not-json");
    assert.equal(read(header.slice(0, 30)).problem?.code, "line.half");
    assert.deepEqual(read("hello\n"), { ...unknownHead, ending: anEnding(), problem: read("hello\n").problem });
  });

  it("agrees with the index of every recorded transcript", () => {
    const root = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");
    let compared = 0;
    for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      const name = parseFileName(basename(path));
      const isTranscript = name.kind === "transcript" || name.kind === "archive" || name.kind === "checkpoint";
      if (!isTranscript || !/[\\/]sessions[\\/]/.test(path) || path.endsWith(".zst")) continue;
      const bytes = readFileSync(join(root, path));
      const builder = new IndexBuilder();
      builder.push(bytes);
      const index = builder.end();
      for (const part of [bytes.length, Math.min(bytes.length, 2_500)]) {
        const ends = {
          head: bytes.subarray(0, part),
          tail: part === bytes.length ? Buffer.alloc(0) : bytes.subarray(-part),
        };
        const { headerId, firstEntryId, firstAt, lastAt } = readHeadFacts(ends, name);
        assert.deepEqual(
          { headerId, firstEntryId, firstAt, lastAt: about(lastAt) },
          {
            headerId: index.header?.id,
            firstEntryId: index.firstEntryId,
            firstAt: index.firstAt,
            lastAt: about(index.lastAt),
          },
          path,
        );
      }
      compared++;
    }
    assert.ok(compared > 100, `${compared} files`);
  });
});

/** A line too long for the tail tells the time of its message only, which may lie seconds before that of the entry. */
function about(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.round(at / 60_000);
}

describe("readHeadFacts of a trajectory", () => {
  const record = (at: string, data = "{}"): string =>
    `{"traceSchema":"openclaw-trajectory","schemaVersion":1,"type":"session.started","ts":"2026-05-19T09:00:${at}.000Z","sessionId":"s1","sessionKey":"agent:main:main","workspaceDir":"/w","data":${data}}\n`;
  const at = (seconds: string): number => Date.parse(`2026-05-19T09:00:${seconds}.000Z`);

  it("reads key and id", () => {
    assert.deepEqual(read(record("08") + record("09"), "", trajectory), {
      ...unknownHead,
      headerId: "s1",
      headerAt: at("08"),
      cwd: "/w",
      firstAt: at("08"),
      lastAt: at("09"),
      sessionKey: "agent:main:main",
      openClawVersion: undefined,
    });
  });

  it("reads the version of OpenClaw, where what was read reaches so far", () => {
    const metadata = record("08", '{"harness":{"type":"openclaw","name":"OpenClaw","version":"2026.7.35"}}');
    const text = record("07") + metadata.replace("session.started", "trace.metadata");
    assert.equal(read(text, "", trajectory).openClawVersion, "2026.7.35");
    assert.equal(read(text.slice(0, -40), "", trajectory).openClawVersion, undefined);
  });

  it("also from a record longer than what was read", () => {
    const long = record("08", `{"prompt":"${"x".repeat(5_000)}"}`);
    const { headerId, sessionKey, firstAt, problem } = read(long.slice(0, 3_000), long.slice(-600), trajectory);
    assert.deepEqual(
      { headerId, sessionKey, firstAt, problem },
      { headerId: "s1", sessionKey: "agent:main:main", firstAt: at("08"), problem: undefined },
    );
  });

  it("says when it cannot be read", () => {
    assert.equal(read("hello\n", "", trajectory).problem?.code, "line.not-json");
  });
});
