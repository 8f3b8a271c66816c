import * as l10n from "@vscode/l10n";
import { type Check, ok, quoted, warning, nameOf } from "./check";

/** A rename or a link does not lead from one file system to another; copies do. */
export const checkFileSystem: Check = function* ({ disk: { sameFileSystem, vault }, source, rootRealPath }) {
  if (source.links > 1) {
    yield warning(
      "file-system",
      l10n.t(
        "{0} has {1} names (hard links): it may be changed through another one.",
        nameOf(source.file.path),
        source.links,
      ),
      l10n.t("Nothing has to be done: a copy is made and compared byte by byte, and the file itself is only read."),
    );
  }
  if (sameFileSystem.source === false) {
    yield warning(
      "file-system",
      l10n.t("{0} lies on another file system than {1}.", nameOf(source.file.path), quoted(rootRealPath)),
      l10n.t("Nothing has to be done: it is copied and compared, which takes a moment longer."),
    );
  }
  if (sameFileSystem.vault === false) {
    yield ok(
      "file-system",
      l10n.t("Backups lie on another file system, in {0}; they are copied there and compared.", quoted(vault)),
    );
  } else if (sameFileSystem.source === true) {
    yield ok("file-system", l10n.t("Archive and sessions directory lie on one file system."));
  }
};
