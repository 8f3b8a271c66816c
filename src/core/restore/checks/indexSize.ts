import * as l10n from "@vscode/l10n";
import { formatBytes } from "../../text/formatSize";
import { blocker, type Check, nameOf, warning } from "./check";

/** The index is edited in memory, as OpenClaw does it. */
export const checkIndexSize: Check = function* ({ index: { path, state } }) {
  if (state.kind === "too-large") {
    yield blocker(
      "index-size",
      l10n.t("The index {0} has {1}, more than is edited here.", nameOf(path), formatBytes(state.bytes)),
      l10n.t(
        "Let OpenClaw make it smaller (`openclaw sessions cleanup`), after a copy of the whole directory, then try again.",
      ),
    );
  } else if (state.kind === "read" && state.content.bytes > LARGE) {
    yield warning(
      "index-size",
      l10n.t(
        "The index {0} has {1}: reading and writing it takes a moment.",
        nameOf(path),
        formatBytes(state.content.bytes),
      ),
      l10n.t("Nothing has to be done; `openclaw sessions cleanup --dry-run` tells what OpenClaw could remove."),
    );
  }
};

/** Bytes. Indexes of a thousand conversations have about two megabytes. */
const LARGE = 8 * 1024 * 1024;
