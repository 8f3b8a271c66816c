import * as vscode from "vscode";
import type { OpenNodes } from "./openNodes";
import type { RevealTarget } from "./revealTarget";
import { toTreeItem, toTooltip } from "./treeItem";
import { childrenAtOnce, type TreeNode } from "./treeNode";

type Id = string;

/** How many children a node shows. */
export type LimitOf = (parentId: Id) => number;

/**
 * A tree for VS Code. Its elements are the ids of nodes, so that a refresh finds an element again by value; the nodes
 * themselves are replaced at every change, and only those that look different are announced.
 */
export class NodesProvider implements vscode.TreeDataProvider<Id>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Id | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  /** Nodes that VS Code has asked for, and so may show. */
  private readonly nodes = new Map<Id, TreeNode>();
  private readonly parents = new Map<Id, Id | undefined>();
  private readonly children = new Map<Id | undefined, readonly Id[]>();
  private readonly limits = new Map<Id, number>();

  constructor(
    private readonly makeRoots: (limitOf: LimitOf) => readonly TreeNode[],
    private readonly openNodes?: OpenNodes,
  ) {}

  getChildren(id?: Id): Id[] {
    // VS Code asks for a while after a node has gone; what it had would be in the way when it comes back.
    if (id !== undefined && !this.nodes.has(id)) return [];
    return [...this.adopt(id, this.makeChildren(id))];
  }

  getTreeItem(id: Id): vscode.TreeItem {
    const node = this.nodes.get(id);
    if (node) return toTreeItem(node, this.openNodes?.isOpenAtFirst(id));
    // VS Code asks for a while after a node has gone. The id keeps it from taking the answer for a node of its own.
    const gone = new vscode.TreeItem("");
    gone.id = id;
    return gone;
  }

  resolveTreeItem(item: vscode.TreeItem, id: Id): vscode.TreeItem {
    const rows = this.nodes.get(id)?.tooltip?.();
    if (rows) item.tooltip = toTooltip(rows);
    return item;
  }

  getParent(id: Id): Id | undefined {
    return this.parents.get(id);
  }

  get isEmpty(): boolean {
    return this.makeChildren(undefined).length === 0;
  }

  node(id: Id): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** Looks at everything that may be on screen again; what looks as before is left alone. */
  update(): void {
    for (const id of this.differences(undefined)) this.changed.fire(id);
  }

  showMoreOf(parentId: Id): void {
    this.limits.set(parentId, this.limitOf(parentId) + childrenAtOnce);
    this.update();
  }

  /** Makes sure that the node can be revealed: its ancestors are known, and not hidden behind "Load more". */
  bringUp(target: RevealTarget): boolean {
    for (const [parent, limit] of target.limits) this.limits.set(parent, Math.max(limit, this.limitOf(parent)));
    if (target.limits.size > 0) this.update();
    return this.descend(undefined, target);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private limitOf(parentId: Id): number {
    return this.limits.get(parentId) ?? childrenAtOnce;
  }

  private makeChildren(id: Id | undefined): readonly TreeNode[] {
    if (id === undefined) return this.makeRoots((parentId) => this.limitOf(parentId));
    return this.nodes.get(id)?.children?.() ?? [];
  }

  private adopt(parent: Id | undefined, nodes: readonly TreeNode[]): readonly Id[] {
    const ids = nodes.map(({ id }) => id);
    const kept = new Set(ids);
    for (const gone of this.children.get(parent) ?? []) if (!kept.has(gone)) this.forget(gone, parent);
    for (const node of nodes) {
      this.nodes.set(node.id, node);
      this.parents.set(node.id, parent);
    }
    this.children.set(parent, ids);
    return ids;
  }

  /** Unless it has moved to another parent, which adopted it already. */
  private forget(id: Id, parent: Id | undefined): void {
    if (this.parents.get(id) !== parent) return;
    for (const child of this.children.get(id) ?? []) this.forget(child, id);
    this.children.delete(id);
    this.nodes.delete(id);
    this.parents.delete(id);
  }

  /** The highest nodes below `parent` that must be drawn again; `undefined` stands for the whole tree. */
  private differences(parent: Id | undefined): readonly (Id | undefined)[] {
    const before = this.children.get(parent);
    if (!before) return [];
    const looks = new Map(before.map((id) => [id, appearance(this.nodes.get(id))]));
    const ids = this.adopt(parent, this.makeChildren(parent));
    const below = ids.map((id) => ({ id, changes: this.differences(id) }));
    if (ids.length !== before.length || ids.some((id, index) => id !== before[index])) return [parent];
    return below.flatMap(({ id, changes }) => (looks.get(id) === appearance(this.nodes.get(id)) ? changes : [id]));
  }

  private descend(parent: Id | undefined, { id, ancestors, limits }: RevealTarget): boolean {
    const children = this.children.get(parent) ?? this.getChildren(parent);
    if (children.includes(id)) return true;
    return children.some((child) => ancestors.has(child) && this.descend(child, { id, ancestors, limits }));
  }
}

/** What VS Code draws of a node, without what it asks for later. */
function appearance(node: TreeNode | undefined): string {
  if (!node) return "";
  const { label, description, spoken, icon, words, click, expanded, subject, children } = node;
  const about = [subject?.file?.path, subject?.window?.windowId, subject?.line, subject?.rotationId];
  return JSON.stringify([label, description, spoken, icon, words, click, expanded, about, children !== undefined]);
}
