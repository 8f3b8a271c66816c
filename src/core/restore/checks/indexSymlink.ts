import * as l10n from "@vscode/l10n";
import { blocker, type Check, ok, nameOf } from "./check";

/** An index is replaced by renaming (all versions of OpenClaw do it too), which would put a file in the place of the link. */
export const checkIndexSymlink: Check = function* ({ index }) {
  if (index.symlink) {
    yield blocker(
      "index-symlink",
      l10n.t("{0} is a link to a file elsewhere; links are not followed for writing.", nameOf(index.path)),
      l10n.t(
        "Put the file itself in the place of the link, with the gateway stopped, or name its directory with session.store in openclaw.json.",
      ),
    );
  } else if (index.state.kind !== "absent") {
    yield ok("index-symlink", l10n.t("{0} is a regular file, no link.", nameOf(index.path)));
  }
};
