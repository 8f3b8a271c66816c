import * as l10n from "@vscode/l10n";
import { blocker, type Check, ok, quoted, warning } from "./check";
import { isOwnIndex } from "../incoming";
import { baseName } from "../places";
import { created, targetKey } from "./subject";

/** Two names that differ by case only are one file on many disks, and OpenClaw makes keys lower-case (all versions). */
export const checkCaseCollision: Check = function* (facts, draft) {
  const { names, rows, disk } = facts;
  let isFree = true;
  const key = targetKey(facts, draft);
  const twin =
    key === undefined ? undefined : rows.find((row) => isOwnIndex(facts, row.storePath) && isTwin(row.key, key));
  if (key !== undefined && twin !== undefined) {
    isFree = false;
    yield blocker(
      "case-collision",
      l10n.t("The keys {0} and {1} differ by upper and lower case only.", quoted(key), quoted(twin.key)),
      l10n.t("Restore into the key that exists, or into one with another name."),
    );
  }
  for (const { path } of created(draft)) {
    const name = baseName(path);
    const other = names.find((each) => isTwin(each, name));
    if (other === undefined) continue;
    isFree = false;
    const text = l10n.t("{0} and {1} differ by upper and lower case only.", quoted(name), quoted(other));
    yield disk.caseInsensitive
      ? blocker(
          "case-collision",
          text,
          l10n.t("Move {0} out of the sessions directory, then try again.", quoted(other)),
        )
      : warning(
          "case-collision",
          text,
          l10n.t(
            "Nothing has to be done here; on a disk that makes no difference between them, only one of the two can be.",
          ),
        );
  }
  if (isFree && draft !== undefined) {
    yield ok("case-collision", l10n.t("No other name differs from the new ones by upper and lower case only."));
  }
};

function isTwin(one: string, other: string): boolean {
  return one !== other && one.length === other.length && one.toLowerCase() === other.toLowerCase();
}
