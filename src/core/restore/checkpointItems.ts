import type { Agent, SessionFile } from "../conversation/model";
import type { RestoreFacts } from "./restoreFacts";
import { baseName, placeOf } from "./places";

/** OpenClaw keeps no more than these in one entry (2026.4.7–7.35). */
const MOST_ITEMS = 25;

/** Copies that OpenClaw took of a session before it was compacted (2026.4.7–5.22) and that lie in the sessions directory, oldest first. */
export function checkpointFiles(
  { agent, root }: Pick<RestoreFacts, "agent" | "root">,
  sessionId: string,
): readonly SessionFile[] {
  const isHere = ({ path, name }: SessionFile): boolean => path === `${root.path}${separatorOf(root.path)}${name.base}`;
  const found = filesOf(agent).filter((file) => {
    return file.name.kind === "checkpoint" && file.name.sessionId === sessionId && isHere(file);
  });
  return [...new Map(found.map((file) => [file.name.base, file])).values()].sort((a, b) => a.mtimeMs - b.mtimeMs);
}

/**
 * Items of `compactionCheckpoints` for those that the entry does not list. Usually there are none: the list stays with the key through
 * every kind of reset (2026.4.21, 2026.5.18). Why it was taken is not known, `manual` is what OpenClaw accepts for any.
 */
export function missingItems(
  facts: RestoreFacts,
  { key, sessionId, before }: { readonly key: string; readonly sessionId: string; readonly before: unknown },
): readonly unknown[] {
  const listed = Array.isArray(before) ? (before as readonly unknown[]) : [];
  const names = new Set(listed.flatMap(fileOfItem));
  return checkpointFiles(facts, sessionId)
    .filter(({ name, index }) => !names.has(name.base) && typeof index?.lastEntryId === "string")
    .slice(0, Math.max(0, MOST_ITEMS - listed.length))
    .map(({ name, mtimeMs, index }) => ({
      checkpointId: facts.newUuid(),
      sessionKey: key,
      sessionId,
      createdAt: Math.floor(mtimeMs),
      reason: "manual",
      preCompaction: { sessionId, sessionFile: placeOf(facts, name.base), leafId: index?.lastEntryId },
      postCompaction: { sessionId },
    }));
}

/** Base name of the copy that an item names; the path may be of another machine. */
function fileOfItem(item: unknown): readonly string[] {
  const file = member(member(item, "preCompaction"), "sessionFile");
  return typeof file === "string" ? [baseName(file)] : [];
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function filesOf({ conversations, orphans }: Agent): readonly SessionFile[] {
  const windows = [...conversations.flatMap((each) => each.windows), ...orphans];
  return windows.flatMap(({ primary, copies }) => (primary === undefined ? copies : [primary, ...copies]));
}

function separatorOf(directory: string): string {
  return directory.includes("\\") && !directory.includes("/") ? "\\" : "/";
}
