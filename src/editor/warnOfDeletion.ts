import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { type UnkeptDeadline, unkeptDeadlines } from "../core/keep/unkeptDeadlines";
import { formatCount } from "../core/text/formatCount";
import { formatTime } from "../core/text/formatTime";
import { Command } from "./contributions";
import { findConversation } from "./findConversation";
import { type NoticeWindow, noticeWindow } from "./noticeWindow";
import { rehearsalOf } from "./planTime";
import { readSetting, readTimeZone } from "./settings";

/** Tells of archives that OpenClaw deletes soon and of which there is no copy: once a day at most, in one window of one editor. */
export function registerDeletionWarning(inspector: Inspector, log: vscode.LogOutputChannel): vscode.Disposable {
  const listener = inspector.onDidChange(({ explained }) => {
    if (!explained || !readSetting("openclawSessions.notifications.enabled")) return;
    const warnDays = readSetting("openclawSessions.keep.warnDays");
    warnOfDeletion(inspector, { warnDays, now: Date.now(), window: noticeWindow }).catch((error: unknown) => {
      log.error(`A warning of deletions failed: ${String(error)}`);
    });
  });
  return new vscode.Disposable(() => {
    listener.dispose();
  });
}

export interface WarnOptions {
  /** 0: never. */
  readonly warnDays: number;
  /** Epoch ms. */
  readonly now: number;
  readonly window: NoticeWindow;
}

export async function warnOfDeletion(
  inspector: Pick<Inspector, "snapshot" | "explanations" | "notices">,
  { warnDays, now, window }: WarnOptions,
): Promise<void> {
  if (warnDays <= 0) return;
  const { explanations, snapshot, notices } = inspector;
  // Which version runs is not known everywhere; what may never happen is told by the findings alone.
  const all = unkeptDeadlines(explanations, snapshot, now, warnDays).filter(({ deadline }) => deadline.retention.known);
  const today = formatTime(now, { timeZone: "UTC", precision: "day" });
  for (const { path: stateDir } of snapshot.stateDirs) {
    const unkept = all.filter((each) => each.stateDir === stateDir);
    if (unkept.length === 0 || rehearsalOf(stateDir) !== undefined) continue;
    if (!(await notices.claim(stateDir, `deletion ${today}`))) continue;
    const labels = new Set(
      unkept.map(({ agentId, key }) => findConversation(snapshot, { stateDir, agentId, key })?.label),
    );
    await tell(unkept, deletionText(unkept, labels, now), window);
  }
}

async function tell(unkept: readonly UnkeptDeadline[], text: string, window: NoticeWindow): Promise<void> {
  const [keep, show] = [l10n.t("Keep"), l10n.t("Show")];
  const chosen = await window.show(text, [keep, show]);
  if (chosen === show) await vscode.commands.executeCommand(Command.showFindings);
  if (chosen !== keep) return;
  const names = unkept.map(({ stateDir, agentId, windowId, file }) => ({ stateDir, agentId, windowId, file }));
  await vscode.commands.executeCommand(Command.keep, names);
}

/** `OpenClaw deletes 2 archives of main soon, from 2026-11-22 on. No copy is kept.` */
function deletionText(unkept: readonly UnkeptDeadline[], labels: ReadonlySet<string | undefined>, now: number): string {
  const archives = formatCount("archive", unkept.length);
  const [label] = labels;
  const of = labels.size === 1 && label !== undefined ? l10n.t("{0} of {1}", archives, label) : archives;
  const first = unkept[0]?.deadline.at ?? now;
  if (first <= now) return l10n.t("OpenClaw deletes {0} with the next message. No copy is kept.", of);
  const from = formatTime(first, { timeZone: readTimeZone(), precision: "day" });
  return l10n.t("OpenClaw deletes {0} soon, from {1} on. No copy is kept.", of, from);
}
