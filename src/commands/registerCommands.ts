import * as vscode from "vscode";
import { Command, type CommandId } from "../editor/contributions";
import { applyPlan } from "./applyPlanCommand";
import type { CommandContext, CommandFactory } from "./commandContext";
import { copyId, copyKey, copyPath, copyText } from "./copyCommands";
import { removeFromSettings, revealDirectory } from "./directoryCommands";
import { explain } from "./explainCommands";
import {
  clearFindingsFilter,
  copyFinding,
  filterFindings,
  markAllSeen,
  openEvidence,
  showFindings,
} from "./findingCommands";
import { startGateway, stopGateway } from "./gatewayCommands";
import { keep } from "./keepCommand";
import { openCurrentWindow, openEarlierWindow } from "./explanationCommands";
import { openAsTranscript, openRaw, openTranscript } from "./openCommands";
import { firstPage, goToPage, lastPage, nextPage, previousPage } from "./pageCommands";
import { checkAgain, copySetting, rehearse, showBlockers, showChange } from "./planCommands";
import { recover } from "./recoverCommand";
import { changeTarget, restore } from "./restoreCommand";
import { goToRawLine, hideElidedHere, showElidedHere } from "./transcriptCommands";
import { onKnownRow } from "./rowOfCommand";
import { showRestores, switchBack, undoRestore } from "./undoCommands";
import { chooseStateDirectory, clearFilter, filter, loadMore, refresh, revealActive, showLog } from "./viewCommands";

const commands: Readonly<Record<CommandId, CommandFactory>> = {
  [Command.refresh]: refresh,
  [Command.filter]: filter,
  [Command.clearFilter]: clearFilter,
  [Command.openTranscript]: openTranscript,
  [Command.openAsTranscript]: openAsTranscript,
  [Command.openRaw]: openRaw,
  [Command.copyId]: copyId,
  [Command.copyKey]: copyKey,
  [Command.copyPath]: copyPath,
  [Command.revealActive]: revealActive,
  [Command.loadMore]: loadMore,
  [Command.chooseStateDirectory]: chooseStateDirectory,
  [Command.revealDirectory]: revealDirectory,
  [Command.removeFromSettings]: removeFromSettings,
  [Command.goToRawLine]: goToRawLine,
  [Command.showElidedHere]: showElidedHere,
  [Command.hideElidedHere]: hideElidedHere,
  [Command.firstPage]: firstPage,
  [Command.previousPage]: previousPage,
  [Command.nextPage]: nextPage,
  [Command.lastPage]: lastPage,
  [Command.goToPage]: goToPage,
  [Command.showLog]: showLog,
  [Command.explain]: explain,
  [Command.showFindings]: showFindings,
  [Command.filterFindings]: filterFindings,
  [Command.clearFindingsFilter]: clearFindingsFilter,
  [Command.openEvidence]: openEvidence,
  [Command.copyFinding]: copyFinding,
  [Command.markAllSeen]: markAllSeen,
  [Command.explainEnd]: explain,
  [Command.openEarlierWindow]: openEarlierWindow,
  [Command.openCurrentWindow]: openCurrentWindow,
  [Command.copyText]: copyText,
  [Command.restore]: restore,
  [Command.applyPlan]: applyPlan,
  [Command.changeTarget]: changeTarget,
  [Command.showChange]: showChange,
  [Command.showBlockers]: showBlockers,
  [Command.checkAgain]: checkAgain,
  [Command.rehearse]: rehearse,
  [Command.stopGateway]: stopGateway,
  [Command.startGateway]: startGateway,
  [Command.undoRestore]: undoRestore,
  [Command.switchBack]: switchBack,
  [Command.showRestores]: showRestores,
  [Command.recover]: recover,
  [Command.copySetting]: copySetting,
  [Command.keep]: keep,
};

export function registerCommands(context: CommandContext): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.values(Command).map((id) => vscode.commands.registerCommand(id, onKnownRow(id, commands[id])(context))),
  );
}
