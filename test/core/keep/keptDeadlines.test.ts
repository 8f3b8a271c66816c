import assert from "node:assert/strict";
import type { Conversation, SessionFile, Window } from "../../../src/core/conversation/model";
import { evidence } from "../../../src/core/evidence/evidence";
import { deadlineOf, type Retention } from "../../../src/core/findings/retention";
import { archivesToBeDeleted } from "../../../src/core/findings/rules/archiveWillBeDeleted";
import { keptTwin } from "../../../src/core/keep/keptTwin";
import { unkeptDeadlines } from "../../../src/core/keep/unkeptDeadlines";
import { aFile, aWindow } from "../../anExplanation";
import { anIndex } from "../../anIndex";
import { anInput, at, told, withRow } from "../findings/aFindingInput";

const now = Date.parse("2026-04-28T12:00Z");

describe("what is kept", () => {
  it("is not warned about any more", () => {
    const found = (window: Window) => told(archivesToBeDeleted, inputOf(withRow("main", {}, aWindow("live"), window)));

    assert.deepEqual(found(archived("a", "1T04:00")), [
      "warning archive.will-be-deleted: main: 1 archive deleted from 2026-05-01 on",
    ]);
    assert.deepEqual(found(withCopy(archived("a", "1T04:00"))), []);
  });

  it("is no archive that goes by its age itself", () => {
    const { primary, ...window } = archived("a", "1T04:00");
    const alone = { ...window, primary: primary && keptFrom(primary) };

    assert.deepEqual(told(archivesToBeDeleted, inputOf(withRow("main", {}, aWindow("live"), alone))), []);
    const retention: Retention = { keptMs: 1, known: true, evidence: [evidence("default", () => "A rule.")] };
    const retentions = { reset: retention, deleted: retention, bak: retention };
    const deadline = (file: SessionFile | undefined) => file && deadlineOf(file, retentions, -Infinity)?.at;
    assert.deepEqual([deadline(alone.primary), deadline(primary)], [undefined, at("1T04:00") + 1]);
  });

  const unreadable = { code: "file.unreadable", message: "It cannot be read." } as const;
  const original = aFile("a.jsonl", { messages: 8 });
  for (const [what, copy, isTwin] of [
    ["as many bytes", { bytes: original.bytes }, true],
    ["as many entries, ended by the same one", { bytes: 1, index: anIndex({ entries: 8, lastEntryId: "z" }) }, true],
    ["as many entries, ended by another one", { bytes: 1, index: anIndex({ entries: 8, lastEntryId: "y" }) }, false],
    ["more entries, and later ones", { bytes: 1, index: anIndex({ entries: 9, lastAt: 11 }) }, true],
    ["more entries, but earlier ones", { bytes: 1, index: anIndex({ entries: 9, lastAt: 9 }) }, false],
    ["as many bytes that cannot be read", { bytes: original.bytes, problem: unreadable }, false],
    ["fewer entries", { bytes: 1, index: anIndex({ entries: 7, lastAt: 11 }) }, false],
  ] as const) {
    it(`a copy with ${what} ${isTwin ? "holds" : "does not hold"} all that the file holds`, () => {
      const file = { ...original, index: anIndex({ entries: 8, lastEntryId: "z", lastAt: 10 }) };
      const kept = { ...keptFrom(original), ...copy };

      const window = aWindow("a", { primary: file, copies: [kept] });
      assert.equal(keptTwin(file, window), isTwin ? kept : undefined);
    });
  }
});

describe("what will be deleted and is not kept", () => {
  const soon = archived("a", "1T04:00");
  const later = archived("b", "20T04:00");
  const conversation = withRow("main", {}, aWindow("live"), soon, later);
  const input = inputOf(conversation);
  const findings = [...archivesToBeDeleted(input)];
  const within = (days: number, shown = input) =>
    unkeptDeadlines({ findings }, { stateDirs: [shown.stateDir], lookedAt: [], problems: [] }, now, days);

  it("is told with what is to be kept, the first to go first", () => {
    assert.deepEqual(
      within(7).map(({ deadline, ...rest }) => [rest, new Date(deadline.at).toISOString()]),
      [
        [
          {
            stateDir: input.stateDir.path,
            agentId: "main",
            windowId: soon.windowId,
            file: soon.primary?.path,
            key: soon.join?.key,
          },
          "2026-05-01T04:00:00.000Z",
        ],
      ],
    );
    assert.deepEqual(
      within(60).map(({ windowId }) => windowId),
      [soon.windowId, later.windowId],
    );
  });

  it("no longer counts what was kept since, or is gone", () => {
    const kept = inputOf(withRow("main", {}, aWindow("live"), withCopy(soon)));
    assert.deepEqual(within(60, kept), []);
  });
});

function inputOf(conversation: Conversation) {
  return anInput([conversation], { version: "2026.4.21", evidence: { now } });
}

function archived(id: string, time: string): Window {
  const stamp = new Date(at(time)).toISOString().replaceAll(":", "-");
  return aWindow(id, {
    kind: "reset",
    archivedAt: at(time),
    primary: aFile(`${id}.jsonl.reset.${stamp}`, { messages: 8 }),
  });
}

function withCopy(window: Window): Window {
  return { ...window, copies: window.primary === undefined ? [] : [keptFrom(window.primary)] };
}

function keptFrom(file: SessionFile): SessionFile {
  return {
    ...file,
    path: `/kept/${file.name.base}`,
    kept: {
      ...{ at: now, sha256: "0".repeat(64), originalName: file.name.base, originalPath: file.path },
      ...{ key: undefined, joinEvidence: undefined, joinRung: undefined, problem: undefined },
    },
  };
}
