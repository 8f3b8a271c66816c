import { deepEqual, equal } from "node:assert/strict";
import { found, rootNodes } from "../../../src/views/conversationTree";
import type { TreeNode } from "../../../src/views/treeNode";
import { agent, context, conversation, drawTree, file, minutes, snapshot, stateDir, window } from "./treeBuilders";

const line12 = { code: "line.not-json", message: "Line 12 is no JSON.", line: 12 } as const;

describe("the Conversations tree", () => {
  it("shows a conversation with its current window, then earlier ones with what lies beneath them", () => {
    const earlier = window("aaaaaaaa-1", {
      kind: "reset",
      firstAt: minutes(-600),
      lastAt: minutes(-300),
      archivedAt: minutes(-240),
      primary: file("a.jsonl.reset.2026-04-23T04-00-00.000Z"),
      copies: [
        file("a.jsonl.bak.2026-04-23T02-00-00.000Z"),
        file("a.checkpoint.11111111-1111-4111-8111-111111111111.jsonl"),
      ],
      trajectories: [file("a.trajectory.jsonl")],
      problems: [line12],
    });
    const main = conversation("agent:main:main", [window("bbbbbbbb-2"), earlier]);

    deepEqual(drawTree(context(snapshot(stateDir("/state", [agent("main", { conversations: [main] })])))), [
      [
        "main — 30 min ago · 2 windows · 4 KB",
        ["Current window — 30 min ago · 2 KB"],
        [
          "2026-04-22 22:00 – 04-23 03:00 — reset · 1 problem · 6 h ago · 2 KB",
          ["Line 12 is no JSON. — line 12"],
          ["Copy made before compact, 2026-04-23 02:00 — 2 KB · a.jsonl.bak.2026-04-23T02-00-00.000Z"],
          ["Checkpoint before compaction — 2 KB · a.checkpoint.11111111-1111-4111-8111-111111111111.jsonl"],
          ["Run trace — 2 KB · a.trajectory.jsonl"],
        ],
      ],
    ]);
  });

  it("puts people first by last activity, then the groups of machines, then what is left over", () => {
    const at = (key: string, lastAt: number) =>
      conversation(key, [window(key, { firstAt: undefined, lastAt, primary: undefined, kind: "missing" })]);
    const main = agent("main", {
      conversations: [
        at("agent:main:main:heartbeat", minutes(59)),
        at("agent:main:main", minutes(0)),
        at("agent:main:cron:nightly", minutes(58)),
        at("agent:main:subagent:x", minutes(57)),
        at("agent:main:telegram:direct:5551234", minutes(30)),
      ],
      orphans: [window("cccccccc-3", { kind: "orphan" })],
      otherFiles: [file("sessions.json"), file("notes.txt")],
    });

    deepEqual(
      drawTree(context(snapshot(stateDir("/state", [main])))).map(([label]) => label),
      [
        "Telegram · direct chat 5551234 — 30 min ago",
        "main — 1 h ago",
        "Sub-agents — 3 min ago · 1 conversation",
        "Cron — 2 min ago · 1 conversation",
        "Heartbeat — 1 min ago · 1 conversation",
        "Not joined to a conversation — 1 window",
        "Other files — 1 file",
      ],
    );
  });

  it("names state directories and agents only when there are several", () => {
    const main = agent("main", { conversations: [conversation("agent:main:main", [window("a")])] });
    const work = agent("work", { conversations: [conversation("agent:work:main", [window("b")])] });
    const both = snapshot(stateDir("/one", [main, work]), stateDir("/two", [main]));

    deepEqual(drawTree(context(both)), [
      [
        "one — 30 min ago · 2 conversations",
        [
          "main — 30 min ago · 1 conversation",
          ["main — 30 min ago · 2 KB", ["Current window — 30 min ago · 2 KB"]],
        ],
        [
          "work — 30 min ago · 1 conversation",
          ["main — 30 min ago · 2 KB", ["Current window — 30 min ago · 2 KB"]],
        ],
      ],
      [
        "two — 30 min ago · 1 conversation",
        ["main — 30 min ago · 2 KB", ["Current window — 30 min ago · 2 KB"]],
      ],
    ]);
  });

  it("says what is damaged, outside, or in a database, before anything else", () => {
    const main = agent("main", {
      problems: [{ code: "store.half-written", message: "sessions.json ends in the middle." }],
      roots: [{ path: "/elsewhere", storePath: "/elsewhere/sessions.json", outside: true, read: false, problems: [] }],
      sqlite: { databasePath: "/state/agents/main/agent/openclaw-agent.sqlite", tables: ["session_nodes"] },
      otherFiles: [
        file("pipe.jsonl", {
          problem: { code: "file.not-regular", message: "pipe.jsonl is no regular file; it is not opened." },
        }),
      ],
    });

    deepEqual(drawTree(context(snapshot(stateDir("/state", [main])))), [
      ["sessions.json ends in the middle."],
      ["Sessions outside the state directory are not read until this workspace is trusted — /elsewhere"],
      [
        "Sessions of this agent are in SQLite (2026.8+), not readable yet — /state/agents/main/agent/openclaw-agent.sqlite",
      ],
      ["Other files — 1 file · 1 problem", ["Transcript — pipe.jsonl is no regular file; it is not opened."]],
    ]);
  });

  it("shows 500 children at once, and loads more", () => {
    const many = Array.from({ length: 1203 }, (_, index) =>
      conversation(`agent:main:telegram:direct:${index}`, [window(`s${index}`)]),
    );
    const all = snapshot(stateDir("/state", [agent("main", { conversations: many })]));

    const first = rootNodes(context(all));
    equal(first.length, 501);
    deepEqual(first.at(-1)?.label, "Load more (703 are not shown)");
    const [parent] = first.flatMap((node) => node.moreOf ?? []);
    equal(rootNodes(context(all, { limitOf: (id) => (id === parent ? 1500 : 500) })).length, 1203);
  });

  it("filters by label, key, session id and file name", () => {
    const all = snapshot(
      stateDir("/state", [
        agent("main", {
          conversations: [
            conversation("agent:main:main", [window("aaaa")]),
            conversation("agent:main:cron:nightly", [
              window("bbbb", { kind: "reset", primary: file("x.jsonl.reset.2026-04-23T04-00-00.000Z") }),
            ]),
          ],
          orphans: [window("cccc", { kind: "orphan" })],
          otherFiles: [file("notes.txt")],
        }),
      ]),
    );
    const shownFor = (filter: string) => drawTree(context(all, { filter })).map(([label]) => label.split(" — ")[0]);

    deepEqual(shownFor("main"), ["main", "Cron"]);
    deepEqual(shownFor("x.jsonl.reset"), ["Cron"]);
    deepEqual(shownFor("cccc"), ["Not joined to a conversation"]);
    deepEqual(shownFor("notes"), ["Other files"]);
    deepEqual(shownFor("nothing of this kind"), []);
  });

  it("gives every node an id of its own, the same after every refresh", () => {
    const make = () =>
      snapshot(
        stateDir("/state", [
          agent("main", {
            conversations: [
              conversation("agent:main:main", [
                window("a", { problems: [line12, line12], copies: [file("a.jsonl.bak.1"), file("a.jsonl.bak.2")] }),
                window("b"),
              ]),
              conversation("agent:main:a|b", [window("c"), window("a")]),
            ],
            orphans: [window("d")],
            otherFiles: [file("e.txt")],
          }),
        ]),
      );
    const ids = (nodes: readonly TreeNode[]): readonly string[] =>
      nodes.flatMap((node) => [node.id, ...ids(node.children?.() ?? [])]);

    const first = ids(rootNodes(context(make())));
    equal(new Set(first).size, first.length);
    deepEqual(ids(rootNodes(context(make()))), first);
  });

  it("tells nothing, empty and unreadable apart", () => {
    const unreadable = { code: "directory.unreadable", message: "No permission." } as const;
    equal(found(snapshot()), "nothing");
    equal(found(snapshot(stateDir("/state", [agent("main")]))), "empty");
    equal(found(snapshot(stateDir("/state", [], { problems: [unreadable] }))), "unreadable");
    equal(found({ ...snapshot(), lookedAt: [{ path: "/x", why: "setting", outcome: "unreadable" }] }), "unreadable");
    equal(found(snapshot(stateDir("/state", [agent("main", { orphans: [window("a")] })]))), "some");
  });
});
