import * as l10n from "@vscode/l10n";
import type { Window, WindowKind } from "../core/conversation/model";
import { problemCountOfWindow, problemsOfWindow } from "../core/conversation/problemsOfWindow";
import type { Rotation } from "../core/rotation/rotation";
import { formatCount } from "../core/text/formatCount";
import { formatTime } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import { age, messages, size, time, timeAfter } from "./factsInWords";
import { fileNode, fileTitle } from "./fileNodes";
import { joinName } from "./joinName";
import { problemNodes } from "./problemNodes";
import {
  cutAt,
  type NodeIcon,
  nodeId,
  type NodeSubject,
  type TooltipRow,
  type TreeContext,
  type TreeNode,
  type WhenContext,
} from "./treeNode";
import { isRemoval } from "../editor/explainName";
import { isRestorable } from "../editor/restorable";
import { endOf } from "../editor/lastRotation";
import { unexpectedIcon, whyInShort, whyRows } from "./whyItEnded";

/** Whose window it is: a conversation, or nobody's when the window could not be joined to one. */
export interface WindowOwner {
  readonly label: string;
  readonly key: string | undefined;
  /** Path of the state directory, as found. */
  readonly stateDir?: string | undefined;
}

/** A window that several store rows mean stands in several conversations. */
export function windowNodeId(parentId: string, window: Window): string {
  return nodeId("window", parentId, window.windowId);
}

/** A window, and beneath it what is wrong with it, its copies and its run traces. */
export function windowNode(context: TreeContext, parentId: string, owner: WindowOwner, window: Window): TreeNode {
  const id = windowNodeId(parentId, window);
  const subject = windowSubject(context, owner, window);
  const problems = problemsOfWindow(window);
  const end = endOf(context.explanations, owner.stateDir, window);
  const beneath = problems.length + window.copies.length + window.trajectories.length;
  return {
    id,
    label: windowLabel(context, window),
    description: windowDescription(context, window, end),
    icon: windowIcon(window.kind, problems.length > 0, end),
    tooltip: () => windowTooltip(context, owner, window, end),
    subject,
    ...(window.primary || window.trajectories[0] ? { click: "transcript" as const } : {}),
    words: [
      "hasId",
      ...(subject.file ? (["openable", "hasFile"] as const) : []),
      ...(owner.key === undefined ? [] : (["hasKey"] as const)),
      ...(isRestorable(window) && owner.stateDir !== undefined ? (["restorable"] as const) : []),
      ...(window.primary?.problem === undefined && window.primary && owner.stateDir !== undefined
        ? (["keepable"] as const)
        : []),
      ...(end ? ([isRemoval(end) ? "removed" : "ended"] as const) : []),
    ],
    ...(beneath > 0 ? { children: () => windowChildren(context, id, owner, window) } : {}),
  };
}

/**
 * Its tab reads `main · 2026-04-23 08:05`: the conversation, and when this window of it began; where nothing tells which
 * conversation it was, `Session 0224e676 · 2026-04-23 08:05`.
 */
export function windowSubject(context: WhenContext, owner: WindowOwner, window: Window): NodeSubject {
  const start = startOf(window);
  const session = window.sessionId.slice(0, 8);
  // The name of an agent is often that of a conversation too, `main`: what belongs to none must not be called so.
  const isJoined = owner.key !== undefined;
  const label = isJoined ? owner.label : l10n.t("Session {0}", session);
  const since = start === undefined ? (isJoined ? session : undefined) : time(context, start);
  return {
    agentId: window.agentId,
    title: since === undefined ? label : l10n.t("{0} · {1}", label, since),
    label,
    file: window.primary ?? window.trajectories[0],
    window,
    key: owner.key,
    stateDir: owner.stateDir,
  };
}

/** `Current window`, `2026-04-22 08:05 – 04-23 03:57`, `2026-04-22 08:05 – 09:40`: short, as side bars are narrow. */
export function windowLabel(context: WhenContext, window: Window): string {
  if (window.kind === "live") return l10n.t("Current window");
  const start = startOf(window);
  const end = window.lastAt ?? window.archivedAt;
  if (start === undefined && end === undefined) return l10n.t("Session {0}", window.sessionId.slice(0, 8));
  if (start === undefined || end === undefined) return time(context, start ?? end ?? 0);
  const [from, to] = [time(context, start), time(context, end)];
  if (from === to) return from;
  return l10n.t("{0} – {1}", from, timeAfter(from, to));
}

export function startOf(window: Window): number | undefined {
  return window.firstAt ?? window.primary?.head?.headerAt;
}

function windowDescription(context: TreeContext, window: Window, end: Rotation | undefined): string {
  const files = window.primary ? [window.primary] : window.trajectories;
  const problems = problemCountOfWindow(window);
  const why = end ? whyInShort(end) : [];
  // What was reset says when in its label and its tooltip: in a narrow side bar the cause is what must be left.
  const isToldBy = window.kind === "live" || (window.kind === "reset" && why.length > 0);
  return [
    ...why,
    ...(isToldBy ? [] : [kindAndTime(context, window)]),
    ...(problems > 0 ? [formatCount("problem", problems)] : []),
    ...(isKept(window) ? [l10n.t("kept")] : []),
    ...messages(files),
    ...size(files),
    ...age(context, window.lastAt ?? window.archivedAt),
  ].join(" · ");
}

/** OpenClaw may delete what it has: there is a copy out of its reach. */
function isKept({ primary, copies }: Window): boolean {
  return primary?.kept !== undefined || copies.some(({ kept }) => kept !== undefined);
}

/** `reset 04-23 08:05`: entries end before they are set aside. Of the time, what the label's end does not say already. */
function kindAndTime(context: TreeContext, window: Window): string {
  const { kind, archivedAt, lastAt } = window;
  if (archivedAt === undefined) return kindName(kind);
  const labelled = time(context, lastAt ?? startOf(window) ?? archivedAt);
  return l10n.t("{0} {1}", kindName(kind), timeAfter(labelled, time(context, archivedAt)));
}

function windowIcon(kind: WindowKind, damaged: boolean, end: Rotation | undefined): NodeIcon {
  if (damaged) return { codicon: "warning", color: "list.warningForeground" };
  const unexpected = end && kind !== "live" ? unexpectedIcon(end) : undefined;
  if (unexpected) return unexpected;
  switch (kind) {
    case "live":
      return { codicon: "comment-discussion", color: "charts.green" };
    case "reset":
      return { codicon: "archive" };
    case "deleted":
      return { codicon: "trash" };
    case "bak":
      return { codicon: "save-all" };
    case "checkpoint":
      return { codicon: "bookmark" };
    case "orphan":
      return { codicon: "debug-disconnect" };
    case "trajectory-only":
      return { codicon: "pulse" };
    case "missing":
      return { codicon: "circle-slash" };
  }
}

function windowTooltip(
  context: TreeContext,
  owner: WindowOwner,
  window: Window,
  end: Rotation | undefined,
): readonly TooltipRow[] {
  const { primary, join } = window;
  const index = primary?.index;
  const row = (name: string, value: string | undefined): readonly TooltipRow[] =>
    value === undefined || value === "" ? [] : [{ name, value }];
  const when = (at: number | undefined) =>
    at === undefined ? undefined : formatTime(at, { timeZone: context.timeZone, precision: "minute", offset: true });
  return [
    ...row(l10n.t("What it is"), end?.restore ? l10n.t("set aside") : kindName(window.kind)),
    ...(end ? whyRows(context, end) : []),
    ...row(l10n.t("First entry"), when(window.firstAt)),
    ...row(l10n.t("Last entry"), when(window.lastAt)),
    ...(end?.at === undefined ? row(l10n.t("Archived"), when(window.archivedAt)) : []),
    ...row(l10n.t("Session id"), window.sessionId),
    ...row(l10n.t("File"), primary?.path),
    ...row(
      l10n.t("Model"),
      index?.lastModel && [index.lastModel.provider, index.lastModel.model].filter(Boolean).join("/"),
    ),
    ...(join ? row(l10n.t("Joined by {0}", joinName(join.rung)), cutAt(join.evidence)) : []),
    ...(join?.disagreeing ?? [])
      .slice(0, 1)
      .flatMap((other) => row(l10n.t("Joined elsewhere by {0}", joinName(other.rung)), cutAt(other.evidence))),
    // Beneath the node each has a row of its own.
    ...problemsOfWindow(window)
      .slice(0, 1)
      .flatMap((problem) => row(l10n.t("Problem"), cutAt(problem.message))),
  ];
}

function windowChildren(context: TreeContext, id: string, owner: WindowOwner, window: Window): readonly TreeNode[] {
  const about = windowSubject(context, owner, window);
  const files = [...window.copies, ...window.trajectories].map((file) => ({
    ...about,
    file,
    title: fileTitle(context, about.title, file),
  }));
  return [
    ...problemsOfWindow(window).flatMap((problem, at) =>
      // Its line is one of the file that it is about, which may be a copy.
      problemNodes(
        nodeId("damage", id, String(at)),
        [problem],
        files.find(({ file }) => file.path === problem.file) ?? about,
      ),
    ),
    ...files.map((subject) => fileNode(context, id, subject.file, subject)),
  ];
}
