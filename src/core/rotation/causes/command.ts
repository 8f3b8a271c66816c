import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, record } from "../../evidence/evidence";
import {
  archiveReason,
  endedFile,
  iso,
  isLeftBehind,
  isMachineTurn,
  isOfIsolatedRun,
  nextOpening,
  openingAtBoundary,
  openingOf,
  type PlacedOpening,
  versionEvidence,
} from "../compared";
import { certain, excluded, isNonEmpty, type Judgement, likely, possible, silent } from "../judgement";
import { ranges, versionIn } from "../ranges";
import type { RotationFacts } from "../rotationFacts";

/** A line of the command log belongs to a reset within so much of it, ms. */
const SAME_COMMAND_MS = 10_000;

/** Somebody typed `/new` or `/reset`, alone or with a text behind it. */
export function judgeCommand(facts: RotationFacts): Judgement {
  if (archiveReason(facts.boundary) === "deleted" || isOfIsolatedRun(facts)) return silent;
  const logged = commandLine(facts);
  const notes = noteEvidence(facts);
  if (logged !== undefined) return certain("command", logged, notes);
  const answered = commandAnswer(facts);
  if (answered !== undefined) return certain("command", answered, notes);

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
    // Only then it was this prompt that set the old transcript aside: a command may also come first after a row was lost.
    if (archiveReason(facts.boundary) === "reset") return certain("command", prompt, notes);
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
    switch (versionIn(facts, ranges.literalCommands)) {
      case "yes":
        return certain("command", typed, about);
      case "maybe":
        return likely("command", [typed, ...about]);
      case "no":
        return atLeastPossible(notes)("command", [typed, ...about], { against: refused() });
    }
  }
  return strippedCommand(facts, placed, notes);
}

/** `/new <text>` was stored as `<text>`, and with the command the stamp is gone that every typed message has (up to 2026.5.18). */
function strippedCommand(
  facts: RotationFacts,
  { opening, place }: PlacedOpening,
  notes: readonly Evidence[],
): Judgement | undefined {
  if (opening.speaker !== "user" || opening.stamped || opening.currentTime) return undefined;
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
  if (stamps === "yes" && left.length === 0) return likely("command", [text, ...versionEvidence(facts), ...notes]);
  // Where the release is not known, only that this conversation has stamps speaks for one that writes them.
  const before = openingOf(facts.boundary.from);
  if (stamps === "maybe" && before?.opening.stamped !== true) return undefined;
  const more = before === undefined ? [] : [stampsBefore(before)];
  return atLeastPossible(notes)("command", [text, ...more, ...notes], {
    against: left,
    missing: [l10n.t("Which OpenClaw ran then is not known; from 2026.7.1 on no message has a stamp.")],
  });
}

function stampsBefore({ place }: PlacedOpening): Evidence {
  return evidence("transcript", () => l10n.t("The first message of the transcript before has such a stamp."), place);
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

/** A note is enough to make it likely, whatever else is there. */
function atLeastPossible(notes: readonly Evidence[]): typeof likely {
  return notes.length > 0 ? likely : possible;
}

function startupText({ opening: { startup } }: PlacedOpening): string {
  return startup === undefined
    ? l10n.t("The next transcript begins with the prompt that OpenClaw puts in place of /new or /reset.")
    : l10n.t("The next transcript begins with the prompt that OpenClaw puts in place of /{0}.", startup);
}

function commandLine(facts: RotationFacts): ReturnType<typeof record> | undefined {
  const { at, conversation } = facts.boundary;
  const line = facts.commands.find(
    ({ action, sessionKey, at: logged }) =>
      (action === "new" || action === "reset") &&
      at !== undefined &&
      Math.abs(logged - at) <= SAME_COMMAND_MS &&
      (sessionKey === undefined || conversation === undefined || sessionKey === conversation.key),
  );
  if (line === undefined) return undefined;
  return record(
    "commands-log",
    () => l10n.t("commands.log has /{0} at {1}.", line.action, iso(line.at)),
    line.place,
    facts.resetRecord?.commands.includes(line) === true ? facts.resetRecord.recordedAt : undefined,
  );
}

/** OpenClaw's own answer to a bare command is the first entry of the next transcript (2026.5.18+). */
function commandAnswer(facts: RotationFacts): ReturnType<typeof record> | undefined {
  const file = facts.boundary.to?.primary;
  const command = file?.head?.announced;
  if (file === undefined || command === undefined) return undefined;
  return record(
    "transcript",
    () =>
      command === "new"
        ? l10n.t("The next transcript begins with OpenClaw's answer to /new.")
        : l10n.t("The next transcript begins with OpenClaw's answer to /reset."),
    { file: file.path, line: 2 },
  );
}

/** The session-memory hook writes a note about the old session when a command ends it. */
function noteEvidence({ notes }: RotationFacts): Evidence[] {
  return notes
    .slice(0, 3)
    .map(({ base, place, sessionId }) =>
      evidence(
        "memory-note",
        () => l10n.t("The memory note {0} names session {1}; it is written at /new and /reset.", base, sessionId),
        place,
      ),
    );
}

/** From 2026.2.13 on a command archives the old transcript; one that was left speaks against it. */
function leftBehind(facts: RotationFacts): Evidence[] {
  const file = endedFile(facts.boundary);
  if (file === undefined || !isLeftBehind(facts) || versionIn(facts, ranges.commandArchive) !== "yes") return [];
  const say = (): string => l10n.t("{0} still has its own name; /new and /reset rename it.", file.name.base);
  return [evidence("file-name", say, { file: file.path })];
}

function refused(): Evidence[] {
  return [
    evidence("default", () =>
      l10n.t("Up to OpenClaw 2026.5.18 the words /new and /reset are kept only of somebody who may not use them."),
    ),
  ];
}
