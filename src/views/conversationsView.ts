import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Disposable, Inspector } from "../core/inspectorPort";
import { visibleLine } from "../core/text/visibleText";
import { View } from "../editor/contributions";
import { readTimeZone, setContext } from "../editor/settings";
import { found } from "./conversationTree";
import { ConversationsProvider } from "./conversationsProvider";
import type { Place } from "../editor/findPlace";
import { revealTarget } from "./revealTarget";
import type { NodeSubject } from "./treeNode";

/** Between two redraws while files are being counted, ms. */
const redrawInterval = 250;
/** Ages in descriptions ("5 min ago") are brought up to date this often while the view is visible, ms. */
const agesInterval = 60_000;

/** The view "Conversations": the tree, and what stands above it. */
export class ConversationsView implements vscode.Disposable {
  readonly provider: ConversationsProvider;
  private readonly view: vscode.TreeView<string>;
  private readonly disposables: Disposable[] = [];
  private filterText = "";
  private started = false;
  private redraw: NodeJS.Timeout | undefined;

  constructor(private readonly inspector: Inspector) {
    this.provider = new ConversationsProvider((limitOf) => ({
      snapshot: this.inspector.snapshot,
      filter: this.filterText.toLowerCase(),
      limitOf,
      timeZone: readTimeZone(),
      now: Date.now(),
    }));
    this.view = vscode.window.createTreeView(View.conversations, {
      treeDataProvider: this.provider,
      canSelectMany: true,
      showCollapseAll: true,
    });
    const ages = setInterval(() => {
      if (this.view.visible) this.provider.update();
    }, agesInterval);
    this.disposables.push(
      this.provider,
      this.view,
      this.inspector.onDidChange(() => {
        this.redrawSoon();
      }),
      {
        dispose: () => {
          clearInterval(ages);
          clearTimeout(this.redraw);
        },
      },
    );
    setContext("openclawSessions.found", "starting");
    setContext("openclawSessions.filtered", false);
  }

  get visible(): boolean {
    return this.view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<vscode.TreeViewVisibilityChangeEvent> {
    return this.view.onDidChangeVisibility;
  }

  get filter(): string {
    return this.filterText;
  }

  set filter(text: string) {
    this.filterText = text.trim();
    this.show();
  }

  /** What the selected nodes are about. */
  get selection(): readonly NodeSubject[] {
    return this.view.selection.flatMap((id) => this.provider.node(id)?.subject ?? []);
  }

  /** Shows a progress bar above the tree as long as the work lasts. */
  showProgress(work: Promise<unknown>): void {
    void vscode.window.withProgress({ location: { viewId: View.conversations } }, () => work.catch(() => undefined));
  }

  /** Draws what the inspector knows now. Until the first call the view says nothing of what was found. */
  show(): void {
    this.started = true;
    clearTimeout(this.redraw);
    this.redraw = undefined;
    this.provider.update();
    setContext("openclawSessions.found", found(this.inspector.snapshot));
    setContext("openclawSessions.filtered", this.filterText !== "");
    this.view.description = this.filterText === "" ? "" : l10n.t("“{0}”", visibleLine(this.filterText, 40));
    this.view.message = this.message();
  }

  async reveal(place: Place, options: { readonly focus: boolean }): Promise<void> {
    const target = revealTarget(place);
    if (this.provider.bringUp(target)) await this.view.reveal(target.id, { select: true, focus: options.focus });
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private redrawSoon(): void {
    if (!this.started) return;
    this.redraw ??= setTimeout(() => {
      this.show();
    }, redrawInterval);
  }

  /** Empty (no line above the tree) unless there is something to say. */
  private message(): string {
    const { snapshot, watching } = this.inspector;
    const state = found(snapshot);
    if (state === "nothing" || state === "unreadable") {
      const places = snapshot.lookedAt.map(
        ({ path, outcome }) => `${visibleLine(path, 120)} (${outcomeName(outcome)})`,
      );
      return places.length === 0 ? "" : l10n.t("Looked at: {0}", places.join(", "));
    }
    if (this.filterText !== "") return l10n.t("Only what contains “{0}” is shown.", visibleLine(this.filterText, 40));
    if (watching.mode === "polling") {
      if (watching.reason === undefined) return l10n.t("Changes are noticed by polling.");
      return l10n.t("Changes are noticed by polling: {0}", watching.reason);
    }
    return "";
  }
}

function outcomeName(outcome: Inspector["snapshot"]["lookedAt"][number]["outcome"]): string {
  switch (outcome) {
    case "state directory":
      return l10n.t("found");
    case "absent":
      return l10n.t("not there");
    case "not a state directory":
      return l10n.t("not a state directory");
    case "unreadable":
      return l10n.t("not readable");
  }
}
