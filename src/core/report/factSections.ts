import * as l10n from "@vscode/l10n";
import type { SessionFile, StorageEra } from "../conversation/model";
import type { Rotation } from "../rotation/rotation";
import { formatCount } from "../text/formatCount";
import { formatBytes } from "../text/formatSize";
import { formatDuration, isoTime } from "../text/formatTime";
import { visibleLine } from "../text/visibleText";
import { retentionOf } from "../findings/retention";
import { executorName } from "./executorName";
import { momentText, spanText } from "./moment";
import { type Report, writeEvidence } from "./report";
import { pathPiece, type Piece, type ReportWriter } from "./reportWriter";

/** First of all what people fear for: whether the words are still there, and where. */
export function writeWhereabouts(writer: ReportWriter, { rotation, stateDir }: Report): void {
  const { primary } = rotation.from;
  const { messages } = rotation.cost;
  if (!primary) {
    writer.text("", l10n.t("The transcript of what was said before is not there any more."));
    return;
  }
  const said =
    messages === undefined
      ? l10n.t("What was said before is still on disk:")
      : l10n.t("What was said before is still on disk, {0}:", formatCount("message", messages));
  writer.pieces("", [{ text: said }, windowPiece(rotation, primary, stateDir.path)]);
}

export function writeWhatHappened(writer: ReportWriter, report: Report): void {
  const { rotation, timeZone } = report;
  const { at, from, to } = rotation;
  writer.heading(l10n.t("What happened"));
  writer.text("  ", whenSentence(rotation));
  const idle = at === undefined || from.lastAt === undefined ? undefined : at - from.lastAt;
  if (idle !== undefined && idle >= 0 && from.lastAt !== undefined) {
    const last = isoTime(from.lastAt) ?? momentText(from.lastAt, timeZone);
    writer.text("  ", l10n.t("The last entry before it is of {0}, {1} earlier.", last, formatDuration(idle)));
  }
  const [oldId, newId] = [from.sessionId, to?.sessionId].map((id) => id && visibleLine(id, 80));
  writer.text(
    "  ",
    newId === undefined
      ? l10n.t("Session {0} ended. No session is known that followed.", oldId ?? "")
      : l10n.t("Session {0} ended, and session {1} began.", oldId ?? "", newId),
  );
}

function whenSentence({ at, atFrom }: Rotation): string {
  const time = isoTime(at);
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
      return l10n.t("It happened at {0}, by the index's row of the session that followed.", time);
    case "nothing":
      return l10n.t("It happened at about {0}; nothing tells exactly when.", time);
  }
}

export function writeCost(writer: ReportWriter, { rotation, stateDir, timeZone }: Report): void {
  const { messages, tokens, firstAt, lastAt } = rotation.cost;
  const { primary, copies } = rotation.from;
  writer.heading(l10n.t("What it cost"));
  if (messages === undefined) writer.text("  ", l10n.t("How many messages were set aside is not known."));
  else if (firstAt !== undefined && lastAt !== undefined && lastAt >= firstAt) {
    const [count, span] = [formatCount("message", messages), formatDuration(lastAt - firstAt)];
    writer.text("  ", l10n.t("{0} of {1} ({2}).", count, spanText(firstAt, lastAt, timeZone), span));
  } else writer.text("  ", l10n.t("{0}.", formatCount("message", messages)));
  if (tokens !== undefined) {
    writer.text("  ", l10n.t("By the model's answers they cost {0}.", formatCount("token", tokens)));
  }
  if (!primary) writer.text("  ", l10n.t("No file holds them any more."));
  else {
    const size = l10n.t("The fullest copy, {0}:", formatBytes(primary.bytes));
    writer.pieces("  ", [{ text: size }, windowPiece(rotation, primary, stateDir.path)]);
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
    [l10n.t("Carried out by:"), { text: executorName(rotation.executedBy.kind) }],
    [l10n.t("First entry:"), { text: isoTime(rotation.cost.firstAt) ?? unknown }],
    [l10n.t("Last entry:"), { text: isoTime(rotation.cost.lastAt) ?? unknown }],
    [l10n.t("Archive:"), archive ? pathPiece(archive.path, stateDir.path) : { text: l10n.t("none was made") }],
    ...archiveLines(archive),
  ];
  writer.heading(l10n.t("Details"));
  for (const [name, piece] of lines) writer.pieces("  ", [{ text: name }, piece]);
  if (archive) writeRetention(writer, report, archive);
}

function archiveLines(archive: SessionFile | undefined): (readonly [string, Piece])[] {
  if (!archive) return [];
  const stamp = archive.name.kind === "archive" ? isoTime(archive.name.at) : undefined;
  return [
    ...(stamp === undefined ? [] : [[l10n.t("Time in its name:"), { text: stamp }] as const]),
    [l10n.t("Last change of the file:"), { text: isoTime(archive.mtimeMs) ?? l10n.t("not known") }],
  ];
}

/** Until when the archive is kept, and which rule says so. */
function writeRetention(writer: ReportWriter, report: Report, archive: SessionFile): void {
  const { rotation, stateDir, explanations } = report;
  if (archive.name.kind !== "archive") return;
  const { reason, at } = archive.name;
  // The release that runs now decides, not the one that made the archive.
  const newest = explanations.rotations.find((each) => each.stateDir === rotation.stateDir) ?? rotation;
  const retention = retentionOf(reason, newest.surroundings.version, stateDir.configFacts);
  if (!retention) {
    writer.text("  ", l10n.t("Retention: it is not deleted because of its age."));
    return;
  }
  const until = at === undefined ? undefined : isoTime(at + retention.keptMs);
  if (until === undefined) return;
  const isPast = report.now !== undefined && at !== undefined && at + retention.keptMs < report.now;
  if (isPast) {
    writer.text(
      "  ",
      retention.known
        ? l10n.t("Retention: since {0} the next message may delete it.", until)
        : l10n.t(
            "Retention: since {0} the next message may delete it, unless this version of OpenClaw keeps it.",
            until,
          ),
    );
  } else
    writer.text(
      "  ",
      retention.known
        ? l10n.t("Retention: from {0} on the next message may delete it.", until)
        : l10n.t(
            "Retention: from {0} on the next message may delete it, unless this version of OpenClaw keeps it.",
            until,
          ),
    );
  writeEvidence(writer, report, "  + ", retention.evidence[0]);
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
