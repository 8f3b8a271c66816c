import * as l10n from "@vscode/l10n";
import type { StateDir } from "../core/conversation/model";
import { formatTime } from "../core/text/formatTime";
import { visibleLine } from "../core/text/visibleText";
import { plannedAt, rehearsalOf } from "./planTime";

/** The last part of the path, `.openclaw-work`; the whole path where two directories share it. */
export function stateDirLabel(path: string, all: readonly Pick<StateDir, "path">[]): string {
  const rehearsal = rehearsalOf(path);
  const at = rehearsal === undefined ? undefined : plannedAt(rehearsal);
  if (at !== undefined) return l10n.t("Rehearsal of {0}", formatTime(at, { timeZone: undefined, precision: "minute" }));
  const same = all.filter((other) => last(other.path) === last(path));
  return visibleLine(same.length > 1 ? path : last(path), 120);
}

/** Which state directory it is, where there are several to tell apart. */
export function stateDirAmong(path: string, all: readonly Pick<StateDir, "path">[]): readonly string[] {
  return all.length > 1 ? [stateDirLabel(path, all)] : [];
}

function last(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
