import { deepEqual, equal } from "node:assert/strict";
import type { Memory } from "../../../src/editor/memory";
import { SeenRotations } from "../../../src/editor/seenRotations";
import { aConversation, aResetAt, aRotation } from "../../anExplanation";

describe("what was looked at", () => {
  it("is remembered over a reload, and by every window of the editor", () => {
    const memory = fakeMemory();
    const [here, there] = [new SeenRotations(memory, aResetAt), new SeenRotations(memory, aResetAt)];
    const rotation = aRotation();
    equal(here.isUnseen(rotation), true);
    equal(there.isUnseen(rotation), true);

    here.mark([rotation]);
    deepEqual(
      [here, there, new SeenRotations(memory, aResetAt)].map((each) => each.isUnseen(rotation)),
      [false, false, false],
    );
    equal(here.isUnseen({ ...rotation, stateDir: "/copy" }), true);
  });

  it("counts only what nobody asked for, of conversations that people have, at a time that is known", () => {
    const seen = new SeenRotations(fakeMemory(), aResetAt);
    const unseen = (more: Parameters<typeof aRotation>[0]) => seen.isUnseen(aRotation(more));
    deepEqual(
      (["asked", "configured", "design", "default", "failure", "unknown"] as const).filter((origin) =>
        unseen({ origin }),
      ),
      ["default", "failure", "unknown"],
    );
    deepEqual(
      [{ at: undefined }, { conversation: undefined }, { conversation: aConversation("agent:main:cron:nightly") }].map(
        unseen,
      ),
      [false, false, false],
    );
  });

  it("is what is older than a week, when nobody ever looked before", () => {
    const memory = fakeMemory();
    const day = 24 * 3_600_000;
    const seen = new SeenRotations(memory, aResetAt + 8 * day);
    const [old, fresh, older] = [aRotation(), aRotation({ id: "b", at: aResetAt + 2 * day }), aRotation({ at: 1 })];
    deepEqual(
      [old, fresh, older].map((each) => seen.isUnseen(each)),
      [false, true, false],
    );
    // The week does not move on: what was news once stays so until somebody looks.
    const later = new SeenRotations(memory, aResetAt + 100 * day);
    deepEqual(
      [old, fresh].map((each) => later.isUnseen(each)),
      [false, true],
    );
  });

  it("tells who listens, once for several, and not again", () => {
    const seen = new SeenRotations(fakeMemory(), aResetAt);
    let told = 0;
    seen.onDidChange(() => told++);
    const two = [aRotation(), aRotation({ id: "other" })];
    seen.mark(two);
    seen.mark(two);
    equal(told, 1);
  });

  it("keeps the latest thousand by name, and what is older by its time", () => {
    const memory = fakeMemory();
    const seen = new SeenRotations(memory, aResetAt);
    const many = Array.from({ length: 1_500 }, (_, n) => aRotation({ id: `r${n}`, at: aResetAt + n * 1000 }));
    seen.mark(many);
    equal(memory.get<{ seen: readonly unknown[] }>("seenRotations", { seen: [] }).seen.length, 1_000);
    deepEqual(
      many.filter((rotation) => seen.isUnseen(rotation)),
      [],
    );
    equal(seen.isUnseen(aRotation({ id: "later", at: aResetAt + 2_000_000 })), true);
  });

  it("is nothing where something else was stored", () => {
    const memory = fakeMemory();
    for (const strange of [null, 3, "x", [], { until: "x" }, { until: 1, seen: [3] }]) {
      void memory.update("seenRotations", strange);
      equal(new SeenRotations(memory, aResetAt).isUnseen(aRotation()), true);
    }
  });
});

export function fakeMemory(): Memory {
  const stored = new Map<string, unknown>();
  return {
    get: (key, otherwise) => (stored.has(key) ? stored.get(key) : otherwise) as typeof otherwise,
    update: (key, value) => {
      stored.set(key, value);
      return Promise.resolve();
    },
  };
}
