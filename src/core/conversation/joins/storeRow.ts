import * as l10n from "@vscode/l10n";
import type { Former } from "../formerKey";
import type { KnownFacts } from "../knownFacts";
import type { WindowDraft } from "../windowDraft";
import { isoTime } from "../../text/formatTime";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/** The store itself: a row points to one of the window's files, or was found to mean it by the id in its header. */
export function storeRowClaims({ rows, files, sessionId }: WindowDraft): Claim[] {
  return rows.map(({ row, filePath }) => {
    const pointedAt = files.find(({ path }) => path === filePath);
    if (pointedAt === undefined) return new Claim("store-row", row.key, namesId, row.key, sessionId);
    return new Claim("store-row", row.key, pointsToFile, row.key, pointedAt.name.base);
  });
}

/** The ids alone. Several rows may name one: a cron job and its run do (until 2026.4.21). */
export function addStoreRowIds({ rows }: KnownFacts, claims: ClaimsById): void {
  for (const { row } of rows) {
    claims.add(row.sessionId, new Claim("store-row", row.key, namesId, row.key, row.sessionId));
  }
}

/** The row has the session from another key. */
export function storeRowSince(key: string, sessionId: string, { key: former, since }: Former): Claim {
  return new Claim("store-row", key, hasItSince, key, sessionId, since, former);
}

const namesId: Sentence = (key, id) => l10n.t("The store row of {0} names session {1}.", key, id);
const pointsToFile: Sentence = (key, base) => l10n.t("The store row of {0} points to {1}.", key, base);
const hasItSince: Sentence = (key, id, since, former) =>
  l10n.t(
    "The store row of {0} means session {1} since {2}; what was written before names {3}.",
    key,
    id,
    isoTime(Number(since)) ?? "",
    former,
  );
