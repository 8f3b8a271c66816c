import * as l10n from "@vscode/l10n";
import type { ReadError } from "../../core/inspectorPort";
import type { CheckCode, RestoreCheck } from "../../core/restore/restoreCheck";

/** What kept a plan from being drawn up, as a blocker. */
export function cannotLook(error: ReadError): RestoreCheck {
  return { code: codeOf(error), level: "blocker", text: error.message, remedy: remedyOf(error) };
}

function codeOf({ code }: ReadError): CheckCode {
  return code === "outside" || code === "not-regular" ? "containment" : "source-readable";
}

function remedyOf({ code }: ReadError): string {
  switch (code) {
    case "vanished":
      return l10n.t("Refresh, then try again.");
    case "no-permission":
      return l10n.t("Run this as the user who may read it: the one the gateway runs as.");
    case "not-regular":
    case "outside":
      return l10n.t("Put the file itself where this stands, or restore under a new key; nothing else is ever opened.");
    case "unsupported":
      return l10n.t("Choose another copy of this conversation.");
    case "io":
      return l10n.t("Check the disk, then try again.");
  }
}
