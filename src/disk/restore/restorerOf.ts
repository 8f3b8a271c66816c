import * as l10n from "@vscode/l10n";
import { gatewayChecks } from "../../core/restore/checks/gatewayCheck";
import { readReceipts, readUnfinished } from "../../core/restore/engine/receipts";
import { recoverPlan } from "../../core/restore/engine/recoverPlan";
import type { GatewayFact } from "../../core/restore/gatewayFact";
import type { RestoreReceipt } from "../../core/restore/restoreJournal";
import type { CheckedPlan, RestorePlan } from "../../core/restore/restorePlan";
import { RestoreRefused, type Restorer } from "../../core/restore/restorer";
import type { EvidenceCollector } from "../evidence/evidenceCollector";
import { readableDirectories } from "../evidence/filesOf";
import { LockReader } from "../evidence/locks";
import type { EvidencePlaces } from "../evidence/logFiles";
import type { LiveInspection } from "../scanLive";
import { applyDrawn, refuseStopped } from "./applyDrawn";
import { drawUp } from "./drawUp";
import { drawUpSwitchBack } from "./drawUpSwitchBack";
import { drawUpUndo } from "./drawUpUndo";
import type { Drawn } from "./drawn";
import { engineHost } from "./engineHost";
import { gatewayNow } from "./gatherFacts";
import { nodeFiles } from "./nodeFiles";
import { rehearse, type InspectCopy } from "./rehearse";
import type { RestoreContext } from "./restoreContext";
import { stateDirOf } from "./restoreSubject";
import { sessionDirectories } from "./sessionDirectories";
import { shownContent } from "./shownContent";
import { vaultOf } from "./vault";
import { verifyResult } from "./verifyResult";

export interface RestorerOptions {
  readonly live: Pick<LiveInspection, "snapshot" | "refresh" | "index">;
  readonly collector: Pick<EvidenceCollector, "collect">;
  readonly places: () => EvidencePlaces;
  /** Undefined: there is no place for backups, so nothing can be restored. */
  readonly vaultBase: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who writes the journal: name and version. */
  readonly tool: string;
  /** For rehearsals. */
  readonly inspectCopy: InspectCopy;
  /** Epoch ms. */
  readonly now?: (() => number) | undefined;
  /** What is said of a gateway where none can be: of a copy that was made a moment ago. */
  readonly gatewayIsAway?: GatewayFact | undefined;
}

/** Giving back, on this machine's disk. */
export function createRestorer(options: RestorerOptions): Restorer {
  const { live, collector, places, vaultBase, env, tool, now = Date.now, gatewayIsAway } = options;
  const sources = { live, collector, places, env, gatewayIsAway, locks: new LockReader() };
  const context: RestoreContext = { sources, vaultBase, files: nodeFiles, host: engineHost(now), tool };
  /** What each plan was made from, as long as somebody holds it. */
  const drawn = new WeakMap<RestorePlan, Drawn>();

  const remember = (made: Drawn): CheckedPlan => {
    if (made.checked.plan !== undefined) drawn.set(made.checked.plan, made);
    return made.checked;
  };
  const drawnOf = (plan: RestorePlan | undefined): Drawn => {
    const made = plan && drawn.get(plan);
    if (made !== undefined) return made;
    throw new RestoreRefused(l10n.t("This plan was not made here, or not a moment ago. Make it again."));
  };
  /** Whatever came of it: what is shown is what is there. */
  const afterwards = async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      await live.refresh().catch(() => undefined); // the look at the disk says itself what is wrong with it
    }
  };

  return {
    vaultOf: (stateDir) => vaultOf(vaultBase, stateDir),

    async plan(request, progress, signal) {
      return remember(await drawUp(request, context, { progress, signal }));
    },

    apply: (planned, progress, signal) =>
      afterwards((async () => applyDrawn({ ...drawnOf(planned.plan), checked: planned }, context, progress, signal))()),

    async list(stateDir) {
      // Without a place for backups nothing was ever restored.
      return vaultBase === undefined ? [] : readReceipts(nodeFiles, await vaultOf(vaultBase, stateDir));
    },

    async unfinished(stateDir) {
      return vaultBase === undefined ? [] : readUnfinished(nodeFiles, await vaultOf(vaultBase, stateDir));
    },

    recover: (stateDir, id, how, gatewayIsStopped = false) => afterwards(recover(stateDir, id, how, gatewayIsStopped)),

    async planUndo(stateDir, id, gatewayIsStopped = false) {
      return remember(await drawUpUndo(stateDir, id, gatewayIsStopped, context));
    },

    async planSwitchBack(stateDir, id, gatewayIsStopped) {
      return remember(await drawUpSwitchBack(stateDir, id, gatewayIsStopped, context));
    },

    rehearse: async (planned, progress, signal) =>
      rehearse(drawnOf(planned.plan), {
        inspectCopy: options.inspectCopy,
        restorerOf: (copy, base, away) =>
          createRestorer({ ...options, live: copy, vaultBase: base, gatewayIsAway: away }),
        progress,
        signal,
      }),

    async gateway(stateDir) {
      return gatewayNow(stateDirOf(await live.refresh(), stateDir), sources, now());
    },

    async contentPath(plan, sha256) {
      const vault = await vaultOf(vaultBase, plan.stateDir.realPath);
      return shownContent(sha256, { plan, vault, made: drawn.get(plan), files: nodeFiles });
    },
  };

  async function recover(
    directory: string,
    id: string,
    how: "finish" | "take-back",
    gatewayIsStopped: boolean,
  ): Promise<RestoreReceipt> {
    const vault = await vaultOf(vaultBase, directory);
    const stateDir = stateDirOf(await live.refresh(), directory);
    const within = readableDirectories(stateDir);
    refuseStopped([...gatewayChecks(await gatewayNow(stateDir, sources, now()), gatewayIsStopped)]);
    const known = (await readReceipts(nodeFiles, vault)).find(({ plan }) => plan.id === id);
    return recoverPlan(nodeFiles, vault, id, how, {
      ...context.host,
      directories: await sessionDirectories(stateDir),
      verify: async () => (known === undefined ? [] : verifyResult(known.plan, { within, source: undefined })),
    });
  }
}
