import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const day = 24 * 3_600_000;

/**
 * Moves everything that a recorded state directory says of `from` (`2026-03-31`) to yesterday, at the same time of day: what
 * happened more than a week ago is history to somebody who has just installed us.
 */
export function makeRecent(stateDir: string, from: string): void {
  const then = Date.parse(from);
  const moved = Math.floor(Date.now() / day) * day - day - then;
  const yesterday = new Date(then + moved).toISOString().slice(0, 10);
  const recent = (text: string) =>
    text
      .replaceAll(from, yesterday)
      .replace(/\b\d{13}\b/g, (at) => (Math.abs(Number(at) - then) < 2 * day ? String(Number(at) + moved) : at));
  for (const entry of readdirSync(stateDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(path, recent(readFileSync(path, "utf8")));
    renameSync(path, join(entry.parentPath, recent(entry.name)));
  }
}
