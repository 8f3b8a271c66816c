import { deepEqual } from "node:assert/strict";
import type { Snapshot } from "../../../src/core/conversation/model";
import type { InspectorChange } from "../../../src/core/inspectorPort";
import type { StoreRow } from "../../../src/core/store/storeRow";
import { RestoreWatch } from "../../../src/editor/restoreWatch";
import { aConversation, aFile, aStateDir, aWindow } from "../../anExplanation";
import { aReceipt } from "./aReceipt";

const change: InspectorChange = { structure: false, files: [], rotations: [] };

describe("a conversation that was given back", () => {
  it("goes on when its transcript grows and its key still points to it", () => {
    const world = new World();
    world.show("new", 100); // not looked at since
    world.show("old", 100);
    deepEqual(world.told, []);
    world.show("old", 150);
    world.show("old", 200);
    deepEqual(world.told, ["goes-on"]);
  });

  it("was replaced when its key points elsewhere", () => {
    const world = new World();
    world.show("old", 100);
    world.show("third", 100);
    deepEqual(world.told, ["replaced"]);
  });

  it("is watched no more after an undo, and an undo is not watched", () => {
    const world = new World();
    world.watch.end(aReceipt().plan.id);
    world.watch.begin(aReceipt({ id: "2", kind: "undo" }));
    world.show("old", 500);
    world.show("third", 100);
    deepEqual(world.told, []);
  });
});

class World {
  readonly told: string[] = [];
  readonly watch: RestoreWatch;
  private readonly inspector = {
    snapshot: { stateDirs: [], lookedAt: [], problems: [] } as Snapshot,
    onDidChange: (listener: (change: InspectorChange) => void) => {
      this.listener = listener;
      return { dispose: () => undefined };
    },
  };
  private listener: (change: InspectorChange) => void = () => undefined;

  constructor() {
    this.watch = new RestoreWatch(this.inspector, (_receipt, verdict) => this.told.push(verdict));
    this.watch.begin(aReceipt());
  }

  /** The key points to this session; the restored transcript has so many bytes. */
  show(sessionId: string, bytes: number): void {
    const window = aWindow("old", { primary: aFile("old.jsonl", { bytes }) });
    const row = { sessionId } as StoreRow;
    const conversation = { ...aConversation("agent:main:main", window), row };
    this.inspector.snapshot = { stateDirs: [aStateDir([conversation])], lookedAt: [], problems: [] };
    this.listener(change);
  }
}
