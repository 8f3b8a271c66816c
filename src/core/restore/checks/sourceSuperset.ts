import * as l10n from "@vscode/l10n";
import { type Check, ok, someOf, warning } from "./check";
import { baseName } from "../places";

/** One window can have several archives: each later one holds what the earlier one did, and more. */
export const checkSourceSuperset: Check = function* ({ source: { supersets }, window }) {
  if (supersets.length > 0) {
    yield warning(
      "source-superset",
      l10n.t("Another copy of this window holds more of it: {0}.", someOf(supersets.map(({ path }) => baseName(path)))),
      l10n.t("Restore that one, unless you want this earlier state."),
    );
  } else if (window.copies.length > 0) {
    yield ok("source-superset", l10n.t("It is the fullest copy of this window."));
  }
};
