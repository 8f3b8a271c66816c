import { deepEqual, equal } from "node:assert/strict";
import { found, rootNodes } from "../../../src/views/conversationTree";
import type { StoreRow } from "../../../src/core/store/storeRow";
import type { TreeNode } from "../../../src/views/treeNode";
import {
  agent,
  context,
  conversation,
  draw,
  drawTree,
  file,
  minutes,
  snapshot,
  stateDir,
  window,
} from "./treeBuilders";

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
        "main — 2 windows · 4 KB · 30 min ago",
        ["Current window — 2 KB · 30 min ago"],
        [
          "2026-04-22 22:00 – 04-23 03:00 — reset 04:00 · 1 problem · 2 KB · 6 h ago",
          ["Damaged line — line 12 · Line 12 is no JSON."],
          ["Copy made before compact, 2026-04-23 02:00 — 2 KB"],
          ["Checkpoint 2026-04-23 08:00 — before compaction · 2 KB"],
          ["Run trace 2026-04-23 08:00 — 2 KB"],
        ],
      ],
    ]);
  });

  it("calls what belongs to no conversation by its session, and never by its agent", () => {
    const orphans = [
      window("0224e676-aaaa", { kind: "orphan" }),
      window("1234abcd-bbbb", { kind: "orphan", firstAt: undefined }),
    ];
    const [group] = rootNodes(context(snapshot(stateDir("/state", [agent("main", { orphans })]))));
    deepEqual(
      group?.children?.().map(({ subject }) => subject?.title),
      ["Session 0224e676 · 2026-04-23 08:00", "Session 1234abcd"],
    );
  });

  it("marks state directories and agents that hold what nobody looked at, as they may be collapsed", () => {
    const agents = ["main", "ops"].map((id) =>
      agent(id, { conversations: [conversation(`agent:${id}:main`, [window(id)])] }),
    );
    const roots = rootNodes(
      context(snapshot(stateDir("/one", agents), stateDir("/two", agents)), {
        unseenIn: (mark) => (mark.stateDir === "/one" && mark.agentId !== "ops" ? 2 : 0),
        spokenBadge: (mark) => (mark.stateDir === "/one" ? "2 resets" : undefined),
      }),
    );
    const [one] = roots;
    deepEqual(
      [...roots, ...(one?.children?.() ?? [])].map(({ mark, spoken, description = "" }) => [
        mark,
        spoken,
        description.split(" · ")[0],
      ]),
      [
        [{ stateDir: "/one" }, "2 resets", "2 unexpected resets"],
        [{ stateDir: "/two" }, undefined, "2 conversations"],
        [{ stateDir: "/one", agentId: "main" }, "2 resets", "2 unexpected resets"],
        [{ stateDir: "/one", agentId: "ops" }, "2 resets", "1 conversation"],
      ],
    );
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
        "Sub-agents — 1 conversation · 3 min ago",
        "Cron — 1 conversation · 2 min ago",
        "Heartbeat — 1 conversation · 1 min ago",
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
        "one — 2 conversations · 30 min ago",
        [
          "Agent main — 1 conversation · 30 min ago",
          ["main — 2 KB · 30 min ago", ["Current window — 2 KB · 30 min ago"]],
        ],
        [
          "Agent work — 1 conversation · 30 min ago",
          ["main — 2 KB · 30 min ago", ["Current window — 2 KB · 30 min ago"]],
        ],
      ],
      ["two — 1 conversation · 30 min ago", ["main — 2 KB · 30 min ago", ["Current window — 2 KB · 30 min ago"]]],
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
      ["Damaged store — sessions.json ends in the middle."],
      ["Sessions outside the state directory are not read until this workspace is trusted — /elsewhere"],
      ["Sessions of this agent are in SQLite (2026.8+), not readable yet"],
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

  it("filters directories and agents too: what is left is open, and says how much of it there is", () => {
    const main = agent("main", {
      conversations: [
        conversation("agent:main:main", [window("a")]),
        conversation("agent:main:telegram:direct:5551234", [window("b")]),
      ],
      problems: [{ code: "store.half-written", message: "sessions.json ends in the middle." }],
    });
    const work = agent("work", { conversations: [conversation("agent:work:main", [window("c")])] });
    const all = snapshot(stateDir("/one", [work]), stateDir("/two", [main, work]), stateDir("/three", [work]));

    const [two, ...others] = rootNodes(context(all, { filter: "telegram" }));
    deepEqual(others, []);
    const [ofMain, ...otherAgents] = two?.children?.() ?? [];
    deepEqual(otherAgents, []);
    deepEqual(
      [two, ofMain].map((node) => [node?.label, node?.description, node?.expanded]),
      [
        ["two", "1 of 3 conversations · 30 min ago", true],
        ["Agent main", "1 of 2 conversations · 30 min ago", true],
      ],
    );
    deepEqual(
      ofMain?.children?.().map(({ label }) => label),
      ["Telegram · direct chat 5551234"],
    );
    // Other nodes to VS Code, which would keep them closed when somebody closed them before.
    equal(
      rootNodes(context(all)).some(({ id }) => id === two?.id),
      false,
    );
    deepEqual(rootNodes(context(all, { filter: "nothing of this kind" })), []);
  });

  it("says when a window was set aside, as far as its label does not", () => {
    const at = (archivedAt: number) =>
      conversation("agent:main:main", [window("a", { kind: "reset", archivedAt, lastAt: minutes(30) })]);
    const described = (archivedAt: number) =>
      drawTree(context(snapshot(stateDir("/state", [agent("main", { conversations: [at(archivedAt)] })])))).map(
        ([, first]) => first?.[0],
      );

    deepEqual(described(minutes(35)), ["2026-04-23 08:00 – 08:30 — reset 08:35 · 2 KB · 30 min ago"]);
    deepEqual(described(minutes(24 * 60)), ["2026-04-23 08:00 – 08:30 — reset 04-24 08:00 · 2 KB · 30 min ago"]);
  });

  it("shows a current window without transcript once, and explains it on hover", () => {
    const lost = window("deadbeef-1", { kind: "missing", primary: undefined, firstAt: undefined, lastAt: undefined });
    const problem = { code: "store.file-missing", message: "The store row names deadbeef-1.jsonl." } as const;
    const row = { sessionId: "deadbeef-1" } as StoreRow;
    const main = conversation("agent:main:main", [lost, window("b", { kind: "orphan" })], { row, problems: [problem] });

    const [node] = rootNodes(context(snapshot(stateDir("/state", [agent("main", { conversations: [main] })]))));
    const children = node?.children?.() ?? [];
    deepEqual(children.map(draw), [
      ["Current window — transcript missing"],
      ["2026-04-23 08:00 – 08:30 — left behind · 2 KB · 30 min ago"],
    ]);
    deepEqual(children[0]?.tooltip?.()[0], { name: "Problem", value: "The store row names deadbeef-1.jsonl." });
  });

  it("offers for directories what can be done with them, and to remove one that the setting names", () => {
    const root = { path: "/one/agents/main/sessions", storePath: "", outside: false, read: true, problems: [] };
    const main = agent("main", { conversations: [conversation("agent:main:main", [window("a")])], roots: [root] });
    const work = agent("work", { conversations: [conversation("agent:work:main", [window("b")])] });
    const named = stateDir("/one", [main, work], { foundBy: ["openclawSessions.stateDirectories"] });
    const nodes = rootNodes(context(snapshot(named, stateDir("/two", [main]))));

    deepEqual(
      [...nodes, ...(nodes[0]?.children?.() ?? [])].map(({ words, subject }) => [words, subject?.directory]),
      [
        [["directory", "fromSetting"], "/one"],
        [["directory"], "/two"],
        [["directory"], "/one/agents/main/sessions"],
        [undefined, undefined],
      ],
    );
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

  it("offers to give back what is not current, and to keep whatever is on disk", () => {
    const archive = file("a.jsonl.reset.2026-04-23T04-00-00.000Z");
    const checkpoint = file("a.checkpoint.11111111-1111-4111-8111-111111111111.jsonl");
    const unreadable = file("c.jsonl.reset.2026-04-23T04-00-00.000Z", {
      problem: { code: "file.unreadable", message: "It may not be read." },
    });
    const main = conversation("agent:main:main", [
      window("bbbbbbbb-2", { copies: [checkpoint] }),
      window("aaaaaaaa-1", { kind: "reset", primary: archive, trajectories: [file("a.trajectory.jsonl")] }),
      window("cccccccc-3", { kind: "reset", primary: unreadable }),
      window("dddddddd-4", { kind: "missing", primary: undefined }),
    ]);
    const [node] = rootNodes(context(snapshot(stateDir("/state", [agent("main", { conversations: [main] })]))));
    const offered = (each: TreeNode): readonly string[] =>
      (each.words ?? []).filter((word) => word === "restorable" || word === "keepable");
    const windows = node?.children?.() ?? [];
    deepEqual(windows.map(offered), [["keepable"], ["restorable", "keepable"], [], []]);
    deepEqual((windows[0]?.children?.() ?? []).map(offered), [["keepable", "restorable"]]);
    deepEqual((windows[1]?.children?.() ?? []).map(offered), [[]]);
  });

  it("calls a copy that was kept so, and the window that has one", () => {
    const kept = file("a.jsonl.reset.2026-04-23T04-00-00.000Z", {
      path: "/kept/0123456789abcdef/main/a.jsonl.reset.2026-04-23T04-00-00.000Z",
      kept: {
        ...{ at: minutes(10), sha256: undefined, originalName: "a.jsonl.reset.2026-04-23T04-00-00.000Z" },
        ...{
          originalPath: undefined,
          key: undefined,
          joinEvidence: undefined,
          joinRung: undefined,
          problem: undefined,
        },
      },
    });
    const archive = file("a.jsonl.reset.2026-04-23T04-00-00.000Z");
    const earlier = window("aaaaaaaa-1", {
      kind: "reset",
      primary: archive,
      copies: [kept],
      archivedAt: minutes(-240),
    });
    const main = conversation("agent:main:main", [earlier]);
    deepEqual(drawTree(context(snapshot(stateDir("/state", [agent("main", { conversations: [main] })])))), [
      [
        "main — 2 KB · 30 min ago",
        ["2026-04-23 08:00 – 08:30 — reset 04:00 · kept · 2 KB · 30 min ago", ["Kept copy, 2026-04-23 08:10 — 2 KB"]],
      ],
    ]);
  });
});
