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
        "main was reset at 04:00 and nobody asked for it — main · 1 h ago",
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
        ["evidence", ["finding", "placed", "hasKey"]],
        [undefined, ["finding"]],
        [undefined, ["finding", "hasKey"]],
      ],
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
    snapshot: { stateDirs: [aStateDir([aConversation("agent:main:main")])], lookedAt: [], problems: [] },
    least: "info",
    limitOf: () => childrenAtOnce,
    timeZone: "UTC",
    now: aResetAt + 3_600_000,
  };
}
