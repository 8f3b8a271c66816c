import { contentNamed } from "./contentNames";
import type { FileChange, FileContent } from "./fileChange";
import { realPlace } from "./places";
import type { RestoreFacts } from "./restoreFacts";
import type { Outgoing } from "./setAside";

/** The same bytes under an archive's name, times and all: a reset renames, too. */
export function setAsideChange(outgoing: Outgoing): readonly FileChange[] {
  if (outgoing.kind !== "archived") return [];
  return [{ path: outgoing.to, role: "set-aside", before: { kind: "absent" }, after: outgoing.content }];
}

/** Last of all: nothing points to the name any more. */
export function givenUpChange(outgoing: Outgoing): readonly FileChange[] {
  if (outgoing.kind !== "archived") return [];
  return [{ path: outgoing.from, role: "given-up", before: outgoing.content, after: { kind: "absent" } }];
}

/** Never older than it was: OpenClaw notices a changed index by its time and size. */
export function indexChange(facts: RestoreFacts): FileChange {
  const { index, now } = facts;
  const content: FileContent | undefined = index.state.kind === "read" ? index.state.content : undefined;
  const mtimeMs = Math.max(Math.floor(now), content === undefined ? 0 : Math.floor(content.mtimeMs) + 1);
  const after = contentNamed("index", { mode: content?.mode ?? 0o600, mtimeMs });
  return { path: realPlace(facts, index.path), role: "index", before: content ?? { kind: "absent" }, after };
}
