import * as l10n from "@vscode/l10n";
import type { TranscriptIndex } from "../core/index/transcriptIndex";
import type { Inspector, TranscriptPage } from "../core/inspectorPort";
import type { RenderOptions } from "../core/render/rendered";
import { formatNumber } from "../core/text/formatSize";
import { branchesOfIndex } from "../core/transcript/branchesOfIndex";
import { Failure } from "./exitCode";

/** What of a transcript is to be printed; all of it when both are undefined. Numbers from 1. */
export interface PartRequest {
  readonly page?: number;
  readonly line?: number;
}

/** A page that can be printed, and what is different about printing it. */
export interface Part {
  readonly page: TranscriptPage;
  readonly options: Partial<RenderOptions>;
}

/** Reads page by page, each one when the one before has been printed. */
export async function* showParts(
  inspector: Inspector,
  path: string,
  index: TranscriptIndex,
  request: PartRequest,
): AsyncGenerator<Part> {
  if (request.line !== undefined) yield await partOfLine(inspector, path, index, request.line);
  else if (request.page !== undefined) yield await partOfPage(inspector, path, index, request.page);
  else {
    for (let number: number | undefined = 0; number !== undefined;) {
      const page: TranscriptPage = await inspector.readPage(path, { kind: "page", page: number });
      const without = { header: page.previousPage !== undefined, footer: page.nextPage !== undefined };
      yield { page, options: { without, ...branchOptions(page, index) } };
      number = page.nextPage;
    }
  }
}

async function partOfPage(inspector: Inspector, path: string, index: TranscriptIndex, wanted: number): Promise<Part> {
  const { pageCount } = await inspector.readPage(path, { kind: "page", page: 0 });
  if (wanted > pageCount) {
    throw new Failure(
      pageCount === 1
        ? l10n.t("The transcript has only 1 page.")
        : l10n.t("The transcript has only {0} pages.", formatNumber(pageCount)),
    );
  }
  const page = await inspector.readPage(path, { kind: "page", page: wanted - 1 });
  return { page, options: branchOptions(page, index) };
}

async function partOfLine(inspector: Inspector, path: string, index: TranscriptIndex, line: number): Promise<Part> {
  if (line > index.lines) {
    throw new Failure(
      index.lines === 1
        ? l10n.t("The file has only 1 line.")
        : l10n.t("The file has only {0} lines.", formatNumber(index.lines)),
    );
  }
  // The last page whose first line is not behind the wanted one.
  let number = 0;
  for (const [each, first] of index.pageFirstLine.entries()) if (first <= line) number = each;
  const page = await inspector.readPage(path, { kind: "page", page: number });
  const items = page.items.filter(({ position }) => position.line === line);
  if (items.length === 0) throw new Failure(l10n.t("Line {0} of the file is blank.", formatNumber(line)));
  const options = { without: { header: true, footer: true }, expanded: "all", ...branchOptions(page, index) } as const;
  return { page: { ...page, items }, options };
}

/** A page on its own does not tell which branch was taken later; a file of one page tells more than its index. */
function branchOptions(page: TranscriptPage, index: TranscriptIndex): Pick<RenderOptions, "branches"> {
  const isWhole = page.previousPage === undefined && page.nextPage === undefined;
  return isWhole ? {} : { branches: branchesOfIndex(index) };
}
