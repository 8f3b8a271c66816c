import { visibleLine } from "../text/visibleText";

/** The first eight characters of a session id, as the lists of windows show it. */
export function shortId(sessionId: string): string {
  return visibleLine(Array.from(sessionId.slice(0, 16)).slice(0, 8).join(""), 80);
}

/** `3df90563….jsonl.reset.2026-03-31T04-00-00.397Z`: a file's name with the ids in it shortened. */
export function shortFileName(base: string): string {
  return base.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "$1…");
}
