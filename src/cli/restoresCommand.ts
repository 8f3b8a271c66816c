import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { receiptsJson } from "../core/restore/report/planJson";
import { inFull } from "./attemptJson";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes } from "./exitCode";
import { foldLine } from "./foldText";
import { allReceipts } from "./receipts";
import { restoresTable } from "./restoresTable";
import type { Terminal } from "./terminal";

export interface RestoresOptions {
  /** Also those that were refused before anything was changed. */
  readonly all: boolean;
  readonly json: boolean;
  readonly timeZone: string | undefined;
}

/** Every restore ever made, with its receipt. */
export async function restores(inspector: Inspector, options: RestoresOptions, terminal: Terminal): Promise<ExitCode> {
  await inspector.refresh();
  const problems: string[] = [];
  const found = await allReceipts(inspector, (message) => {
    problems.push(message);
    terminal.hint(message);
  });
  const all = options.all ? found : found.filter(({ receipt: { outcome } }) => outcome !== "not-begun");
  if (options.json) {
    const json = receiptsJson(
      all.map(({ receipt }) => receipt),
      inFull,
    );
    await terminal.write(`${escapedJson(json)}\n`);
  } else if (all.length === 0) {
    await terminal.write(`${foldLine(l10n.t("Nothing was restored here yet."), terminal.width)}\n`);
  } else {
    const tableOptions = {
      width: terminal.width,
      style: terminal.style,
      timeZone: options.timeZone,
    };
    for (const piece of restoresTable(all, tableOptions)) await terminal.write(piece);
  }
  const isUnfinished = all.some(({ receipt: { outcome } }) => outcome === "unfinished");
  if (isUnfinished && !options.json) terminal.hint(l10n.t("`openclaw-sessions recover` ends what was interrupted."));
  return isUnfinished || problems.length > 0 ? exitCodes.problems : exitCodes.fine;
}
