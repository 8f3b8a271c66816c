import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NamingRecord, type NonEmpty, record } from "../../evidence/evidence";
import {
  archiveReason,
  AT_THE_BOUNDARY_MS,
  isLeftBehind,
  iso,
  isMachineTurn,
  isOfIsolatedRun,
  nextOpening,
  openingAtBoundary,
  type PlacedOpening,
  usable,
  versionEvidence,
} from "../compared";
import { commandLine } from "../commandLine";
import { certain, excluded, isNonEmpty, type Judgement, likely, possible, silent } from "../judgement";
import { otherMeant, whichRelease } from "../namedByLog";
import { ranges, versionIn } from "../ranges";
import { atLeastPossible, leftBehind, strippedCommand } from "../strippedCommand";
import type { RotationFacts } from "../rotationFacts";
import { judgeDaily } from "./daily";
import { judgeIdle } from "./idle";

/** The note is written by a turn of the model, ms. */
const SAME_NOTE_MS = 5 * 60_000;

/** Somebody typed `/new` or `/reset`, alone or with a text behind it. */
export function judgeCommand(facts: RotationFacts): Judgement {
  if (archiveReason(facts.boundary) === "deleted" || isOfIsolatedRun(facts)) return silent;
  const logged = commandLine(facts);
  const notes = noteEvidence(facts);
  if (logged?.isSole === true) {
    const isAsLeft = !isLeftBehind(facts) || versionIn(facts, ranges.commandLeaves) === "yes";
    return isAsLeft
      ? certain("command", logged.line, notes)
      : likely("command", [logged.line, ...notes], { against: leftBehind(facts) });
  }
  const judgement = withoutLine(facts, notes);
  // A machine's turn or a stamp shows that this was no command; then the line is about another end.
  if (logged === undefined || judgement.kind !== "silent") return judgement;
  return possible("command", [logged.line, ...notes], { missing: [otherMeant()] });
}

function withoutLine(facts: RotationFacts, notes: readonly Evidence[]): Judgement {
  const answered = commandAnswer(facts);
  if (answered !== undefined) return judgeAnswer(facts, answered, notes);

  const placed = openingAtBoundary(facts);
  if (placed !== undefined) {
    const judgement = judgeOpening(facts, placed, notes);
    if (judgement !== undefined) return judgement;
  }
  if (isNonEmpty(notes)) return likely("command", notes);
  return placed === undefined ? laterPrompt(facts) : exclusion(facts, placed);
}

function judgeOpening(facts: RotationFacts, placed: PlacedOpening, notes: readonly Evidence[]): Judgement | undefined {
  const { opening, place } = placed;
  if (opening.speaker === "startup") {
    const prompt = record("transcript", () => startupText(placed), place);
    const written = versionIn(facts, opening.startup === undefined ? ranges.startupWords : ranges.startupMarker);
    if (written === "no") return typedPrompt(facts, placed);
    // From then on a bare command is kept as it was typed; whoever types the prompt's words is stored alike.
    const isOwn = written === "yes" && versionIn(facts, ranges.literalCommands) === "no";
    // Only then it was this prompt that set the old transcript aside: a command may also come first after a row was lost.
    if (archiveReason(facts.boundary) === "reset") {
      return isOwn
        ? certain("command", prompt, notes)
        : likelyUnlessDue(facts, [prompt, ...versionEvidence(facts), ...notes], [whichRelease()]);
    }
    if (versionIn(facts, ranges.commandLeaves) === "yes") {
      // Early releases leave no archive; that the one followed the other may be no more than likely.
      const isGuess = facts.boundary.from.join?.rung === "only-conversation";
      return isGuess ? likely("command", [prompt, ...notes]) : certain("command", prompt, notes);
    }
    return atLeastPossible(notes)("command", [prompt, ...notes], { against: leftBehind(facts) });
  }
  if (opening.typedCommand !== undefined) {
    const typed = record(
      "transcript",
      () =>
        l10n.t(
          "The first message of the next transcript begins with /{0}, as it was typed.",
          opening.typedCommand ?? "",
        ),
      place,
    );
    // Earlier releases keep the words only of somebody who may not run the command; those reset nothing.
    const about = [...versionEvidence(facts), ...notes];
    const triggers = otherTriggers(facts, opening.typedCommand);
    if (triggers.length > 0) return possible("command", [typed, ...about], { against: triggers });
    switch (versionIn(facts, ranges.literalCommands)) {
      case "yes":
      case "maybe":
        return likelyUnlessDue(facts, [typed, ...about], [answerMissing()]);
      case "no":
        return atLeastPossible(notes)("command", [typed, ...about], { against: refused() });
    }
  }
  return strippedCommand(facts, placed, notes);
}

/**
 * The words are also kept of somebody who may not run the command, and then they reset nothing: where a policy was due, that may
 * have been it.
 */
function likelyUnlessDue(facts: RotationFacts, found: NonEmpty<Evidence>, missing: readonly string[]): Judgement {
  const isDue = [judgeDaily, judgeIdle].some((judge) => judge(facts).kind === "holds");
  return isDue ? possible("command", found, { missing }) : likely("command", found, { missing });
}

function answerMissing(): string {
  return l10n.t(
    "OpenClaw answers a bare command that it obeys; a text behind it goes to the model, whether the sender may reset or not.",
  );
}

/** `session.resetTriggers` replaces `/new` and `/reset`. */
function otherTriggers({ config }: RotationFacts, command: string): Evidence[] {
  const triggers = config?.resetTriggers;
  if (triggers === undefined || triggers.value.length === 0) return [];
  if (triggers.value.some((trigger) => trigger.trim().toLowerCase() === `/${command}`)) return [];
  return [evidence("config", () => l10n.t("session.resetTriggers does not name /{0}.", command), triggers.place)];
}

/** Somebody typed the words that other releases put in place of a command. */
function typedPrompt(facts: RotationFacts, { place }: PlacedOpening): Judgement {
  const say = (): string =>
    l10n.t(
      "The first message of the next transcript has the words of a prompt that only other releases put in place of /new and /reset: somebody typed them.",
    );
  return excluded("command", [evidence("transcript", say, place), ...versionEvidence(facts)]);
}

function judgeAnswer(facts: RotationFacts, answered: NamingRecord, notes: readonly Evidence[]): Judgement {
  const about = [answered, ...versionEvidence(facts), ...notes] as const;
  const left = leftBehind(facts);
  if (left.length > 0) return possible("command", about, { against: left });
  return versionIn(facts, ranges.resetReply) === "yes"
    ? certain("command", answered, notes)
    : likely("command", about, { missing: [whichRelease()] });
}

/** What shows that this turn was no command. */
function exclusion(facts: RotationFacts, { opening, place }: PlacedOpening): Judgement {
  if (isMachineTurn(opening)) {
    const say = (): string =>
      l10n.t(
        "The next transcript was opened by a machine's turn ({0}); commands are typed by people.",
        opening.speaker,
      );
    return excluded("command", [evidence("transcript", say, place)]);
  }
  if (opening.speaker !== "user") return silent;
  if (opening.stamped && versionIn(facts, ranges.stampedMessages) !== "no") {
    const say = (): string =>
      l10n.t("The first message of the next transcript carries a stamp; the text of a /new or /reset would have none.");
    return excluded("command", [evidence("transcript", say, place)]);
  }
  if (versionIn(facts, ranges.literalCommands) === "yes") {
    const say = (): string =>
      l10n.t(
        "The first message of the next transcript does not begin with /new or /reset; from OpenClaw 2026.7.1 on it would.",
      );
    return excluded("command", [evidence("transcript", say, place), ...versionEvidence(facts)]);
  }
  return silent;
}

/** A startup prompt long after: the transcript began with a command, but something else may have set the old one aside. */
function laterPrompt(facts: RotationFacts): Judgement {
  const placed = nextOpening(facts);
  const { at } = facts.boundary;
  if (placed?.opening.speaker !== "startup" || at === undefined) return silent;
  const late = evidence(
    "transcript",
    () =>
      l10n.t(
        "That was {0}, and the old transcript was set aside {1}.",
        placed.opening.at === undefined ? l10n.t("unknown time") : iso(placed.opening.at),
        iso(at),
      ),
    placed.place,
  );
  return possible("command", [evidence("transcript", () => startupText(placed), placed.place)], { against: [late] });
}

function startupText({ opening: { startup } }: PlacedOpening): string {
  return startup === undefined
    ? l10n.t("The next transcript begins with the prompt that OpenClaw puts in place of /new or /reset.")
    : l10n.t("The next transcript begins with the prompt that OpenClaw puts in place of /{0}.", startup);
}

/** OpenClaw's own answer to a bare command begins the next transcript, or stands behind the command (2026.5.18+). */
function commandAnswer(facts: RotationFacts): NamingRecord | undefined {
  const { at, to } = facts.boundary;
  const file = to?.primary;
  const command = file?.head?.announced;
  const firstAt = usable(file?.head?.firstAt);
  if (file === undefined || command === undefined || at === undefined || firstAt === undefined) return undefined;
  // An answer long after is that of a command that reset something else.
  if (Math.abs(firstAt - at) > AT_THE_BOUNDARY_MS || versionIn(facts, ranges.resetReply) === "no") return undefined;
  return record(
    "transcript",
    () =>
      command === "new"
        ? l10n.t("The next transcript begins with OpenClaw's answer to /new.")
        : l10n.t("The next transcript begins with OpenClaw's answer to /reset."),
    { file: file.path, line: 2 },
  );
}

/**
 * The session-memory hook writes a note about the old session when a command ends it. A session that was restored may have ended
 * several times, so only a note of that time speaks.
 */
function noteEvidence({ notes, boundary: { at } }: RotationFacts): Evidence[] {
  return notes
    .filter((note) => at !== undefined && note.at !== undefined && Math.abs(note.at - at) <= SAME_NOTE_MS)
    .slice(0, 3)
    .map(({ base, place, sessionId }) =>
      evidence(
        "memory-note",
        () => l10n.t("The memory note {0} names session {1}; it is written at /new and /reset.", base, sessionId),
        place,
      ),
    );
}

function refused(): Evidence[] {
  return [
    evidence("default", () =>
      l10n.t("Up to OpenClaw 2026.5.18 the words /new and /reset are kept only of somebody who may not use them."),
    ),
  ];
}
