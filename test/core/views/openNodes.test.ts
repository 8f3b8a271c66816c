import { deepEqual, equal } from "node:assert/strict";
import { filteredId } from "../../../src/views/agentNodes";
import type { Memory } from "../../../src/editor/memory";
import { OpenNodes } from "../../../src/views/openNodes";

describe("what is open in the tree", () => {
  it("is the same after a reload, and not before", () => {
    const memory = fakeMemory();
    const nodes = new OpenNodes(memory);
    nodes.note("opened", true);
    nodes.note("closed", false);
    nodes.note("changed", true);
    nodes.note("changed", false);
    nodes.note(filteredId("opened by a filter"), true);

    equal(nodes.isOpenAtFirst("opened"), undefined);
    const after = new OpenNodes(memory);
    deepEqual(
      ["opened", "closed", "changed", "untouched", filteredId("opened by a filter")].map((id) =>
        after.isOpenAtFirst(id),
      ),
      [true, false, false, undefined, undefined],
    );
  });

  it("is remembered of the latest 500", () => {
    const memory = fakeMemory();
    const nodes = new OpenNodes(memory);
    for (let index = 0; index < 502; index++) nodes.note(`${index}`, true);
    const after = new OpenNodes(memory);
    deepEqual(
      ["1", "2", "501"].map((id) => after.isOpenAtFirst(id)),
      [undefined, true, true],
    );
  });
});

function fakeMemory(): Memory {
  const values = new Map<string, string>();
  return {
    get<T>(key: string, otherwise: T): T {
      const value = values.get(key);
      return value === undefined ? otherwise : (JSON.parse(value) as T);
    },
    update(key, value) {
      values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}
