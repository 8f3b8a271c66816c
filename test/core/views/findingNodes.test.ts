import { deepEqual, equal } from "node:assert/strict";
import type { Finding } from "../../../src/core/findings/finding";
import { findingNodes, type FindingsContext } from "../../../src/views/findingNodes";
import { childrenAtOnce } from "../../../src/views/treeNode";
import {
  aConversation,
  aFinding,
  aResetAt,
  aRotation,
  aStateDir,
  aStateDirPath,
  aWindow,
  explanationsOf,
  someEvidence,
} from "../../anExplanation";
import { draw } from "./treeBuilders";

describe("the Findings tree", () => {
  it("shows each with its evidence and what to do next", () => {
    const place = { file: "/s/openclaw.json", line: 12 };
    const finding = aFinding({
      evidence: [someEvidence("Nothing is configured.", place), someEvidence("It was 04:00.")],
    });
    deepEqual(findingNodes(context([finding])).map(draw), [
      [
        "main was reset at 04:00 and nobody asked for it — 1 h ago",
        ["Nothing is configured. — openclaw.json:12"],
        ["It was 04:00."],
        ["Open the earlier window; nothing of it is lost."],
      ],
    ]);
  });

  it("leads to the explanation of a rotation, else to the place", () => {
    const rotation = aRotation();
    const subject = { stateDir: aStateDirPath, agentId: "main", key: "agent:main:main" };
    const place = { file: "/s/x.lock" };
    const nodes = findingNodes(
      context(
        [
          aFinding({ subject: { ...subject, rotationId: rotation.id } }),
          aFinding({ code: "lock.stale", subject, place }),
          aFinding({ code: "hole", subject: { stateDir: aStateDirPath } }),
          aFinding({ subject: { ...subject, rotationId: "gone" } }),
        ],
        [rotation],
      ),
    );
    deepEqual(
      nodes.map(({ click, words }) => [click, words]),
      [
        ["explanation", ["finding", "ended", "openable", "hasKey"]],
        ["evidence", ["finding", "placed", "openable", "hasKey"]],
        [undefined, ["finding"]],
        ["transcript", ["finding", "openable", "hasKey"]],
      ],
    );
  });

  it("opens the window that it is about, of several, and of those that belong to no conversation", () => {
    const [live, earlier, orphan] = [aWindow("new-1"), aWindow("old-1", { kind: "reset" }), aWindow("lost-1")];
    const stateDir = aStateDir([aConversation("agent:main:main", live, earlier)]);
    const [agent] = stateDir.agents;
    const snapshot = {
      stateDirs: [{ ...stateDir, agents: agent ? [{ ...agent, orphans: [orphan] }] : [] }],
      lookedAt: [],
      problems: [],
    };
    const subject = { stateDir: aStateDirPath, agentId: "main" };
    const key = "agent:main:main";
    const nodes = findingNodes({
      ...context([
        aFinding({ subject: { ...subject, key } }),
        aFinding({ subject: { ...subject, key, windowId: earlier.windowId } }),
        aFinding({ subject: { ...subject, windowId: orphan.windowId } }),
        aFinding({ subject: { ...subject, key, windowId: "gone" } }),
      ]),
      snapshot,
    });
    deepEqual(
      nodes.map(({ subject: about }) => [about?.window?.sessionId, about?.label]),
      [
        ["new-1", "main"],
        ["old-1", "main"],
        ["lost-1", "Session lost-1"],
        [undefined, undefined],
      ],
    );
  });

  it("says which state directory it is of, where there are several", () => {
    const snapshot = {
      stateDirs: [aStateDir([]), aStateDir([], { path: "/home/u/.openclaw-work" })],
      lookedAt: [],
      problems: [],
    };
    const finding = aFinding({ subject: { stateDir: "/home/u/.openclaw-work" } });
    equal(findingNodes({ ...context([finding]), snapshot })[0]?.description, ".openclaw-work · 1 h ago");
  });

  it("gives its evidence, and what to do next, to be copied", () => {
    const [node] = findingNodes(context([aFinding({ evidence: [someEvidence("It was 04:00.")] })]));
    deepEqual(
      node?.children?.().map(({ words, subject }) => [words, subject?.text]),
      [
        [["copyable"], "It was 04:00."],
        [["copyable"], "Open the earlier window; nothing of it is lost."],
      ],
    );
  });

  it("fits into a tooltip that leaves room for the rest of the screen, without codes", () => {
    const evidence = Array.from({ length: 30 }, () => someEvidence("word ".repeat(200)));
    const [first = someEvidence(""), ...others] = evidence;
    const [node] = findingNodes(context([aFinding({ detail: "x ".repeat(900), evidence: [first, ...others] })]));
    const values = (node?.tooltip?.() ?? []).flatMap(({ value }) => value);
    equal(values.length <= 8 && values.every((value) => value.length <= 240), true);
    deepEqual(
      values.filter((value) => value.includes("rotation.unexpected")),
      [],
    );
  });

  it("leaves out what is less severe than asked for", () => {
    const findings = (["error", "warning", "info"] as const).map((severity) => aFinding({ severity, title: severity }));
    const shown = (least: FindingsContext["least"]) =>
      findingNodes({ ...context(findings), least }).map(({ label }) => label);
    deepEqual(
      [shown("info"), shown("warning"), shown("error")],
      [["error", "warning", "info"], ["error", "warning"], ["error"]],
    );
  });

  it("shows 500 of 10,000, each with an id of its own that does not hang on the others", () => {
    const findings = Array.from({ length: 10_000 }, (_, n) =>
      aFinding({ subject: { stateDir: "/s", key: `k${n >> 1}` } }),
    );
    const nodes = findingNodes(context(findings));
    equal(nodes.length, childrenAtOnce + 1);
    equal(nodes.at(-1)?.label, "Load more (9,500 are not shown)");
    equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
    deepEqual(
      findingNodes(context(findings.slice(2, 4))).map(({ id }) => id),
      nodes.slice(2, 4).map(({ id }) => id),
    );
  });

  it("tells severities apart by shape", () => {
    const findings = (["error", "warning", "info"] as const).map((severity) => aFinding({ severity }));
    equal(new Set(findingNodes(context(findings)).map(({ icon }) => icon.codicon)).size, 3);
  });

  it("shows hostile texts on one line each", () => {
    const [node] = findingNodes(
      context([aFinding({ title: "a\n\u202eb", evidence: [someEvidence("x\ny".repeat(500))] })]),
    );
    const labels = [node, ...(node?.children?.() ?? [])].map((each) => each?.label ?? "");
    deepEqual(
      labels.filter((label) => /[\n\u202e]/.test(label) || label.length > 301),
      [],
    );
  });
});

function context(
  findings: readonly Finding[],
  rotations: readonly ReturnType<typeof aRotation>[] = [],
): FindingsContext {
  return {
    explanations: explanationsOf(rotations, findings),
    snapshot: {
      stateDirs: [aStateDir([aConversation("agent:main:main", aWindow("new-1"))])],
      lookedAt: [],
      problems: [],
    },
    least: "info",
    limitOf: () => childrenAtOnce,
    timeZone: "UTC",
    now: aResetAt + 3_600_000,
  };
}
