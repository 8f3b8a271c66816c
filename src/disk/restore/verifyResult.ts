import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import type { TranscriptIndex } from "../../core/index/transcriptIndex";
import type { RestorePlan } from "../../core/restore/restorePlan";
import { formatCount } from "../../core/text/formatCount";
import { formatNumber } from "../../core/text/formatSize";
import { shortened } from "../../core/text/shortened";
import { resolveSessionFile } from "../containment";
import { readStore } from "../readStore";
import { realPathOf } from "../regularFile";
import { indexFile } from "../scanIndex";

export interface VerifyOptions {
  readonly within: readonly string[];
  /** Of what comes back, as it was indexed; undefined when that is not known. */
  readonly source: TranscriptIndex | undefined;
}

/**
 * Reads the result with what shows conversations: whole sentences of what was seen. Throws when it is not as planned; the engine
 * then takes everything back.
 */
export async function verifyResult(plan: RestorePlan, { within, source }: VerifyOptions): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const { path: file, after, role } of plan.changes) {
    if (after.kind === "absent") continue;
    if (role === "index") seen.push(await verifyIndex(plan, file, within));
    else seen.push(await verifyTranscript(file, role === "restored" ? source : undefined, within));
  }
  return seen;
}

async function verifyIndex(plan: RestorePlan, storePath: string, within: readonly string[]): Promise<string> {
  const { outcome, rows, problems } = await readStore(storePath, { within });
  const broken = problems.find(({ code }) => code.startsWith("store.not") || code === "store.half-written");
  if (outcome !== "read" || broken !== undefined) {
    throw new Error(broken?.message ?? l10n.t("{0} cannot be read any more.", storePath));
  }
  for (const { key, after } of plan.entries) {
    const wanted = after === undefined ? undefined : sessionIdIn(after);
    if (rows.find((row) => row.key === key)?.sessionId === wanted) continue;
    throw new Error(l10n.t("{0} does not hold the entry {1} as planned.", storePath, shortened(key)));
  }
  const row = rows.find(({ key }) => key === plan.key);
  if (row?.sessionId !== plan.to) {
    throw new Error(
      l10n.t("{0} does not name the session {1} under {2}.", storePath, plan.to ?? "-", shortened(plan.key)),
    );
  }
  if (row === undefined || plan.to === undefined) {
    return l10n.t(
      "{0} was read again: there is no entry {1}, as before.",
      path.basename(storePath),
      shortened(plan.key),
    );
  }
  const directory = path.dirname(storePath);
  const place = { agentId: plan.agentId, path: directory, realPath: await realPathOf(directory), storePath };
  const { path: file, exists } = await resolveSessionFile(row, place, []);
  // The state before a restore may have been one without a file; that is what undo brings back.
  if (!exists && plan.kind !== "undo") {
    throw new Error(l10n.t("The entry {0} leads to {1}, which is not there.", shortened(plan.key), file ?? "-"));
  }
  return l10n.t(
    "{0} was read again: {1} points to the session {2}, in {3}.",
    path.basename(storePath),
    shortened(plan.key),
    plan.to,
    file === undefined ? "-" : path.basename(file),
  );
}

/** Of an entry as a plan shows it. */
function sessionIdIn(entry: string): string | undefined {
  const { sessionId } = JSON.parse(entry) as Readonly<Record<string, unknown>>;
  return typeof sessionId === "string" ? sessionId : undefined;
}

async function verifyTranscript(
  file: string,
  source: TranscriptIndex | undefined,
  within: readonly string[],
): Promise<string> {
  const { index } = await indexFile(file, { within, previous: undefined, signal: new AbortController().signal });
  if (source !== undefined && index.entries !== source.entries) {
    throw new Error(
      l10n.t(
        "{0} holds {1} entries, not {2} as what it was copied from.",
        file,
        formatNumber(index.entries),
        formatNumber(source.entries),
      ),
    );
  }
  const worse = source !== undefined && index.problemCount > source.problemCount ? index.problems[0] : undefined;
  if (worse !== undefined) {
    throw new Error(l10n.t("{0} has damage that what it was copied from has not: {1}", file, worse.message));
  }
  return l10n.t("{0} was read again: {1}.", path.basename(file), formatCount("entry", index.entries));
}
