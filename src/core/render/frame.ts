import * as l10n from "@vscode/l10n";
import { messageCount } from "../index/transcriptIndex";
import type { TranscriptPage } from "../inspectorPort";
import { formatCount } from "../text/formatCount";
import { Clock } from "./clock";
import type { LineWriter } from "./lineWriter";
import { marks } from "./marks";
import { isTrajectory } from "./pageKind";
import type { RenderOptions, TranscriptTitle, WindowBefore } from "./rendered";
import type { Run } from "./view";

/** Facts that stay the same while the file grows, and the way to earlier pages. */
export function writeHeader(writer: LineWriter, page: TranscriptPage, options: RenderOptions): void {
  if (isTrajectory(options)) writeTrajectoryFacts(writer, options);
  else writeFacts(writer, page, options);
  if (page.previousPage !== undefined) writer.own(`${marks.earlier} `, earlierRuns(page.previousPage));
}

function writeFacts(writer: LineWriter, page: TranscriptPage, options: RenderOptions): void {
  const clock = new Clock(options.timeZone);
  const { title } = options;
  writer.own("", [...nameRuns(title), ...windowRuns(title, clock)]);
  if (title.cause !== undefined) writer.own("", [{ text: title.cause }]);
  if (title.before) {
    const mark = title.before.isPlain ? marks.earlier : marks.before;
    writer.own(`${mark} `, beforeRuns(title.before));
  }

  const header = page.header?.kind === "header" ? page.header.header : undefined;
  if (header) {
    const started = clock.run(header.at, header.timestamp, undefined, true);
    writer.own("", [
      { text: l10n.t("session {0}", header.id) },
      ...(started ? [{ ...started, text: l10n.t("started {0}", started.text) }] : []),
      { text: l10n.t("transcript format {0}", header.version) },
      ...(header.parentSession === undefined ? [] : [{ text: l10n.t("continues {0}", header.parentSession) }]),
    ]);
    writer.own("", [
      { text: l10n.t("file {0}", title.file) },
      ...(header.cwd === undefined ? [] : [{ text: l10n.t("working directory {0}", header.cwd) }]),
    ]);
  } else {
    writer.own("", [{ text: l10n.t("file {0}", title.file) }, { text: l10n.t("it has no readable header") }]);
  }
}

/** A trajectory has no header line, and is no window of the conversation. */
function writeTrajectoryFacts(writer: LineWriter, { title }: RenderOptions): void {
  writer.own("", nameRuns(title));
  writer.own("", [
    { text: l10n.t("trajectory {0}", title.file) },
    { text: l10n.t("what the model was given, run by run") },
  ]);
}

/** The way to later pages, or the end and what was counted. */
export function writeFooter(writer: LineWriter, page: TranscriptPage, options: RenderOptions): void {
  if (page.items.every(({ kind }) => kind === "header")) {
    const empty =
      page.previousPage === undefined && page.nextPage === undefined
        ? l10n.t("The transcript has no entries.")
        : l10n.t("No entry begins on this page.");
    writer.own(`${marks.state} `, [{ text: empty }]);
    writer.blank();
  }
  if (page.nextPage !== undefined) {
    writer.own(`${marks.later} `, [
      pageRun(page.nextPage, l10n.t("later entries"), l10n.t("Open page {0}", page.nextPage + 1)),
      { text: l10n.t("end"), link: { target: { kind: "end" }, tooltip: l10n.t("Open the end of the transcript") } },
    ]);
    return;
  }
  const counts = page.index
    ? [
        { text: formatCount("entry", page.index.entries) },
        { text: formatCount("message", messageCount(page.index.roles)) },
      ]
    : [];
  const live = options.live ? [{ text: l10n.t("live: new entries appear here") }] : [];
  writer.own(`${marks.state} `, [{ text: l10n.t("end of the transcript") }, ...counts, ...live]);
}

function nameRuns({ label, key }: TranscriptTitle): Run[] {
  return key === undefined || key === label ? [{ text: label }] : [{ text: label }, { text: key }];
}

/** What kind of window this is, and since when. */
function windowRuns(title: TranscriptTitle, clock: Clock): Run[] {
  const { archivedAt } = title;
  if (archivedAt === undefined) return [{ text: windowName(title) }];
  const time = clock.run(archivedAt, undefined, undefined, true);
  return [{ text: windowName(title) }, ...(time ? [time] : [])];
}

function windowName({ kind, key }: TranscriptTitle): string {
  switch (kind) {
    case "live":
      return l10n.t("current window");
    case "reset":
      return l10n.t("set aside by a reset");
    case "deleted":
      return l10n.t("deleted session");
    case "bak":
      return l10n.t("backup copy");
    case "checkpoint":
      return l10n.t("checkpoint before a compaction");
    case "orphan":
      return key === undefined ? l10n.t("not joined to a conversation") : l10n.t("left behind under its own name");
    case "trajectory-only":
      return l10n.t("known only from its trajectory");
    case "missing":
      return l10n.t("transcript missing");
  }
}

function beforeRuns({ sentence, earlier, explain }: WindowBefore): Run[] {
  const { target } = earlier;
  return [
    { text: sentence },
    { text: earlier.text, ...(target ? { link: { target, tooltip: l10n.t("Open the earlier window") } } : {}) },
    { text: explain.text, link: { target: explain.target, tooltip: explain.text } },
  ];
}

function earlierRuns(previousPage: number): Run[] {
  const earlier = pageRun(previousPage, l10n.t("earlier entries"), l10n.t("Open page {0}", previousPage + 1));
  return previousPage === 0 ? [earlier] : [earlier, pageRun(0, l10n.t("first page"), l10n.t("Open the first page"))];
}

function pageRun(page: number, text: string, tooltip: string): Run {
  return { text, link: { target: { kind: "page", page }, tooltip } };
}
