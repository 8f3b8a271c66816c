import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Snapshot } from "../core/conversation/model";
import type { Inspector } from "../core/inspectorPort";
import { formatCount } from "../core/text/formatCount";
import { Command } from "../editor/contributions";
import type { ConversationsView } from "./conversationsView";

/**
 * Refreshes everything: looks at the disk, shows what was found, then counts and watches in the background. A failure is
 * shown and logged, never thrown. The log names places and times, and nothing that a conversation says.
 */
export async function lookAtDisk(
  inspector: Inspector,
  view: ConversationsView,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const begun = performance.now();
  const looking = inspector.refresh();
  view.showProgress(looking);
  try {
    const snapshot = await looking;
    view.show();
    logSnapshot(log, snapshot, performance.now() - begun);
    inspector.watch();
  } catch (error) {
    view.show();
    await reportFailure(log, error);
    return;
  }
  const counting = inspector.whenIndexed();
  view.showProgress(counting);
  counting.then(
    () => {
      view.show();
      log.info(`Every transcript was counted ${Math.round(performance.now() - begun)} ms after the start of the look.`);
    },
    (error: unknown) => {
      log.error(`Counting ended early: ${String(error)}`);
    },
  );
  // Nothing is explained before somebody asks; from then on the explanations follow what changes.
  inspector.whenExplained().then(
    ({ rotations, findings }) => {
      const ms = Math.round(performance.now() - begun);
      log.info(`${rotations.length} rotations were explained, ${findings.length} findings, ${ms} ms after its start.`);
    },
    (error: unknown) => {
      log.error(`Explaining ended early: ${String(error)}`);
    },
  );
}

function logSnapshot(log: vscode.LogOutputChannel, { stateDirs, lookedAt, problems }: Snapshot, ms: number): void {
  log.info(`Looked at the disk in ${Math.round(ms)} ms.`);
  for (const { path, why, outcome } of lookedAt) log.info(`  ${path} (${why}): ${outcome}`);
  for (const { path, era, version, agents } of stateDirs) {
    const conversations = agents.reduce((sum, agent) => sum + agent.conversations.length, 0);
    const known = version ? `${version.value} (from ${version.source})` : "unknown";
    const counts = [formatCount("agent", agents.length), formatCount("conversation", conversations)].join(", ");
    log.info(`  ${path}: era ${era}, version ${known}, ${counts}`);
  }
  for (const { code, message } of [...problems, ...stateDirs.flatMap((stateDir) => stateDir.problems)]) {
    log.warn(`  ${code}: ${message}`);
  }
}

async function reportFailure(log: vscode.LogOutputChannel, error: unknown): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const showLog = l10n.t("Show Log");
  const reason = error instanceof Error ? error.message : String(error);
  const message = l10n.t("OpenClaw's state directory could not be looked at: {0}", reason);
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) {
    await vscode.commands.executeCommand(Command.showLog);
  }
}
