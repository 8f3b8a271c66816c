import * as l10n from "@vscode/l10n";
import type { Window } from "../../conversation/model";
import { type Evidence, evidence } from "../../evidence/evidence";
import { messageCount } from "../../index/transcriptIndex";
import type { LogRecord } from "../../log/logRecord";
import { firstCause, type Rotation } from "../../rotation/rotation";
import { formatCount } from "../../text/formatCount";
import { formatNumber } from "../../text/formatSize";
import { isoTime } from "../../text/formatTime";
import { visibleLine } from "../../text/visibleText";
import { contextTroubles, ofLog } from "../contextTroubles";
import type { Finding } from "../finding";
import type { FindingInput, FindingRule } from "../findingInput";
import { windowPlace } from "../windowPlace";
import { issuesOfFinding } from "../../knownIssues/knownIssues";

const SOON_MS = 10 * 60_000;
const FEW_MESSAGES = 20;

/**
 * A window that has just begun is short; when its context is too long all the same, something else fills it: bootstrap files,
 * tools, what a context engine keeps, or a context window that is configured too small.
 */
export const compactionSoonAfterRotation: FindingRule = function* (input) {
  const troubles = contextTroubles(input.evidence.logs);
  const byConversation = new Map<string, Sign[]>();
  for (const rotation of input.rotations) {
    const sign = signOf(rotation, troubles.get(rotation.conversation?.key ?? "") ?? []);
    if (sign === undefined) continue;
    const key = `${rotation.agentId}\n${rotation.conversation?.key ?? rotation.from.windowId}`;
    const known = byConversation.get(key);
    if (known === undefined) byConversation.set(key, [sign]);
    else known.push(sign);
  }
  for (const signs of byConversation.values()) {
    const [newest] = signs.sort((one, other) => (other.rotation.at ?? 0) - (one.rotation.at ?? 0));
    if (newest !== undefined) yield findingOf(newest, signs, input);
  }
};

interface Sign {
  readonly rotation: Rotation;
  readonly window: Window;
  readonly overflowed: boolean;
  readonly logged: readonly LogRecord[];
}

function signOf(rotation: Rotation, troubles: readonly LogRecord[]): Sign | undefined {
  const { to, at } = rotation;
  if (to === undefined || isByDesign(rotation)) return undefined;
  const logged = at === undefined ? [] : between(troubles, at, at + SOON_MS);
  const index = to.primary?.index;
  const isShort = index !== undefined && messageCount(index.roles) <= FEW_MESSAGES;
  const overflowed = isShort && (index.overflows > 0 || to.primary?.head?.ending?.error === "overflow");
  const compacted = isShort && index.compactions.count > manualCompactions(rotation, to);
  return logged.length > 0 || overflowed || compacted
    ? { rotation, window: to, overflowed: overflowed || logged.length > 0, logged }
    : undefined;
}

/** Windows that begin with a compaction, or with what was there before one. */
function isByDesign(rotation: Rotation): boolean {
  const cause = firstCause(rotation);
  return cause === "compaction-successor" || cause === "checkpoint-restore";
}

/** The index tells what led to a checkpoint (OpenClaw 2026.4.7 and later); `/compact` fills nothing. */
function manualCompactions({ conversation }: Rotation, { sessionId }: Window): number {
  const checkpoints = conversation?.row?.checkpoints ?? [];
  return checkpoints.filter((each) => each.sessionId === sessionId && each.reason === "manual").length;
}

function between(records: readonly LogRecord[], from: number, to: number): readonly LogRecord[] {
  return records.length === 0 ? records : records.filter(({ at }) => at >= from && at <= to);
}

function findingOf(sign: Sign, signs: readonly Sign[], { stateDir }: FindingInput): Finding {
  const { rotation, window, overflowed, logged } = sign;
  const name = rotation.conversation?.label ?? visibleLine(window.sessionId);
  const place = windowPlace(window);
  const what = (): string => sentenceOf(sign);
  const said: Evidence = evidence("transcript", what, place);
  return {
    code: "compaction.soon-after-rotation",
    severity: overflowed ? "warning" : "info",
    title: overflowed
      ? l10n.t("{0} had just begun anew when its context was too long again", name)
      : l10n.t("{0} was compacted soon after it had begun anew", name),
    detail: [
      what(),
      ...(logged.length === 0
        ? []
        : [l10n.t("Log lines that say so within ten minutes of the reset: {0}.", formatNumber(logged.length))]),
      ...(overflowed
        ? []
        : [l10n.t('Whether somebody asked for it with "/compact" cannot be told from what is on disk.')]),
      ...(signs.length < 2
        ? []
        : [l10n.t("The same happened after {0} resets of this conversation.", formatNumber(signs.length))]),
    ].join(" "),
    evidence: [said, ...ofLog(logged)],
    next: l10n.t(
      'Look at what a new session begins with: the bootstrap files of the workspace, the tools, and the context window configured for the model ("contextWindow", "contextTokens", "compaction.reserveTokens").',
    ),
    place,
    subject: {
      stateDir: stateDir.path,
      agentId: rotation.agentId,
      key: rotation.conversation?.key,
      windowId: window.windowId,
      rotationId: rotation.id,
    },
    at: rotation.at ?? window.firstAt,
    knownIssues: issuesOfFinding("compaction.soon-after-rotation", { version: rotation.surroundings.version }),
  };
}

function sentenceOf({ rotation, window }: Sign): string {
  const index = window.primary?.index;
  const at = isoTime(rotation.at) ?? "?";
  if (index === undefined) return l10n.t("It began anew at {0}; the new transcript is not counted yet.", at);
  return l10n.t(
    "It began anew at {0}. The new transcript holds {1}; compactions: {2}, answers that ended because the context was too long: {3}.",
    at,
    formatCount("message", messageCount(index.roles)),
    formatNumber(index.compactions.count),
    formatNumber(index.overflows),
  );
}
