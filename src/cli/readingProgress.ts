import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { formatNumber } from "../core/text/formatSize";
import type { Terminal } from "./terminal";

/** Waits for work that needs every transcript counted, telling a terminal how far that is. */
export async function withReadingProgress<T>(
  inspector: Inspector,
  terminal: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  const watcher = setInterval(() => {
    const counts = inspector.snapshot.stateDirs.flatMap(({ agents }) => agents.map((agent) => agent.indexed));
    const done = counts.reduce((sum, count) => sum + count.done, 0);
    const total = counts.reduce((sum, count) => sum + count.total, 0);
    terminal.progress(l10n.t("Reading transcripts: {0} of {1}", formatNumber(done), formatNumber(total)));
  }, 250);
  try {
    return await work();
  } finally {
    clearInterval(watcher);
    terminal.progress("");
  }
}
