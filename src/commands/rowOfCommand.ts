import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { Command, type CommandId } from "../editor/contributions";
import type { CommandContext, CommandFactory } from "./commandContext";
import { nodeOf } from "./commandSubject";

/** Commands in the menus of rows, as the manifest has them. */
export const inRowMenus: ReadonlySet<CommandId> = new Set<CommandId>([
  Command.copyId,
  Command.copyKey,
  Command.copyPath,
  Command.copyText,
  Command.copyFinding,
  Command.explain,
  Command.explainEnd,
  Command.loadMore,
  Command.openEvidence,
  Command.openRaw,
  Command.openTranscript,
  Command.removeFromSettings,
  Command.revealDirectory,
  Command.restore,
  Command.keep,
]);

/**
 * The command, unless the row that it was chosen on cannot be known: then it says so. Without that it would do nothing, or do it
 * to what happens to be active or selected.
 */
export function onKnownRow(id: CommandId, create: CommandFactory): CommandFactory {
  return (context) => {
    const command = create(context);
    return (...args) => {
      const missing = missingRow(context, id, args);
      if (missing === undefined) return command(...args);
      void vscode.window.showInformationMessage(missing);
      return undefined;
    };
  };
}

function missingRow(context: CommandContext, id: CommandId, args: readonly unknown[]): string | undefined {
  const [first, selected] = args;
  if (typeof first === "string" && !nodeOf(context, first)) return l10n.t("This row is not there any more.");
  if (!inRowMenus.has(id) || args.length < 2) return undefined;
  // While VS Code draws rows again it forgets them for a moment, and hands over nothing for those that were meant. From the
  // palette and from keys there is one argument at most (seen in VS Code 1.103 and 1.139).
  const isLost = [first, ...(Array.isArray(selected) ? (selected as readonly unknown[]) : [])].some(
    (row) => row === undefined || row === null,
  );
  return isLost ? l10n.t("The row was being drawn again at that moment. Please try again.") : undefined;
}
