import * as l10n from "@vscode/l10n";
import type { Inspector } from "../core/inspectorPort";
import { visibleLine } from "../core/text/visibleText";
import type { Terminal } from "./terminal";

/** One line per state directory in which a restore was interrupted; whoever reads there must know that it is in between. */
export async function tellUnfinished({ snapshot, restorer }: Inspector, terminal: Terminal): Promise<void> {
  for (const { path } of snapshot.stateDirs) {
    try {
      const [first, ...others] = await restorer.unfinished(path);
      if (first) terminal.hint(sentence(first.plan.id, path, others.length));
    } catch (error) {
      // The answer to what was asked does not depend on it.
      const reason = error instanceof Error ? error.message : String(error);
      terminal.hint(
        l10n.t(
          "Whether a restore of {0} was interrupted cannot be told: {1}",
          visibleLine(path, 500),
          visibleLine(reason),
        ),
      );
    }
  }
}

function sentence(id: string, path: string, others: number): string {
  const place = visibleLine(path, 500);
  return others === 0
    ? l10n.t("The restore {0} in {1} was interrupted: `openclaw-sessions recover` ends it.", id, place)
    : l10n.t(
        "The restore {0} in {1} was interrupted, and {2} more: `openclaw-sessions recover` lists them.",
        id,
        place,
        others,
      );
}
