import * as l10n from "@vscode/l10n";
import type { Snapshot, Window } from "../core/conversation/model";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { Failure } from "./exitCode";
import { describeWindow, findTarget, type Target } from "./windowNames";

/** The window or file that a word means; ends the command with a sentence when it means nothing, or too much. */
export function requestedTarget(snapshot: Snapshot, what: string, workingDirectory: string): Target {
  const found = findTarget(snapshot, what, workingDirectory);
  switch (found.kind) {
    case "found":
      return found.target;
    case "nothing":
      throw new Failure(
        l10n.t(
          'Nothing is known as "{0}". `openclaw-sessions list --all` shows what there is.',
          visibleLine(what, 200),
        ),
      );
    case "ambiguous":
      throw tooMany(what, found.windows);
  }
}

function tooMany(what: string, windows: readonly Window[]): Failure {
  const lines = windows.slice(0, 20).map((window) => `  ${describeWindow(window)}`);
  const sentence = l10n.t(
    '"{0}" can mean {1} windows. Name one of them:',
    visibleLine(what, 200),
    formatNumber(windows.length),
  );
  return new Failure(`${sentence}\n${lines.join("\n")}`);
}
