import * as vscode from "vscode";

/** Copies of state directories on which a plan was tried, shown beside the real ones until the window is closed. */
export class Rehearsals implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly shown = new Set<string>();

  get paths(): readonly string[] {
    return [...this.shown];
  }

  add(path: string): void {
    this.shown.add(path);
    this.changed.fire();
  }

  /** Only takes it out of the list; the copy stays where it is. */
  remove(paths: ReadonlySet<string>): void {
    const gone = [...paths].filter((path) => this.shown.delete(path));
    if (gone.length > 0) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
