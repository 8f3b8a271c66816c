import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import type { WindowBefore } from "../core/render/rendered";
import type { Rotation } from "../core/rotation/rotation";
import { formatNumber } from "../core/text/formatSize";
import { callsForAttention } from "./callsForAttention";
import { markedOf } from "./conversationMarks";
import { endedInShort } from "./endedInShort";
import type { Place } from "./findPlace";
import { lastRotation } from "./lastRotation";
import { tellsSomething } from "./tellsSomething";

/** The rotation that a current window began with, and what its document says of it. */
export interface Before {
  readonly rotation: Rotation;
  readonly shown: WindowBefore;
  /** What somebody who reads the document has been told of, as the conversation's mark means it. */
  readonly told: readonly Rotation[];
}

/** Undefined for a file that is not the current one of its conversation, and where nothing is known of a rotation. */
export function windowBefore(
  { explanations }: Pick<Inspector, "explanations">,
  { stateDir, agent, conversation, window }: Place,
  file: string,
  timeZone: string | undefined,
): Before | undefined {
  if (!conversation || window.kind !== "live" || window.primary?.path !== file) return undefined;
  const rotation = lastRotation(explanations, stateDir.path, conversation);
  if (!rotation || !tellsSomething(rotation)) return undefined;
  const { from, archive, cost, id: rotationId } = rotation;
  const earlier = archive?.path ?? (from.windowId === window.windowId ? undefined : from.primary?.path);
  const target =
    earlier === undefined
      ? undefined
      : ({ kind: "window", stateDir: stateDir.path, windowId: from.windowId, file: earlier } as const);
  return {
    rotation,
    shown: {
      sentence: endedInShort(rotation, timeZone),
      isPlain: !callsForAttention(rotation),
      earlier: { text: earlierMessages(cost.messages), target },
      explain: { text: l10n.t("Explain"), target: { kind: "rotation", stateDir: stateDir.path, rotationId } },
    },
    told: markedOf(explanations, { stateDir: stateDir.path, agentId: agent.id, key: conversation.key }).unexpected,
  };
}

function earlierMessages(count: number | undefined): string {
  if (count === undefined) return l10n.t("the earlier window");
  return count === 1 ? l10n.t("1 earlier message") : l10n.t("{0} earlier messages", formatNumber(count));
}
