import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import type { WindowDraft } from "../windowDraft";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/** Isolated cron jobs take a new session for every run; the run log names it. */
export function addCronRuns({ agentId, cronRuns }: KnownFacts, claims: ClaimsById): void {
  for (const { base, jobId, sessionId, sessionKey } of cronRuns) {
    claims.add(
      sessionId,
      new Claim("cron-run", sessionKey ?? cronKey(agentId, jobId), logsRun, base, jobId, sessionId),
    );
  }
}

/** The prompt of such a run names the job: `[cron:<job id> <name>] …`. */
export function cronPromptClaim(agentId: string, { files }: WindowDraft): Claim | undefined {
  for (const { index } of files) {
    if (index?.cronJobId !== undefined) {
      return new Claim("cron-run", cronKey(agentId, index.cronJobId), beginsWithJob, index.cronJobId);
    }
  }
  return undefined;
}

/** Keys are lower case. */
function cronKey(agentId: string, jobId: string): string {
  return `agent:${agentId}:cron:${jobId.toLowerCase()}`;
}

const logsRun: Sentence = (base, jobId, id) =>
  l10n.t("The run log {0} of cron job {1} names session {2}.", base, jobId, id);
const beginsWithJob: Sentence = (jobId) =>
  l10n.t("The first message is the prompt of cron job {0}: it begins with [cron:{0} …].", jobId);
