import * as l10n from "@vscode/l10n";
import type { VersionFact } from "../../surroundings/surroundings";

/** `OpenClaw 2026.4.21`, or between which versions. */
export function versionName(version: VersionFact): string {
  switch (version.kind) {
    case "exact":
      return l10n.t("OpenClaw {0}", version.version);
    case "range":
      if (version.from !== undefined && version.until !== undefined) {
        return l10n.t("OpenClaw between {0} and {1}", version.from, version.until);
      }
      if (version.from !== undefined) return l10n.t("OpenClaw from {0} on", version.from);
      return version.until === undefined ? l10n.t("OpenClaw") : l10n.t("OpenClaw up to {0}", version.until);
    case "unknown":
      return l10n.t("OpenClaw");
  }
}
