/**
 * A value of somebody else's as a sentence quotes it: unchanged up to `limit` characters, else its beginning and its end,
 * where a path has its name. A config or an index may hold values of megabytes; a sentence must not.
 *
 *     shortened("/a/very/long/path/sessions.json", 20)  →  "/a/very/long/…s.json"
 */
export function shortened(value: string, limit = 200): string {
  if (value.length <= limit) return value;
  const end = Math.floor(limit / 3);
  const [from, to] = [limit - end - 1, value.length - end];
  // A pair of surrogates stays whole or goes.
  const isCut = (at: number): boolean => /[\udc00-\udfff]/.test(value.charAt(at));
  return `${value.slice(0, isCut(from) ? from - 1 : from)}…${value.slice(isCut(to) ? to + 1 : to)}`;
}
