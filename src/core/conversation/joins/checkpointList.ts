import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/**
 * `compactionCheckpoints` of a row (2026.4.7–7.35) keep naming the session that was compacted, also after the key went on to
 * another (in 2026.4.21 and 5.18 after every kind of reset, in 2026.7.35 only after `sessions.reset`).
 */
export function addCheckpointLists({ rows }: KnownFacts, claims: ClaimsById): void {
  for (const { row } of rows) {
    for (const { sessionId, preSessionId, postSessionId } of row.checkpoints) {
      for (const id of [sessionId, preSessionId, postSessionId]) {
        if (id !== undefined) claims.add(id, new Claim("checkpoint-list", row.key, listsCheckpoint, row.key, id));
      }
    }
  }
}

const listsCheckpoint: Sentence = (key, id) =>
  l10n.t("The store row of {0} lists a compaction checkpoint of session {1}.", key, id);
