import * as l10n from "@vscode/l10n";
import type { Conversation, Window } from "../core/conversation/model";
import { type Explanations, windowKey } from "../core/explanations";
import { causeName, confidenceName } from "../core/report/causeName";
import { executorName } from "../core/report/executorName";
import type { Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import { callsForAttention } from "../editor/callsForAttention";
import { tellsSomething } from "../editor/tellsSomething";
import type { NodeIcon, TooltipRow, WhenContext } from "./treeNode";

/** How a window ended, the last time it did: a transcript that was put back can be set aside again. */
export function endOf(
  explanations: Explanations,
  stateDir: string | undefined,
  { windowId }: Window,
): Rotation | undefined {
  return stateDir === undefined ? undefined : explanations.byWindow.get(windowKey(stateDir, windowId))?.at(-1);
}

/** The last rotation of a conversation. A window that several conversations claim ended in one of them. */
export function lastRotation(
  explanations: Explanations,
  stateDir: string,
  { key, windows }: Conversation,
): Rotation | undefined {
  for (const window of windows) {
    const end = endOf(explanations, stateDir, window);
    if (end && (end.conversation === undefined || end.conversation.key === key)) return end;
  }
  return undefined;
}

/** `daily boundary (likely)`; `cause unknown`; nothing where there is nothing to say. */
export function whyInShort(rotation: Rotation): readonly string[] {
  return tellsSomething(rotation) ? [whyInWords(rotation)] : [];
}

function whyInWords({ causes }: Rotation): string {
  const [first] = causes;
  if (!first) return l10n.t("cause unknown");
  return l10n.t("{0} ({1})", causeName(first.cause), confidenceName(first.confidence));
}

/** A shape of its own for what nobody asked for, and for what nobody can explain. */
export function unexpectedIcon(rotation: Rotation): NodeIcon | undefined {
  if (!callsForAttention(rotation)) return undefined;
  const codicon = rotation.causes.length === 0 ? "question" : "debug-restart";
  return { codicon, color: "list.warningForeground" };
}

/** What a tooltip says of it; whole sentences are as the report has them. */
export function whyRows(context: WhenContext, rotation: Rotation, when = l10n.t("Ended")): readonly TooltipRow[] {
  const { at, causes, executedBy, knownIssues, compared } = rotation;
  const evidence = causes[0]?.evidence[0] ?? compared[0];
  return [
    ...(at === undefined
      ? []
      : [
          {
            name: when,
            value: formatTime(at, { timeZone: context.timeZone, precision: "millisecond", offset: true }),
          },
        ]),
    { name: l10n.t("Why"), value: whyInWords(rotation) },
    { name: l10n.t("Evidence"), value: evidence.text },
    { name: l10n.t("Carried out by"), value: executorName(executedBy.kind) },
    ...knownIssues.map(({ issue, about }) => ({ name: `openclaw/openclaw#${issue}`, value: about })),
  ];
}
