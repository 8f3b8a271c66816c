import * as vscode from "vscode";
import type { RestoreProgress } from "../core/restore/restorer";

/** What ends sooner needs no notification, ms. */
const noticeableAfter = 500;
/** VS Code leaves a notification of progress on the screen at least this long, ms: with Cancel, beside what says that all is done. */
const shownAtLeast = 800;

/**
 * Work with a notification that says how far it is, and that can be cancelled as long as the work heeds it. The notification is
 * gone when this ends.
 */
export async function withRestoreProgress<T>(
  title: string,
  work: (progress: RestoreProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let latest: Parameters<RestoreProgress>[0] | undefined;
  let report: RestoreProgress = (it) => {
    latest = it;
  };
  const working = work((it) => {
    report(it);
  }, abort.signal);
  const ended = working.then(ignored, ignored);
  if (await Promise.race([ended.then(() => true), after(noticeableAfter).then(() => false)])) return working;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    report = reporting(progress);
    if (latest) report(latest);
    const listener = token.onCancellationRequested(() => {
      abort.abort();
    });
    await Promise.all([ended, after(shownAtLeast)]);
    listener.dispose();
  });
  return working;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Passes on what a restore says of itself. VS Code counts in parts of a hundred, and adds them up itself. */
export function reporting(progress: vscode.Progress<{ message?: string; increment?: number }>): RestoreProgress {
  let shown = 0;
  let before = "";
  return ({ step, done, total }) => {
    const percent = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
    if (percent <= shown && step === before) return;
    progress.report({ message: step, increment: Math.max(0, percent - shown) });
    shown = Math.max(shown, percent);
    before = step;
  };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function ignored(): void {
  // Whoever waits for the work itself gets its failure.
}
