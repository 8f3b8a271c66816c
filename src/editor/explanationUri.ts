import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";
import type { Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import { makeSessionUri } from "./sessionUri";

/** The address of the document "Explain this reset"; its tab reads `Why main ended · 2026-03-31 04:00`. */
export function explanationUri(
  { stateDir, id, agentId, conversation, from, at }: Rotation,
  timeZone: string | undefined,
): vscode.Uri {
  const name = conversation?.label ?? from.sessionId.slice(0, 8);
  const title =
    at === undefined
      ? l10n.t("Why {0} ended", name)
      : l10n.t("Why {0} ended · {1}", name, formatTime(at, { timeZone, precision: "minute" }));
  return makeSessionUri({ kind: "explanation", stateDir, rotationId: id }, { title, folder: agentId });
}
