import { deepEqual, equal } from "node:assert/strict";
import { anIndex } from "../../anIndex";
import fc from "fast-check";
import type { BranchStart, TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { branchesOfFile } from "../../../src/core/transcript/branches";
import { branchesOfIndex, unknownParents } from "../../../src/core/transcript/branchesOfIndex";
import type { TranscriptItem } from "../../../src/core/transcript/entry";
import { header, itemsOf, msg } from "./records";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const scale = Number(process.env["PROPERTY_SCALE"] ?? 1);

describe("branches of a file known by its index", () => {
  it("says the same as reading all of it, when it is known where parents stand", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (choices) => {
        const items = treeOf(choices);
        const whole = branchesOfFile(items);
        const index = indexOf(items, true);
        const map = branchesOfIndex(index, new Map(unknownParents(index).map((id) => [id, undefined])));
        for (const { position } of items.slice(1)) {
          equal(map.stateAt(position.offset), whole.stateAt(position.offset));
        }
        deepEqual(codes(map.problems), codes(whole.problems));
      }),
      { seed, numRuns: 300 * scale },
    );
  });

  it("never calls a line abandoned that is not, however little is known", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), fc.array(fc.boolean()), (choices, remembered) => {
        const items = treeOf(choices);
        const index = indexOf(items, true);
        const branches = index.branches.map(({ parentOffset, ...start }, at): BranchStart => {
          return remembered[at] === true && parentOffset !== undefined ? { ...start, parentOffset } : start;
        });
        const whole = branchesOfFile(items);
        const map = branchesOfIndex({ ...index, branches });
        for (const { position } of items.slice(1)) {
          if (whole.isActive(position.offset)) equal(map.stateAt(position.offset), "active");
        }
      }),
      { seed, numRuns: 300 * scale },
    );
  });

  it("takes the places of parents that were looked up, and tells those that are nowhere", () => {
    const items = itemsOf(header(), say("u1", null), say("a1", "u1"), say("b1", "u1"), say("c1", "lost"));
    const index = indexOf(items, false);
    deepEqual(unknownParents(index), ["u1", "lost"]);
    const u1 = items[1]?.position.offset;
    const map = branchesOfIndex(
      index,
      new Map([
        ["u1", u1],
        ["lost", undefined],
      ]),
    );
    deepEqual(
      items.slice(1).map(({ position }) => map.stateAt(position.offset)),
      ["detached", "detached", "detached", "active"],
    );
    deepEqual(codes(map.problems), ["tree.unknown-parent"]);
  });

  it("says nothing where leaf rows decide, or where the index does not hold all branches", () => {
    const items = itemsOf(header(), say("u1", null), say("a1", "u1"), say("b1", "u1"));
    const index = indexOf(items, true);
    equal(branchesOfIndex(index).scope, "whole");
    equal(branchesOfIndex({ ...index, branchesComplete: false }).scope, "partial");
    equal(branchesOfIndex({ ...index, kinds: { message: 3, leaf: 1 } }).scope, "partial");
  });
});

function say(id: string, parentId: string | null) {
  return msg(id, parentId, "user", id);
}

/** Each entry hangs on the one before it, or on an earlier one, or on the root, or on nothing that is there. */
function treeOf(choices: readonly number[]): TranscriptItem[] {
  const lines = choices.map((choice, index) => {
    const kind = choice % 10;
    const before = index === 0 ? null : `e${index - 1}`;
    if (kind < 6 || index === 0) return say(`e${index}`, before);
    if (kind === 6) return say(`e${index}`, null);
    if (kind === 7) return say(`e${index}`, `lost${index}`);
    return say(`e${index}`, `e${choice % index}`);
  });
  return itemsOf(header(), ...lines);
}

function indexOf(items: readonly TranscriptItem[], remembers: boolean): TranscriptIndex {
  const offsets = new Map<string, number>();
  const branches: BranchStart[] = [];
  let before: string | null = null;
  for (const item of items) {
    if (item.kind !== "entry" || item.entry.id === undefined) continue;
    const { id, parentId = null } = item.entry;
    const { offset, line = 0 } = item.position;
    if (parentId !== before) {
      const parentOffset = parentId === null ? undefined : offsets.get(parentId);
      branches.push({
        id,
        parentId,
        offset,
        line,
        ...(remembers && parentOffset !== undefined ? { parentOffset } : {}),
      });
    }
    offsets.set(id, offset);
    before = id;
  }
  return anIndex({
    lines: items.length,
    entries: items.length - 1,
    kinds: { message: items.length - 1 },
    roles: { user: items.length - 1, assistant: 0, toolResult: 0, other: 0, mirror: 0, machine: 0, heartbeat: 0 },
    branches,
  });
}

function codes(problems: readonly { readonly code: string }[]): string[] {
  return problems.map(({ code }) => code).sort();
}
