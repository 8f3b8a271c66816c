import * as l10n from "@vscode/l10n";
import { formatBytes } from "../text/formatSize";
import { entryFields, type IndexText } from "./indexText";
import type { EntryEdit } from "./restorePlan";

/** Longer values are told by their size: tens of KB of prompt say nothing in a diff. Characters of JSON. */
const MOST_CHARACTERS = 2_000;

/** Bulky whatever their size, or words that were said: neither belongs into a plan, which is kept. */
const elidedFields = new Set([
  "skillsSnapshot",
  "systemPromptReport",
  "pluginDebugEntries",
  "pluginExtensions",
  "lastHeartbeatText",
  "summary",
]);

/** The entries of some keys before and after, as a diff shows them. Those that do not change are left out. */
export function entryEdits(before: IndexText, after: IndexText, keys: readonly string[]): readonly EntryEdit[] {
  return keys
    .map((key) => ({ key, before: shownEntry(before, key), after: shownEntry(after, key) }))
    .filter((edit) => edit.before !== edit.after);
}

function shownEntry(index: IndexText, key: string): string | undefined {
  const fields = entryFields(index, key);
  return fields && JSON.stringify(elided(fields), null, 2);
}

/** With long values and words in place of them their size, at any depth. */
function elided(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(elided);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (elidedFields.has(name) && inner !== null) return [name, sizeOf(inner)];
      const small = elided(inner);
      return [name, JSON.stringify(small).length > MOST_CHARACTERS ? sizeOf(inner) : small];
    }),
  );
}

function sizeOf(value: unknown): string {
  return l10n.t("… ({0})", formatBytes(new TextEncoder().encode(JSON.stringify(value)).length));
}
