import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { pageOf, tailStart } from "../core/transcript/page";
import type { OpenDocument } from "../editor/openDocuments";
import { sizeOf } from "../editor/readContent";
import { makeSessionUri, readSessionUri, type SessionDocument, titleOf } from "../editor/sessionUri";
import { showDocument } from "../editor/showDocument";
import type { CommandContext, CommandFactory } from "./commandContext";
import { activeUri } from "./commandSubject";

type Paged = Extract<SessionDocument, { readonly range: unknown }>;

export const firstPage: CommandFactory = (context) => async () => {
  const shown = await activePaged(context);
  if (shown) await goTo(context, shown, 0, "start");
};

export const previousPage: CommandFactory = (context) => async () => {
  const shown = await activePaged(context);
  const page = shown?.content.previousPage;
  if (shown && page !== undefined) await goTo(context, shown, page, "end");
};

export const nextPage: CommandFactory = (context) => async () => {
  const shown = await activePaged(context);
  const page = shown?.content.nextPage;
  if (shown && page !== undefined) await goTo(context, shown, page, "start");
};

export const lastPage: CommandFactory = (context) => async () => {
  const shown = await activePaged(context);
  if (shown) await goTo(context, shown, undefined, "end");
};

/** From a link (PageArgument), or asks for a number. */
export const goToPage: CommandFactory = (context) => async (argument) => {
  const { from, page } = isObject(argument) ? argument : {};
  if (typeof from !== "string") {
    const shown = await activePaged(context);
    if (shown) await askForPage(context, shown);
    return;
  }
  const shown = await pagedAt(context, vscode.Uri.parse(from, true));
  if (!shown) return;
  if (typeof page !== "number") await goTo(context, shown, undefined, "end");
  else await goTo(context, shown, page, page === shown.content.previousPage ? "end" : "start");
};

/** Numbers count from 1 in front of people. */
async function askForPage(context: CommandContext, shown: OpenDocument): Promise<void> {
  const count = pageOf(Math.max(0, (await sizeOf(context.inspector, shown.content.file)) - 1)) + 1;
  const answer = await vscode.window.showInputBox({
    title: l10n.t("Go to Page"),
    prompt: l10n.t("A number from 1 to {0}", count),
    validateInput: (text) =>
      /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= count
        ? undefined
        : l10n.t("Please enter a number from 1 to {0}.", count),
  });
  if (answer !== undefined) await goTo(context, shown, Number(answer) - 1, "start");
}

/** Pages replace each other in a preview tab. `undefined` is the end, which grows with the file. */
async function goTo(
  context: CommandContext,
  shown: OpenDocument,
  page: number | undefined,
  at: "start" | "end",
): Promise<void> {
  const document = shown.document as Paged;
  if (covers(shown, document, page)) {
    await showDocument(shown.uri, at);
    return;
  }
  const end = tailStart(await sizeOf(context.inspector, shown.content.file));
  const range =
    page === undefined || page >= end
      ? ({ kind: "tail", from: page ?? end } as const)
      : ({ kind: "page", page } as const);
  const folder = shown.uri.path.split("/").at(-2) ?? "";
  await showDocument(makeSessionUri({ ...document, range }, { title: titleOf(shown.uri), folder }), at);
}

/** Whether the wanted page is part of what is shown already. */
function covers({ content }: OpenDocument, { range }: Paged, page: number | undefined): boolean {
  if (page === undefined) return range.kind === "tail" && content.nextPage === undefined;
  if (range.kind === "tail") return page >= range.from && content.nextPage === undefined;
  return range.page === page;
}

async function activePaged(context: CommandContext): Promise<OpenDocument | undefined> {
  const uri = activeUri();
  return uri && pagedAt(context, uri);
}

async function pagedAt(context: CommandContext, uri: vscode.Uri): Promise<OpenDocument | undefined> {
  const document = readSessionUri(uri);
  return document && "range" in document ? context.documents.open(uri) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
