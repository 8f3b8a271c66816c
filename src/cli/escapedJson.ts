/**
 * JSON in which everything a terminal would obey, reorder or hide is written as `\uXXXX`: C1 controls, bidirectional and
 * zero-width characters. The same value to every reader of JSON. (`JSON.stringify` itself escapes only what is below U+0020.)
 */
export function escapedJson(value: unknown): string {
  return escaped(JSON.stringify(value, undefined, 2));
}

/** The same on one line, for JSON lines. */
export function escapedJsonLine(value: unknown): string {
  return escaped(JSON.stringify(value));
}

function escaped(json: string): string {
  return json.replace(invisible, (found) => {
    let shown = "";
    for (let at = 0; at < found.length; at++) {
      shown += `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`;
    }
    return shown;
  });
}

/** All but the line feeds between the fields: none stand inside a JSON string. */
const invisible = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
