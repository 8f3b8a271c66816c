import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/** `sessions.json.bak.<epochMillis>` (2026.2.9–4.26) holds the rows of an earlier day, lost keys included. */
export function addStoreBackups({ storeBackups }: KnownFacts, claims: ClaimsById): void {
  for (const { base, rows } of storeBackups) {
    for (const row of rows) {
      for (const id of [row.sessionId, ...row.usageFamilySessionIds]) {
        if (id !== undefined) claims.add(id, new Claim("store-backup", row.key, namedId, base, row.key, id));
      }
    }
  }
}

const namedId: Sentence = (base, key, id) =>
  l10n.t("In the older store {0} the row of {1} names session {2}.", base, key, id);
