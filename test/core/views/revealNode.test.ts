import { deepEqual, equal, rejects } from "node:assert/strict";
import { revealNode } from "../../../src/views/revealNode";

describe("revealing a node", () => {
  it("looks it up again when the tree changed meanwhile", async () => {
    const ids = ["collapsed parent", "node"];
    const revealed: string[] = [];
    const failures: unknown[] = [];
    const reveal = (id: string): Promise<void> => {
      revealed.push(id);
      return revealed.length === 1 ? Promise.reject(new Error("Cannot resolve tree item")) : Promise.resolve();
    };
    equal(
      await revealNode(
        () => ids.shift(),
        reveal,
        (error) => failures.push(error),
      ),
      true,
    );
    deepEqual(revealed, ["collapsed parent", "node"]);
    deepEqual(failures, [new Error("Cannot resolve tree item")]);
  });

  it("has nothing to do when the node has gone meanwhile", async () => {
    const ids = ["node"];
    const reveal = (): Promise<void> => Promise.reject(new Error("Cannot resolve tree item"));
    equal(
      await revealNode(
        () => ids.shift(),
        reveal,
        () => undefined,
      ),
      false,
    );
  });

  it("throws what VS Code says of a node that is there all the time", async () => {
    let attempts = 0;
    const reveal = (): Promise<void> => Promise.reject(new Error(`attempt ${++attempts}`));
    await rejects(
      revealNode(
        () => "node",
        reveal,
        () => undefined,
      ),
      { message: "attempt 4" },
    );
  });
});
