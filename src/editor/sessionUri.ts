import * as vscode from "vscode";
import { isPartId, type PartId } from "../core/render/partId";
import type { PageRange } from "../core/transcript/page";
import { Extension, scheme } from "./contributions";
import { type PlanSubject, readPlanSubject } from "./planSubject";

/**
 * What one of our documents shows. A document's address carries all of it, so that it comes back after a window reload
 * with nothing else to remember:
 *
 * `openclaw-session:/main/main · 2026-04-23 08-05.openclaw-transcript?{"kind":"transcript","file":"/…/x.jsonl",…}`
 *
 * The path is for people (the last part is the tab's label) and is never read back; the query is for us.
 */
export type SessionDocument = FileDocument | ExplanationDocument | PlanDocument | EntryDocument | ReceiptDocument;
/** What shows (part of) one file. */
export type FileDocument = TranscriptDocument | PartDocument | ImageDocument | LineDocument;

/** A page of a transcript, of an archive, or of a run trace. */
export interface TranscriptDocument {
  readonly kind: "transcript";
  readonly file: string;
  /** Finds the same stretch of the conversation again after a reset renamed its file. */
  readonly windowId: string | undefined;
  readonly range: PageRange;
}
/** A text that the transcript elides to one line. */
export interface PartDocument {
  readonly kind: "part";
  readonly file: string;
  /** Byte offset of the line it stands in. */
  readonly offset: number;
  readonly part: PartId;
  /** Parts of 1 MB and more have pages. */
  readonly page: number;
}
export interface ImageDocument {
  readonly kind: "image";
  readonly file: string;
  readonly offset: number;
  /** Number of the image in its entry, from 0. */
  readonly block: number;
}
/** One line of the file, as JSON: for files whose lines an editor cannot show (compressed, or too large). */
export interface LineDocument {
  readonly kind: "line";
  readonly file: string;
  readonly offset: number;
}

/** Why one window ended: the report "Explain this reset". */
export interface ExplanationDocument {
  readonly kind: "explanation";
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  /** `Boundary.id`. */
  readonly rotationId: string;
}

/** What a restore, an undo or a switch back would do. */
export interface PlanDocument {
  readonly kind: "plan";
  readonly plan: PlanSubject;
}
/** The entries of the index that a plan changes: one side of the diff. */
export interface EntryDocument {
  readonly kind: "entry";
  readonly plan: PlanSubject;
  readonly side: "before" | "after";
}
/** What a restore did. */
export interface ReceiptDocument {
  readonly kind: "receipt";
  readonly stateDir: string;
  /** `RestorePlan.id`. */
  readonly id: string;
}

/** The file that a document shows (part of); undefined for what is not about a single file. */
export function fileOfDocument(document: SessionDocument): string | undefined {
  return "file" in document ? document.file : undefined;
}

/** `title` and `folder` are shown to people; hostile characters in them are replaced. */
export function makeSessionUri(
  document: SessionDocument,
  shown: { readonly title: string; readonly folder: string; readonly extension?: string },
): vscode.Uri {
  const extension = shown.extension ?? extensionOf(document);
  return vscode.Uri.from({
    scheme,
    path: `/${pathPart(shown.folder)}/${pathPart(shown.title)}${extension}`,
    query: JSON.stringify(document),
  });
}

/** Undefined for an address that `makeSessionUri` did not make. */
export function readSessionUri(uri: vscode.Uri): SessionDocument | undefined {
  if (uri.scheme !== scheme) return undefined;
  let query: unknown;
  try {
    query = JSON.parse(uri.query);
  } catch {
    return undefined;
  }
  return isObject(query) ? readDocument(query) : undefined;
}

/** The tab's label without its extension: what `makeSessionUri` was given as title, tamed. */
export function titleOf(uri: vscode.Uri): string {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

function readDocument(query: Readonly<Record<string, unknown>>): SessionDocument | undefined {
  const { kind, file, windowId, part, stateDir, rotationId } = query;
  if (kind === "explanation") {
    if (typeof stateDir !== "string" || typeof rotationId !== "string") return undefined;
    return { kind, stateDir, rotationId };
  }
  if (kind === "receipt") {
    const { id } = query;
    return typeof stateDir === "string" && typeof id === "string" ? { kind, stateDir, id } : undefined;
  }
  if (kind === "plan" || kind === "entry") {
    const plan = readPlanSubject(query["plan"]);
    const { side } = query;
    if (plan === undefined) return undefined;
    if (kind === "plan") return { kind, plan };
    return side === "before" || side === "after" ? { kind, plan, side } : undefined;
  }
  if (typeof file !== "string" || file === "") return undefined;
  const range = readRange(query["range"]);
  const offset = readCount(query["offset"]);
  switch (kind) {
    case "transcript":
      if (range === undefined) return undefined;
      return { kind, file, windowId: typeof windowId === "string" ? windowId : undefined, range };
    case "part":
      if (offset === undefined || typeof part !== "string" || !isPartId(part)) return undefined;
      return { kind, file, offset, part, page: readCount(query["page"]) ?? 0 };
    case "image": {
      const block = readCount(query["block"]);
      return offset === undefined || block === undefined ? undefined : { kind, file, offset, block };
    }
    case "line":
      return offset === undefined ? undefined : { kind, file, offset };
    default:
      return undefined;
  }
}

function readRange(value: unknown): PageRange | undefined {
  if (!isObject(value)) return undefined;
  const { kind } = value;
  const page = readCount(value["page"]);
  const from = readCount(value["from"]);
  if (kind === "page" && page !== undefined) return { kind, page };
  if (kind === "tail" && from !== undefined) return { kind, from };
  return undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function extensionOf(document: SessionDocument): string {
  switch (document.kind) {
    case "transcript":
      return Extension.transcript;
    case "part":
      return Extension.part;
    case "image":
      return ".png";
    case "line":
      return ".json";
    case "entry":
      return Extension.entry;
    case "explanation":
      return Extension.explanation;
    case "plan":
      return Extension.plan;
    case "receipt":
      return Extension.receipt;
  }
}

/**
 * One part of a path that any label shows as it is: no separators, control characters or characters that reorder or hide
 * text, no halves of surrogate pairs (an address with one cannot be written), at most 80 UTF-16 units.
 */
function pathPart(text: string): string {
  const tame = text
    .replace(/\p{Surrogate}/gu, "�")
    .replace(/[/\\:*?"<>|#%]/g, "-")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\s+/g, " ")
    .slice(0, 80)
    .replace(/\p{Surrogate}/gu, "")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  return tame === "" ? "untitled" : tame;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
