import * as l10n from "@vscode/l10n";
import type { SessionFile, Snapshot, Window } from "../core/conversation/model";
import type { Place } from "../core/evidence/evidence";
import type { Explanations } from "../core/explanations";
import type { Finding } from "../core/findings/finding";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import type { ItemWord } from "../editor/contributions";
import type { GroupMark, NodeMark } from "../editor/conversationUri";

/**
 * A node of one of our trees as a plain value: what is said, and what it is about. `vscode.TreeItem` is made from it
 * in one place (treeItem.ts), so the shape of the tree is tested without drawing it.
 */
export interface TreeNode {
  /** Unique in the tree and the same after every refresh: VS Code keeps expansion and selection by it. */
  readonly id: string;
  /** What people say. */
  readonly label: string;
  /** Counts, size, age; in dimmed letters after the label. */
  readonly description?: string;
  readonly icon: NodeIcon;
  /** Ids, paths, evidence. Data of others, shown as text and never as Markdown. Made when somebody hovers. */
  readonly tooltip?: () => readonly TooltipRow[];
  readonly subject?: NodeSubject;
  /** What a click does with the subject; nothing when absent. */
  readonly click?: "transcript" | "raw" | "more" | "explanation" | "evidence";
  readonly words?: readonly ItemWord[];
  /** On the node of a conversation, an agent, a state directory: what its badge hangs on. */
  readonly mark?: NodeMark;
  /** What its badge means, for those who hear the tree. */
  readonly spoken?: string;
  /** On a "Load more" node: the node that has more children. */
  readonly moreOf?: string;
  /** Made when the node is expanded. */
  readonly children?: () => readonly TreeNode[];
  readonly expanded?: boolean;
}

export interface TooltipRow {
  readonly name: string;
  /** Several are listed beneath the name. */
  readonly value: string | readonly string[];
}

/** What is longer is in the document or beneath the node: a tooltip that fills the screen is not read. Characters. */
export function cutAt(text: string, limit = 180): string {
  const line = visibleLine(text, limit * 2);
  if (line.length <= limit) return line;
  const end = line.lastIndexOf(" ", limit - 1);
  return end < limit / 2 ? visibleLine(line, limit) : `${line.slice(0, end)} …`;
}

/** A codicon by name, and a colour by name where the theme has a fitting one. The codicon alone must tell the state. */
export interface NodeIcon {
  readonly codicon: string;
  readonly color?: string;
}

/** What a node, a document or a command is about. */
export interface NodeSubject {
  readonly agentId: string;
  /** What its tab is called. */
  readonly title: string;
  /** What the title begins with: the name of the conversation. */
  readonly label?: string | undefined;
  readonly file?: SessionFile | undefined;
  readonly window?: Window | undefined;
  /** Absolute path, where it is about a directory. */
  readonly directory?: string | undefined;
  /** Session key, where it is known. */
  readonly key?: string | undefined;
  /** The line of the file, from 1, that it is about. */
  readonly line?: number | undefined;
  /** Path of the state directory it lies in, as found. */
  readonly stateDir?: string | undefined;
  /** `Boundary.id` of how it ended; of a conversation, of its last window that did. */
  readonly rotationId?: string | undefined;
  readonly finding?: Finding | undefined;
  /** A sentence that can be copied. */
  readonly text?: string | undefined;
  /** Where the evidence stands. */
  readonly place?: Place | undefined;
}

/** Everything the tree is made from. */
export interface TreeContext {
  readonly snapshot: Snapshot;
  readonly explanations: Explanations;
  /** What the badge of a node means; undefined when it has none. */
  readonly spokenBadge?: (mark: NodeMark) => string | undefined;
  /** Unexpected rotations in a state directory or of an agent that nobody looked at. */
  readonly unseenIn?: (mark: GroupMark) => number;
  /** Lower-cased text that a node or one of its children must contain; empty: everything is shown. */
  readonly filter: string;
  /** How many children of a node are shown at first, and after "Load more". */
  readonly limitOf: (parentId: string) => number;
  /** IANA name; undefined for the zone of this machine. */
  readonly timeZone: string | undefined;
  /** Epoch ms; ages are counted from it. */
  readonly now: number;
}

/** What is needed to say when something was. */
export type WhenContext = Pick<TreeContext, "timeZone" | "now">;

export const childrenAtOnce = 500;

/** The id of a node from what identifies it, e.g. `nodeId("conversation", "/home/u/.openclaw", "main", "agent:main:main")`. */
export function nodeId(kind: string, ...parts: readonly string[]): string {
  return [kind, ...parts].map((part) => part.replace(/[\\|]/g, "\\$&")).join("|");
}

/** The first children, and a node that loads more when there are more. */
export function limited<T>(
  context: Pick<TreeContext, "limitOf">,
  parentId: string,
  items: readonly T[],
  toNode: (item: T) => TreeNode,
): readonly TreeNode[] {
  const limit = context.limitOf(parentId);
  const nodes = items.slice(0, limit).map(toNode);
  return items.length <= limit ? nodes : [...nodes, moreNode(parentId, items.length - limit)];
}

export function matches(context: TreeContext, ...texts: readonly (string | undefined)[]): boolean {
  return context.filter === "" || texts.some((text) => text?.toLowerCase().includes(context.filter));
}

function moreNode(parentId: string, left: number): TreeNode {
  return {
    id: nodeId("more", parentId),
    label: l10n.t("Load more ({0} are not shown)", formatNumber(left)),
    icon: { codicon: "ellipsis" },
    words: ["more"],
    click: "more",
    moreOf: parentId,
  };
}
