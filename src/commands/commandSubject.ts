import * as vscode from "vscode";
import { filesOf, type Place } from "../editor/findPlace";
import { placeOfDocument } from "../editor/rotationOfDocument";
import { fileOfDocument, readSessionUri } from "../editor/sessionUri";
import { readTimeZone } from "../editor/settings";
import { fileTitle } from "../views/fileNodes";
import type { NodeSubject, TreeNode } from "../views/treeNode";
import { windowSubject } from "../views/windowNodes";
import type { CommandContext } from "./commandContext";

/**
 * What a command is about. Menus hand over tree nodes (`id, selected ids`) or addresses; the palette nothing: then it is the
 * active document of ours, else what is selected in the tree.
 */
export function subjectsOf(context: CommandContext, args: readonly unknown[]): readonly NodeSubject[] {
  const [first, selected] = args;
  if (typeof first === "string") {
    const ids = Array.isArray(selected) && selected.includes(first) ? selected.map(String) : [first];
    return ids.flatMap((id) => nodeOf(context, id)?.subject ?? []);
  }
  const uri = first instanceof vscode.Uri ? first : activeUri();
  const document = uri && readSessionUri(uri);
  if (!document) return context.view.selection;
  const place = placeOfDocument(context.inspector, document);
  if (!place) return [];
  return [subjectOfPlace(place, fileOfDocument(document) ?? "")];
}

/** Ids are different in the two views. */
export function nodeOf({ view, findings }: CommandContext, id: string): TreeNode | undefined {
  return view.provider.node(id) ?? findings.provider.node(id);
}

/** `path`: which file of the window; the one that is shown by default when it is none of them any more. */
export function subjectOfPlace({ stateDir, agent, conversation, window }: Place, path: string): NodeSubject {
  const owner = { label: conversation?.label ?? agent.id, key: conversation?.key, stateDir: stateDir.path };
  const when = { timeZone: readTimeZone(), now: Date.now() };
  const subject = windowSubject(when, owner, window);
  const file = filesOf(window).find((each) => each.path === path);
  if (!file || file === window.primary) return subject;
  return { ...subject, file, title: fileTitle(when, subject.title, file) };
}

/** The address of the active editor, also where that is no text editor (an image). */
export function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}
