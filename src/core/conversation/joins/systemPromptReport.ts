import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/** `systemPromptReport` of a row says for which key and session the last prompt was made; it may lag behind the row. */
export function addSystemPromptReports({ rows }: KnownFacts, claims: ClaimsById): void {
  for (const { row } of rows) {
    const { reportSessionId: id, reportSessionKey: key } = row;
    if (id === undefined || key === undefined) continue;
    claims.add(id, new Claim("system-prompt-report", key, reportsSession, row.key, id, key));
  }
}

const reportsSession: Sentence = (rowKey, id, key) =>
  l10n.t("The prompt report in the store row of {0} was made for session {1} of {2}.", rowKey, id, key);
