import type { Snapshot } from "../core/conversation/model";
import type { Disposable, Inspector } from "../core/inspectorPort";
import type { RestoreReceipt } from "../core/restore/restoreJournal";
import { findConversation } from "./findConversation";

/** What became of a conversation that was given back. */
export type RestoreVerdict =
  /** The restored transcript grew, and it is still the current one. */
  | "goes-on"
  /** Another transcript is current: it was reset again, or something else took its place. */
  | "replaced";

/** What is watched for: the first message after a restore tells whether it holds. */
interface Watched {
  readonly receipt: RestoreReceipt;
  readonly file: string;
  readonly bytes: number;
  readonly sessionId: string;
}

/** Watches restored conversations until their first message, and tells what came of it, once each. */
export class RestoreWatch implements Disposable {
  private readonly watched = new Map<string, Watched>();
  private readonly subscription: Disposable;

  constructor(
    private readonly inspector: Pick<Inspector, "snapshot" | "onDidChange">,
    private readonly tell: (receipt: RestoreReceipt, verdict: RestoreVerdict) => void,
  ) {
    this.subscription = inspector.onDidChange(() => {
      this.look();
    });
  }

  /** Nothing happens for what points to no file: there is nothing that could grow. */
  begin(receipt: RestoreReceipt): void {
    const { plan } = receipt;
    const restored = plan.changes.find(({ role }) => role === "restored");
    if (plan.kind !== "restore" || restored?.after.kind !== "file" || plan.to === undefined) return;
    this.watched.set(plan.id, { receipt, file: restored.path, bytes: restored.after.bytes, sessionId: plan.to });
  }

  /** After an undo there is nothing to tell any more. */
  end(id: string): void {
    this.watched.delete(id);
  }

  dispose(): void {
    this.subscription.dispose();
    this.watched.clear();
  }

  private look(): void {
    for (const [id, watched] of this.watched) {
      const verdict = verdictOf(this.inspector.snapshot, watched);
      if (verdict === undefined) continue;
      this.watched.delete(id);
      this.tell(watched.receipt, verdict);
    }
  }
}

function verdictOf(snapshot: Snapshot, { receipt, file, bytes, sessionId }: Watched): RestoreVerdict | undefined {
  const { stateDir, agentId, key } = receipt.plan;
  const conversation = findConversation(snapshot, { stateDir: stateDir.path, agentId, key });
  const current = conversation?.row?.sessionId;
  // Not looked at since: the row is that of before.
  if (current === undefined || current === receipt.plan.from) return undefined;
  if (current !== sessionId) return "replaced";
  const shown = conversation?.windows.flatMap(({ primary, copies }) => [...(primary ? [primary] : []), ...copies]);
  const now = shown?.find(({ path }) => path === file);
  return now !== undefined && now.bytes > bytes ? "goes-on" : undefined;
}
