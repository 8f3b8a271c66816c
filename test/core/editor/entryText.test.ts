import { equal } from "node:assert/strict";
import { entryText } from "../../../src/editor/entryText";

describe("the text of an entry in a diff", () => {
  it("says times in words, and ends every member alike", () => {
    const before = {
      sessionId: "a [",
      updatedAt: 1774958400000,
      route: { channel: "web", none: {} },
      list: [1],
      cost: 0,
    };
    const after = JSON.stringify({ sessionId: "b", startedAt: 1774958400000 }, null, 2);
    const edits = [
      { key: "agent:main:main", before: JSON.stringify(before, null, 2), after },
      { key: "agent:main:x", before: undefined, after: "{}" },
      { key: "agent:main:y", before: "{}", after },
    ];
    equal(
      entryText(edits, "before"),
      `{
  "agent:main:main": {
    "sessionId": "a [",
    "updatedAt": 1774958400000, // 2026-03-31 12:00:00 UTC
    "route": {
      "channel": "web",
      "none": {},
    },
    "list": [
      1,
    ],
    "cost": 0,
  },
  "agent:main:y": {},
}`,
    );
    equal(
      entryText(edits, "after"),
      `{
  "agent:main:main": {
    "sessionId": "b",
    "startedAt": 1774958400000, // 2026-03-31 12:00:00 UTC
  },
  "agent:main:x": {},
  "agent:main:y": {
    "sessionId": "b",
    "startedAt": 1774958400000, // 2026-03-31 12:00:00 UTC
  },
}`,
    );
    equal(entryText([{ key: "k", before: undefined, after: "{}" }], "before"), "{}");
  });
});
