import * as l10n from "@vscode/l10n";
import type { Disposable, Inspector } from "../core/inspectorPort";
import { type RestoreCheck, stoppers } from "../core/restore/restoreCheck";
import type { CheckedPlan, RestorePlan } from "../core/restore/restorePlan";
import { RestoreFailed, type RestoreProgress, RestoreRefused } from "../core/restore/restorer";
import { formatBytes } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { type Attempt, attemptJson } from "./attemptJson";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes } from "./exitCode";
import { foldLines } from "./foldText";
import { planSummary } from "./planSummary";
import { isLongPlan, type PlanSubject, planText, receiptText } from "./restoreText";
import type { Terminal } from "./terminal";

export interface CarryOutOptions {
  /** Checks that found nothing wrong too. */
  readonly all: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** Directories that were named: commands that are suggested name them again. */
  readonly stateDir?: readonly string[];
  readonly backupDir?: string;
  /** The user's word. */
  readonly gatewayIsStopped: boolean;
  /** What a command adds to the object of `--json`. */
  readonly more?: object;
  readonly timeZone: string | undefined;
  readonly onStop: (listener: () => void) => Disposable;
}

/** What every command that writes does with its plan: show it, ask, apply it, and say what came of it. */
export async function carryOut(
  inspector: Inspector,
  planned: CheckedPlan,
  subject: PlanSubject,
  options: CarryOutOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!options.json) await terminal.write(planText(planned, subject, options, terminal));
  const attempt = await attempted(inspector, planned, subject, options, terminal);
  if (options.json) await terminal.write(`${escapedJson({ ...attemptJson(planned, attempt), ...options.more })}\n`);
  else {
    if (attempt.outcome === "blocked" && isLongPlan(planned, options.all))
      await terminal.write(whatStops(planned.checks, terminal.width));
    await tell(attempt, options, terminal);
  }
  return codes[attempt.outcome];
}

const codes: Readonly<Record<Attempt["outcome"], ExitCode>> = {
  done: exitCodes.fine,
  "could-be-done": exitCodes.fine,
  blocked: exitCodes.notDone,
  unconfirmed: exitCodes.notDone,
  refused: exitCodes.notDone,
  unfinished: exitCodes.unfinished,
};

async function attempted(
  inspector: Inspector,
  planned: CheckedPlan,
  subject: PlanSubject,
  options: CarryOutOptions,
  terminal: Terminal,
): Promise<Attempt> {
  const { plan, checks } = planned;
  if (!plan || stoppers(checks).length > 0) return { outcome: "blocked", message: blockedSentence(planned, options) };
  if (!options.json && !options.yes) {
    const summary = planSummary(planned, subject, options, terminal.width);
    await terminal.write(`\n${terminal.style.bold(l10n.t("In short:"))}\n${summary.join("\n")}\n`);
  }
  if (options.dryRun) return { outcome: "could-be-done", message: l10n.t("Nothing was changed: this was a dry run.") };
  if (!options.yes) {
    const refusal = await askedInVain(plan, options, terminal);
    if (refusal !== undefined) return { outcome: "unconfirmed", message: refusal };
  }
  try {
    const receipt = await withStepProgress(terminal, options.onStop, (progress, signal) =>
      inspector.restorer.apply(planned, progress, signal),
    );
    return { outcome: "done", receipt };
  } catch (error) {
    if (error instanceof RestoreRefused) return { outcome: "refused", message: error.message };
    if (error instanceof RestoreFailed) return { outcome: "unfinished", message: error.message };
    throw error;
  }
}

/** Asks once; gives why nothing was done, or undefined when somebody typed `yes`. */
async function askedInVain(
  plan: RestorePlan,
  { json, onStop }: CarryOutOptions,
  terminal: Terminal,
): Promise<string | undefined> {
  if (json || !terminal.canAsk) return l10n.t("Nothing was changed. To carry this plan out, add --yes.");
  const stop = new AbortController();
  const listening = onStop(() => {
    stop.abort();
  });
  try {
    const answer = await terminal.ask(`\n${question(plan)} `, stop.signal);
    return answer?.trim().toLowerCase() === YES ? undefined : l10n.t("Nothing was changed.");
  } finally {
    listening.dispose();
  }
}

/** Not translated: the word to type is the same everywhere, as that of the option is. */
const YES = "yes";

function question({ kind }: RestorePlan): string {
  switch (kind) {
    case "restore":
      return l10n.t("Type {0} to give the conversation back:", YES);
    case "undo":
      return l10n.t("Type {0} to undo it:", YES);
    case "switch-back":
      return l10n.t("Type {0} to switch back:", YES);
  }
}

function blockedSentence({ checks }: CheckedPlan, { gatewayIsStopped }: CarryOutOptions): string {
  const asksForWord = checks.some(({ level }) => level === "confirm");
  const blockers = checks.filter(({ level }) => level === "blocker");
  if (asksForWord && blockers.length === 0) {
    return l10n.t(
      "Nothing was changed. It cannot be told whether a gateway runs: stop it, and say so with --gateway-is-stopped.",
    );
  }
  return gatewayIsStopped && blockers.some(({ code }) => code === "gateway")
    ? l10n.t(
        "Nothing was changed: a gateway was seen running. --gateway-is-stopped is for where that cannot be told, and does not override what was seen; nor does --yes.",
      )
    : l10n.t("Nothing was changed: the checks above stop it, and --yes does not override them.");
}

/** Again, as the last thing on the screen: above it stands a plan. */
function whatStops(checks: readonly RestoreCheck[], width: number | undefined): string {
  const lines = stoppers(checks).flatMap(({ level, text, remedy }) => [
    `${level === "blocker" ? "✗" : "?"} ${visibleLine(text, 1500)}`,
    ...(remedy === undefined ? [] : [`  → ${visibleLine(remedy, 1500)}`]),
  ]);
  return `\n${l10n.t("What stops it:")}\n${foldLines(lines.join("\n"), width)}\n`;
}

async function tell(attempt: Attempt, options: CarryOutOptions, terminal: Terminal): Promise<void> {
  if (attempt.outcome === "done") {
    await terminal.write(receiptText(attempt.receipt, options, terminal));
    return;
  }
  const { message } = attempt;
  if (attempt.outcome === "could-be-done") await terminal.write(`\n${foldLines(message, terminal.width)}\n`);
  else terminal.hint(message);
}

/** Runs what may take long with big files: a line on a terminal says how far it is, and a signal stops it in order. */
export async function withStepProgress<T>(
  terminal: Terminal,
  onStop: CarryOutOptions["onStop"],
  work: (progress: RestoreProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const listening = onStop(() => {
    stop.abort();
  });
  let shownAt = 0;
  const progress: RestoreProgress = ({ step, done, total }) => {
    const now = Date.now();
    if (now - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = now;
    terminal.progress(
      total < WORTH_COUNTING ? step : l10n.t("{0} of {1}: {2}", formatBytes(done), formatBytes(total), step),
    );
  };
  try {
    return await work(progress, stop.signal);
  } finally {
    terminal.progress("");
    listening.dispose();
  }
}

const PROGRESS_EVERY_MS = 100;

/** Bytes; less is done before it is read. */
const WORTH_COUNTING = 1_000_000;
