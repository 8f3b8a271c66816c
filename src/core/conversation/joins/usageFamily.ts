import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/**
 * `usageFamilySessionIds` (2026.5.18+): the ids a key had before, kept by chat, daily and idle resets and dropped by
 * `sessions.reset`. The family may be another key's: `usageFamilyKey` says whose.
 */
export function addUsageFamilies({ rows }: KnownFacts, claims: ClaimsById): void {
  for (const { row } of rows) {
    const key = row.usageFamilyKey ?? row.key;
    for (const id of row.usageFamilySessionIds) {
      // The current one is listed too; about that the row itself knows better.
      if (id !== row.sessionId) claims.add(id, new Claim("usage-family", key, listsId, row.key, id, key));
    }
  }
}

const listsId: Sentence = (rowKey, id, key) =>
  l10n.t("The store row of {0} lists session {1} among those {2} had (usageFamilySessionIds).", rowKey, id, key);
