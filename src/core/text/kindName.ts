import * as l10n from "@vscode/l10n";
import type { WindowKind } from "../conversation/model";

/** What a window is now, in one or two words. */
export function kindName(kind: WindowKind): string {
  switch (kind) {
    case "live":
      return l10n.t("current");
    case "reset":
      return l10n.t("reset");
    case "deleted":
      return l10n.t("deleted");
    case "bak":
      return l10n.t("cut by compact");
    case "checkpoint":
      return l10n.t("checkpoint only");
    case "orphan":
      return l10n.t("left behind");
    case "trajectory-only":
      return l10n.t("run trace only");
    case "missing":
      return l10n.t("file is missing");
  }
}
