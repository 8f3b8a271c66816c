import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import { shortened } from "../text/shortened";
import type { ResolvedRow } from "./agentInput";
import { jobKey } from "./joinLadder";
import { nothing, type WindowDraft } from "./windowDraft";

/** What is wrong with a store row: where it points, and what it shares. `window` is the one it means. */
export function rowProblems(
  resolved: ResolvedRow,
  window: WindowDraft | undefined,
  storePath: string,
): readonly Problem[] {
  const isMissing = (window === undefined || window.files.length === 0) && resolved.filePath !== undefined;
  const isShared = window !== undefined && window.rows.length > 1;
  if (resolved.problem === undefined && !isMissing && !isShared) return nothing;

  const problems: Problem[] = [];
  // Where the transcript was found by its header after all, the path in the row did no harm.
  if (resolved.problem !== undefined && !isFoundByHeader(resolved, window)) problems.push(resolved.problem);
  if (isMissing) problems.push(missingFile(resolved, storePath));
  if (isShared) {
    const { key } = resolved.row;
    // A cron job and its latest run share theirs by design.
    const others = otherKeys(window, key);
    if (others.length > 0) problems.push(sharedFile(key, others, storePath));
  }
  return problems;
}

function isFoundByHeader({ row, problem }: ResolvedRow, window: WindowDraft | undefined): boolean {
  if (problem?.code !== "store.file-outside") return false;
  const base = row.sessionFile?.split(/[\\/]/).at(-1);
  return window?.sessionId === row.sessionId && window?.files.some(({ name }) => name.base === base) === true;
}

/** The first few of other jobs: a store made to annoy may have ten thousand rows for one transcript, each with its problem. */
function otherKeys({ rows }: WindowDraft, key: string): readonly string[] {
  const others: string[] = [];
  const job = jobKey(key);
  for (const { row } of rows) {
    if (jobKey(row.key) === job) continue;
    if (others.length === KEYS_NAMED) return [...others, "…"];
    others.push(row.key);
  }
  return others;
}

const KEYS_NAMED = 5;

function missingFile({ row, filePath }: ResolvedRow, storePath: string): Problem {
  return {
    code: "store.file-missing",
    message: l10n.t(
      "The store row of {0} names {1}, which is not there. Right after a reset that is normal: OpenClaw writes a transcript with its first answer. Otherwise the conversation starts empty at the next message.",
      shortened(row.key),
      shortened(filePath?.split(/[\\/]/).at(-1) ?? ""),
    ),
    file: storePath,
  };
}

function sharedFile(key: string, others: readonly string[], storePath: string): Problem {
  return {
    code: "store.two-keys-one-file",
    message: l10n.t(
      "The store rows of {0} and {1} mean the same transcript: what is said in one is remembered in the other.",
      shortened(key),
      others.map((other) => shortened(other)).join(", "),
    ),
    file: storePath,
  };
}
