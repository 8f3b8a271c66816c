import * as l10n from "@vscode/l10n";
import { formatCount } from "../../text/formatCount";
import { blocker, type Check, ok, quoted, warning, nameOf } from "./check";
import { isOwnIndex } from "../incoming";
import { baseName } from "../places";

/** An index that does not parse is taken for an empty one, and the next message writes over it (run: 2026.7.35). We never do. */
export const checkIndexReadable: Check = function* (facts, draft) {
  const { index, names, rows } = facts;
  switch (index.state.kind) {
    case "too-large":
      return; // indexSize.ts
    case "unreadable": {
      const backup = names
        .filter((name) => name.startsWith(`${baseName(index.path)}.bak`))
        .toSorted()
        .at(-1);
      yield blocker(
        "index-readable",
        index.state.problem.message,
        backup === undefined
          ? l10n.t(
              "It is never written over: mend {0} or put a backup in its place, with the gateway stopped.",
              nameOf(index.path),
            )
          : l10n.t(
              "It is never written over: mend {0} or put {1} in its place, with the gateway stopped.",
              nameOf(index.path),
              quoted(backup),
            ),
      );
      return;
    }
    case "absent":
      yield warning(
        "index-readable",
        l10n.t("There is no index ({0}): OpenClaw knows no conversation here.", nameOf(index.path)),
        l10n.t(
          "One is made that holds the restored conversation; restore the others after it, or put a backup of the index in its place first.",
        ),
      );
      return;
    case "read":
      // Whether it can be edited is found out by planning.
      if (draft === undefined) return;
      yield ok(
        "index-readable",
        l10n.t(
          "{0} can be read: {1}. Only what is named in the plan changes.",
          nameOf(index.path),
          formatCount("entry", rows.filter((row) => isOwnIndex(facts, row.storePath)).length),
        ),
      );
  }
};
