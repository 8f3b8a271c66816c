import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import type { RestoreRequest } from "../core/restore/restoreRequest";
import { earlierChoice, othersJson } from "./earlierChoice";
import { carryOut, type CarryOutOptions, withStepProgress } from "./carryOut";
import { type ExitCode, Failure } from "./exitCode";
import { windowsOf } from "./listedProblems";
import { nothingFound } from "./locationProblems";
import { withReadingProgress } from "./readingProgress";
import { rehearse } from "./rehearse";
import { commandLine } from "./suggestedCommand";
import { type RestoreSubject, restoreSubject } from "./restoreSubject";
import type { PlanSubject } from "./restoreText";
import { restoreTarget } from "./restoreTarget";
import type { Terminal } from "./terminal";
import { shortNames } from "./windowNames";

export interface RestoreOptions extends CarryOutOptions {
  readonly key?: string;
  readonly intoNewKey: boolean;
  readonly displaced: "archive" | "new-key";
  readonly gatewayIsStopped: boolean;
  readonly rehearse: boolean;
  readonly workingDirectory: string;
}

/** Gives an earlier window back: plan, checks, question, apply, receipt. */
export async function restore(
  inspector: Inspector,
  what: string,
  options: RestoreOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  await inspector.refresh();
  const nothing = nothingFound(inspector.snapshot);
  if (nothing) throw new Failure(nothing.message);
  // Counted first: which file is the fullest, and which conversation it belongs to, may depend on it.
  await withReadingProgress(inspector, terminal, () => inspector.whenIndexed());
  const subject = restoreSubject(inspector.snapshot, what, options.workingDirectory);
  const request = requestOf(subject, options);

  const planned = await withStepProgress(terminal, options.onStop, (progress, signal) =>
    inspector.restorer.plan(request, progress, signal),
  );
  const about: PlanSubject = {
    window: subject.window,
    name: subject.file ?? shortNames(windowsOf(inspector.snapshot)).nameOf(subject.window),
    ...(await choiceOf(inspector, subject, options, terminal)),
    conversation: subject.agent.conversations.find(({ key }) => key === (planned.plan?.key ?? request.target.key)),
    vault: await inspector.restorer.vaultOf(subject.stateDir.path),
  };
  const json = { others: othersJson(subject) };
  const exitCode = await (options.rehearse
    ? rehearse(inspector, planned, about, { ...options, more: json }, terminal)
    : carryOut(inspector, planned, about, { ...options, more: json }, terminal));
  if (!options.json && planned.checks.some(({ code, level }) => code === "key-guessed" && level === "blocker")) {
    const words = ["restore", about.name ?? what, "--key", request.target.key ?? "<key>"];
    terminal.hint(l10n.t("If it is this conversation:"));
    terminal.hint(`  ${commandLine(words, options)}`);
  }
  return exitCode;
}

function requestOf(subject: RestoreSubject, options: RestoreOptions): RestoreRequest {
  const { stateDir, agent, window, file } = subject;
  return {
    stateDir: stateDir.path,
    agentId: agent.id,
    windowId: window.windowId,
    file,
    target: restoreTarget(subject, options),
    displaced: { kind: options.displaced },
    gatewayIsStopped: options.gatewayIsStopped,
  };
}

/** Why each was reset helps to tell them apart, so it is found out where there is more than one. */
async function choiceOf(
  inspector: Inspector,
  subject: RestoreSubject,
  { json, timeZone }: RestoreOptions,
  terminal: Terminal,
): Promise<Pick<PlanSubject, "choice">> {
  if (json || subject.others.length === 0) return {};
  const { rotations } = await withReadingProgress(inspector, terminal, () => inspector.whenExplained());
  return { choice: earlierChoice(subject, inspector.snapshot, rotations, timeZone) };
}
