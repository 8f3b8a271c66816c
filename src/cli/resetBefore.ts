import * as l10n from "@vscode/l10n";
import type { Conversation, Snapshot, StateDir, Window } from "../core/conversation/model";
import type { Inspector } from "../core/inspectorPort";
import { rotationSentence } from "../core/report/rotationSentence";
import { formatCount } from "../core/text/formatCount";
import { visibleLine } from "../core/text/visibleText";
import { foldLine } from "./foldText";
import { windowsOf } from "./listedProblems";
import { withReadingProgress } from "./readingProgress";
import { shellWord } from "./shellWord";
import type { Terminal } from "./terminal";
import { shortNames } from "./windowNames";

/**
 * The lines that stand above a current window that began with a reset: who opens it after one finds little in it, and looks for the
 * rest. Undefined where nothing was reset; looked for only where there are earlier windows, since it needs them counted.
 */
export async function resetBefore(
  inspector: Inspector,
  window: Window,
  namedStateDirs: readonly string[] | undefined,
  terminal: Terminal,
): Promise<string | undefined> {
  const place = placeOf(inspector.snapshot, window);
  if (!place || place.conversation.windows.length < 2) return undefined;
  if (place.conversation.group !== "people" && place.conversation.group !== "other") return undefined;
  const { rotations } = await withReadingProgress(inspector, terminal, () => inspector.whenExplained());
  const rotation = rotations.find(
    ({ stateDir, to }) => stateDir === place.stateDir.path && to?.windowId === window.windowId,
  );
  if (!rotation) return undefined;

  const sentence = rotationSentence(rotation, visibleLine(place.conversation.label, 100), undefined);
  const name = shellWord(shortNames(windowsOf(inspector.snapshot)).nameOf(rotation.from));
  const where = namedStateDirs === undefined ? "" : ` --state-dir ${shellWord(place.stateDir.path)}`;
  const { messages } = rotation.cost;
  const earlier =
    messages === undefined
      ? l10n.t("What was said before it, and why it was reset:")
      : l10n.t("{0} before it, and why it was reset:", formatCount("message", messages));
  return [
    foldLine(`${visibleLine(sentence, 500)} ${earlier}`, terminal.width),
    `  openclaw-sessions show ${name}${where}`,
    `  openclaw-sessions explain ${name}${where}`,
  ].join("\n");
}

/** Only of a conversation's current window. */
function placeOf(
  { stateDirs }: Snapshot,
  window: Window,
): { readonly stateDir: StateDir; readonly conversation: Conversation } | undefined {
  if (window.kind !== "live") return undefined;
  for (const stateDir of stateDirs) {
    for (const { conversations } of stateDir.agents) {
      const conversation = conversations.find(({ windows }) => windows.includes(window));
      if (conversation) return { stateDir, conversation };
    }
  }
  return undefined;
}
