import type { StateDir } from "../../core/conversation/model";
import type { EngineHost } from "../../core/restore/engine/engineHost";
import { readReceipts, readUnfinished } from "../../core/restore/engine/receipts";
import type { RestoreReceipt } from "../../core/restore/restoreJournal";
import type { RestoreFiles } from "../../core/restore/restoreFiles";
import type { FactSources } from "./gatherFacts";
import { vaultOf } from "./vault";

/** What everything that restores shares. */
export interface RestoreContext {
  readonly sources: FactSources;
  readonly vaultBase: string | undefined;
  readonly files: RestoreFiles;
  readonly host: EngineHost;
  readonly tool: string;
}

/** What the vault of a state directory says. */
export interface VaultState {
  /** Absolute. */
  readonly vault: string;
  /** Newest first. */
  readonly receipts: readonly RestoreReceipt[];
  /** Ids of restores that were begun and not ended. */
  readonly unfinished: readonly string[];
}

export async function readVault(context: RestoreContext, stateDir: Pick<StateDir, "realPath">): Promise<VaultState> {
  const vault = await vaultOf(context.vaultBase, stateDir.realPath);
  const unfinished = await readUnfinished(context.files, vault);
  return {
    vault,
    receipts: await readReceipts(context.files, vault),
    unfinished: unfinished.map(({ plan }) => plan.id),
  };
}
