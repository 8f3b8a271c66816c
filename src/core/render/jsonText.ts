/**
 * JSON on one line, at most about `limit` characters; stops reading where the limit is reached, so that a value of many
 * megabytes costs nothing. `whole` tells whether that is all of it. Deep nesting is cut, not followed to the end of the stack.
 */
export function compactJson(value: unknown, limit: number): { readonly text: string; readonly whole: boolean } {
  let text = "";
  let whole = true;
  const add = (piece: string): void => {
    text += piece;
  };
  const write = (current: unknown, depth: number): void => {
    if (text.length > limit || depth > maxDepth) {
      whole = false;
      return;
    }
    if (typeof current === "string") {
      const room = limit + 1 - text.length;
      if (current.length > room) whole = false;
      add(JSON.stringify(current.slice(0, room)));
    } else if (Array.isArray(current)) {
      add("[");
      for (let index = 0; index < current.length && text.length <= limit; index++) {
        if (index > 0) add(",");
        write(current[index], depth + 1);
      }
      add("]");
    } else if (isObject(current)) {
      add("{");
      let first = true;
      for (const key of Object.keys(current)) {
        if (text.length > limit) break;
        add(`${first ? "" : ","}${JSON.stringify(key.slice(0, limit))}:`);
        first = false;
        write(current[key], depth + 1);
      }
      add("}");
    } else add(scalar(current));
  };
  write(value, 0);
  return text.length > limit ? { text: text.slice(0, limit), whole: false } : { text, whole };
}

/**
 * JSON on many lines for reading: two blanks per level, and a string of several lines as these lines behind a `|`:
 *
 *     path: "summary.md"
 *     content: |
 *       # Summary
 *
 * Iterative over nothing: depth is bounded, what is deeper comes compact.
 */
export function readableJson(value: unknown): string {
  const lines: string[] = [];
  writeReadable(value, "", "", lines, 0);
  return lines.join("\n");
}

/** As in the file but indented; falls back to the readable form when nesting is too deep for JSON.stringify. */
export function prettyJson(value: unknown): string {
  try {
    return value === undefined ? "" : JSON.stringify(value, undefined, 2);
  } catch {
    return readableJson(value);
  }
}

const maxDepth = 64;

function writeReadable(value: unknown, indent: string, lead: string, lines: string[], depth: number): void {
  if (typeof value === "string" && value.includes("\n")) {
    lines.push(`${indent}${lead}|`);
    for (const line of value.split("\n")) lines.push(`${indent}  ${line}`);
    return;
  }
  const entries = depth < maxDepth ? entriesOf(value) : undefined;
  if (!entries || entries.length === 0) {
    lines.push(`${indent}${lead}${compactJson(value, 100_000).text}`);
    return;
  }
  const inner = lead === "" ? indent : `${indent}  `;
  if (lead !== "") lines.push(`${indent}${lead.trimEnd()}`);
  for (const [key, child] of entries)
    writeReadable(child, inner, key === undefined ? "- " : `${key}: `, lines, depth + 1);
}

function entriesOf(value: unknown): (readonly [string | undefined, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((child: unknown) => [undefined, child] as const);
  return isObject(value) ? Object.entries(value) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function scalar(value: unknown): string {
  return value === undefined ? "null" : JSON.stringify(value);
}
