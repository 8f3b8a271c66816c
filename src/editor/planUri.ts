import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";
import type { Snapshot } from "../core/conversation/model";
import type { RestorePlan } from "../core/restore/restorePlan";
import { formatTime } from "../core/text/formatTime";
import { findConversation } from "./findConversation";
import { findWindow } from "./findWindow";
import { plannedAt } from "./planTime";
import type { PlanSubject } from "./planSubject";
import { makeSessionUri } from "./sessionUri";

/** `Restore main · 2026-04-22 08:05`: the conversation, and when the window of it began. */
export function planUri(snapshot: Snapshot, plan: PlanSubject, timeZone: string | undefined): vscode.Uri {
  const title = planTitle(snapshot, plan, timeZone);
  return makeSessionUri({ kind: "plan", plan }, { title, folder: plan.kind === "restore" ? plan.agentId : "restores" });
}

/** `Restored main · 2026-11-20 20:15`: what was done, and when it was planned. */
export function receiptUri(
  snapshot: Snapshot,
  stateDir: string,
  { id, kind, agentId, key, createdAt }: RestorePlan,
  timeZone: string | undefined,
): vscode.Uri {
  const name = findConversation(snapshot, { stateDir, agentId, key })?.label ?? key;
  const at = formatTime(createdAt, { timeZone, precision: "minute" });
  const titles = {
    restore: l10n.t("Restored {0} · {1}", name, at),
    undo: l10n.t("Undid a restore of {0} · {1}", name, at),
    "switch-back": l10n.t("Switched {0} back · {1}", name, at),
  };
  return makeSessionUri({ kind: "receipt", stateDir, id }, { title: titles[kind], folder: agentId });
}

/** One side of the diff of the index; its base name without `.json`. */
export function entryUri(plan: PlanSubject, side: "before" | "after", name: string): vscode.Uri {
  const title = side === "before" ? l10n.t("{0} (now)", name) : l10n.t("{0} (afterwards)", name);
  return makeSessionUri({ kind: "entry", plan, side }, { title, folder: "restores" });
}

function planTitle(snapshot: Snapshot, plan: PlanSubject, timeZone: string | undefined): string {
  if (plan.kind !== "restore") {
    const at = when(plan.id, timeZone);
    return plan.kind === "undo" ? l10n.t("Undo restore · {0}", at) : l10n.t("Switch back · {0}", at);
  }
  const { target } = plan;
  const place = findWindow(snapshot, { ...plan, key: target.kind === "in-place" ? target.key : undefined });
  const name = place?.conversation?.label ?? place?.window.sessionId.slice(0, 8) ?? plan.windowId;
  const since = place?.window.firstAt ?? place?.window.primary?.head?.headerAt;
  return since === undefined
    ? l10n.t("Restore {0}", name)
    : l10n.t("Restore {0} · {1}", name, formatTime(since, { timeZone, precision: "minute" }));
}

function when(id: string, timeZone: string | undefined): string {
  const at = plannedAt(id);
  return at === undefined ? id : formatTime(at, { timeZone, precision: "minute" });
}
