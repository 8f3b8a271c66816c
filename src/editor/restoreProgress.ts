import * as vscode from "vscode";
import type { RestoreProgress } from "../core/restore/restorer";

/** Work with a notification that says how far it is, and that can be cancelled as long as the work heeds it. */
export function withRestoreProgress<T>(
  title: string,
  work: (progress: RestoreProgress, signal: AbortSignal) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => {
      abort.abort();
    });
    try {
      return await work(reporting(progress), abort.signal);
    } finally {
      listener.dispose();
    }
  });
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
