import assert from "node:assert/strict";
import type { Configured, ConfigFacts } from "../../../src/core/surroundings/surroundings";
import type { Window } from "../../../src/core/conversation/model";
import type { StoreRow } from "../../../src/core/store/storeRow";
import { archivesToBeDeleted } from "../../../src/core/findings/rules/archiveWillBeDeleted";
import { unlistedCheckpoints } from "../../../src/core/findings/rules/checkpointLostRow";
import { aConversation, aFile, aWindow } from "../../anExplanation";
import { checkpointOf } from "../conversation/builders";
import { anInput, at, type InputFacts, only, texts, told, withRow } from "./aFindingInput";

/** A window that was reset, or deleted, at that time of April 2026. */
function archived(id: string, time: string, reason = "reset"): Window {
  const stamp = new Date(at(time)).toISOString().replaceAll(":", "-");
  return aWindow(id, {
    kind: reason as "reset",
    archivedAt: at(time),
    primary: aFile(`${id}.jsonl.${reason}.${stamp}`, { messages: 8 }),
  });
}

function configured<T>(value: T): Configured<T> {
  return { value, place: { file: "/s/openclaw.json", line: 3 } };
}

function maintenance(facts: Partial<ConfigFacts["maintenance"]>): ConfigFacts {
  return {
    maintenance: {
      mode: undefined,
      pruneAfter: undefined,
      maxEntries: undefined,
      resetArchiveRetention: undefined,
      maxDiskBytes: undefined,
      ...facts,
    },
  } as unknown as ConfigFacts;
}

const main = withRow("main", {}, aWindow("live"), archived("b", "10T04:00"), archived("a", "1T04:00"));

function withConfig(facts: Partial<ConfigFacts["maintenance"]>, version = "2026.4.21"): InputFacts {
  return { version, stateDir: { configFacts: maintenance(facts) } };
}

describe("archive.will-be-deleted", () => {
  it("one finding, with the date of the first and the rule", () => {
    const found = only(archivesToBeDeleted, anInput([main], { version: "2026.4.21" }));
    assert.equal(found.severity, "info");
    assert.equal(found.title, "main: 2 archives deleted from 2026-05-01 on");
    assert.equal(
      found.detail,
      "Not yet 30 d old: 2 archives, 16 messages. The first, a.jsonl.reset.2026-04-01T04-00-00.000Z, goes with the first message after 2026-05-01 04:00:00 UTC.",
    );
    assert.deepEqual(texts(found), [
      "The stamp in the name of a.jsonl.reset.2026-04-01T04-00-00.000Z is 2026-04-01T04:00:00.000Z.",
      "Where nothing is configured, OpenClaw 2026.4.20 to 2026.7.35 deletes archives of resets and of deleted sessions 30 days after the stamp in their names.",
      "The gateway logged its version 2026.4.21.",
    ]);
  });

  it("soon is a warning, past is one too, and an unknown version only a hint", () => {
    const conversation = withRow("main", {}, aWindow("live"), archived("a", "1T04:00"));
    const onDay = (now: string, version?: string) =>
      told(archivesToBeDeleted, anInput([conversation], { version, evidence: { now: Date.parse(now) } } as InputFacts));
    assert.deepEqual(onDay("2026-04-28T12:00Z", "2026.7.35"), [
      "warning archive.will-be-deleted: main: 1 archive deleted from 2026-05-01 on",
    ]);
    assert.deepEqual(onDay("2026-05-28T12:00Z", "2026.7.35"), [
      "warning archive.will-be-deleted: main: 1 archive deleted with the next message",
    ]);
    assert.deepEqual(onDay("2026-05-28T12:00Z"), [
      "info archive.will-be-deleted: main: 1 archive may be deleted with the next message",
    ]);
  });

  it("what outlived its time is not going to be deleted", () => {
    const now = Date.parse("2026-06-20T12:00Z");
    const conversation = withRow("main", { updatedAt: now - 1000 }, aWindow("live"), archived("a", "1T04:00"));
    assert.deepEqual(
      told(archivesToBeDeleted, anInput([conversation], { version: "2026.4.21", evidence: { now } })),
      [],
    );
  });

  it("an entry that a restore wrote, and nobody has spoken since, is no clean-up", () => {
    const now = Date.parse("2026-06-20T12:00Z");
    const days = (count: number): number => now - count * 86_400_000;
    const written = { updatedAt: now - 1000, sessionStartedAt: now - 1000, lastInteractionAt: now - 1000 };
    const found = (row: Partial<StoreRow>, back: Partial<Window>, displaced: Partial<Window> = {}): string[] => {
      const windows = [aWindow("back", back), { ...archived("b", "10T04:00"), ...displaced }, archived("a", "1T04:00")];
      const conversation = withRow("main", row, ...windows);
      return told(archivesToBeDeleted, anInput([conversation], { version: "2026.4.21", evidence: { now } }));
    };
    const both = ["warning archive.will-be-deleted: main: 2 archives deleted with the next message"];
    assert.deepEqual(
      [
        found(written, { lastAt: days(90) }),
        found(written, { kind: "missing", primary: undefined, lastAt: now - 1000 }),
        // Somebody spoke: OpenClaw wrote the index, and left them.
        found({ ...written, updatedAt: now }, { lastAt: now }),
        found(written, { lastAt: now - 500 }),
        // What was said in what is set aside now was written down by OpenClaw, long after the archives were due.
        found(written, { lastAt: days(90) }, { lastAt: days(2) }),
      ],
      [both, both, [], [], []],
    );
  });

  it("versions that delete nothing by themselves", () => {
    for (const version of ["2026.2.1", "2026.3.13", "2026.4.15", "2026.8.1", "2026.9.6"]) {
      assert.deepEqual(told(archivesToBeDeleted, anInput([main], { version })), [], version);
    }
  });

  it("what is configured counts", () => {
    const detail = (facts: InputFacts) =>
      [...archivesToBeDeleted(anInput([main], facts))].map(({ detail }) => detail.split(":")[0]);
    assert.deepEqual(detail(withConfig({ pruneAfter: configured("60d") })), ["Not yet 60 d old"]);
    assert.deepEqual(detail(withConfig({ pruneAfter: configured("60d"), resetArchiveRetention: configured(90) })), [
      "Not yet 90 d old",
    ]);
    assert.deepEqual(detail(withConfig({ resetArchiveRetention: configured(false) })), []);
    assert.deepEqual(detail(withConfig({ mode: configured("warn") })), []);
    assert.deepEqual(detail(withConfig({ mode: configured("enforce") }, "2026.4.15")), ["Not yet 30 d old"]);
    assert.deepEqual(detail(withConfig({ resetArchiveRetention: configured("90d") }, "2026.8.1")), [
      "Not yet 90 d old",
    ]);
    assert.deepEqual(detail(withConfig({ pruneAfter: configured("soon") })), ["Not yet 30 d old"]);
  });

  it("deleted sessions go even where archives of resets are kept", () => {
    const conversation = aConversation(
      "agent:main:main",
      archived("a", "1T04:00", "deleted"),
      archived("b", "2T04:00", "bak"),
    );
    const input = anInput([conversation], withConfig({ resetArchiveRetention: configured(false) }));
    const found = only(archivesToBeDeleted, input);
    assert.match(found.detail, /: 1 archive, 8 messages\./);
    // The setting that keeps archives of resets does not help them.
    assert.match(found.next, /pruneAfter/);
    assert.doesNotMatch(found.next, /resetArchiveRetention/);
  });

  it("runs of machines, tables, and stamps that are none are left alone", () => {
    const odd = aWindow("a", { kind: "deleted", primary: aFile("a.jsonl.deleted.1775016000000") });
    const machines = ["main:heartbeat", "cron:7"].map((rest) =>
      aConversation(`agent:main:${rest}`, archived("a", "1T04:00")),
    );
    assert.deepEqual(
      told(
        archivesToBeDeleted,
        anInput([aConversation("agent:main:main", odd), ...machines], { version: "2026.4.21" }),
      ),
      [],
    );
    const agent = { sqlite: { databasePath: "/s/x.sqlite", tables: [] } };
    assert.deepEqual(told(archivesToBeDeleted, anInput([main], { version: "2026.4.21", agent })), []);
  });

  it("a thousand conversations are one finding, which names the first three without their numbers", () => {
    const many = Array.from({ length: 1000 }, (_, number) =>
      aConversation(
        `agent:main:direct:${String(5_550_000 + number)}`,
        archived(`s${String(number + 1000)}`, "1T04:00"),
      ),
    );
    const found = only(
      archivesToBeDeleted,
      anInput(many, { version: "2026.4.21", orphans: [archived("o", "1T05:00")] }),
    );
    assert.equal(
      found.title,
      "direct chat …0000, direct chat …0001, direct chat …0002 and 998 conversations more: 1,001 archives deleted from 2026-05-01 on",
    );
    assert.match(found.detail, /: 1,001 archives, 8,008 messages\./);
    assert.deepEqual([found.subject.agentId, found.subject.key, found.deadlines?.length], ["main", undefined, 1001]);
  });

  it("what goes with the next message and what goes later are two findings, each with its own count", () => {
    const conversation = withRow("main", {}, aWindow("live"), archived("a", "1T04:00"), archived("b", "25T04:00"));
    const input = anInput([conversation], { version: "2026.7.35", evidence: { now: Date.parse("2026-05-02T12:00Z") } });
    assert.deepEqual(told(archivesToBeDeleted, input), [
      "warning archive.will-be-deleted: main: 1 archive deleted with the next message",
      "info archive.will-be-deleted: main: 1 archive deleted from 2026-05-25 on",
    ]);
  });
});

describe("checkpoint.lost-row", () => {
  const copy = (uuid: string) => aFile(`a.checkpoint.${uuid}.jsonl`);
  const [one, other] = ["2c9a5aaa-de9d-493f-ad2b-242e52f62059", "2ced4669-e45d-4d4b-a8a5-53001097a6de"].map(copy);
  if (one === undefined || other === undefined) throw new Error();
  const window = aWindow("a", { copies: [one, other] });

  it("files that no row lists", () => {
    const listed = { ...checkpointOf("a"), preSessionFile: `/elsewhere/${one.name.base}` };
    const found = only(unlistedCheckpoints, anInput([withRow("main", { checkpoints: [listed] }, window)]));
    assert.equal(found.title, "Compaction checkpoints of main are no longer listed");
    assert.equal(found.detail, "No row of the index lists what was saved before a compaction: 1 checkpoint, 2 KB.");
    assert.equal(found.place?.file, other.path);
  });

  it("all of them are listed, by whatever row", () => {
    const checkpoints = [one, other].map(({ name }) => ({ ...checkpointOf("a"), preSessionFile: name.base }));
    const conversations = [
      withRow("direct:7", { checkpoints }, aWindow("z")),
      aConversation("agent:main:main", window),
    ];
    assert.deepEqual(told(unlistedCheckpoints, anInput(conversations)), []);
  });

  it("once, where several rows mean the window", () => {
    const conversations = [withRow("main", {}, window), withRow("direct:7", {}, window)];
    assert.deepEqual(told(unlistedCheckpoints, anInput(conversations)).length, 1);
  });
});
