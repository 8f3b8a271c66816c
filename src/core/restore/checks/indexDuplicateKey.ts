import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";
import { blocker, type Check, someOf, quoted, warning } from "./check";
import { isOwnIndex } from "../incoming";
import { targetKey } from "./subject";

/** Of two entries with one key, OpenClaw sees the last (JSON.parse, all versions) and drops the other when it writes. */
export const checkIndexDuplicateKey: Check = function* (facts, draft) {
  const key = targetKey(facts, draft);
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const row of facts.rows) {
    if (!isOwnIndex(facts, row.storePath)) continue;
    if (seen.has(row.key)) twice.add(row.key);
    seen.add(row.key);
  }
  const told = problemsOf(facts).find(
    ({ code, file }) => code === "store.duplicate-key" && (file ?? facts.index.path) === facts.index.path,
  );
  if (
    key !== undefined &&
    (twice.has(key) || (facts.conversation?.problems ?? []).some(({ code }) => code === "store.duplicate-key"))
  ) {
    yield blocker(
      "index-duplicate-key",
      l10n.t("The index holds several entries with the key {0}.", quoted(key)),
      l10n.t("Remove all but one of them with the gateway stopped, or restore into a new key."),
    );
  } else if (twice.size > 0 || told !== undefined) {
    yield warning(
      "index-duplicate-key",
      told?.message ?? l10n.t("The index holds several entries with the same key: {0}.", someOf([...twice])),
      l10n.t("Nothing has to be done for this restore: those entries are left as they are."),
    );
  }
};

function problemsOf({ root, agent }: Parameters<Check>[0]): readonly Problem[] {
  return [...root.problems, ...agent.problems];
}
