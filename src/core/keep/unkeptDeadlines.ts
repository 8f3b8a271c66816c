import type { Snapshot } from "../conversation/model";
import type { Explanations } from "../explanations";
import type { Deadline } from "../findings/retention";
import type { KeepRequest } from "./keptCopy";
import { keptTwin } from "./keptTwin";
import { windowsOf } from "./windowOf";

/** An archive that will be deleted, of which there is no kept copy: what there is to keep. */
export interface UnkeptDeadline extends KeepRequest {
  readonly file: string;
  /** Undefined where nothing tells which conversation it was. */
  readonly key: string | undefined;
  readonly deadline: Deadline;
}

const DAY_MS = 86_400_000;

/**
 * What will be deleted within so many days, or with the next message, and is not kept: the first to go first. Of what the findings
 * named, each archive once, as long as it is still there.
 *
 * @param now epoch ms
 */
export function unkeptDeadlines(
  { findings }: Pick<Explanations, "findings">,
  snapshot: Snapshot,
  now: number,
  days: number,
): readonly UnkeptDeadline[] {
  const soon = new Map<string, Deadline>();
  for (const { code, deadlines = [] } of findings) {
    if (code !== "archive.will-be-deleted") continue;
    for (const deadline of deadlines) {
      if (deadline.at - now < days * DAY_MS) soon.set(deadline.file.path, deadline);
    }
  }
  if (soon.size === 0) return [];
  const found: UnkeptDeadline[] = [];
  for (const stateDir of snapshot.stateDirs) {
    for (const agent of stateDir.agents) {
      for (const window of windowsOf(agent)) {
        for (const file of window.primary === undefined ? window.copies : [window.primary, ...window.copies]) {
          const deadline = soon.get(file.path);
          if (deadline === undefined) continue;
          soon.delete(file.path);
          if (keptTwin(file, window) !== undefined) continue;
          const { windowId, join } = window;
          const about = { stateDir: stateDir.path, agentId: agent.id, windowId, file: file.path };
          found.push({ ...about, key: join?.key, deadline });
        }
      }
    }
  }
  return found.sort((a, b) => a.deadline.at - b.deadline.at || (a.file < b.file ? -1 : 1));
}
