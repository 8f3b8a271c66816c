import * as l10n from "@vscode/l10n";
import type { SessionFile, StorageEra } from "../conversation/model";
import type { Rotation } from "../rotation/rotation";
import { formatCount } from "../text/formatCount";
import { formatBytes } from "../text/formatSize";
import { isoTime } from "../text/formatTime";
import { toldDuration, toldTime } from "../text/toldTime";
import { fateOf } from "./archiveFate";
import { type Moment, momentIn, momentText, spanText } from "./moment";
import { type Report, writeNewEvidence } from "./report";
import { pathPiece, type Piece, type ReportWriter } from "./reportWriter";
import { shortId } from "./shortId";
import { terminalCommand } from "./terminalCommand";

/** First of all what people fear for: whether the words are still there, where, and how to read them. */
export function writeWhereabouts(writer: ReportWriter, report: Report): void {
  const { rotation, stateDir } = report;
  const { primary } = rotation.from;
  const { messages } = rotation.cost;
  if (!primary) {
    writer.text("", l10n.t("The transcript of what was said before is not there any more."));
    return;
  }
  const said =
    messages === undefined
      ? l10n.t("What was said before is still on disk.")
      : l10n.t("What was said before is still on disk, {0}.", formatCount("message", messages));
  if (report.showHint === "link") {
    const open = { ...windowPiece(rotation, primary, stateDir.path), text: l10n.t("Open the earlier words") };
    writer.pieces("", [{ text: said }, open]);
  } else {
    writer.pieces("", [{ text: l10n.t("{0} To read it:", said) }]);
    writer.pieces("    ", [{ text: terminalCommand("show", report, primary.path), whole: true }]);
  }
  writer.pieces("", [windowPiece(rotation, primary, stateDir.path)]);
}

export function writeWhatHappened(writer: ReportWriter, report: Report): void {
  const { rotation, timeZone } = report;
  const { at, from } = rotation;
  writer.heading(l10n.t("What happened"));
  writer.text("  ", whenSentence(rotation));
  const clocks = clocksSentence(rotation, timeZone);
  if (clocks !== undefined) writer.text("  ", clocks);
  const idle = at === undefined || from.lastAt === undefined ? undefined : at - from.lastAt;
  if (idle !== undefined && idle >= 0) {
    writer.text("  ", l10n.t("The last entry before it is {0} older.", toldDuration(idle)));
  }
  writer.text("  ", followed(rotation));
}

function followed({ from, to, between, restore }: Rotation): string {
  const ended = shortId(from.sessionId);
  if (to && restore) {
    return l10n.t("Session {0} was set aside, and session {1} is current again.", ended, shortId(to.sessionId));
  }
  if (to) return l10n.t("Session {0} ended, and session {1} began.", ended, shortId(to.sessionId));
  return between
    ? l10n.t("Session {0} ended. Which session followed is not known for sure.", ended)
    : l10n.t("Session {0} ended. No session is known that followed.", ended);
}

function whenSentence({ at, atFrom }: Rotation): string {
  const time = toldTime(at);
  if (time === undefined) return l10n.t("When it happened is not known.");
  switch (atFrom) {
    case "archive-stamp":
      return l10n.t("It happened at {0}, by the time in the archive's name.", time);
    case "next-header":
      return l10n.t("It happened at {0}, by the header of the transcript that followed.", time);
    case "next-entry":
      return l10n.t("It happened at {0} or before, by the first entry of the transcript that followed.", time);
    case "next-trace":
      return l10n.t("It happened at {0} or before, by the run trace of the session that followed.", time);
    case "store-row":
      return l10n.t("It happened at {0}, by what the index says of the session that followed.", time);
    case "nothing":
      return l10n.t("It happened at about {0}; nothing tells exactly when.", time);
  }
}

/** One reset, and several clocks that show different times: undefined where they all say UTC. */
function clocksSentence({ at, surroundings }: Rotation, timeZone: string | undefined): string | undefined {
  const [{ zone, known }] = surroundings.zone;
  const [reader, gateway] = at === undefined ? [] : [momentIn(at, timeZone), momentIn(at, zone)];
  if (at === undefined || !reader || !gateway) return undefined;
  const utc = momentIn(at, "UTC");
  const isSame = (one: Moment, other: Moment | undefined): boolean => one.time === other?.time && one.day === other.day;
  if (isSame(reader, utc) && isSame(gateway, utc)) return undefined;
  const [yours, its] = [momentText(at, timeZone), momentText(at, zone)];
  if (isSame(reader, gateway)) {
    return known
      ? l10n.t("By your clock and by the gateway's clock that was {0}.", yours)
      : l10n.t("By your clock that was {0}, and by the gateway's clock as well, as is assumed.", yours);
  }
  return known
    ? l10n.t("By your clock that was {0}, by the gateway's clock {1}.", yours, its)
    : l10n.t("By your clock that was {0}, by the gateway's clock {1}, as is assumed.", yours, its);
}

export function writeCost(writer: ReportWriter, { rotation, stateDir, timeZone }: Report): void {
  const { messages, tokens, firstAt, lastAt } = rotation.cost;
  const { primary, copies, trajectories } = rotation.from;
  writer.heading(l10n.t("What it cost"));
  if (messages === undefined) writer.text("  ", l10n.t("How many messages were set aside is not known."));
  else if (firstAt !== undefined && lastAt !== undefined && lastAt >= firstAt) {
    const [count, span] = [formatCount("message", messages), toldDuration(lastAt - firstAt)];
    writer.text("  ", l10n.t("{0} of {1} ({2}).", count, spanText(firstAt, lastAt, timeZone), span));
  } else writer.text("  ", l10n.t("{0}.", formatCount("message", messages)));
  if (tokens !== undefined) {
    writer.text("  ", l10n.t("They had used {0}, as the model's answers report it.", formatCount("token", tokens)));
  }
  if (!primary && trajectories.length === 0) writer.text("  ", l10n.t("No file holds them any more."));
  else if (!primary)
    writer.text("  ", l10n.t("No transcript holds them any more; a run trace of the session is there."));
  else if (copies.length > 0) {
    writer.text("  ", l10n.t("The fullest copy is the one named above, {0}.", formatBytes(primary.bytes)));
    for (const copy of copies.slice(0, COPIES)) {
      const other = l10n.t("Another copy, {0}:", formatBytes(copy.bytes));
      writer.pieces("  ", [{ text: other }, pathPiece(copy.path, stateDir.path)]);
    }
  }
}

const COPIES = 10;

/** What somebody asks for who helps: ids, files, times, the policy's retention. */
export function writeDetails(writer: ReportWriter, report: Report): void {
  const { rotation, stateDir, conversation, discretion } = report;
  const { archive, from, to } = rotation;
  const unknown = l10n.t("not known");
  const lines: readonly (readonly [string, Piece])[] = [
    [
      l10n.t("State directory:"),
      { text: stateDir.path, target: { kind: "place", place: { file: stateDir.path } }, tooltip: stateDir.path },
    ],
    [l10n.t("Storage:"), { text: eraName(stateDir.era) }],
    [l10n.t("Session key:"), { text: conversation ? discretion.key(conversation.key) : unknown }],
    [l10n.t("Old session:"), { text: from.sessionId }],
    [l10n.t("New session:"), { text: to?.sessionId ?? unknown }],
    ...(to?.primary ? [[l10n.t("New transcript:"), pathPiece(to.primary.path, stateDir.path)] as const] : []),
    [l10n.t("First entry:"), { text: isoTime(rotation.cost.firstAt) ?? unknown }],
    [l10n.t("Last entry:"), { text: isoTime(rotation.cost.lastAt) ?? unknown }],
    [l10n.t("Archive:"), archive ? pathPiece(archive.path, stateDir.path) : { text: l10n.t("none was made") }],
    ...(archive
      ? [
          [l10n.t("Size of the archive:"), { text: formatBytes(archive.bytes) }] as const,
          [l10n.t("Last change of the file:"), { text: isoTime(archive.mtimeMs) ?? unknown }] as const,
        ]
      : []),
  ];
  writer.heading(l10n.t("Details"));
  for (const [name, piece] of lines) writer.pieces("  ", [{ text: name }, piece]);
  if (archive) writeRetention(writer, report, archive);
}

/** From when on the archive is deleted, and which rule says so. */
function writeRetention(writer: ReportWriter, report: Report, archive: SessionFile): void {
  const fate = fateOf(archive, report);
  if (!fate) {
    writer.text("  ", l10n.t("Retention: nothing deletes the archive because of its age."));
    return;
  }
  const from = toldTime(fate.at) ?? l10n.t("an unknown time");
  const isPast = fate.at <= report.now;
  if (fate.retention.known) {
    writer.text(
      "  ",
      isPast
        ? l10n.t("Retention: due for deletion since {0}.", from)
        : l10n.t("Retention: due for deletion from {0} on.", from),
    );
  } else {
    writer.text(
      "  ",
      isPast
        ? l10n.t("Retention: due for deletion since {0}, unless this version of OpenClaw keeps it.", from)
        : l10n.t("Retention: due for deletion from {0} on, unless this version of OpenClaw keeps it.", from),
    );
  }
  writeNewEvidence(writer, report, "  + ", fate.retention.evidence);
}

function eraName(era: StorageEra): string {
  switch (era) {
    case "files":
      return l10n.t("files (transcripts and their index, no session tables)");
    case "sqlite":
      return l10n.t("SQLite (session tables in a database)");
    case "mixed":
      return l10n.t("files and SQLite (both are there)");
    case "empty":
      return l10n.t("none, there are no sessions");
    case "unknown":
      return l10n.t("a layout that is not known");
  }
}

function windowPiece({ stateDir, from }: Rotation, file: SessionFile, directory: string): Piece {
  const target = { kind: "window", stateDir, windowId: from.windowId, file: file.path } as const;
  return { ...pathPiece(file.path, directory), target };
}
