import * as l10n from "@vscode/l10n";
import { firstCause, type Rotation } from "../core/rotation/rotation";

/** A deletion is no reset. */
export function isRemoval(rotation: Pick<Rotation, "causes">): boolean {
  const cause = firstCause(rotation);
  return cause === "deleted" || cause === "pruned";
}

/** What the way to the report is called. */
export function explainName(rotation: Pick<Rotation, "causes">): string {
  return isRemoval(rotation) ? l10n.t("Explain what happened") : l10n.t("Explain this reset");
}
