import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
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
    const others = window.rows.map(({ row }) => row.key).filter((other) => jobKey(other) !== jobKey(key));
    if (others.length > 0) problems.push(sharedFile(key, others, storePath));
  }
  return problems;
}

function isFoundByHeader({ row, problem }: ResolvedRow, window: WindowDraft | undefined): boolean {
  if (problem?.code !== "store.file-outside") return false;
  const base = row.sessionFile?.split(/[\\/]/).at(-1);
  return window?.sessionId === row.sessionId && window?.files.some(({ name }) => name.base === base) === true;
}

function missingFile({ row, filePath }: ResolvedRow, storePath: string): Problem {
  return {
    code: "store.file-missing",
    message: l10n.t(
      "The store row of {0} means {1}, which is not there. Right after a reset that is normal: OpenClaw writes a transcript with its first answer. Otherwise the conversation starts empty at the next message.",
      row.key,
      filePath?.split(/[\\/]/).at(-1) ?? "",
    ),
    file: storePath,
  };
}

function sharedFile(key: string, others: readonly string[], storePath: string): Problem {
  return {
    code: "store.two-keys-one-file",
    message: l10n.t(
      "The store rows of {0} and {1} mean the same transcript: what is said in one is remembered in the other.",
      key,
      others.join(", "),
    ),
    file: storePath,
  };
}
