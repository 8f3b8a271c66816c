import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import type { Evidence, Place } from "../core/evidence/evidence";
import type { Explanations } from "../core/explanations";
import type { Finding, Severity } from "../core/findings/finding";
import { severityName } from "../core/report/findingText";
import type { Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import { visibleLine } from "../core/text/visibleText";
import { isRemoval } from "../editor/explainName";
import { rehearsalOf } from "../editor/planTime";
import { isRestorable } from "../editor/restorable";
import { stateDirAmong } from "../editor/stateDirLabel";
import { windowOfFinding } from "../editor/windowOfFinding";
import { findRotation } from "../editor/findRotation";
import { age } from "./factsInWords";
import { problemNodes } from "./problemNodes";
import {
  cutAt,
  limited,
  type NodeIcon,
  nodeId,
  type NodeSubject,
  type TooltipRow,
  type TreeContext,
  type TreeNode,
} from "./treeNode";
import { windowSubject } from "./windowNodes";

/** Everything the list of findings is made from. */
export interface FindingsContext extends Pick<TreeContext, "limitOf" | "timeZone" | "now"> {
  readonly explanations: Explanations;
  readonly snapshot: Snapshot;
  /** Findings that are less severe are left out. */
  readonly least: Severity;
}

/** The worst first, as they were found; beneath each what was compared, and what to do next. */
export function findingNodes(context: FindingsContext): readonly TreeNode[] {
  const ids = new FindingIds();
  const shown = shownFindings(context.explanations, context.least);
  return [
    ...problemNodes(findingsRoot, context.explanations.problems),
    ...limited(context, findingsRoot, shown, (finding) => findingNode(context, ids.next(finding), finding)),
  ];
}

export function shownFindings({ findings }: Explanations, least: Severity): readonly Finding[] {
  return findings.filter((finding) => ranks[finding.severity] >= ranks[least] && isOfSomebody(finding));
}

/** What stands in a rehearsal stands in the original too, or is the rehearsal's own doing. */
export function isOfSomebody({ subject }: Finding): boolean {
  return rehearsalOf(subject.stateDir) === undefined;
}

/** The parent id under which "Load more" counts. */
const findingsRoot = nodeId("findings");

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/**
 * The same finding has the same id after the next look, wherever it then stands in the list. Made in the order of the list,
 * and only of what is shown: the worst come first, so neither a filter nor "Load more" changes what came before.
 */
class FindingIds {
  private readonly taken = new Map<string, number>();

  next(finding: Finding): string {
    const id = idOf(finding);
    const count = this.taken.get(id) ?? 0;
    this.taken.set(id, count + 1);
    return count === 0 ? id : nodeId(id, String(count));
  }
}

function idOf({ code, subject, place }: Finding): string {
  const { stateDir, agentId = "", key = "", windowId = "", rotationId = "" } = subject;
  const where = place ? `${place.file}:${place.line ?? place.offset ?? ""}` : "";
  return nodeId("finding", stateDir, code, agentId, key, windowId, rotationId, where);
}

function findingNode(context: FindingsContext, id: string, finding: Finding): TreeNode {
  const { title, severity, at } = finding;
  const rotation = rotationOf(context.explanations, finding);
  const subject = findingSubject(context, finding, rotation);
  return {
    id,
    label: visibleLine(title, 200),
    // The title names the conversation.
    description: [...stateDirAmong(finding.subject.stateDir, context.snapshot.stateDirs), ...age(context, at)].join(
      " · ",
    ),
    icon: severityIcon(severity),
    tooltip: () => findingTooltip(context, finding),
    subject,
    ...clickOf(rotation, subject),
    words: [
      "finding",
      ...(rotation ? ([isRemoval(rotation) ? "removed" : "ended"] as const) : []),
      ...(subject.place ? (["placed"] as const) : []),
      ...(subject.file ? (["openable"] as const) : []),
      ...(subject.key === undefined ? [] : (["hasKey"] as const)),
      ...(subject.window && isRestorable(subject.window) ? (["restorable", "keepable"] as const) : []),
    ],
    children: () => findingChildren(id, finding, subject),
  };
}

function clickOf(rotation: Rotation | undefined, { place, file }: NodeSubject): Pick<TreeNode, "click"> {
  if (rotation) return { click: "explanation" };
  if (place) return { click: "evidence" };
  return file ? { click: "transcript" } : {};
}

function rotationOf(explanations: Explanations, { subject }: Finding): Rotation | undefined {
  const { stateDir, rotationId } = subject;
  return rotationId === undefined ? undefined : findRotation(explanations, { stateDir, rotationId });
}

function findingSubject(context: FindingsContext, finding: Finding, rotation: Rotation | undefined): NodeSubject {
  const { subject, place, evidence } = finding;
  const { stateDir, agentId = "", key } = subject;
  const { conversation = rotation?.conversation, window = rotation?.from } = windowOfFinding(context.snapshot, subject);
  const owner = { label: conversation?.label ?? agentId, key: key ?? conversation?.key, stateDir };
  return {
    ...(window ? windowSubject(context, owner, window) : { agentId, title: finding.title, key, stateDir }),
    rotationId: rotation?.id,
    finding,
    place: place ?? evidence.find((each) => each.place)?.place,
  };
}

function findingChildren(id: string, { evidence, next }: Finding, subject: NodeSubject): readonly TreeNode[] {
  return [
    ...evidence.map((each, index) => evidenceNode(nodeId("evidence", id, String(index)), each, subject)),
    {
      id: nodeId("next", id),
      label: visibleLine(next, 300),
      icon: { codicon: "arrow-right" },
      tooltip: () => [{ name: l10n.t("What to do next"), value: next }],
      subject: { agentId: subject.agentId, title: subject.title, text: next },
      words: ["copyable"],
    },
  ];
}

function evidenceNode(id: string, { text, place }: Evidence, { agentId, title, label }: NodeSubject): TreeNode {
  return {
    id,
    label: visibleLine(text, 300),
    ...(place ? { description: placeName(place) } : {}),
    icon: { codicon: place ? "link" : "circle-small-filled" },
    tooltip: () => [
      { name: l10n.t("Evidence"), value: text },
      ...(place ? [{ name: l10n.t("File"), value: place.file }] : []),
    ],
    subject: { agentId, title, label, place, text },
    ...(place ? { click: "evidence" as const } : {}),
    words: ["copyable", ...(place ? (["placed"] as const) : [])],
  };
}

/** `openclaw.json:12`. */
function placeName({ file, line }: Place): string {
  const base = visibleLine(file.split(/[/\\]/).at(-1) ?? file, 80);
  return line === undefined ? base : `${base}:${line}`;
}

function findingTooltip({ timeZone }: FindingsContext, finding: Finding): readonly TooltipRow[] {
  const { title, severity, detail, at, evidence, next, knownIssues } = finding;
  return [
    { name: l10n.t("Finding"), value: l10n.t("{0} ({1})", title, severityName(severity)) },
    { name: l10n.t("What it means"), value: cutAt(detail) },
    ...(at === undefined
      ? []
      : [{ name: l10n.t("When"), value: formatTime(at, { timeZone, precision: "second", offset: true }) }]),
    // Beneath the node all of it stands, each with a way to its place.
    { name: l10n.t("Evidence"), value: evidence.slice(0, 2).map(({ text }) => cutAt(text, 120)) },
    ...knownIssues
      .slice(0, 1)
      .map(({ issue, about }) => ({ name: `openclaw/openclaw#${String(issue)}`, value: cutAt(about, 140) })),
    { name: l10n.t("What to do next"), value: cutAt(next) },
  ];
}

function severityIcon(severity: Severity): NodeIcon {
  switch (severity) {
    case "error":
      return { codicon: "error", color: "list.errorForeground" };
    case "warning":
      return { codicon: "warning", color: "list.warningForeground" };
    case "info":
      return { codicon: "info" };
  }
}
