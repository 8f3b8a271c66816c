import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { receiptJson } from "../core/restore/report/planJson";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { RestoreFailed, RestoreRefused } from "../core/restore/restorer";
import { formatTime } from "../core/text/formatTime";
import { visibleLine } from "../core/text/visibleText";
import { inFull } from "./attemptJson";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { foldLines } from "./foldText";
import { nothingFound } from "./locationProblems";
import { type PlacedReceipt, receiptNamed } from "./receipts";
import { receiptText } from "./restoreText";
import { commandLine } from "./suggestedCommand";
import type { Terminal } from "./terminal";

export interface RecoverOptions {
  /** Undefined: only say what there is. */
  readonly how: "finish" | "take-back" | undefined;
  readonly json: boolean;
  /** The user's word, where it cannot be told. */
  readonly gatewayIsStopped: boolean;
  readonly stateDir?: readonly string[];
  readonly backupDir?: string;
  readonly timeZone: string | undefined;
}

/** Ends a restore that was interrupted, the one way or the other. */
export async function recover(
  inspector: Inspector,
  id: string | undefined,
  options: RecoverOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  await inspector.refresh();
  const unfinished = await unfinishedRestores(inspector);
  const chosen = id === undefined ? undefined : receiptNamed(unfinished, id, options);
  if (unfinished.length === 0) {
    const sentence = l10n.t("No restore is unfinished.");
    await say(options, terminal, answer("nothing-to-do", sentence), [sentence]);
    return exitCodes.fine;
  }
  const [first, ...others] = chosen ? [chosen] : unfinished;
  if (options.how === undefined || !first || others.length > 0) {
    const meant = chosen ? [chosen] : unfinished;
    const message = l10n.t("Nothing was changed. Say which one, and --finish or --take-back.");
    await say(options, terminal, answer("unconfirmed", message, undefined, meant), choices(meant, options));
    return exitCodes.notDone;
  }
  return ended(inspector, first, options.how, options, terminal);
}

async function ended(
  inspector: Inspector,
  { stateDir, receipt }: PlacedReceipt,
  how: "finish" | "take-back",
  options: RecoverOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    const result = await inspector.restorer.recover(stateDir, receipt.plan.id, how, options.gatewayIsStopped);
    if (options.json) {
      await terminal.write(`${escapedJson(answer("done", undefined, result))}\n`);
    } else await terminal.write(receiptText(result, options, terminal));
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof RestoreRefused || error instanceof RestoreFailed)) throw error;
    const isRefused = error instanceof RestoreRefused;
    if (!options.json) terminal.hint(error.message);
    else {
      const outcome = isRefused ? "refused" : "unfinished";
      await terminal.write(`${escapedJson(answer(outcome, error.message))}\n`);
    }
    return isRefused ? exitCodes.notDone : exitCodes.unfinished;
  }
}

/** What `recover --json` prints (docs/cli.md). */
function answer(
  outcome: "done" | "nothing-to-do" | "unconfirmed" | "refused" | "unfinished",
  message: string | undefined,
  receipt?: RestoreReceipt,
  unfinished: readonly PlacedReceipt[] = [],
) {
  return {
    schema: 1,
    outcome,
    message: message ?? null,
    receipt: receipt ? receiptJson(receipt, inFull) : null,
    unfinished: unfinished.map((each) => receiptJson(each.receipt, inFull)),
  };
}

function choices(unfinished: readonly PlacedReceipt[], options: RecoverOptions): readonly string[] {
  return unfinished.flatMap(({ stateDir, receipt: { plan } }) => [
    l10n.t(
      "{0} of {1} in {2} was interrupted. It began at {3}.",
      plan.id,
      visibleLine(plan.key, 200),
      visibleLine(stateDir, 500),
      formatTime(plan.createdAt, { timeZone: options.timeZone, offset: true }),
    ),
    `  ${commandLine(["recover", plan.id, "--finish"], options)}`,
    `  ${commandLine(["recover", plan.id, "--take-back"], options)}`,
  ]);
}

async function say(
  { json }: RecoverOptions,
  terminal: Terminal,
  value: object,
  lines: readonly string[],
): Promise<void> {
  await terminal.write(json ? `${escapedJson(value)}\n` : `${foldLines(lines.join("\n"), terminal.width)}\n`);
}

async function unfinishedRestores({ snapshot, restorer }: Inspector): Promise<readonly PlacedReceipt[]> {
  const nothing = nothingFound(snapshot);
  if (nothing) throw new Failure(nothing.message);
  const found: PlacedReceipt[] = [];
  for (const { path } of snapshot.stateDirs) {
    for (const receipt of await restorer.unfinished(path)) found.push({ stateDir: path, receipt });
  }
  return found;
}
