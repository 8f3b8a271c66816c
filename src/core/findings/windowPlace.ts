import type { Window } from "../conversation/model";
import type { Place } from "../evidence/evidence";

/** The file in which a window is read, at a line of it when one is named. */
export function windowPlace({ primary }: Window, line?: number, offset?: number): Place | undefined {
  return primary === undefined ? undefined : { file: primary.path, line, offset };
}
