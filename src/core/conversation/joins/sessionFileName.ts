import * as l10n from "@vscode/l10n";
import { parseFileName } from "../../names/parseFileName";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/**
 * The name of the file a row points to may carry an older id than the row: `sessions.reset` of 2026.3.28–5.7 gives the key
 * a new id and keeps the file.
 */
export function addSessionFileNames({ rows }: KnownFacts, claims: ClaimsById): void {
  for (const { row } of rows) {
    const base = row.sessionFile?.split(/[\\/]/).at(-1);
    if (base === undefined || base === `${row.sessionId ?? ""}.jsonl`) continue;
    const name = parseFileName(base);
    if ((name.kind !== "transcript" && name.kind !== "archive") || name.sessionId === row.sessionId) continue;
    claims.add(name.sessionId, new Claim("session-file-name", row.key, namesOldFile, row.key, base, name.sessionId));
  }
}

const namesOldFile: Sentence = (key, base, id) =>
  l10n.t("The store row of {0} still names the file {1}, which carries the id {2}.", key, base, id);
