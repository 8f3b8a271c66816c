import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { parseSessionKey } from "../names/sessionKey";
import { formatDuration } from "../text/formatTime";
import type { SpeakerKind } from "../transcript/speaker";
import { iso, openingAtBoundary } from "./compared";
import type { Cause, Executor, ExecutorKind } from "./rotation";
import type { RotationFacts } from "./rotationFacts";

/** Whose turn carried it out, whatever the reason was. */
export function executorOf(facts: RotationFacts, cause: Cause | undefined): Executor {
  return (
    byCause(facts, cause) ?? byTrace(facts) ?? byOpening(facts) ?? byOrigin(facts) ?? { kind: "unknown", evidence: [] }
  );
}

/** Some causes are carried out by one kind of thing only. */
function byCause({ boundary: { conversation } }: RotationFacts, cause: Cause | undefined): Executor | undefined {
  switch (cause?.cause) {
    case "command":
      return { kind: "command", evidence: [cause.evidence[0]] };
    case "rpc":
      return { kind: "rpc", evidence: [cause.evidence[0]] };
    case "checkpoint-restore":
      return { kind: "rpc", evidence: [cause.evidence[0]] };
    case "deleted":
      return cause.confidence === "certain" ? { kind: "rpc", evidence: [cause.evidence[0]] } : undefined;
    case "compaction-failure":
    case "role-conflict":
    case "history-corruption":
    case "memory-flush":
    case "compaction-successor":
    case "pruned":
      return { kind: "gateway", evidence: [cause.evidence[0]] };
    case "restored":
      return { kind: "inspector", evidence: [cause.evidence[0]] };
    case "isolated-run": {
      const about = conversation && parseSessionKey(conversation.key).about.kind;
      if (about === undefined) return undefined;
      return { kind: about === "heartbeat" ? "heartbeat" : "cron", evidence: [cause.evidence[0]] };
    }
    case "daily":
    case "idle":
    case "ended-row":
    case "index-loss":
    case "transcript-missing":
    case "doctor":
    case undefined:
      return undefined;
  }
}

const triggers: Readonly<Record<string, ExecutorKind>> = {
  user: "user-message",
  heartbeat: "heartbeat",
  cron: "cron",
  exec: "exec-notice",
  "exec-event": "exec-notice",
  system: "system-event",
  "system-event": "system-event",
  "inter-session": "inter-session",
};

function byTrace({ trigger, boundary: { at } }: RotationFacts): Executor | undefined {
  if (trigger === undefined || !Object.hasOwn(triggers, trigger.trigger)) return undefined;
  const kind = triggers[trigger.trigger];
  if (kind === undefined || (at !== undefined && Math.abs(trigger.at - at) > 60_000)) return undefined;
  const text = evidence(
    "trajectory",
    () => l10n.t("The run trace says that the first turn was begun by: {0}, {1}.", trigger.trigger, iso(trigger.at)),
    trigger.place,
  );
  return { kind, evidence: [text] };
}

function byOpening(facts: RotationFacts): Executor | undefined {
  const placed = openingAtBoundary(facts);
  if (placed === undefined) return undefined;
  const { opening, place } = placed;
  const kind = kindOf(opening.speaker);
  if (kind === undefined) return undefined;
  const { at } = facts.boundary;
  const later = opening.at !== undefined && at !== undefined ? opening.at - at : undefined;
  const text = evidence(
    "transcript",
    () =>
      later === undefined
        ? l10n.t("The first message of the next transcript is of: {0}.", opening.speaker)
        : l10n.t(
            "The first message of the next transcript is of: {0}, {1}, {2} after the reset.",
            opening.speaker,
            iso(opening.at ?? Number.NaN),
            later < 1_000 ? l10n.t("{0} ms", later) : formatDuration(later),
          ),
    place,
  );
  return { kind, evidence: [text, ...origin(facts)] };
}

function kindOf(speaker: SpeakerKind): ExecutorKind | undefined {
  switch (speaker) {
    case "user":
      return "user-message";
    case "startup":
      return "command";
    case "heartbeat":
    case "cron":
    case "exec-notice":
    case "system-event":
    case "inter-session":
      return speaker;
    case "subagent-task":
      return "inter-session";
    case "assistant":
    case "mirror":
    case "tool":
    case "bash":
    case "runtime-context":
    case "plugin":
    case "compaction":
    case "branch-summary":
    case "state":
    case "unknown":
      return undefined;
  }
}

/** The row of a session that a heartbeat began says so (up to 2026.3.31). */
function byOrigin(facts: RotationFacts): Executor | undefined {
  const told = origin(facts);
  return told.length === 0 ? undefined : { kind: "heartbeat", evidence: told };
}

function origin({ boundary: { conversation, to } }: RotationFacts): Evidence[] {
  const row = conversation?.row;
  if (row?.originProvider !== "heartbeat" || row.sessionId !== to?.sessionId) return [];
  return [evidence("store", () => l10n.t("The store row of {0} names a heartbeat as its origin.", row.key))];
}
