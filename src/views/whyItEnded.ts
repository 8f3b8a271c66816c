import * as l10n from "@vscode/l10n";
import { causeName, confidenceName } from "../core/report/causeName";
import { executorName, executorWorthNaming } from "../core/report/executorName";
import type { Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import { callsForAttention } from "../editor/callsForAttention";
import { tellsSomething } from "../editor/tellsSomething";
import { cutAt, type NodeIcon, type TooltipRow, type WhenContext } from "./treeNode";

/** `daily reset, likely`; `cause unknown`; nothing where there is nothing to say. */
export function whyInShort(rotation: Rotation): readonly string[] {
  return tellsSomething(rotation) ? [whyInWords(rotation)] : [];
}

function whyInWords({ causes }: Rotation): string {
  const [first] = causes;
  if (!first) return l10n.t("cause unknown");
  return l10n.t("{0}, {1}", causeName(first.cause), confidenceName(first.confidence));
}

/** A shape of its own for what nobody asked for, and for what nobody can explain. */
export function unexpectedIcon(rotation: Rotation): NodeIcon | undefined {
  if (!callsForAttention(rotation)) return undefined;
  const codicon = rotation.causes.length === 0 ? "question" : "debug-restart";
  return { codicon, color: "list.warningForeground" };
}

/** What a tooltip says of it; whole sentences are as the report has them, and the report has more of them. */
export function whyRows(context: WhenContext, rotation: Rotation, when = l10n.t("Ended")): readonly TooltipRow[] {
  const { at, causes, executedBy, knownIssues, compared } = rotation;
  const evidence = (causes[0]?.evidence ?? compared).slice(0, 2).map(({ text }) => cutAt(text, 120));
  const executor = executorWorthNaming(rotation);
  return [
    ...(at === undefined
      ? []
      : [{ name: when, value: formatTime(at, { timeZone: context.timeZone, precision: "second", offset: true }) }]),
    { name: l10n.t("Why"), value: whyInWords(rotation) },
    { name: l10n.t("Evidence"), value: evidence },
    ...(executor === undefined ? [] : [{ name: l10n.t("Carried out by"), value: executorName(executedBy.kind) }]),
    ...knownIssues
      .slice(0, 1)
      .map(({ issue, about }) => ({ name: `openclaw/openclaw#${String(issue)}`, value: cutAt(about) })),
  ];
}
