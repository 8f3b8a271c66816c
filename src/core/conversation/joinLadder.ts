import { parseSessionKey } from "../names/sessionKey";
import { formerKeyOf } from "./formerKey";
import { bootstrapContextClaims } from "./joins/bootstrapContext";
import { addCheckpointLists } from "./joins/checkpointList";
import { type Claim, ClaimsById } from "./joins/claim";
import { addCronRuns, cronPromptClaim } from "./joins/cronRun";
import { heartbeatPromptClaim, onlyHeartbeatKey } from "./joins/heartbeatPrompt";
import { hasKeptCopy, keptCopyClaims } from "./joins/keptCopy";
import { addMemoryNotes } from "./joins/memoryNote";
import { addSessionFileNames } from "./joins/sessionFileName";
import { addStoreBackups } from "./joins/storeBackup";
import { addStoreRowIds, storeRowClaims, storeRowSince } from "./joins/storeRow";
import { addSystemPromptReports } from "./joins/systemPromptReport";
import { addTrajectories } from "./joins/trajectory";
import { addUsageFamilies } from "./joins/usageFamily";
import type { KnownFacts } from "./knownFacts";
import type { Join, JoinRung } from "./model";
import { nothing, type WindowDraft } from "./windowDraft";

/** From the strongest to the weakest. The last three go by time and by elimination, and only serve what the others leave over. */
const ladder: readonly JoinRung[] = [
  "store-row",
  "usage-family",
  "session-file-name",
  "system-prompt-report",
  "trajectory",
  "checkpoint-list",
  "store-backup",
  "bootstrap-context",
  "memory-note",
  "cron-run",
  "heartbeat-prompt",
  "kept-copy",
  "time-adjacency",
  "chain",
  "only-conversation",
];

/**
 * Climbs the ladder from transcripts to session keys. An archive does not name its key; each rung is one place that may. The
 * first rung that names a single key decides, and what the others say differently goes with it.
 */
export function climbLadder(windows: readonly WindowDraft[], facts: KnownFacts): void {
  const known: Known = { agentId: facts.agentId, byId: claimsById(facts), heartbeatKey: onlyHeartbeatKey(facts) };
  for (const window of windows) {
    const claims = claimsFor(window, known);
    if (claims !== undefined) decide(window, claims, facts.rowKeys);
  }
}

function claimsById(facts: KnownFacts): ClaimsById {
  const claims = new ClaimsById();
  addStoreRowIds(facts, claims);
  addUsageFamilies(facts, claims);
  addSessionFileNames(facts, claims);
  addSystemPromptReports(facts, claims);
  addTrajectories(facts, claims);
  addCheckpointLists(facts, claims);
  addStoreBackups(facts, claims);
  addMemoryNotes(facts, claims);
  addCronRuns(facts, claims);
  return claims;
}

interface Known {
  readonly agentId: string;
  readonly byId: ClaimsById;
  readonly heartbeatKey: string | undefined;
}

/** In the order of the ladder; undefined when there are none. */
function claimsFor(window: WindowDraft, { agentId, byId, heartbeatKey }: Known): readonly Claim[] | undefined {
  const ofId = byId.get(window.sessionId);
  const isIndexed = window.files.some(({ index }) => index !== undefined);
  const isKept = hasKeptCopy(window.files);
  if (window.rows.length === 0 && !isIndexed && !isKept) return ofId;

  const claims: Claim[] = [];
  // Which file a row points to says more than which id it names.
  if (window.rows.length > 0) claims.push(...storeRowClaims(window));
  for (const claim of ofId ?? nothing) {
    if (window.rows.length === 0 || claim.rung !== "store-row") claims.push(claim);
  }
  if (isIndexed) {
    claims.push(...bootstrapContextClaims(window, byId));
    const ofCron = cronPromptClaim(agentId, window);
    if (ofCron !== undefined && !claims.some(({ rung }) => rung === "cron-run")) claims.push(ofCron);
    const ofHeartbeat = heartbeatKey === undefined ? undefined : heartbeatPromptClaim(heartbeatKey, window);
    if (ofHeartbeat !== undefined) claims.push(ofHeartbeat);
  }
  if (isKept) claims.push(...keptCopyClaims(window));
  if (claims.length > 1) claims.sort((a, b) => ladder.indexOf(a.rung) - ladder.indexOf(b.rung));
  return claims.length === 0 ? undefined : claims;
}

function decide(window: WindowDraft, claims: readonly Claim[], rowKeys: ReadonlySet<string>): void {
  const [first] = claims;
  if (first === undefined) return;
  const home = homeOf(first.key, rowKeys);
  if (claims.every(({ key }) => key === first.key || homeOf(key, rowKeys) === home)) {
    window.joins = [first.joining(home, nothing)];
    return;
  }

  const deciding = decidingRung(claims, rowKeys);
  const chosen = claims.filter(({ rung }) => rung === deciding);
  const homes = new Set(chosen.map(({ key }) => homeOf(key, rowKeys)));
  const jobs = new Set([...homes].map(jobKey));
  const disagreeing: Join["disagreeing"] = claims
    .filter(({ rung, key }) => rung !== deciding && !jobs.has(jobKey(key)))
    .map(({ rung, key, evidence }) => ({ rung, key: homeOf(key, rowKeys), evidence }));
  if (deciding === "store-row") {
    window.former = formerKeyOf(window, disagreeing);
    if (window.former !== undefined) {
      window.joins = [storeRowSince(home, window.sessionId, window.former)];
      return;
    }
  }
  if (deciding === undefined) window.undecided = disagreeing;
  window.joins = [...homes].flatMap((key) => {
    const claim = chosen.find((each) => homeOf(each.key, rowKeys) === key);
    return claim === undefined ? [] : [claim.joining(key, disagreeing)];
  });
}

/** Several rows of the store may mean one window, and all of them are right. Any other rung that names two decides nothing. */
function decidingRung(claims: readonly Claim[], rowKeys: ReadonlySet<string>): JoinRung | undefined {
  return ladder.find((rung) => {
    const homes = new Set(claims.filter((claim) => claim.rung === rung).map(({ key }) => homeOf(key, rowKeys)));
    return homes.size === 1 || (homes.size > 1 && rung === "store-row");
  });
}

/** The key of the conversation a key belongs to: a cron run's is its job's, unless the store has a row for the run itself. */
function homeOf(key: string, rowKeys: ReadonlySet<string>): string {
  return rowKeys.has(key) ? key : jobKey(key);
}

/** `agent:main:cron:<job>:run:<run>` → `agent:main:cron:<job>`; every other key is its own. */
export function jobKey(key: string): string {
  if (!key.includes(":run:")) return key;
  const { about } = parseSessionKey(key);
  return about.kind === "cron-run" ? key.slice(0, key.length - `:run:${about.run}`.length) : key;
}
