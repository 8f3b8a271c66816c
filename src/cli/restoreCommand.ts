import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import type { RestoreRequest } from "../core/restore/restoreRequest";
import { formatNumber } from "../core/text/formatSize";
import { carryOut, type CarryOutOptions, withStepProgress } from "./carryOut";
import { type ExitCode, Failure } from "./exitCode";
import { nothingFound } from "./locationProblems";
import { withReadingProgress } from "./readingProgress";
import { rehearse } from "./rehearse";
import { type RestoreSubject, restoreSubject } from "./restoreSubject";
import type { PlanSubject } from "./restoreText";
import { restoreTarget } from "./restoreTarget";
import type { Terminal } from "./terminal";

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
  if (!options.json) hintAtOthers(subject, terminal);

  const planned = await withStepProgress(terminal, options.onStop, (progress, signal) =>
    inspector.restorer.plan(request, progress, signal),
  );
  const about: PlanSubject = {
    window: subject.window,
    conversation: subject.agent.conversations.find(({ key }) => key === (planned.plan?.key ?? request.target.key)),
    vault: await inspector.restorer.vaultOf(subject.stateDir.path),
  };
  return options.rehearse
    ? rehearse(inspector, planned, about, options, terminal)
    : carryOut(inspector, planned, about, options, terminal);
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

/** A key means the newest earlier window, and that may be the few messages between two resets. */
function hintAtOthers({ earlierWindows = 0 }: RestoreSubject, terminal: Terminal): void {
  if (earlierWindows < 2) return;
  terminal.hint(
    l10n.t(
      "This is the newest of {0} earlier windows; `openclaw-sessions list` names the others.",
      formatNumber(earlierWindows),
    ),
  );
}
