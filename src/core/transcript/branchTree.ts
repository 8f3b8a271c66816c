import type { TranscriptEntry, TranscriptItem } from "./entry";

/** Parent of a first entry. */
export const ROOT = -1;
const MISSING = -2;

export interface TreeNode {
  readonly id: string | undefined;
  readonly line: number | undefined;
  readonly offset: number;
  /** As written. */
  readonly parentId: string | undefined;
  /** Index among the nodes, `ROOT`, or missing. */
  readonly parent: number;
  /** A row that is not part of the conversation: it moves the leaf, or we do not know its kind. */
  readonly steers: boolean;
}

export interface Tree {
  readonly nodes: readonly TreeNode[];
  /** Index of the entry the conversation continues from, or `ROOT`. */
  readonly leaf: number;
  /** A leaf row named an entry that is not at hand. */
  readonly unknownLeafTarget: boolean;
  /** Entries whose id was given before. */
  readonly duplicates: readonly TreeNode[];
}

/** What an id that names no entry at hand means: a gap, or an entry on an earlier page. */
type MissingParents = "missing-parents-break" | "missing-parents-are-earlier";

export function parentIsMissing(parent: number): boolean {
  return parent === MISSING;
}

/**
 * Replays a transcript in file order.
 *
 * The last entry is the leaf. From OpenClaw 2026.6.11 a `leaf` row makes its `targetId` the leaf, entries with
 * `appendMode: "side"` do not become the leaf, and an entry that names the leaf row's `appendParentId` as its parent
 * continues from the leaf. In the SQLite era (2026.8+) a `reset` row starts anew: later entries and leaf rows that point
 * before it continue from the current leaf. Version 1 entries have neither ids nor parents: one continues the other.
 */
export function scanTree(items: readonly TranscriptItem[], missing: MissingParents): Tree {
  const nodes: TreeNode[] = [];
  const byId = new Map<string, number>();
  /** For a leaf row: where an entry that names it as its parent continues. */
  const targets = new Map<number, number>();
  /** The reset that each entry stands behind, counted from 1; 0 before the first. */
  const generations: number[] = [];
  const duplicates: TreeNode[] = [];
  const forward: { readonly index: number; readonly parentId: string }[] = [];
  let leaf = ROOT;
  let appendParent: string | null | undefined;
  let resets = 0;
  let unknownLeafTarget = false;

  for (const item of items) {
    if (item.kind !== "entry") continue;
    const { entry, position } = item;
    const index = nodes.length;
    const parentId = entry.parentId ?? undefined;
    let parent = entry.parentId === undefined ? leaf : parentId === undefined ? ROOT : (byId.get(parentId) ?? MISSING);

    const steers = entry.type === "leaf" || entry.type === "unknown";
    const side = entry.raw["appendMode"] === "side";
    if (entry.type !== "leaf") parent = targets.get(parent) ?? parent;
    if (!steers) {
      const behindReset = resets > 0 && (parent === ROOT || parent === MISSING || generations[parent] !== resets);
      const atAppendParent = appendParent !== undefined && (parentId ?? null) === appendParent;
      if (!side && (behindReset || atAppendParent)) parent = leaf;
    }
    if (parent === MISSING && missing === "missing-parents-are-earlier") parent = index - 1;

    const node: TreeNode = { id: entry.id, line: position.line, offset: position.offset, parentId, parent, steers };
    nodes.push(node);
    if (parent === MISSING && parentId !== undefined) forward.push({ index, parentId });
    if (entry.type === "reset") resets++;
    generations.push(entry.type === "reset" ? resets : (generations[parent] ?? 0));
    if (entry.id !== undefined) {
      if (byId.has(entry.id)) duplicates.push(node);
      byId.set(entry.id, index);
    }

    if (entry.type === "leaf") {
      const target = leafTarget(entry, byId, index);
      if (target === MISSING) {
        unknownLeafTarget = true;
        continue;
      }
      const beforeReset = resets > 0 && (target === ROOT || generations[target] !== resets);
      if (!beforeReset) leaf = targets.get(target) ?? target;
      targets.set(index, leaf);
      appendParent = beforeReset ? undefined : appendParentOf(entry);
    } else if (!steers) {
      appendParent = undefined;
      if (!side) leaf = index;
    }
  }

  // A parent may stand behind its child: OpenClaw finds parents by id, wherever they are.
  for (const { index, parentId } of forward) {
    const node = nodes[index];
    const parent = byId.get(parentId);
    if (node && parent !== undefined) nodes[index] = { ...node, parent };
  }
  // Where OpenClaw has cut a transcript (`sessions.compact` with `maxLines`), the first entry left still names its parent.
  const [first] = nodes;
  if (first?.parent === MISSING) nodes[0] = { ...first, parent: ROOT };
  return { nodes, leaf, unknownLeafTarget, duplicates };
}

function leafTarget(entry: TranscriptEntry & { type: "leaf" }, byId: ReadonlyMap<string, number>, own: number): number {
  if (entry.raw["targetId"] === null) return ROOT;
  const target = entry.targetId === undefined ? undefined : byId.get(entry.targetId);
  return target === undefined || target === own ? MISSING : target;
}

/** The id that following entries name as their parent although they continue from the leaf; undefined when it is the leaf. */
function appendParentOf(entry: TranscriptEntry & { type: "leaf" }): string | null | undefined {
  const written = entry.raw["appendParentId"];
  if (written !== null && typeof written !== "string") return undefined;
  return written === (entry.targetId ?? null) ? undefined : written;
}
