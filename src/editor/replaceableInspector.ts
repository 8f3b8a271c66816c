import type { Disposable, Inspector, InspectorChange } from "../core/inspectorPort";

/**
 * An inspector that can be exchanged for another while everybody keeps holding the same object: some settings are
 * fixed when an inspector is made.
 */
export interface ReplaceableInspector extends Inspector {
  /** Disposes of the inspector and makes another; listeners stay. */
  replace(): void;
  /** Resolves when the first look at the disk is over, well or not. */
  readonly ready: Promise<void>;
}

export function replaceableInspector(create: () => Inspector): ReplaceableInspector {
  const listeners = new Set<(change: InspectorChange) => void>();
  const forward = (change: InspectorChange): void => {
    for (const listener of [...listeners]) listener(change);
  };
  const admitted = new Set<string>();
  let lookedOnce = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    lookedOnce = resolve;
  });
  let current = create();
  let subscription: Disposable = current.onDidChange(forward);
  return {
    get snapshot() {
      return current.snapshot;
    },
    get watching() {
      return current.watching;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    ready,
    refresh: () => current.refresh().finally(lookedOnce),
    whenIndexed: (signal) => current.whenIndexed(signal),
    get explanations() {
      return current.explanations;
    },
    whenExplained: (signal) => current.whenExplained(signal),
    get notices() {
      return current.notices;
    },
    get restorer() {
      return current.restorer;
    },
    get keeper() {
      return current.keeper;
    },
    watch: () => {
      current.watch();
    },
    readPage: (path, range, signal) => current.readPage(path, range, signal),
    readLineAt: (path, offset, signal) => current.readLineAt(path, offset, signal),
    lineNumberAt: (path, offset, signal) => current.lineNumberAt(path, offset, signal),
    index: (path, signal) => current.index(path, signal),
    admit(path) {
      admitted.add(path);
      current.admit(path);
    },
    replace() {
      subscription.dispose();
      current.dispose();
      current = create();
      for (const path of admitted) current.admit(path);
      subscription = current.onDidChange(forward);
    },
    dispose() {
      subscription.dispose();
      current.dispose();
      listeners.clear();
    },
  };
}
