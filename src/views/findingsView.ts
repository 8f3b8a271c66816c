import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { noExplanations } from "../core/explanations";
import type { Severity } from "../core/findings/finding";
import type { Disposable, Inspector } from "../core/inspectorPort";
import { View } from "../editor/contributions";
import type { Memory } from "../editor/memory";
import { readTimeZone, setContext } from "../editor/settings";
import { findingNodes, shownFindings } from "./findingNodes";
import { NodesProvider } from "./nodesProvider";

const memoryKey = "findingsFilter";
/** Ages in descriptions are brought up to date this often while the view is visible, ms. */
const agesInterval = 60_000;

/** The view "Findings": what is worth attention, the worst first. */
export class FindingsView implements vscode.Disposable {
  readonly provider: NodesProvider;
  private readonly view: vscode.TreeView<string>;
  private readonly disposables: Disposable[] = [];
  private leastShown: Severity;

  constructor(
    private readonly inspector: Inspector,
    private readonly memory: Memory,
  ) {
    this.leastShown = readSeverity(memory.get<unknown>(memoryKey, "info"));
    this.provider = new NodesProvider((limitOf) =>
      findingNodes({
        explanations: this.inspector.explanations,
        snapshot: this.inspector.snapshot,
        least: this.leastShown,
        limitOf,
        timeZone: readTimeZone(),
        now: Date.now(),
      }),
    );
    this.view = vscode.window.createTreeView(View.findings, { treeDataProvider: this.provider, showCollapseAll: true });
    const ages = setInterval(() => {
      if (this.view.visible) this.provider.update();
    }, agesInterval);
    this.disposables.push(
      this.provider,
      this.view,
      this.inspector.onDidChange(({ explained }) => {
        if (explained) this.show();
      }),
      {
        dispose: () => {
          clearInterval(ages);
        },
      },
    );
    setContext("openclawSessions.findingsShown", "starting");
    this.showFilter();
  }

  /** The least severe findings that are shown. */
  get least(): Severity {
    return this.leastShown;
  }

  set least(severity: Severity) {
    this.leastShown = severity;
    void this.memory.update(memoryKey, severity);
    this.showFilter();
    this.show();
  }

  show(): void {
    this.provider.update();
    const { explanations } = this.inspector;
    if (explanations === noExplanations) return;
    const shown = shownFindings(explanations, this.leastShown).length + explanations.problems.length;
    const state = shown > 0 ? "some" : explanations.findings.length > 0 ? "filtered" : "none";
    setContext("openclawSessions.findingsShown", state);
    setContext("openclawSessions.explained", explanations.rotations.length > 0);
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private showFilter(): void {
    setContext("openclawSessions.findingsFiltered", this.leastShown !== "info");
    this.view.description = filterName(this.leastShown);
  }
}

/** What stands beside the view's title. */
function filterName(least: Severity): string {
  switch (least) {
    case "error":
      return l10n.t("errors");
    case "warning":
      return l10n.t("errors and warnings");
    case "info":
      return "";
  }
}

function readSeverity(value: unknown): Severity {
  return value === "error" || value === "warning" ? value : "info";
}
