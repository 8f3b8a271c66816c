import { findNodeAtLocation, parseTree, type JSONPath, type Node } from "jsonc-parser";

/** Finds the line (from 1) on which a value of a config stands. */
export interface ConfigLines {
  /** Undefined for what stands elsewhere: in an included file, or in a text that cannot be followed. */
  lineOf(path: JSONPath): number | undefined;
  /** The place in the list at `path` of the item that `is` accepts; undefined when the text has none. */
  indexIn(path: JSONPath, is: (item: unknown) => boolean): number | undefined;
}

/** Comments and trailing commas are followed, what else JSON5 allows is not: then a place has no line. */
export function configLines(text: string): ConfigLines {
  let tree: Node | undefined;
  let starts: readonly number[] | undefined;
  const root = (): Node | undefined => (tree ??= treeOf(text));
  return {
    lineOf(path) {
      const top = root();
      const found = top === undefined ? undefined : findNodeAtLocation(top, path);
      if (found === undefined) return undefined;
      // The line of the name, where there is one: the value may stand below it.
      const { offset } = found.parent?.type === "property" ? found.parent : found;
      starts ??= lineStarts(text);
      return lineAt(starts, offset);
    },
    indexIn(path, is) {
      const top = root();
      const list = top === undefined ? undefined : findNodeAtLocation(top, path);
      const index = list?.children?.findIndex((item) => is(idOf(item))) ?? -1;
      return index < 0 ? undefined : index;
    },
  };
}

/** Following a text takes a few milliseconds per 100 KB; real configs have 5 to 50 KB. Characters. */
const LONGEST_FOLLOWED = 512 * 1024;

/** Brackets within brackets: the parser is recursive, and no real config comes near. */
const DEEPEST_FOLLOWED = 200;

function treeOf(text: string): Node | undefined {
  if (text.length > LONGEST_FOLLOWED || depthOf(text) > DEEPEST_FOLLOWED) return undefined;
  return parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
}

/** At least as deep as it really is: brackets in texts and comments count as well. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
  }
  return deepest;
}

const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

function idOf(item: Node): unknown {
  return findNodeAtLocation(item, ["id"])?.value as unknown;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
