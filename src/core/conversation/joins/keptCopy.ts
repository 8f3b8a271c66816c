import * as l10n from "@vscode/l10n";
import { toldTime } from "../../text/toldTime";
import type { JoinRung, SessionFile } from "../model";
import type { WindowDraft } from "../windowDraft";
import { Claim, type Sentence } from "./claim";

/** Rungs that guess: what they said once is no reason against what they say now. */
const guesses: ReadonlySet<JoinRung | undefined> = new Set<JoinRung | undefined>([
  "time-adjacency",
  "chain",
  "only-conversation",
  undefined,
]);

/** What was known of the conversation when a copy of the window was kept: the evidence itself may be gone by now. */
export function keptCopyClaims({ files }: WindowDraft): readonly Claim[] {
  const claims = new Map<string, Claim>();
  const isAllKept = files.every(({ kept }) => kept !== undefined);
  for (const { name, kept } of files) {
    if (kept?.key === undefined || claims.has(kept.key)) continue;
    if (guesses.has(kept.joinRung) && !isAllKept) continue;
    claims.set(
      kept.key,
      new Claim("kept-copy", kept.key, wasJoined, name.base, kept.key, kept.at ?? "", kept.joinEvidence ?? ""),
    );
  }
  return [...claims.values()];
}

/** Whether anything is kept of the window at all. */
export function hasKeptCopy(files: readonly SessionFile[]): boolean {
  return files.some(({ kept }) => kept !== undefined);
}

const wasJoined: Sentence = (base, key, at, evidence) =>
  l10n.t(
    "The record beside the kept copy {0} names {1}. When it was made, {2}, the evidence was: {3}",
    base,
    key,
    (typeof at === "number" ? toldTime(at) : undefined) ?? l10n.t("an unknown time"),
    evidence === "" ? l10n.t("none was written down.") : evidence,
  );
