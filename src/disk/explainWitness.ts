import type { Conversation, StateDir } from "../core/conversation/model";
import { boundariesOfConversation } from "../core/rotation/boundaries";
import type { Boundary } from "../core/rotation/rotation";
import type { CollectedEvidence, ResetRecord } from "../core/rotation/rotationFacts";
import type { StoreRow } from "../core/store/storeRow";

/** A rotation that was noticed while running, and what only a witness knows of it. */
export interface SeenRotation {
  /** Real path. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly key: string;
  readonly sessionIdBefore: string;
  /** The store's row as it was before; it is overwritten by now. */
  readonly rowBefore: StoreRow | undefined;
}

/** What is kept lies within so much of the reset, ms. */
const AROUND_MS = 60_000;
const MAX_LOGS = 40;
const MAX_COMMANDS = 10;
/** A rotation whose traces never appear on disk is forgotten after so many looks. */
const MAX_LOOKS = 20;

/** Remembers rotations until their traces are on disk, and writes down then what explains them. */
export class ResetWitness {
  private waiting: { readonly seen: SeenRotation; looks: number }[] = [];

  saw(seen: readonly SeenRotation[]): void {
    for (const each of seen) this.waiting.push({ seen: each, looks: 0 });
  }

  recordsOf(stateDir: StateDir, evidence: CollectedEvidence): readonly ResetRecord[] {
    const records: ResetRecord[] = [];
    this.waiting = this.waiting.filter((waiting) => {
      if (waiting.seen.stateDir !== stateDir.realPath) return true;
      const record = recordOf(waiting.seen, stateDir, evidence);
      if (record === undefined) return ++waiting.looks < MAX_LOOKS;
      if (!evidence.resetRecords.some(({ id }) => id === record.id)) records.push(record);
      return false;
    });
    return records;
  }
}

function recordOf(seen: SeenRotation, stateDir: StateDir, evidence: CollectedEvidence): ResetRecord | undefined {
  const boundary = boundaryOf(seen, stateDir);
  const at = boundary?.at;
  if (boundary === undefined || at === undefined) return undefined;
  const isNear = (record: { readonly at: number }): boolean => Math.abs(record.at - at) <= AROUND_MS;
  const trigger = (evidence.triggers.get(boundary.to?.sessionId ?? "") ?? []).find((turn) => turn.at >= at - AROUND_MS);
  return {
    id: boundary.id,
    agentId: seen.agentId,
    key: seen.key,
    at,
    recordedAt: evidence.now,
    fromSessionId: boundary.from.sessionId,
    toSessionId: boundary.to?.sessionId,
    archive: boundary.archive?.path,
    rowBefore: seen.rowBefore,
    logs: evidence.logs.filter(isNear).slice(0, MAX_LOGS),
    commands: evidence.commands.filter(isNear).slice(0, MAX_COMMANDS),
    trigger,
  };
}

/** The latest end of the window that was current. */
function boundaryOf({ agentId, key, sessionIdBefore }: SeenRotation, stateDir: StateDir): Boundary | undefined {
  const agent = stateDir.agents.find(({ id }) => id === agentId);
  const conversation: Conversation | undefined = agent?.conversations.find((each) => each.key === key);
  if (agent === undefined || conversation === undefined) return undefined;
  return boundariesOfConversation(stateDir, agent, conversation)
    .filter(({ from, at }) => from.sessionId === sessionIdBefore && at !== undefined)
    .reduce<Boundary | undefined>(
      (latest, each) => (latest === undefined || (each.at ?? 0) >= (latest.at ?? 0) ? each : latest),
      undefined,
    );
}
