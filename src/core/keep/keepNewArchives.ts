import * as l10n from "@vscode/l10n";
import type { Snapshot, Window } from "../conversation/model";
import type { Disposable, Inspector } from "../inspectorPort";
import { parseFileName } from "../names/parseFileName";
import type { KeepRequest } from "./keptCopy";
import { windowsOf } from "./windowOf";

/**
 * Keeps every archive that a reset makes while this runs, for as long as `enabled` says so; what was there before is left alone. One after
 * the other. What cannot be kept is told once per reason, and never stops the watching.
 */
export function keepNewArchives(
  inspector: Pick<Inspector, "snapshot" | "onDidChange" | "keeper">,
  enabled: () => boolean,
  log: (message: string) => void,
): Disposable & {
  /** Resolves when everything seen so far is kept, or cannot be. */ readonly idle: () => Promise<void>;
} {
  const seen = new Set<string>();
  const told = new Set<string>();
  let stateDirs = pathsOf(inspector.snapshot);
  const abort = new AbortController();
  let last: Promise<void> = Promise.resolve();

  const keep = async (request: KeepRequest): Promise<void> => {
    if (abort.signal.aborted) return;
    try {
      await inspector.keeper.keep(request, abort.signal);
    } catch (error) {
      // Given up because nobody listens any more.
      if (error === abort.signal.reason) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (told.has(reason)) return;
      told.add(reason);
      log(l10n.t("The archive {0} could not be kept. {1}", request.file ?? "", reason));
    }
  };

  const listener = inspector.onDidChange(({ files }) => {
    // What the first look at a state directory finds is nothing new.
    const before = stateDirs;
    stateDirs = pathsOf(inspector.snapshot);
    if (!enabled()) return;
    const fresh = files.filter((file) => isResetArchive(file) && !seen.has(file));
    if (fresh.length === 0) return;
    for (const request of requestsFor(inspector.snapshot, new Set(fresh))) {
      if (!before.has(request.stateDir)) continue;
      seen.add(request.file);
      last = last.then(() => keep(request));
    }
  });
  return {
    idle: () => last,
    dispose: () => {
      listener.dispose();
      abort.abort();
    },
  };
}

function pathsOf({ stateDirs }: Snapshot): ReadonlySet<string> {
  return new Set(stateDirs.map(({ path }) => path));
}

function isResetArchive(file: string): boolean {
  const name = parseFileName(file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1));
  return name.kind === "archive" && name.reason === "reset";
}

function* requestsFor(
  { stateDirs }: Snapshot,
  files: ReadonlySet<string>,
): Generator<KeepRequest & { readonly file: string }> {
  for (const stateDir of stateDirs) {
    for (const agent of stateDir.agents) {
      const told = new Set<string>();
      for (const window of windowsOf(agent)) {
        for (const file of newIn(window, files)) {
          // A window that several rows mean stands in several conversations.
          if (told.has(file)) continue;
          told.add(file);
          yield { stateDir: stateDir.path, agentId: agent.id, windowId: window.windowId, file };
        }
      }
    }
  }
}

function* newIn({ primary, copies }: Window, files: ReadonlySet<string>): Generator<string> {
  for (const file of primary === undefined ? copies : [primary, ...copies]) {
    if (file.kept === undefined && file.problem === undefined && files.has(file.path)) yield file.path;
  }
}
