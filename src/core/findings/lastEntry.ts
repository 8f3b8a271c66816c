import { earliest, firstAtOf, lastAtOf, latest } from "../conversation/fileFacts";
import type { SessionFile, Window } from "../conversation/model";
import { isoTime } from "../text/formatTime";

/** Of what was saved only: a window's own times may come from its header, its run trace or its store row. Epoch ms. */
export function lastEntryAt(window: Window): number | undefined {
  let found: number | undefined;
  for (const file of filesOf(window)) found = latest(found, momentOf(lastAtOf(file)));
  return found;
}

/** Epoch ms. */
export function firstEntryAt(window: Window): number | undefined {
  let found: number | undefined;
  for (const file of filesOf(window)) found = earliest(found, momentOf(firstAtOf(file)));
  return found;
}

function filesOf({ primary, copies }: Window): readonly SessionFile[] {
  return primary === undefined ? copies : [primary, ...copies];
}

/** A transcript or a row may hold any number where a time belongs. */
export function momentOf(at: number | undefined): number | undefined {
  return isoTime(at) === undefined ? undefined : at;
}
