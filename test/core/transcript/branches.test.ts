import { deepEqual, equal } from "node:assert/strict";
import { branchesOfFile, branchesOfTail } from "../../../src/core/transcript/branches";
import type { BranchMap } from "../../../src/core/transcript/branches";
import type { TranscriptItem } from "../../../src/core/transcript/entry";
import { header, itemsOf, type Line, msg, row } from "./records";

describe("branches of a transcript", () => {
  it("one after the other: everything is active", () => {
    expectStates([say("u1", null), say("a1", "u1"), say("u2", "a1")], "u1 active, a1 active, u2 active");
  });

  it("a retry leaves the first answer behind", () => {
    const items = itemsOf(
      header(),
      say("u1", null),
      say("a1", "u1"),
      say("u2", "a1"),
      say("b1", "u1"),
      say("b2", "b1"),
    );
    const map = branchesOfFile(items);
    equal(states(map, items), "u1 active, a1 abandoned, u2 abandoned, b1 active, b2 active");
    deepEqual(points(map), ["u1: a1 b1*"]);
    deepEqual(map.problems, []);
  });

  it("two roots: the one the last entry hangs on is active", () => {
    expectStates([say("u1", null), say("a1", "u1"), say("x", null)], "u1 abandoned, a1 abandoned, x active");
  });

  it("a leaf row moves the end of the conversation", () => {
    expectStates(
      [say("u1", null), say("a1", "u1"), say("b1", "u1"), row("leaf", "l", "b1", { targetId: "a1" })],
      "u1 active, a1 active, b1 abandoned, l abandoned",
    );
  });

  it("what names a leaf row as its parent continues from the row's target", () => {
    expectStates(
      [say("u1", null), say("a1", "u1"), say("b1", "u1"), row("leaf", "l", "b1", { targetId: "a1" }), say("c", "l")],
      "u1 active, a1 active, b1 abandoned, l abandoned, c active",
    );
  });

  it("an entry appended aside does not become the end", () => {
    const aside = { ...(say("side", "u1") as object), appendMode: "side" };
    expectStates([say("u1", null), say("a1", "u1"), aside], "u1 active, a1 active, side abandoned");
  });

  it("an entry that names the append parent of a leaf row continues from the leaf", () => {
    expectStates(
      [
        say("u1", null),
        say("side", "u1"),
        row("plugin-data", "p", "side"),
        row("leaf", "l", "side", { targetId: "u1", appendParentId: "p" }),
        say("a1", "p"),
      ],
      "u1 active, side abandoned, p abandoned, l abandoned, a1 active",
    );
  });

  it("a leaf row that points before a reset does not bring back what was reset", () => {
    expectStates(
      [
        say("u1", null),
        say("a1", "u1"),
        row("reset", "r", "a1", { reason: "daily" }),
        say("u2", "r"),
        row("leaf", "l", "u2", { targetId: "u1" }),
        say("a2", "u1"),
      ],
      "u1 active, a1 active, r active, u2 active, l active, a2 active",
    );
  });

  it("version 1 has neither ids nor parents and is one line", () => {
    const line = (content: string): Line => ({ type: "message", message: { role: "user", content } });
    const items = itemsOf(header({ version: 1 }), line("a"), line("b"));
    const map = branchesOfFile(items);
    equal(
      items.every(({ position }) => map.isActive(position.offset)),
      true,
    );
  });

  it("a parent that is not there cuts off everything before it, and is told", () => {
    const items = itemsOf(header(), say("u1", null), say("a1", "u1"), say("u2", "lost"), say("a2", "u2"));
    const map = branchesOfFile(items);
    equal(states(map, items), "u1 detached, a1 detached, u2 active, a2 active");
    deepEqual(
      map.problems.map(({ code, line, message }) => ({ code, line, message })),
      [
        {
          code: "tree.unknown-parent",
          line: 4,
          message:
            "No readable entry of the file has the id lost that this one names as its parent; entries before it are not reached.",
        },
      ],
    );
  });

  it("a circle of parents ends the way and is told once", () => {
    const items = itemsOf(header(), say("a", "c"), say("b", "a"), say("c", "b"), say("d", "c"));
    const map = branchesOfFile(items);
    equal(states(map, items), "a active, b active, c active, d active");
    deepEqual(codes(map), ["tree.cycle"]);
  });

  it("an entry that is its own parent", () => {
    const items = itemsOf(header(), say("u1", null), say("x", "x"));
    const map = branchesOfFile(items);
    equal(states(map, items), "u1 detached, x active");
    deepEqual(codes(map), ["tree.cycle"]);
  });

  it("what is wrong off the active branch is told as well", () => {
    const items = itemsOf(
      header(),
      say("u1", null),
      say("b", "c"),
      say("c", "b"),
      say("x", "lost"),
      say("y", "lost"),
      say("a1", "u1"),
    );
    const map = branchesOfFile(items);
    equal(states(map, items), "u1 active, b detached, c detached, x detached, y detached, a1 active");
    deepEqual(
      map.problems.map(({ code, line }) => `${code} @${line ?? "?"}`),
      ["tree.cycle @3", "tree.unknown-parent @5", "tree.unknown-parent @6"],
    );
  });

  it("a transcript that OpenClaw has cut begins with an entry whose parent is gone: that is no damage", () => {
    deepEqual(branchesOfFile(itemsOf(header(), say("u5", "a4"), say("a5", "u5"))).problems, []);
  });

  it("an id given twice: later entries continue from the latest", () => {
    const items = itemsOf(header(), say("u1", null), say("x", "u1"), say("x", "u1"), say("a", "x"));
    const map = branchesOfFile(items);
    equal(states(map, items), "u1 active, x abandoned, x active, a active");
    deepEqual(codes(map), ["tree.duplicate-id"]);
  });

  it("a parent that stands behind its child is found", () => {
    expectStates(
      [say("u1", null), say("b", "a"), say("a", "u1"), say("c", "b")],
      "u1 active, b active, a active, c active",
    );
  });

  it("a chain 100,000 deep, and one that ends in a circle", () => {
    // Made without parsing: what is tested is the way up, not JSON.
    const [first] = itemsOf(say("e0", "e99999")).filter((item) => item.kind === "entry");
    if (!first) throw new Error("no entry");
    const items = Array.from({ length: 100_000 }, (_, index): TranscriptItem => {
      const parentId = index === 0 ? "e99999" : `e${index - 1}`;
      const position = { line: index + 1, offset: index * 100, bytes: 99 };
      return { ...first, position, entry: { ...first.entry, id: `e${index}`, parentId } };
    });
    const map = branchesOfFile(items);
    equal(map.isActive(items.at(1)?.position.offset ?? -1), true);
    deepEqual(codes(map), ["tree.cycle"]);
  });
});

describe("branches of the end of a large file", () => {
  it("a parent on an earlier page says nothing", () => {
    const items = itemsOf(say("u5", "earlier"), say("a5", "u5"), say("u6", "earlier too")).filter(
      ({ kind }) => kind === "entry",
    );
    const map = branchesOfTail(items);
    equal(states(map, items), "u5 active, a5 active, u6 active");
    deepEqual([map.scope, map.problems], ["partial", []]);
  });

  it("a branch inside the page is known", () => {
    const items = itemsOf(say("u5", "earlier"), say("a5", "u5"), say("b5", "u5")).filter(
      ({ kind }) => kind === "entry",
    );
    equal(states(branchesOfTail(items), items), "u5 active, a5 abandoned, b5 active");
  });

  it("after a leaf row to an earlier page nothing is known", () => {
    const items = itemsOf(
      say("u5", "earlier"),
      say("a5", "u5"),
      say("b5", "u5"),
      row("leaf", "l", "b5", { targetId: "u1" }),
    );
    const map = branchesOfTail(items);
    equal(
      items.every(({ position }) => map.isActive(position.offset)),
      true,
    );
  });
});

function say(id: string, parentId: string | null): Line {
  return msg(id, parentId, id.startsWith("a") ? "assistant" : "user", id);
}

function expectStates(lines: readonly Line[], expected: string): void {
  const items = itemsOf(header(), ...lines);
  equal(states(branchesOfFile(items), items), expected);
}

function states(map: BranchMap, items: readonly TranscriptItem[]): string {
  return items
    .flatMap((item) => (item.kind === "entry" ? [`${item.entry.id ?? "?"} ${map.stateAt(item.position.offset)}`] : []))
    .join(", ");
}

/** `parent: child child*`, the active one starred. */
function points(map: BranchMap): string[] {
  return map.branchPoints.map(
    ({ parentId, children }) =>
      `${parentId ?? "root"}: ${children.map(({ id, active }) => `${id ?? "?"}${active ? "*" : ""}`).join(" ")}`,
  );
}

function codes(map: BranchMap): string[] {
  return map.problems.map(({ code }) => code);
}
