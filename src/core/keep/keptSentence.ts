import * as l10n from "@vscode/l10n";
import type { SessionFile } from "../conversation/model";
import { toldTime } from "../text/toldTime";
import type { KeptMark } from "./keptMark";

/** Two words for a row of a tree or a table; undefined for what is no kept copy. */
export function keptLabel({ kept }: SessionFile): string | undefined {
  return kept === undefined ? undefined : l10n.t("kept copy");
}

/** When it was kept, and of what. */
export function keptSentence({ at, originalName, originalPath }: KeptMark): string {
  const original = originalPath ?? originalName;
  const when = toldTime(at);
  return when === undefined
    ? l10n.t("A kept copy of {0}; when it was made is not known. OpenClaw does not delete it.", original)
    : l10n.t("A kept copy of {0}, made {1}. OpenClaw does not delete it.", original, when);
}
