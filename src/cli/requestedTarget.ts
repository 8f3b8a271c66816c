import * as l10n from "@vscode/l10n";
import type { Snapshot, Window } from "../core/conversation/model";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { Failure } from "./exitCode";
import { windowsOf } from "./listedProblems";
import { unknownWord } from "./unknownWord";
import { describeWindow, findTarget, type Target, type WindowChoice } from "./windowNames";

/** The window or file that a word means; ends the command with a sentence when it means nothing, or too much. */
export function requestedTarget(
  snapshot: Snapshot,
  what: string,
  workingDirectory: string,
  ofConversation?: WindowChoice,
): Target {
  const found = findTarget(snapshot, what, workingDirectory, ofConversation);
  switch (found.kind) {
    case "found":
      return found.target;
    case "nothing":
      throw new Failure(unknownWord(snapshot, what));
    case "ambiguous":
      throw tooMany(snapshot, what, found.windows);
  }
}

function tooMany(snapshot: Snapshot, what: string, windows: readonly Window[]): Failure {
  const lines = windows.slice(0, 20).map((window) => `  ${describeWindow(window)}`);
  const word = visibleLine(what, 200);
  const count = formatNumber(windows.length);
  // Where files are the names, the directory is the shorter one.
  const sentence =
    directoriesOf(snapshot, windows) > 1
      ? l10n.t('"{0}" can mean {1} windows. Name one of them, or its state directory with --state-dir:', word, count)
      : l10n.t('"{0}" can mean {1} windows. Name one of them:', word, count);
  return new Failure(`${sentence}\n${lines.join("\n")}`);
}

function directoriesOf({ stateDirs }: Snapshot, windows: readonly Window[]): number {
  const meant = new Set(windows);
  return stateDirs.filter((stateDir) => windowsOf({ stateDirs: [stateDir] }).some((window) => meant.has(window)))
    .length;
}
