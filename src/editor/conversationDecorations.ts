import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { badgeOf } from "./conversationMarks";
import { readNodeUri } from "./conversationUri";
import type { SeenRotations } from "./seenRotations";

/** Marks conversations in the tree, and what holds them, with a badge. Letters and numbers tell it; the colour only repeats it. */
export function registerConversationDecorations(inspector: Inspector, seen: SeenRotations): vscode.Disposable {
  const decorations = new ConversationDecorations(inspector, seen);
  const changes = inspector.onDidChange(({ explained }) => {
    if (explained) decorations.refresh();
  });
  const looked = seen.onDidChange(() => {
    decorations.refresh();
  });
  return vscode.Disposable.from(
    decorations,
    changes,
    looked,
    vscode.window.registerFileDecorationProvider(decorations),
  );
}

export class ConversationDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(
    private readonly inspector: Pick<Inspector, "explanations">,
    private readonly seen: SeenRotations,
  ) {}

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const mark = readNodeUri(uri);
    if (!mark) return undefined;
    const badge = badgeOf(this.inspector.explanations, mark, this.seen);
    if (!badge) return undefined;
    const color = badge.badge === "!" ? new vscode.ThemeColor("list.warningForeground") : undefined;
    const decoration = new vscode.FileDecoration(badge.badge, badge.tooltip, color);
    decoration.propagate = false;
    return decoration;
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
