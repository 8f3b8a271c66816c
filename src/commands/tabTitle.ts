import * as l10n from "@vscode/l10n";
import type { Snapshot, StateDir } from "../core/conversation/model";
import { findPlace } from "../editor/findPlace";
import type { NodeSubject } from "../views/treeNode";

/**
 * What tells tabs of several agents and profiles apart stands in front, where a narrow tab still shows it:
 * `main · 2026-07-21 09:35`, `ops · main · 2026-07-21 09:35`, `main (work) · 2026-07-21 09:35` for `~/.openclaw-work`.
 */
export function tabTitle(snapshot: Snapshot, { agentId, title, label, file, window }: NodeSubject): string {
  // Files that no state directory shows are called by their name; where they lie is no agent.
  if (label === undefined || !title.startsWith(label)) return title;
  const place = file && findPlace(snapshot, { file: file.path, windowId: window?.windowId });
  const profile = place && profileAmong(snapshot.stateDirs, place.stateDir);
  const own = profile === undefined ? title : `${l10n.t("{0} ({1})", label, profile)}${title.slice(label.length)}`;
  return agentId === "main" || label === agentId ? own : l10n.t("{0} · {1}", agentId, own);
}

/** `work` for `.openclaw-work`, `saved` for `saved`; undefined for `.openclaw`, and where there is one directory only. */
function profileAmong(stateDirs: readonly StateDir[], { path }: StateDir): string | undefined {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return stateDirs.length < 2 || name === ".openclaw" ? undefined : name.replace(/^\.openclaw-/, "");
}
