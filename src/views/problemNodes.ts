import * as l10n from "@vscode/l10n";
import type { Problem } from "../core/problem";
import { visibleLine } from "../core/text/visibleText";
import { problemLabel } from "./problemLabel";
import { nodeId, type NodeSubject, type TreeNode } from "./treeNode";

/** Damage is shown where it stands. Where a line is known, a click leads to it. */
export function problemNodes(parentId: string, problems: readonly Problem[], about?: NodeSubject): readonly TreeNode[] {
  return problems.map((problem, index) => {
    const subject = about && problem.line !== undefined ? { ...about, line: problem.line } : undefined;
    return {
      // The same damage can be reported twice for one line; the position keeps ids apart.
      id: nodeId("problem", parentId, problem.code, String(problem.line ?? 0), String(index)),
      label: problemLabel(problem.code),
      description:
        problem.line === undefined
          ? visibleLine(problem.message)
          : l10n.t("line {0} · {1}", problem.line, visibleLine(problem.message)),
      icon: { codicon: "warning", color: "list.warningForeground" },
      tooltip: () => [
        { name: l10n.t("Problem"), value: problem.message },
        ...(problem.file === undefined ? [] : [{ name: l10n.t("File"), value: problem.file }]),
        { name: l10n.t("Code"), value: problem.code },
      ],
      ...(subject ? { subject, click: "raw" as const, words: ["hasFile"] as const } : {}),
    };
  });
}
