import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { openingOf, type PlacedOpening, versionEvidence, endedFile, isLeftBehind } from "./compared";
import { type Judgement, likely, possible } from "./judgement";
import { ranges, versionIn } from "./ranges";
import type { RotationFacts } from "./rotationFacts";

/** `/new <text>` was stored as `<text>`, and with the command the stamp is gone that every typed message has (up to 2026.5.18). */
export function strippedCommand(
  facts: RotationFacts,
  { opening, place }: PlacedOpening,
  notes: readonly Evidence[],
): Judgement | undefined {
  if (opening.speaker !== "user" || opening.stamped || opening.currentTime || isOfHeartbeat(facts)) return undefined;
  const stamps = versionIn(facts, ranges.stampedMessages);
  if (stamps === "no") return undefined;
  const text = evidence(
    "transcript",
    () =>
      l10n.t(
        "The first message of the next transcript carries no stamp such as [Mon 2026-03-30 09:15 UTC]. Up to OpenClaw 2026.5.18 every typed message has one, but for those of which a leading /new or /reset was cut off.",
      ),
    place,
  );
  const left = leftBehind(facts);
  // Not every way by which messages come has stamps (channels with an envelope of their own, machines): this one had.
  const before = openingOf(facts.boundary.from);
  const hadStamps = before?.opening.stamped === true;
  const ownPrompt = heartbeatPrompt(facts);
  if (stamps === "yes" && left.length === 0 && !ownPrompt && (hadStamps || opening.sender !== undefined)) {
    return likely("command", [text, ...versionEvidence(facts), ...notes]);
  }
  // Where the release is not known, only that this conversation has stamps speaks for one that writes them.
  if (stamps === "maybe" && !hadStamps) return undefined;
  const more = before === undefined || !hadStamps ? [] : [stampsBefore(before)];
  return atLeastPossible(notes)("command", [text, ...more, ...notes], {
    against: left,
    missing: ownPrompt
      ? [l10n.t("heartbeat.prompt is configured: the first message may be that of a heartbeat.")]
      : stamps === "yes"
        ? [l10n.t("Whether messages of this conversation have stamps is not known: none before it was seen.")]
        : [l10n.t("Which OpenClaw ran then is not known; from 2026.7.1 on no message has a stamp.")],
  });
}

/** A prompt of one's own can be any words, and has no stamp either; a message with a sender is none. */
function heartbeatPrompt({ config, boundary: { to } }: RotationFacts): boolean {
  if (to?.primary?.head?.opening?.sender !== undefined || config === undefined) return false;
  const blocks = [config.heartbeat, ...Object.values(config.agentHeartbeats)];
  return blocks.some((block) => block?.prompt !== undefined);
}

/** The row says so, and its prompt may be any words (`heartbeat.prompt`). */
function isOfHeartbeat({ boundary: { conversation, to } }: RotationFacts): boolean {
  const row = conversation?.row;
  return row?.originProvider === "heartbeat" && row.sessionId === to?.sessionId;
}

function stampsBefore({ place }: PlacedOpening): Evidence {
  return evidence("transcript", () => l10n.t("The first message of the transcript before has such a stamp."), place);
}

/** From 2026.2.13 on a command archives the old transcript; one that was left speaks against it. */
export function leftBehind(facts: RotationFacts): Evidence[] {
  const file = endedFile(facts.boundary);
  if (file === undefined || !isLeftBehind(facts) || versionIn(facts, ranges.commandArchive) !== "yes") return [];
  const say = (): string => l10n.t("{0} still has its own name; /new and /reset rename it.", file.name.base);
  return [evidence("file-name", say, { file: file.path })];
}

/** A note is enough to make it likely, whatever else is there. */
export function atLeastPossible(notes: readonly Evidence[]): typeof likely {
  return notes.length > 0 ? likely : possible;
}
