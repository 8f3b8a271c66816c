import * as l10n from "@vscode/l10n";
import type { Window } from "../conversation/model";
import { messageCount } from "../index/transcriptIndex";
import type { Rotation } from "../rotation/rotation";
import { formatCount } from "../text/formatCount";
import { formatNumber } from "../text/formatSize";
import { kindName } from "../text/kindName";
import { causeName, confidenceName } from "./causeName";
import { conversationTimeline, type TimelineItem } from "./conversationTimeline";
import { executorName, executorWorthNaming } from "./executorName";
import { momentText, spanText } from "./moment";
import type { Report } from "./report";
import { type Piece, placePiece, type ReportWriter } from "./reportWriter";
import { shortId } from "./shortId";

/** The conversation's windows around the rotation, oldest first, with what ended each. */
export function writeStory(writer: ReportWriter, report: Report): void {
  const { earlier, later, items } = conversationTimeline(report.rotation, report.explanations);
  writer.heading(l10n.t("The conversation"));
  if (earlier > 0) writer.text("  ", earlierWindows(earlier));
  for (const item of items) writeItem(writer, report, item);
  if (later > 0) writer.text("  ", laterWindows(later));
}

function earlierWindows(count: number): string {
  return count === 1 ? l10n.t("… 1 earlier window") : l10n.t("… {0} earlier windows", formatNumber(count));
}

function laterWindows(count: number): string {
  return count === 1 ? l10n.t("… 1 later window") : l10n.t("… {0} later windows", formatNumber(count));
}

function writeItem(writer: ReportWriter, report: Report, item: TimelineItem): void {
  switch (item.kind) {
    case "window":
      writer.pieces("  ", windowPieces(report, item.window));
      return;
    case "back":
      writer.pieces("  ", [...windowPieces(report, item.window).slice(0, -1), { text: l10n.t("given back") }]);
      return;
    case "rotation":
      writer.pieces("══ ", rotationPieces(report, item.rotation, item.explained));
      return;
    case "look-alike": {
      const { evidence } = item.lookAlike;
      const said = l10n.t("No rotation: {0}", report.discretion.text(evidence.text));
      writer.pieces("  · ", [
        { text: said },
        ...(evidence.place ? [placePiece(evidence.place, report.stateDir.path)] : []),
      ]);
    }
  }
}

function windowPieces({ rotation, timeZone }: Report, window: Window): readonly Piece[] {
  const { primary, sessionId, windowId, kind } = window;
  const roles = primary?.index?.roles;
  return [
    { text: spanText(window.firstAt, window.lastAt, timeZone) },
    ...(roles ? [{ text: "·" }, { text: formatCount("message", messageCount(roles)) }] : []),
    { text: "·" },
    {
      text: shortId(sessionId),
      target: { kind: "window", stateDir: rotation.stateDir, windowId, file: primary?.path },
      tooltip: primary?.path ?? windowId,
    },
    { text: "·" },
    { text: kindName(kind) },
  ];
}

function rotationPieces(report: Report, rotation: Rotation, explained: boolean): readonly Piece[] {
  const at = rotation.at === undefined ? l10n.t("unknown time") : momentText(rotation.at, report.timeZone);
  const why = causeInShort(rotation);
  if (explained) return [{ text: at }, { text: "·" }, { text: why }, { text: l10n.t("◂ this one") }];
  const target = { kind: "rotation", stateDir: rotation.stateDir, rotationId: rotation.id } as const;
  return [{ text: at, target, tooltip: l10n.t("Explain this reset") }, { text: "·" }, { text: why }];
}

/** `daily reset (likely), by a heartbeat`. */
export function causeInShort(rotation: Pick<Rotation, "causes" | "executedBy">): string {
  const [cause] = rotation.causes;
  if (!cause) return l10n.t("nothing tells why");
  const executor = executorWorthNaming(rotation);
  const [name, confidence] = [causeName(cause.cause), confidenceName(cause.confidence)];
  return executor === undefined
    ? l10n.t("{0} ({1})", name, confidence)
    : l10n.t("{0} ({1}), by {2}", name, confidence, executorName(executor));
}
