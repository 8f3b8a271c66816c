import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Disposable, Inspector } from "../core/inspectorPort";
import { visibleLine } from "../core/text/visibleText";
import { View } from "../editor/contributions";
import { badgeOf, unseenIn } from "../editor/conversationMarks";
import type { SeenRotations } from "../editor/seenRotations";
import { readSetting, readTimeZone, setContext } from "../editor/settings";
import { found, rootNodes } from "./conversationTree";
import { NodesProvider } from "./nodesProvider";
import type { Place } from "../editor/findPlace";
import type { Memory } from "../editor/memory";
import { OpenNodes } from "./openNodes";
import { revealNode } from "./revealNode";
import { revealTarget } from "./revealTarget";
import type { NodeSubject } from "./treeNode";

/** What changes within this time is drawn together, ms. */
const redrawDelay = 250;
/** From one redraw to the next, ms: VS Code knows no rows beneath a row that it draws again, so a click on them is lost. */
const redrawInterval = 1_000;
/** Ages in descriptions ("5 min ago") are brought up to date this often while the view is visible, ms. */
const agesInterval = 60_000;

/** The view "Conversations": the tree, and what stands above it. */
export class ConversationsView implements vscode.Disposable {
  readonly provider: NodesProvider;
  private readonly view: vscode.TreeView<string>;
  private readonly disposables: Disposable[] = [];
  /** Nodes that somebody expanded; those that are expanded from the start are not among them. */
  private readonly expanded: Set<string>;
  private filterText = "";
  private started = false;
  private redraw: NodeJS.Timeout | undefined;
  /** By `performance.now()`. */
  private drawnAt = -redrawInterval;

  constructor(
    private readonly inspector: Inspector,
    memory: Memory,
    seen: SeenRotations,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const openNodes = new OpenNodes(memory);
    this.expanded = new Set(openNodes.openAtFirst);
    this.provider = new NodesProvider(
      (limitOf) =>
        rootNodes({
          snapshot: this.inspector.snapshot,
          explanations: this.inspector.explanations,
          spokenBadge: (mark) => badgeOf(this.inspector.explanations, mark, seen)?.tooltip,
          unseenIn: (mark) => unseenIn(this.inspector.explanations, mark, seen),
          filter: this.filterText.toLowerCase(),
          limitOf,
          timeZone: readTimeZone(),
          now: Date.now(),
        }),
      openNodes,
    );
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
      this.view.onDidExpandElement(({ element }) => {
        this.expanded.add(element);
        openNodes.note(element, true);
      }),
      this.view.onDidCollapseElement(({ element }) => {
        this.expanded.delete(element);
        openNodes.note(element, false);
      }),
      this.inspector.onDidChange(() => {
        this.redrawSoon();
      }),
      seen.onDidChange(() => {
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

  set badge(badge: vscode.ViewBadge | undefined) {
    this.view.badge = badge;
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
    this.drawnAt = performance.now();
    this.provider.update();
    setContext("openclawSessions.found", found(this.inspector.snapshot));
    setContext("openclawSessions.filtered", this.filterText !== "");
    this.view.description = this.filterText === "" ? "" : l10n.t("“{0}”", visibleLine(this.filterText, 40));
    this.view.message = this.message();
  }

  /**
   * Without `expand`, the conversation stands for its windows as long as it is collapsed. False when there is no such node,
   * which may have gone while VS Code was about to reveal it.
   */
  reveal(place: Place, { focus, expand }: { readonly focus: boolean; readonly expand: boolean }): Promise<boolean> {
    const target = revealTarget(place);
    const find = (): string | undefined => {
      if (!this.provider.bringUp(target)) return undefined;
      const parent = this.provider.getParent(target.id);
      return !expand && parent !== undefined && !this.expanded.has(parent) ? parent : target.id;
    };
    const reveal = (id: string) => this.view.reveal(id, { select: true, focus });
    return revealNode(find, reveal, (error) => {
      this.log.debug(`The tree changed while a node was revealed: ${String(error)}`);
    });
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private redrawSoon(): void {
    if (!this.started) return;
    const rest = this.drawnAt + redrawInterval - performance.now();
    this.redraw ??= setTimeout(
      () => {
        this.show();
      },
      Math.max(redrawDelay, rest),
    );
  }

  /** Empty (no line above the tree) unless there is something to say; beside a message VS Code shows no welcome text. */
  private message(): string {
    const { watching } = this.inspector;
    if (found(this.inspector.snapshot) !== "some") return "";
    if (this.filterText !== "" && this.provider.isEmpty) return "";
    if (this.filterText !== "") return l10n.t("Only what contains “{0}” is shown.", visibleLine(this.filterText, 40));
    // Who asked for it in the settings knows.
    if (watching.mode === "polling" && !readSetting("openclawSessions.watch.polling")) {
      if (watching.reason === undefined) return l10n.t("Changes are noticed by polling.");
      return l10n.t("Changes are noticed by polling: {0}", watching.reason);
    }
    return "";
  }
}
