import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import type { SeenRotations } from "../editor/seenRotations";
import { setContext } from "../editor/settings";
import type { ConversationsView } from "./conversationsView";

/**
 * The number on our icon in the activity bar: unexpected rotations that nobody looked at. A document that tells of them takes
 * them off (registerSeenDocuments.ts).
 */
export function registerUnseenBadge(
  inspector: Inspector,
  seen: SeenRotations,
  view: ConversationsView,
): vscode.Disposable {
  const show = (): void => {
    const { rotations } = inspector.explanations;
    const value = rotations.filter((rotation) => seen.isUnseen(rotation)).length;
    const tooltip =
      value === 1 ? l10n.t("1 reset that nobody asked for") : l10n.t("{0} resets that nobody asked for", value);
    // A badge of zero shows nothing, but VS Code keeps it; none at all is what takes it off.
    view.badge = value === 0 ? undefined : { value, tooltip };
    setContext("openclawSessions.hasUnseen", value > 0);
  };
  show();
  return vscode.Disposable.from(
    inspector.onDidChange(({ explained }) => {
      if (explained) show();
    }),
    seen.onDidChange(show),
  );
}
