import type { LookedAtFile } from "../../core/restore/restoreFiles";
import { readReceipt } from "../../core/restore/engine/receipts";
import { isPlanId } from "../../core/restore/engine/soundPlan";
import { vaultPaths } from "../../core/restore/engine/vaultPaths";
import { restoreFactOf } from "../../core/rotation/ownRestores";
import type { RestoreFact } from "../../core/rotation/rotationFacts";
import { nodeFiles } from "../restore/nodeFiles";
import { vaultOf } from "../restore/vault";

/** Ids begin with their time, so these are the newest. */
const MOST_RECEIPTS = 500;
/** A plan shows the entries that it changes, bulky fields left out. */
const MOST_BYTES = 2 * 1024 * 1024;

/** What the inspector restored in one state directory, read from the journals in its vault; a journal that did not change once. */
export class OwnReceiptReader {
  private known = new Map<string, { readonly version: string; readonly fact: RestoreFact | undefined }>();

  /** Oldest first. Empty where nothing was ever restored. */
  async read(vaultBase: string, stateDir: string, signal: AbortSignal): Promise<readonly RestoreFact[]> {
    const paths = vaultPaths(await vaultOf(vaultBase, stateDir));
    const names = (await nodeFiles.list(paths.restores)).filter(isPlanId).sort().slice(-MOST_RECEIPTS);
    const read: typeof this.known = new Map();
    for (const id of names) {
      signal.throwIfAborted();
      const journal = await nodeFiles.look(paths.journal(id)).catch(() => absent); // what cannot be looked at tells nothing
      if (journal.kind !== "file" || journal.bytes > MOST_BYTES) continue;
      const version = `${journal.identity} ${String(journal.bytes)} ${String(journal.mtimeMs)}`;
      const before = this.known.get(id);
      if (before?.version === version) {
        read.set(id, before);
        continue;
      }
      const receipt = await readReceipt(nodeFiles, paths, id);
      read.set(id, { version, fact: receipt && restoreFactOf(receipt) });
    }
    this.known = read;
    const facts = [...read.values()].flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
    // The journal of what was undone may not say so yet.
    const undone = new Set(facts.flatMap(({ kind, of }) => (kind === "undo" && of !== undefined ? [of] : [])));
    return facts.map((fact) => (fact.inForce && undone.has(fact.id) ? { ...fact, inForce: false } : fact));
  }
}

const absent: LookedAtFile = { kind: "absent" };
