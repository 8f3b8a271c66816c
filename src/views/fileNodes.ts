import * as l10n from "@vscode/l10n";
import type { SessionFile } from "../core/conversation/model";
import type { FileName } from "../core/names/fileName";
import { formatBytes } from "../core/text/formatSize";
import { formatTime } from "../core/text/formatTime";
import { visibleLine } from "../core/text/visibleText";
import { messages, size, time } from "./factsInWords";
import { isRestorableFile } from "../editor/restorable";
import { type NodeIcon, nodeId, type NodeSubject, type TreeContext, type TreeNode, type WhenContext } from "./treeNode";

/** A file that is shown by itself: a copy of a window, a run trace, or something that is no transcript. */
export function fileNode(context: TreeContext, parentId: string, file: SessionFile, subject: NodeSubject): TreeNode {
  const opens = isTranscript(file.name) && file.problem === undefined;
  return {
    id: nodeId("file", parentId, file.path),
    label: fileLabel(context, file),
    description: file.problem ? visibleLine(file.problem.message) : fileDescription(file),
    icon: file.problem ? { codicon: "warning", color: "list.warningForeground" } : fileIcon(file),
    tooltip: () => [
      { name: l10n.t("File"), value: file.path },
      { name: l10n.t("Size"), value: formatBytes(file.bytes) },
      {
        name: l10n.t("Changed"),
        value: formatTime(file.mtimeMs, { timeZone: context.timeZone, precision: "millisecond", offset: true }),
      },
      ...(file.problem ? [{ name: l10n.t("Problem"), value: file.problem.message }] : []),
    ],
    subject,
    ...(opens
      ? { click: "transcript" as const }
      : file.problem || isFolder(file.name)
        ? {}
        : { click: "raw" as const }),
    words: [
      ...(opens ? (["openable"] as const) : []),
      "hasFile",
      ...(subject.stateDir !== undefined && subject.window && isRestorableFile(file)
        ? ([...(file.kept ? [] : (["keepable"] as const)), "restorable"] as const)
        : []),
    ],
  };
}

/** The tab of a copy says which one it is: `main · 2026-04-23 08:05 · Run trace 2026-04-23 08:06`. */
export function fileTitle(context: WhenContext, windowTitle: string, file: SessionFile): string {
  return l10n.t("{0} · {1}", windowTitle, fileLabel(context, file));
}

/** Whether a file with this name can be shown as a document of ours. */
export function isTranscript(name: FileName): boolean {
  return name.kind !== "side" && name.kind !== "unknown";
}

function isFolder(name: FileName): boolean {
  return name.kind === "side" && (name.role === "skills-prompts" || name.role === "cold-storage");
}

/** The name of the file is in the tooltip: it is longer than a row, and tells less than its time. */
function fileDescription(file: SessionFile): string {
  return [
    ...(file.name.kind === "checkpoint" ? [l10n.t("before compaction")] : []),
    ...messages(isTranscript(file.name) ? [file] : []),
    ...size([file]),
  ].join(" · ");
}

function fileLabel(context: WhenContext, { name, head, index, mtimeMs, kept }: SessionFile): string {
  if (kept?.at !== undefined) return l10n.t("Kept copy, {0}", time(context, kept.at));
  if (kept) return l10n.t("Kept copy");
  switch (name.kind) {
    case "transcript":
      return l10n.t("Transcript");
    case "archive": {
      const at =
        name.at === undefined
          ? visibleLine(name.stamp, 40)
          : formatTime(name.at, { timeZone: context.timeZone, precision: "minute" });
      if (name.reason === "reset") return l10n.t("Copy set aside by a reset, {0}", at);
      if (name.reason === "deleted") return l10n.t("Copy set aside by a deletion, {0}", at);
      return l10n.t("Copy made before compact, {0}", at);
    }
    case "checkpoint":
      // It was copied when the compaction began, right after its last entry.
      return l10n.t("Checkpoint {0}", time(context, head?.lastAt ?? index?.lastAt ?? mtimeMs));
    case "trajectory":
      return l10n.t("Run trace {0}", time(context, head?.firstAt ?? mtimeMs));
    case "side":
    case "unknown":
      return visibleLine(name.base, 120);
  }
}

function fileIcon({ name, kept }: SessionFile): NodeIcon {
  if (kept) return { codicon: "shield" };
  switch (name.kind) {
    case "transcript":
      return { codicon: "comment" };
    case "archive":
      return { codicon: name.reason === "deleted" ? "trash" : "archive" };
    case "checkpoint":
      return { codicon: "bookmark" };
    case "trajectory":
      return { codicon: "pulse" };
    case "side":
      return { codicon: name.role === "lock" ? "lock" : "file" };
    case "unknown":
      return { codicon: "question" };
  }
}
