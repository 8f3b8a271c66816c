import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Agent, Conversation, Window } from "../core/conversation/model";
import { guessedKey, type GuessedKey } from "../core/restore/guessedKey";
import type { RestoreRequest } from "../core/restore/restoreRequest";
import { formatAge } from "../core/text/formatTime";
import { findConversation } from "../editor/findConversation";
import { messages } from "../views/factsInWords";
import type { Wanted } from "./chooseRestorable";
import type { CommandContext } from "./commandContext";

export type Where = Pick<RestoreRequest, "target" | "displaced">;

/** Where a conversation comes back, and what becomes of the one that is current there. Asks only what is not known. */
export async function chooseTarget(context: CommandContext, wanted: Wanted): Promise<Where | undefined> {
  const { stateDir, agentId } = wanted;
  const agent = context.inspector.snapshot.stateDirs
    .find(({ path }) => path === stateDir)
    ?.agents.find(({ id }) => id === agentId);
  const { key: known } = wanted;
  const guess = agent && known !== undefined ? guessedKey(agent, wanted.window.windowId, known) : undefined;
  const isSure = known !== undefined && (guess === undefined || guess.others.length === 0);
  const key = isSure ? known : await chooseKey(agent, wanted, guess);
  if (key === undefined) return undefined;
  if (key === ownKey) return sideBySide;
  const target = { kind: "in-place", key, ...(isSure ? {} : { keyIsNamed: true }) } as const;
  const conversation = findConversation(context.inspector.snapshot, { stateDir, agentId, key });
  const current = conversation?.windows.find(({ kind, primary }) => kind === "live" && primary !== undefined);
  if (!conversation || !current) return { target, displaced: { kind: "archive" } };
  return chooseFate(conversation, current, target);
}

const ownKey = Symbol("a key of its own");
const sideBySide: Where = { target: { kind: "new-key" }, displaced: { kind: "archive" } };

type KeyItem = vscode.QuickPickItem & { readonly key?: string | typeof ownKey };

/**
 * Nothing on disk says to which conversation it belonged, or several fit: the user knows, or it gets a key of its own. Those
 * that fit come first.
 */
async function chooseKey(
  agent: Agent | undefined,
  { agentId }: Wanted,
  guess: GuessedKey | undefined,
): Promise<string | typeof ownKey | undefined> {
  const fitting = new Set(guess === undefined ? [] : [guess.key, ...guess.others]);
  const newestFirst = (agent?.conversations ?? []).toSorted(
    (a, b) =>
      Number(fitting.has(b.key)) - Number(fitting.has(a.key)) || (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0),
  );
  const of = (isPeople: boolean): readonly KeyItem[] =>
    newestFirst.filter(({ group }) => (group === "people") === isPeople).map(keyItem);
  const items: readonly KeyItem[] = [
    {
      label: l10n.t("A key of its own"),
      description: `agent:${agentId}:dashboard:…`,
      detail: l10n.t("Side by side with everything that is there now; nothing is displaced."),
      iconPath: new vscode.ThemeIcon("add"),
      key: ownKey,
    },
    { label: l10n.t("People"), kind: vscode.QuickPickItemKind.Separator },
    ...of(true),
    { label: l10n.t("Other runs"), kind: vscode.QuickPickItemKind.Separator },
    ...of(false),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t("Restore: To Which Conversation Did It Belong?"),
    placeHolder: guess
      ? l10n.t("Several conversations fit as well as {0}; those that fit come first", guess.key)
      : l10n.t("Nothing on disk says to which conversation this transcript belonged"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.key;
}

function keyItem({ label, key, lastActivityAt }: Conversation): KeyItem {
  const age = lastActivityAt === undefined ? [] : [formatAge(Date.now() - lastActivityAt)];
  return { label, description: age.join(), detail: key, iconPath: new vscode.ThemeIcon("account"), key };
}

async function chooseFate(
  { label }: Conversation,
  current: Window,
  target: Where["target"],
): Promise<Where | undefined> {
  const counted = messages(current.primary ? [current.primary] : []).join();
  const items: (vscode.QuickPickItem & { readonly where: Where })[] = [
    {
      label: l10n.t("In place; set the current conversation aside"),
      description: l10n.t("like a reset does"),
      detail:
        counted === ""
          ? l10n.t("What is current now becomes an archive.")
          : l10n.t("What is current now ({0}) becomes an archive.", counted),
      iconPath: new vscode.ThemeIcon("debug-restart"),
      where: { target, displaced: { kind: "archive" } },
    },
    {
      label: l10n.t("In place; keep the current conversation usable"),
      description: l10n.t("under a key of its own"),
      detail: l10n.t("What is current now goes on under a new session key."),
      iconPath: new vscode.ThemeIcon("git-compare"),
      where: { target, displaced: { kind: "new-key" } },
    },
    {
      label: l10n.t("Side by side"),
      description: l10n.t("displaces nothing"),
      detail: l10n.t("The restored conversation gets a new session key; {0} stays as it is.", label),
      iconPath: new vscode.ThemeIcon("split-horizontal"),
      where: sideBySide,
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t("Restore: Where?"),
    placeHolder: l10n.t("Nothing is changed before you have seen the plan"),
  });
  return chosen?.where;
}
