import * as l10n from "@vscode/l10n";
import { type Inspector, ReadError, type TranscriptPage } from "../core/inspectorPort";
import { RestoreRefused } from "../core/restore/restorer";
import { parseFileName } from "../core/names/parseFileName";
import type { RenderedTranscript, TranscriptTitle } from "../core/render/rendered";
import { renderPart } from "../core/render/renderPart";
import { renderTranscript } from "../core/render/renderTranscript";
import { branchesOfIndex } from "../core/transcript/branchesOfIndex";
import type { TranscriptItem } from "../core/transcript/entry";
import type { PageRange } from "../core/transcript/page";
import { filesOf, findPlace, type Place } from "./findPlace";
import { type DocumentContent, noticeContent } from "./documentContent";
import { readExplanation } from "./readExplanation";
import { readEntry, readPlan, readReceipt } from "./readPlan";
import type { RestorePlans } from "./restorePlans";
import { withNotices } from "./rotationNotice";
import { causeSentence, rotationOf } from "./rotationOfDocument";
import { withWhy } from "./whyHover";
import { windowBefore } from "./windowBefore";
import {
  fileOfDocument,
  type LineDocument,
  type PartDocument,
  type SessionDocument,
  type TranscriptDocument,
} from "./sessionUri";

export interface ReadOptions {
  /** What the tab is called; shown where nothing better is known. */
  readonly title: string;
  /** Parts that are shown in place. */
  readonly expanded: ReadonlySet<string>;
  readonly timeZone: string | undefined;
  /** What the document showed before; undefined when it is read for the first time. */
  readonly shown: DocumentContent | undefined;
  readonly plans: RestorePlans;
  readonly signal: AbortSignal;
}

/** Reads and renders what a text document of ours shows. What cannot be read gives a document that says so. */
export async function readContent(
  inspector: Inspector,
  document: SessionDocument,
  options: ReadOptions,
): Promise<DocumentContent> {
  try {
    switch (document.kind) {
      case "transcript":
        return await readTranscript(inspector, document, options);
      case "part":
        return await readPart(inspector, document, options);
      case "line":
        return await readLine(inspector, document, options);
      case "explanation":
        return await readExplanation(inspector, document, options);
      case "plan":
        return await readPlan(inspector, document, options);
      case "entry":
        return await readEntry(document, options.plans);
      case "receipt":
        return await readReceipt(inspector, document, options);
      case "image":
        return noticeContent(document.file, l10n.t("This is a picture. Open it with the image preview."));
    }
  } catch (error) {
    if (error instanceof RestoreRefused) return noticeContent("", error.message);
    if (!(error instanceof ReadError)) throw error;
    const file = fileOfDocument(document);
    if (file === undefined || error.code !== "vanished") return noticeContent(file ?? "", error.message);
    return noticeContent(file, l10n.t("The file has gone: {0}", file));
  }
}

/** Bytes in the file, of a compressed one those inside. Reads a page, not the index: that may still be in the making. */
export async function sizeOf(inspector: Inspector, file: string): Promise<number> {
  return (await inspector.readPage(file, { kind: "page", page: 0 })).size;
}

async function readTranscript(
  inspector: Inspector,
  document: TranscriptDocument,
  { title, expanded, timeZone, signal }: ReadOptions,
): Promise<DocumentContent> {
  const place = findPlace(inspector.snapshot, document);
  const file = fileToRead(place, document.file);
  const page = await readRange(inspector, file, document.range, signal);
  const live = place?.window.kind === "live" && place.window.primary?.path === file;
  const rotation = place && rotationOf(inspector, place, file);
  const cause = place && rotation && causeSentence(place, rotation, timeZone);
  const before = place && windowBefore(inspector, place, file, timeZone);
  const whole = page.previousPage === undefined && page.nextPage === undefined;
  const rendered = renderTranscript(page, {
    timeZone,
    expanded,
    live,
    title: {
      ...titleOfPage(page, place, title),
      ...(cause === undefined ? {} : { cause }),
      ...(before ? { before: before.shown } : {}),
    },
    // Where other pages decide what is on the active branch, the index knows more than this page does.
    ...(page.index && !whole ? { branches: branchesOfIndex(page.index) } : {}),
  });
  const { previousPage, nextPage } = page;
  const content: DocumentContent = {
    ...toContent(rendered, file, previousPage, nextPage),
    counted: page.index !== undefined,
    cause,
    before: before?.shown.sentence,
    told: [...(before?.told ?? []), ...(rotation ? [rotation] : [])],
  };
  const noticed = place && nextPage === undefined ? withNotices(content, place, rotation, timeZone) : content;
  const told = before?.rotation ?? rotation;
  return told ? withWhy(noticed, told) : noticed;
}

/**
 * A document that follows the end of a file holds two pages at most: while the file grows into the second the text only
 * gets longer, and when it outgrows both, a link to the next page stands at the end. So what is above never moves, and an
 * appended entry costs the same in a large file as in a small one.
 */
async function readRange(
  inspector: Inspector,
  file: string,
  range: PageRange,
  signal: AbortSignal,
): Promise<TranscriptPage> {
  if (range.kind === "page") return inspector.readPage(file, range, signal);
  const first = await inspector.readPage(file, { kind: "page", page: range.from }, signal);
  // The file was replaced by a shorter one, or its last line began earlier: the inspector finds where the end begins now.
  if (first.items.length === 0 && first.nextPage === undefined) return inspector.readPage(file, range, signal);
  if (first.nextPage !== range.from + 1) return first;
  const second = await inspector.readPage(file, { kind: "page", page: range.from + 1 }, signal);
  const { nextPage, size, pageCount, index } = second;
  return { ...first, items: [...first.items, ...second.items], nextPage, size, pageCount, index };
}

async function readPart(
  inspector: Inspector,
  document: PartDocument,
  { timeZone, signal }: ReadOptions,
): Promise<DocumentContent> {
  const items = await inspector.readLineAt(document.file, document.offset, signal);
  const { part, page, file } = document;
  return toContent(renderPart(items, part, { timeZone, file: baseName(file), page }), file);
}

async function readLine(
  inspector: Inspector,
  { file, offset }: LineDocument,
  { signal }: ReadOptions,
): Promise<DocumentContent> {
  const items = await inspector.readLineAt(file, offset, signal);
  return noticeContent(file, items.map(toJson).join("\n"));
}

/** The file of the address while it still belongs to the window; after a reset renamed it, the window's new one. */
function fileToRead(place: Place | undefined, file: string): string {
  if (!place || filesOf(place.window).some(({ path }) => path === file)) return file;
  return place.window.primary?.path ?? file;
}

/** A copy of a window is called what its own name says: an archive beside the live file is no current window. */
function titleOfPage({ path }: TranscriptPage, place: Place | undefined, title: string): TranscriptTitle {
  const file = baseName(path);
  const label = place?.conversation?.label ?? title;
  const key = place?.conversation?.key;
  if (place?.window.primary?.path !== path) return { label, key, file, ...kindByName(file) };
  return { label, key, file, kind: place.window.kind, archivedAt: place.window.archivedAt };
}

function kindByName(file: string): Pick<TranscriptTitle, "kind" | "archivedAt"> {
  const name = parseFileName(file);
  if (name.kind === "archive") return { kind: name.reason, archivedAt: name.at };
  return { kind: name.kind === "checkpoint" ? "checkpoint" : "orphan", archivedAt: undefined };
}

function toContent(
  { text, sections, links, hovers, entries }: RenderedTranscript,
  file: string,
  previousPage?: number,
  nextPage?: number,
): DocumentContent {
  return { text, sections, links, hovers, entries, file, previousPage, nextPage, counted: true };
}

function toJson(item: TranscriptItem): string {
  switch (item.kind) {
    case "header":
      return JSON.stringify(item.header.raw, undefined, 2);
    case "entry":
      return JSON.stringify(item.entry.raw, undefined, 2);
    case "damage":
      return item.excerpt;
  }
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
