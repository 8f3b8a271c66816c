import * as l10n from "@vscode/l10n";
import { blocker, ok, type PlaceCheck, quoted } from "./check";

export const checkWritable: PlaceCheck = function* ({ disk, stateDir }) {
  if (disk.sessions.writable) {
    yield ok("writable", l10n.t("The sessions directory can be written to."));
    return;
  }
  yield blocker(
    "writable",
    l10n.t("The sessions directory in {0} cannot be written to by this user.", quoted(stateDir.path)),
    l10n.t("Run as the user who owns it, or mount it so that it can be written to, then try again."),
  );
};
