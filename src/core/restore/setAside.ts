import { parseFileName } from "../names/parseFileName";
import type { FileContent } from "./fileChange";
import { isOwnIndex } from "./incoming";
import { baseName, pathsLike, realPlace } from "./places";
import type { RestoreFacts } from "./restoreFacts";
import { setAsideName, takenNames } from "./targetName";

/** What becomes of the conversation that is current under the key now. */
export type Outgoing =
  /** There is none: the key is a new one, or has no entry. */
  | { readonly kind: "none" }
  /** The entry names a transcript that does not exist. */
  | { readonly kind: "no-file" }
  /** Its transcript gets the name of an archive. */
  | { readonly kind: "archived"; readonly from: string; readonly to: string; readonly content: FileContent }
  /** It gets an entry of its own, and keeps its file. */
  | { readonly kind: "registered"; readonly key: string; readonly path: string }
  /** Its transcript is current under another key as well, which keeps it. */
  | { readonly kind: "shared"; readonly path: string; readonly key: string }
  /** The entry points to an archive, which stays one. */
  | { readonly kind: "is-archive"; readonly path: string };

/** @param key the key that is pointed elsewhere */
export function outgoingOf(facts: RestoreFacts, key: string): Outgoing {
  const { displaced, rows, request, names, now, agent } = facts;
  if (displaced === undefined) {
    const isNamed = rows.some(
      (row) => row.key === key && isOwnIndex(facts, row.storePath) && row.sessionId !== undefined,
    );
    return { kind: isNamed ? "no-file" : "none" };
  }
  if (displaced.file === undefined) return { kind: "no-file" };
  const { path, content } = displaced.file;
  if (request.displaced.kind === "new-key") {
    return { kind: "registered", key: `agent:${agent.id}:dashboard:${facts.newUuid()}`, path };
  }
  const sharer = rows.find((row) => {
    if (row.key === key && isOwnIndex(facts, row.storePath)) return false;
    return row.file !== undefined && realPlace(facts, row.file) === path;
  });
  if (sharer !== undefined) return { kind: "shared", path, key: sharer.key };
  if (parseFileName(baseName(path)).kind === "archive") return { kind: "is-archive", path };
  const paths = pathsLike(path);
  const name = setAsideName(baseName(path), now, takenNames(names));
  return { kind: "archived", from: path, to: paths.join(paths.dirname(path), name), content };
}
