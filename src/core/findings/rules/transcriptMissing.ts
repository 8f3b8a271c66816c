import * as l10n from "@vscode/l10n";
import type { Agent, Conversation, Window } from "../../conversation/model";
import { type Evidence, evidence, type NonEmpty } from "../../evidence/evidence";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import type { StoreRow } from "../../store/storeRow";
import { formatCount } from "../../text/formatCount";
import { formatDuration, isoTime } from "../../text/formatTime";
import { shortened } from "../../text/shortened";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import { currentWindow, peopleConversations, storePathOf } from "../peopleConversations";
import { subjectOf } from "../subject";
import { versionNow } from "../versionNow";

/** A first turn may take that long before anything is written. */
const FIRST_TURN_MS = 10 * 60_000;

/** Live rows whose transcript is not there although something shows that it was: the next message starts empty. */
export function* missingTranscripts(input: FindingInput): Generator<Finding> {
  for (const { agent, conversation } of peopleConversations(input)) {
    const { row } = conversation;
    const window = currentWindow(conversation);
    if (row === undefined || window === undefined || window.primary !== undefined || window.copies.length > 0) continue;
    if (isInFirstTurn(row, window, input.evidence.now)) continue;
    // Where the directory could not be read, a file that is not seen is not missing.
    if (agent.roots.some(({ read, problems }) => !read || problems.some(({ code }) => code === "directory.unreadable")))
      continue;
    const signs = signsOfWords(agent, window, row);
    const [first, ...others] = signs;
    if (first !== undefined) yield missing(input, conversation, window, [first, ...others]);
  }
}

function missing(input: FindingInput, conversation: Conversation, window: Window, signs: NonEmpty<Evidence>): Finding {
  const [trace] = window.trajectories;
  return {
    code: "row.transcript-missing",
    severity: "error",
    title: l10n.t("The transcript of {0} is missing", conversation.label),
    detail: l10n.t(
      "The store row of {0} names session {1}, and there is no transcript of it. The conversation starts empty at the next message, without a word.",
      conversation.key,
      window.sessionId,
    ),
    evidence: signs,
    next:
      trace === undefined
        ? l10n.t(
            "Put the transcript back from a backup before the next message, or look for it among windows that were left behind.",
          )
        : l10n.t("The run trace {0} still holds what was said: copy it before it is cleaned up.", trace.name.base),
    place: trace === undefined ? signs[0].place : { file: trace.path },
    subject: subjectOf(input, conversation, window),
    at: window.lastAt,
    knownIssues: issuesOfFinding("row.transcript-missing", { version: versionNow(input) }),
  };
}

/** Nothing is written before the first answer, but for the row and the run trace. */
function isInFirstTurn({ updatedAt }: StoreRow, { trajectories }: Window, now: number): boolean {
  const isRecent = (at: number | undefined): boolean => at !== undefined && Math.abs(now - at) < FIRST_TURN_MS;
  return isRecent(updatedAt) || trajectories.some(({ head }) => isRecent(head?.lastAt));
}

/** Right after a reset a row without a transcript is normal: only words that were exchanged make it a loss. */
function signsOfWords(agent: Agent, window: Window, row: StoreRow): readonly Evidence[] {
  const file = storePathOf(agent, window);
  const store = file === undefined ? undefined : { file };
  const signs: Evidence[] = [];
  for (const { name, path, head } of window.trajectories.slice(0, 3)) {
    const said = [name.base, isoTime(head?.lastAt) ?? l10n.t("an unknown time")] as const;
    signs.push(
      evidence("trajectory", () => l10n.t("The run trace {0} of the same session ends at {1}.", ...said), {
        file: path,
      }),
    );
  }
  const { totalTokens, compactionCount, sessionStartedAt, updatedAt, status } = row;
  if (totalTokens !== undefined && totalTokens > 0) {
    const said = [shortened(row.key), formatCount("token", totalTokens)] as const;
    signs.push(evidence("store", () => l10n.t("The row of {0} counts {1}.", ...said), store));
  }
  if (compactionCount !== undefined && compactionCount > 0) {
    const said = [shortened(row.key), compactionCount] as const;
    signs.push(evidence("store", () => l10n.t("The row of {0} counts {1} compactions.", ...said), store));
  }
  // A run has ended, long after the session began: its answer had to be written.
  if (status === "done" && sessionStartedAt !== undefined && updatedAt !== undefined) {
    const span = updatedAt - sessionStartedAt;
    if (span > FIRST_TURN_MS) {
      const said = [shortened(row.key), formatDuration(span)] as const;
      signs.push(
        evidence("store", () => l10n.t("The row of {0} was in use for {1}, and its last run is done.", ...said), store),
      );
    }
  }
  return signs;
}
