import * as l10n from "@vscode/l10n";
import { formatBytes, formatNumber } from "../../text/formatSize";
import { blocker, type Check, ok, nameOf } from "./check";

/** Only what was read from its first to its last byte is given back. */
export const checkSourceReadable: Check = function* ({ source, window }) {
  const { file, index } = source;
  const others = [window.primary, ...window.copies].filter(
    (copy) => copy !== undefined && copy.path !== file.path,
  ).length;
  const remedy = others > 0 ? otherCopy(others) : undefined;
  const problem = source.problem ?? file.problem ?? index?.problems.find(({ code }) => code.startsWith("file."));
  if (problem !== undefined) {
    const isCutShort = problem.code === "file.zst-damaged";
    yield blocker(
      "source-readable",
      problem.message,
      remedy ??
        (isCutShort
          ? l10n.t("Get a whole copy of the file from a backup; nothing is restored from half a file.")
          : l10n.t("Make the file readable for this user, or get it from a backup, then try again.")),
    );
    return;
  }
  if (index === undefined) {
    yield blocker(
      "source-readable",
      l10n.t("{0} was not read yet.", nameOf(file.path)),
      remedy ?? l10n.t("Refresh the list of conversations, then try again."),
    );
    return;
  }
  if (source.unpackedBytes === 0) {
    yield blocker(
      "source-readable",
      l10n.t("{0} is empty.", nameOf(file.path)),
      remedy ?? l10n.t("Choose another window; there is nothing in this one."),
    );
    return;
  }
  yield ok(
    "source-readable",
    l10n.t(
      "{0} can be read from the first to the last byte: {1}, {2} lines.",
      nameOf(file.path),
      formatBytes(source.unpackedBytes),
      formatNumber(index.lines),
    ),
  );
};

function otherCopy(count: number): string {
  return count === 1
    ? l10n.t("There is another copy of this window; restore that one.")
    : l10n.t("There are {0} other copies of this window; restore one of them.", formatNumber(count));
}
