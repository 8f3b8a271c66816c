import { messageCount } from "../index/transcriptIndex";
import { endedFile } from "./compared";
import type { Boundary, Cost } from "./rotation";

/** What was set aside: of the transcript as it was then, which is the archive where there is one. */
export function costOf(boundary: Boundary): Cost {
  const file = endedFile(boundary);
  const index = file?.index;
  const { from } = boundary;
  return {
    messages: index && messageCount(index.roles),
    tokens: index?.usage.totalTokens,
    firstAt: index?.firstAt ?? file?.head?.firstAt ?? from.firstAt,
    lastAt: index?.lastAt ?? file?.head?.lastAt ?? from.lastAt,
  };
}
