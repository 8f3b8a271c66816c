import * as l10n from "@vscode/l10n";
import { isOfPeople } from "../core/findings/peopleConversations";
import type { Rotation } from "../core/rotation/rotation";
import { callsForAttention } from "./callsForAttention";

export interface RotationGroup {
  readonly name: string;
  /** In the order they came; never empty. */
  readonly rotations: readonly Rotation[];
}

/** For a list to choose from: whoever looks for a lost conversation finds it among the first. */
export function rotationGroups(rotations: readonly Rotation[]): readonly RotationGroup[] {
  const groups = { unexpected: [], asked: [], unjoined: [], design: [] } as Record<GroupName, Rotation[]>;
  for (const rotation of rotations) groups[groupOf(rotation)].push(rotation);
  const named: readonly RotationGroup[] = [
    { name: l10n.t("Nobody asked for it"), rotations: groups.unexpected },
    { name: l10n.t("Asked for or configured"), rotations: groups.asked },
    { name: l10n.t("Not joined to a conversation"), rotations: groups.unjoined },
    { name: l10n.t("Heartbeats, cron jobs and other runs"), rotations: groups.design },
  ];
  return named.filter((group) => group.rotations.length > 0);
}

type GroupName = "unexpected" | "asked" | "unjoined" | "design";

function groupOf(rotation: Rotation): GroupName {
  const { conversation, origin } = rotation;
  if (callsForAttention(rotation)) return "unexpected";
  if (!conversation) return "unjoined";
  return origin === "design" || !isOfPeople(conversation) ? "design" : "asked";
}
