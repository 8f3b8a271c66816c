import * as l10n from "@vscode/l10n";
import type { WindowDraft } from "../windowDraft";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/**
 * `openclaw:bootstrap-context:full` rows (2026.3.x–7.x) name the session they were written for. Where that is not the
 * header's id (a transcript restored under another), whoever claims the id in the row claims the transcript.
 */
export function bootstrapContextClaims({ files, sessionId }: WindowDraft, claims: ClaimsById): Claim[] {
  const found: Claim[] = [];
  for (const { index } of files) {
    for (const id of index?.bootstrapSessionIds ?? []) {
      if (id === sessionId) continue;
      const [best] = claims.get(id) ?? [];
      if (best !== undefined) found.push(new Claim("bootstrap-context", best.key, writtenFor, id, best.evidence));
    }
  }
  return found;
}

const writtenFor: Sentence = (id, evidence) =>
  l10n.t("A bootstrap row in this transcript was written for session {0}. {1}", id, evidence);
