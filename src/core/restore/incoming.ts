import { editMembers, membersOf } from "./editMembers";
import type { ContentRecipe } from "./contentRecipe";
import type { RestoreFacts } from "./restoreFacts";
import { baseName, pathsLike, placeOf, realPlace } from "./places";
import { takenNames, targetName } from "./targetName";

/** The transcript that comes back. */
export interface Incoming {
  readonly sessionId: string;
  /** Where it is afterwards: absolute, real. */
  readonly path: string;
  /** How a copy of it is made; undefined: it lies there already, under a name of its own that no entry has. */
  readonly recipe: ContentRecipe | undefined;
  /** Its header gets an id of its own. */
  readonly hasNewId: boolean;
  /** Its own name is in use, so it gets another. */
  readonly isRenamed: boolean;
}

/**
 * Decides between copying and pointing to what is there, and between the id that the header has and a new one. The same id must not be
 * current under two keys: both would write run traces and locks of one name.
 *
 * @param key the key it comes back under
 * @param alsoCurrent ids that get a key of their own by this very plan
 * @param wasCurrent the file is the transcript of an entry that goes: it is used as it is, whatever its name
 */
export function incomingOf(
  facts: RestoreFacts,
  headerId: string,
  key: string,
  alsoCurrent: readonly string[],
  wasCurrent: boolean,
): Incoming {
  const { source, rows, now } = facts;
  const others = rows.filter((row) => row.key !== key || !isOwnIndex(facts, row.storePath));
  const isCurrentElsewhere = others.some((row) => row.sessionId === headerId) || alsoCurrent.includes(headerId);
  const hasNewId = source.file.name.kind === "checkpoint" || isCurrentElsewhere;
  if (!hasNewId && isFreeStanding(facts, headerId, wasCurrent)) {
    return { sessionId: headerId, path: source.realPath, recipe: undefined, hasNewId, isRenamed: false };
  }
  const sessionId = hasNewId ? facts.newUuid() : headerId;
  const named = others.flatMap(({ file }) => (file === undefined ? [] : [baseName(file)]));
  const isTaken = takenNames([...facts.names, ...named]);
  const name = targetName(sessionId, source.file.name, now, isTaken);
  const firstLine = hasNewId ? headerWith(facts, sessionId) : undefined;
  return {
    sessionId,
    path: placeOf(facts, name),
    recipe: {
      kind: "transcript",
      path: source.realPath,
      firstLine,
      ...(source.index?.withoutLastLine === undefined ? {} : { endsLine: true }),
    },
    hasNewId,
    isRenamed: name !== targetName(sessionId, source.file.name, now, () => false),
  };
}

/** Whether a row is of the index that is edited. */
export function isOwnIndex({ index, root }: RestoreFacts, storePath: string): boolean {
  return storePath === index.path || storePath === root.storePath;
}

/** `<id>.jsonl` in the sessions directory that no row names: what resets up to 2026.3.6 and `openclaw agent` leave behind. */
function isFreeStanding(facts: RestoreFacts, headerId: string, wasCurrent: boolean): boolean {
  const { source, rows, rootRealPath } = facts;
  const { name } = source.file;
  if (name.kind !== "transcript" || source.links > 1) return false;
  if (name.sessionId !== headerId && !wasCurrent) return false;
  if (pathsLike(rootRealPath).dirname(source.realPath) !== rootRealPath) return false;
  if (baseName(source.realPath) !== name.base) return false;
  return !rows.some(({ file }) => file !== undefined && realPlace(facts, file) === source.realPath);
}

/** The header with another id and every other byte as it was. */
function headerWith({ source }: RestoreFacts, sessionId: string): { readonly text: string; readonly replaces: number } {
  const line = new TextEncoder().encode(source.firstLine ?? "");
  const object = membersOf(line);
  if (object === undefined) throw new Error("The first line is no header.");
  const edited = editMembers(line, object, [{ name: "id", to: { json: sessionId } }]);
  // Where there is none, the file ends here, and its copy gets one as every other.
  const newline = source.firstLineBytes > line.length ? "\n" : "";
  return {
    text: `${new TextDecoder("utf-8", { ignoreBOM: true }).decode(edited)}${newline}`,
    replaces: source.firstLineBytes,
  };
}
