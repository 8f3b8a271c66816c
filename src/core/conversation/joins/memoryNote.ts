import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/** The session-memory hook writes a note at `/new` and `/reset` that names the key and the session that ended. */
export function addMemoryNotes({ memoryNotes }: KnownFacts, claims: ClaimsById): void {
  for (const { base, sessionId, sessionKey } of memoryNotes) {
    claims.add(sessionId, new Claim("memory-note", sessionKey, notesSession, base, sessionId, sessionKey));
  }
}

const notesSession: Sentence = (base, id, key) =>
  l10n.t("The memory note {0} names session {1} of {2}.", base, id, key);
