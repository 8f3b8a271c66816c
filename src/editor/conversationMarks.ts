import * as l10n from "@vscode/l10n";
import type { Explanations } from "../core/explanations";
import type { Finding } from "../core/findings/finding";
import type { Rotation } from "../core/rotation/rotation";
import { callsForAttention } from "./callsForAttention";
import type { ConversationMark, GroupMark, NodeMark } from "./conversationUri";
import type { SeenRotations } from "./seenRotations";

/** What is known of one conversation that its node should be marked with. */
export interface Marked {
  /** Nobody asked for them. */
  readonly unexpected: readonly Rotation[];
  /** Without those that are only good to know. */
  readonly findings: readonly Finding[];
}

const nothing: Marked = { unexpected: [], findings: [] };

export function markedOf(explanations: Explanations, mark: ConversationMark): Marked {
  let index = indexes.get(explanations);
  if (!index) {
    index = indexOf(explanations);
    indexes.set(explanations, index);
  }
  return index.get(keyOf(mark)) ?? nothing;
}

export interface Badge {
  readonly badge: string;
  readonly tooltip: string;
}

/** What holds conversations has a mark as long as one of them has, since they may be out of sight. */
export function badgeOf(
  explanations: Explanations,
  mark: NodeMark,
  seen: Pick<SeenRotations, "isUnseen">,
): Badge | undefined {
  if (mark.key !== undefined) return conversationBadge(markedOf(explanations, mark), seen);
  const unseen = unseenIn(explanations, mark, seen);
  if (unseen === 0) return undefined;
  const tooltip =
    unseen === 1
      ? l10n.t("1 reset that nobody asked for; nobody looked at it yet.")
      : l10n.t("{0} resets that nobody asked for; nobody looked at them yet.", unseen);
  return { badge: "!", tooltip };
}

/** Unexpected rotations in a state directory, or of one of its agents, that nobody looked at. */
export function unseenIn(
  explanations: Explanations,
  { stateDir, agentId }: GroupMark,
  seen: Pick<SeenRotations, "isUnseen">,
): number {
  let groups = groupIndexes.get(explanations);
  if (!groups) {
    groups = groupsOf(explanations);
    groupIndexes.set(explanations, groups);
  }
  const unexpected = groups.get(groupKey(stateDir, agentId)) ?? [];
  return unexpected.filter((rotation) => seen.isUnseen(rotation)).length;
}

/** `!` while somebody should look, then the number of findings: two characters are all there is room for. */
export function conversationBadge(
  { unexpected, findings }: Marked,
  seen: Pick<SeenRotations, "isUnseen">,
): Badge | undefined {
  const unseen = unexpected.filter((rotation) => seen.isUnseen(rotation)).length;
  if (unseen > 0) {
    const tooltip =
      unseen === 1
        ? l10n.t("It was reset and nobody asked for it; nobody looked at that yet.")
        : l10n.t("It was reset {0} times and nobody asked for it; nobody looked at that yet.", unseen);
    return { badge: "!", tooltip };
  }
  if (findings.length === 0) return undefined;
  return {
    badge: findings.length > 9 ? "9+" : String(findings.length),
    tooltip: findings.length === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", findings.length),
  };
}

const groupIndexes = new WeakMap<Explanations, ReadonlyMap<string, readonly Rotation[]>>();

function groupsOf({ rotations }: Explanations): ReadonlyMap<string, readonly Rotation[]> {
  const groups = new Map<string, Rotation[]>();
  for (const rotation of rotations) {
    if (!callsForAttention(rotation)) continue;
    for (const key of [groupKey(rotation.stateDir), groupKey(rotation.stateDir, rotation.agentId)]) {
      const known = groups.get(key);
      if (known) known.push(rotation);
      else groups.set(key, [rotation]);
    }
  }
  return groups;
}

function groupKey(stateDir: string, agentId?: string): string {
  return agentId === undefined ? stateDir : `${stateDir}\n${agentId}`;
}

const indexes = new WeakMap<Explanations, ReadonlyMap<string, Marked>>();

function indexOf({ rotations, findings }: Explanations): ReadonlyMap<string, Marked> {
  const index = new Map<string, { unexpected: Rotation[]; findings: Finding[] }>();
  const at = (stateDir: string, agentId: string, key: string) => {
    const name = keyOf({ stateDir, agentId, key });
    const known = index.get(name) ?? { unexpected: [], findings: [] };
    index.set(name, known);
    return known;
  };
  for (const rotation of rotations) {
    const { stateDir, agentId, conversation } = rotation;
    if (conversation && callsForAttention(rotation)) at(stateDir, agentId, conversation.key).unexpected.push(rotation);
  }
  for (const finding of findings) {
    const { stateDir, agentId, key } = finding.subject;
    if (finding.severity !== "info" && agentId !== undefined && key !== undefined) {
      at(stateDir, agentId, key).findings.push(finding);
    }
  }
  return index;
}

function keyOf({ stateDir, agentId, key }: ConversationMark): string {
  return [stateDir, agentId, key].join("\n");
}
