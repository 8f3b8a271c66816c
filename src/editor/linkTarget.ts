import * as vscode from "vscode";
import type { Place } from "../core/evidence/evidence";
import { Command, type CommandId } from "./contributions";
import type { DocumentContent } from "./documentContent";
import type { RotationName } from "./findRotation";
import type { OpenDocument } from "./openDocuments";
import { makeSessionUri, titleOf } from "./sessionUri";

/** What `goToRawLine` gets from a link. */
export interface RawLineArgument {
  readonly file: string;
  readonly offset: number;
}
/** What `goToPage` gets from a link. */
export interface PageArgument {
  /** Address of the document the link is in. */
  readonly from: string;
  /** Undefined: the end of the transcript. */
  readonly page?: number;
}

/**
 * Where a link of ours leads: another document of ours, or a command of ours. Made from positions and ids alone; nothing
 * that a transcript says gets here.
 */
export function toLinkTarget(
  shown: OpenDocument,
  target: DocumentContent["links"][number]["target"],
): vscode.Uri | undefined {
  const { file } = shown.content;
  const name = titleOf(shown.uri);
  const folder = shown.uri.path.split("/").at(-2) ?? "";
  switch (target.kind) {
    case "part": {
      const { offset, part, page = 0 } = target;
      const title = page === 0 ? `${part} · ${name}` : `${part} (${page + 1}) · ${name}`;
      return makeSessionUri({ kind: "part", file, offset, part, page }, { title, folder });
    }
    case "image": {
      const { offset, block } = target;
      return makeSessionUri({ kind: "image", file, offset, block }, { title: `image ${block + 1} · ${name}`, folder });
    }
    case "current-window": {
      const { file: current, windowId } = target;
      return commandUri(Command.openTranscript, { file: current, windowId });
    }
    case "place":
      return commandUri(Command.openEvidence, target.place satisfies Place);
    case "window":
      return target.file === undefined
        ? undefined
        : commandUri(Command.openTranscript, { file: target.file, windowId: target.windowId });
    case "rotation": {
      const { stateDir, rotationId } = target;
      return commandUri(Command.explain, { stateDir, rotationId } satisfies RotationName);
    }
    case "page":
      return commandUri(Command.goToPage, { from: shown.uri.toString(), page: target.page } satisfies PageArgument);
    case "end":
      return commandUri(Command.goToPage, { from: shown.uri.toString() } satisfies PageArgument);
    case "raw-line":
      return commandUri(Command.goToRawLine, { file, offset: target.offset } satisfies RawLineArgument);
    case "entry": {
      const entry = shown.content.entries.find(({ id }) => id === target.id);
      return entry && shown.uri.with({ fragment: `L${entry.firstLine + 1}` });
    }
  }
}

function commandUri(command: CommandId, argument: object): vscode.Uri {
  return vscode.Uri.from({ scheme: "command", path: command, query: JSON.stringify([argument]) });
}
