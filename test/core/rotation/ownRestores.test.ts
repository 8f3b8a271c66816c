import assert from "node:assert/strict";
import type { RestoreOutcome } from "../../../src/core/restore/restoreJournal";
import { explainBoundary } from "../../../src/core/rotation/explainBoundary";
import { ownArchives, OwnRestores, restoreFactOf, withoutOwnRestores } from "../../../src/core/rotation/ownRestores";
import { isUnexpected } from "../../../src/core/rotation/rotation";
import type { ResetRecord, RestoreFact } from "../../../src/core/rotation/rotationFacts";
import { aConversation, aFile, aRotation, aWindow } from "../../anExplanation";
import { aReceipt, setAside } from "../editor/aReceipt";
import { given } from "./rotationFacts";

const archive = aFile(setAside);
const [old, displaced] = [aWindow("old"), aWindow("new", { kind: "reset", primary: archive })];
const conversation = aConversation("agent:main:main", old, displaced);
const boundary = aRotation({ conversation, from: displaced, to: undefined, archive, at: 1 });

describe("what the inspector's own restores set aside", () => {
  it("is told by the receipt that names the archive, the session and the conversation, and by no other", () => {
    const restores = new OwnRestores([factOf()]);
    assert.equal(restores.of(boundary)?.id, factOf().id);
    const others = [
      { ...boundary, archive: aFile("new.jsonl.reset.2026-11-20T20-15-31.000Z") },
      { ...boundary, archive: undefined },
      { ...boundary, from: old },
      { ...boundary, agentId: "other" },
      { ...boundary, conversation: aConversation("agent:main:other", old) },
    ];
    assert.deepEqual(
      others.map((other) => restores.of(other)),
      others.map(() => undefined),
    );
    assert.equal(new OwnRestores([]).of(boundary), undefined);
  });

  it("is followed by what was given back, however old that is", () => {
    assert.equal(new OwnRestores([factOf()]).settled(boundary).to, old);
    const foreign = { ...boundary, archive: undefined };
    assert.equal(new OwnRestores([factOf()]).settled(foreign), foreign);
  });

  it("has one cause, whatever was due: certain, asked for, by the inspector", () => {
    const without = given({ key: "agent:main:main", at: "08:05", from: { header: "30T20:00", last: "03:00" } });
    const due = explainBoundary(without);
    assert.deepEqual([due.causes[0]?.cause, isUnexpected(due)], ["daily", true]);
    const own = explainBoundary({ ...without, restore: factOf() });
    assert.deepEqual(
      own.causes.map(({ cause, confidence, evidence }) => [cause, confidence, evidence[0].source, evidence[0].place]),
      [["restored", "certain", "receipt", { file: "/v/journal.jsonl", line: 1 }]],
    );
    assert.deepEqual(
      [own.excluded, own.missing, own.knownIssues, own.origin, own.executedBy.kind, isUnexpected(own)],
      [[], [], [], "asked", "inspector", false],
    );
  });

  it("was set aside anew by the undo of an undo: that receipt takes it back", () => {
    const first = { ...factOf(), inForce: false };
    const again: RestoreFact = { ...factOf(), id: "third", kind: "undo", at: 3 };
    for (const told of [
      [first, again],
      [again, first],
    ])
      assert.equal(new OwnRestores(told).of(boundary)?.id, "third");
    assert.equal(new OwnRestores([first]).of(boundary)?.id, first.id);
  });

  it("leaves the earlier reset as it is, and says since when its conversation is current again", () => {
    const earlier = { ...boundary, from: old, at: 0, archive: undefined };
    const told = (fact: Partial<RestoreFact>, of = earlier) =>
      new OwnRestores([{ ...factOf(), ...fact }]).broughtBack(of)?.id;
    assert.deepEqual(
      [
        told({}),
        told({ inForce: false }),
        told({ to: "other" }),
        told({ key: "agent:main:other" }),
        told({}, { ...earlier, at: 2 }),
        told({}, { ...earlier, from: { ...old, kind: "reset" } }),
      ],
      [factOf().id, undefined, undefined, undefined, undefined, undefined],
    );
    // Another one was given back since.
    const later = { ...factOf(), at: 2, to: "other" };
    assert.equal(new OwnRestores([later, factOf()]).broughtBack(earlier), undefined);
  });

  it("is no fact where nothing was changed, or all of it was taken back", () => {
    const outcomes: readonly RestoreOutcome[] = ["finished", "unfinished", "undone", "taken-back", "not-begun"];
    assert.deepEqual(
      outcomes.map((outcome) => restoreFactOf(aReceipt({}, { outcome }))?.inForce),
      [true, true, false, undefined, undefined],
    );
    assert.equal(restoreFactOf(aReceipt({ changes: [] })), undefined);
  });

  it("is no reset to be remembered: a later one of the same session is another", () => {
    const record = (path: string | undefined): Pick<ResetRecord, "archive"> => ({ archive: path });
    const records = [record(`C:\\s\\${setAside}`), record("/s/other.jsonl"), record(undefined)] as ResetRecord[];
    assert.deepEqual(withoutOwnRestores(records, [factOf()]), records.slice(1));
    assert.equal(withoutOwnRestores(records, []), records);
    assert.deepEqual([...ownArchives([factOf(), { ...factOf(), setAside: undefined }])], [setAside]);
  });
});

function factOf(): RestoreFact {
  const fact = restoreFactOf(aReceipt());
  assert.ok(fact);
  return fact;
}
