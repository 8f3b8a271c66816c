import * as l10n from "@vscode/l10n";
import { firstAtOf, headerAtOf, headerIdOf } from "../../conversation/fileFacts";
import type { Agent, Conversation, SessionFile, Window } from "../../conversation/model";
import { type Evidence, evidence } from "../../evidence/evidence";
import { issuesOfFinding } from "../../knownIssues/knownIssues";
import type { StoreRow } from "../../store/storeRow";
import { formatDuration, isoTime } from "../../text/formatTime";
import type { Finding } from "../finding";
import type { FindingInput } from "../findingInput";
import { currentWindow, peopleConversations, storePathOf } from "../peopleConversations";
import { subjectOf } from "../subject";
import { versionNow } from "../versionNow";

/** A header is written with the first answer; with a slow first turn half a minute after the row (2026.5.18, recorded). */
const YOUNG_MS = 15 * 60_000;

/** Live transcripts that begin later than their session: what was there before is gone, and nothing was archived. */
export function* youngTranscripts(input: FindingInput): Generator<Finding> {
  for (const { agent, conversation } of peopleConversations(input)) {
    const { row } = conversation;
    const window = currentWindow(conversation);
    if (row === undefined || window?.primary === undefined || headerIdOf(window.primary) !== row.sessionId) continue;
    const headerAt = headerAtOf(window.primary);
    if (headerAt !== undefined && beginsLate(window.primary, headerAt)) {
      const found = young(input, { agent, conversation, window, row, file: window.primary, headerAt });
      if (found !== undefined) yield found;
    }
  }
}

/** Entries older than the header were put in again by a restart: then it is no wonder that the header is young. */
function beginsLate(file: SessionFile, headerAt: number): boolean {
  const first = firstAtOf(file);
  return file.head?.replayed === undefined && (first === undefined || first >= headerAt - 1_000);
}

interface Candidate {
  readonly agent: Agent;
  readonly conversation: Conversation;
  readonly window: Window;
  readonly row: StoreRow;
  readonly file: SessionFile;
  readonly headerAt: number;
}

function young(input: FindingInput, candidate: Candidate): Finding | undefined {
  const { agent, conversation, window, row, file, headerAt } = candidate;
  const isOlder = (at: number | undefined): at is number => at !== undefined && at < headerAt - YOUNG_MS;
  const storePath = storePathOf(agent, window);
  const store = storePath === undefined ? undefined : { file: storePath };

  const older: Evidence[] = [];
  const since: number[] = [];
  const note = (at: number, found: Evidence): void => {
    since.push(at);
    older.push(found);
  };
  const trace = window.trajectories.find(({ head }) => isOlder(head?.firstAt));
  if (trace?.head?.firstAt !== undefined) {
    const said = [trace.name.base, isoTime(trace.head.firstAt) ?? ""] as const;
    note(
      trace.head.firstAt,
      evidence("trajectory", () => l10n.t("The run trace {0} of the same session begins at {1}.", ...said), {
        file: trace.path,
      }),
    );
  }
  const checkpoint = row.checkpoints.find(
    ({ preSessionId, createdAt }) => preSessionId === row.sessionId && isOlder(createdAt),
  );
  if (checkpoint?.createdAt !== undefined) {
    const said = isoTime(checkpoint.createdAt) ?? "";
    note(
      checkpoint.createdAt,
      evidence(
        "store",
        () => l10n.t("The row lists a checkpoint of the same session that was made at {0}.", said),
        store,
      ),
    );
  }
  const hasProof = older.length > 0;
  const startedAt = row.sessionStartedAt;
  if (isOlder(startedAt)) {
    const said = isoTime(startedAt) ?? "";
    note(
      startedAt,
      evidence("store", () => l10n.t("The row says that the session began at {0}.", said), store),
    );
  }
  const [first, ...others] = older;
  if (first === undefined) return undefined;

  const began = Math.min(...since);
  const headerTime = isoTime(headerAt) ?? "";
  return {
    code: "row.transcript-young",
    severity: hasProof ? "warning" : "info",
    title: l10n.t("The transcript of {0} is younger than its session", conversation.label),
    detail: hasProof
      ? l10n.t(
          "Its header is of {0}, the session began {1} before that. What was said in between is not in it.",
          headerTime,
          formatDuration(headerAt - began),
        )
      : l10n.t(
          "Its header is of {0}, the session began {1} before that. Either the first transcript was lost, or nothing was answered in between: then nothing is missing.",
          headerTime,
          formatDuration(headerAt - began),
        ),
    evidence: [
      first,
      ...others,
      evidence("transcript", () => l10n.t("The header of {0} is of {1}.", file.name.base, headerTime), {
        file: file.path,
        line: 1,
      }),
    ],
    next: l10n.t(
      "Look for an earlier copy of the transcript: among the copies of the window, in backups, or in the run trace.",
    ),
    place: { file: file.path, line: 1 },
    subject: subjectOf(input, conversation, window),
    at: headerAt,
    knownIssues: issuesOfFinding("row.transcript-young", {
      version: versionNow(input),
      marks: trace === undefined ? [] : ["trace-is-older"],
    }),
  };
}
