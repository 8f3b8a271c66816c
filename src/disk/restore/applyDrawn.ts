import * as l10n from "@vscode/l10n";
import { ReadError } from "../../core/inspectorPort";
import { stoppers, type RestoreCheck } from "../../core/restore/restoreCheck";
import type { RestoreReceipt } from "../../core/restore/restoreJournal";
import { RestoreRefused, type RestoreProgress } from "../../core/restore/restorer";
import { nextReset } from "../../core/restore/checks/nextReset";
import type { Surroundings } from "../../core/surroundings/surroundings";
import { carryOut } from "./carryOut";
import type { Drawn } from "./drawn";
import type { RestoreContext } from "./restoreContext";

/** Times in a plan are those of its making; a plan of yesterday would bring back a conversation that is reset at once. Ms. */
const LONGEST_WAIT = 15 * 60 * 1000;

/** Looks at everything again, and carries the plan out if nothing stops it and nothing it depends on is different. */
export async function applyDrawn(
  { checked, vault, within, directories, contents, source, lookAgain }: Drawn,
  context: RestoreContext,
  progress: RestoreProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<RestoreReceipt> {
  const { plan, checks } = checked;
  refuseStopped(checks);
  if (plan === undefined) throw new RestoreRefused(l10n.t("There is no plan to carry out."));
  const waited = context.host.now() - plan.createdAt;
  if (waited > LONGEST_WAIT || waited < 0) {
    throw new RestoreRefused(
      l10n.t("This plan was made too long ago: the times in it would no longer be right. Make it again."),
    );
  }
  const second = await lookAgain(signal).catch((error: unknown) => {
    // Nothing was changed: that is a refusal in the words of what failed.
    throw error instanceof ReadError ? new RestoreRefused(error.message) : error;
  });
  refuseStopped(second.checks);
  if (second.changed !== undefined) {
    throw new RestoreRefused(
      l10n.t(
        "{0} is no longer as it was when this was planned. Nothing was changed. Make the plan again.",
        second.changed,
      ),
    );
  }
  if (plan.kind !== "undo" && isDueSince(second.surroundings, plan.createdAt, context.host.now())) {
    throw new RestoreRefused(
      l10n.t(
        "Since this was planned, the hour came at which conversations are reset: what is restored with the times of before would be reset by the very next message. Make the plan again.",
      ),
    );
  }
  return carryOut(
    { plan, vault, within, directories, contents, source, surroundings: second.surroundings },
    context,
    progress,
    signal,
  );
}

/** In any zone that the gateway may run in. */
function isDueSince(surroundings: Surroundings, planned: number, now: number): boolean {
  return surroundings.zone.some((zone) => {
    const next = nextReset({ ...surroundings, zone: [zone] }, planned);
    return next !== undefined && next.at <= now;
  });
}

/** Throws RestoreRefused with what stops it, in the words of the checks. */
export function refuseStopped(checks: readonly RestoreCheck[]): void {
  const stopping = stoppers(checks);
  if (stopping.length === 0) return;
  throw new RestoreRefused(
    stopping.map(({ text, remedy }) => (remedy === undefined ? text : `${text} ${remedy}`)).join("\n"),
  );
}
