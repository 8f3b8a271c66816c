import { deepEqual } from "node:assert/strict";
import { rotationGroups } from "../../../src/editor/rotationGroups";
import { aConversation, aRotation } from "../../anExplanation";

describe("resets to choose from", () => {
  it("begin with what nobody asked for, and end with what machines do among themselves", () => {
    const cron = aConversation("agent:main:cron:nightly");
    const groups = rotationGroups([
      aRotation({ id: "run", origin: "design", conversation: cron }),
      aRotation({ id: "cron lost", origin: "unknown", conversation: cron }),
      aRotation({ id: "asked", origin: "asked" }),
      aRotation({ id: "lost", origin: "unknown", conversation: undefined }),
      aRotation({ id: "daily", origin: "default" }),
      aRotation({ id: "idle", origin: "configured" }),
    ]);
    deepEqual(
      groups.map(({ name, rotations }) => [name, ...rotations.map(({ id }) => id)]),
      [
        ["Nobody asked for it", "daily"],
        ["Asked for or configured", "asked", "idle"],
        ["Not joined to a conversation", "lost"],
        ["Heartbeats, cron jobs and other runs", "run", "cron lost"],
      ],
    );
    deepEqual(rotationGroups([]), []);
  });
});
