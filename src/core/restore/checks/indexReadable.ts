import * as l10n from "@vscode/l10n";
import { formatCount } from "../../text/formatCount";
import { blocker, type Check, ok, quoted, warning, nameOf } from "./check";
import { isOwnIndex } from "../incoming";
import { hasByteOrderMark } from "../jsonMembers";
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
      if (hasByteOrderMark(index.state.bytes)) {
        // JSON.parse refuses it: the index would count as empty and be written anew (2026.2+; 2026.1.29 read JSON5, which allows it).
        yield blocker(
          "index-readable",
          l10n.t(
            "{0} begins with a byte order mark: OpenClaw takes such an index for an empty one and writes over it.",
            nameOf(index.path),
          ),
          l10n.t("Save it as UTF-8 without a byte order mark, with the gateway stopped, then try again."),
        );
        return;
      }
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
