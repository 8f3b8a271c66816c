import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Agent, Conversation, StateDir, Window } from "../core/conversation/model";
import { formatAge } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import { endOf } from "../editor/lastRotation";
import { rehearsalOf } from "../editor/planTime";
import { isRestorable } from "../editor/restorable";
import { readTimeZone } from "../editor/settings";
import { stateDirAmong } from "../editor/stateDirLabel";
import { messages, size } from "../views/factsInWords";
import { whyInShort } from "../views/whyItEnded";
import { windowLabel } from "../views/windowNodes";
import type { CommandContext } from "./commandContext";

/** A window that somebody wants back, and where it stood. */
export interface Wanted {
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly window: Window;
  /** Absolute path of the copy that is meant; the fullest when undefined. */
  readonly file?: string | undefined;
  /** Session key, where it is known. */
  readonly key?: string | undefined;
}

type Item = vscode.QuickPickItem & { readonly wanted?: Wanted };

/** `active`: the id of the window that is highlighted at first, as its transcript is in front of the user. */
export async function chooseRestorable(
  { inspector }: CommandContext,
  title: string,
  active?: string,
): Promise<Wanted | undefined> {
  const items = inspector.snapshot.stateDirs
    .filter(({ path }) => rehearsalOf(path) === undefined)
    .flatMap((stateDir) => stateDir.agents.flatMap((agent) => groupsOf(stateDir, agent)))
    .toSorted((a, b) => newest(b) - newest(a))
    .flatMap((group) => groupItems(inspector, group));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t("There is nothing to give back: every window that is on disk is current."),
    );
    return undefined;
  }
  return pick(items, title, active);
}

interface Group {
  readonly stateDir: StateDir;
  readonly agent: Agent;
  readonly conversation: Conversation | undefined;
  /** Newest first; never empty. */
  readonly windows: readonly Window[];
}

function groupsOf(stateDir: StateDir, agent: Agent): readonly Group[] {
  const of = (conversation: Conversation | undefined, windows: readonly Window[]): readonly Group[] => {
    const restorable = windows.filter(isRestorable).toSorted((a, b) => endTime(b) - endTime(a));
    return restorable.length === 0 ? [] : [{ stateDir, agent, conversation, windows: restorable }];
  };
  return [
    ...agent.conversations.flatMap((conversation) => of(conversation, conversation.windows)),
    ...of(undefined, agent.orphans),
  ];
}

function groupItems({ snapshot, explanations }: CommandContext["inspector"], group: Group): readonly Item[] {
  const { stateDir, agent, conversation, windows } = group;
  const when = { timeZone: readTimeZone(), now: Date.now() };
  const name = [
    ...stateDirAmong(stateDir.path, snapshot.stateDirs),
    ...(agent.id === "main" ? [] : [agent.id]),
    conversation?.label ?? l10n.t("Not joined to a conversation"),
  ].join(" · ");
  return [
    { label: name, kind: vscode.QuickPickItemKind.Separator },
    ...windows.map((window) => {
      const end = endOf(explanations, stateDir.path, window);
      const why = end ? whyInShort(end) : [];
      const files = window.primary ? [window.primary] : [];
      return {
        label: windowLabel(when, window),
        iconPath: new vscode.ThemeIcon(window.kind === "deleted" ? "trash" : "archive"),
        description: [formatAge(when.now - endTime(window)), ...(why.length > 0 ? why : [kindName(window.kind)])].join(
          " · ",
        ),
        detail: [...messages(files), ...size(files), conversation?.key ?? window.sessionId].join(" · "),
        wanted: { stateDir: stateDir.path, agentId: agent.id, window, key: conversation?.key },
      };
    }),
  ];
}

/** With a list of our own, as only that can begin at another row than the first. */
function pick(items: readonly Item[], title: string, active: string | undefined): Promise<Wanted | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = title;
  list.placeholder = l10n.t("A conversation, a session key, a date or a cause");
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items;
  const first = items.find(({ wanted }) => active !== undefined && wanted?.window.windowId === active);
  if (first) list.activeItems = [first];
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.wanted);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function endTime({ lastAt, archivedAt, primary }: Window): number {
  return archivedAt ?? lastAt ?? primary?.mtimeMs ?? 0;
}

function newest({ windows: [window] }: Group): number {
  return window ? endTime(window) : 0;
}
