import * as vscode from "vscode";
import { visibleLine } from "../core/text/visibleText";
import { Command } from "../editor/contributions";
import { nodeUri } from "../editor/conversationUri";
import { plainMarkdown } from "../editor/plainMarkdown";
import type { TooltipRow, TreeNode } from "./treeNode";

/** `isOpen`: as it was left, if anybody touched it. */
export function toTreeItem(node: TreeNode, isOpen: boolean | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsibleState(node, isOpen ?? node.expanded ?? false));
  item.id = node.id;
  if (node.description !== undefined && node.description !== "") item.description = node.description;
  item.iconPath = new vscode.ThemeIcon(
    node.icon.codicon,
    node.icon.color ? new vscode.ThemeColor(node.icon.color) : undefined,
  );
  if (node.mark) item.resourceUri = nodeUri(node.mark);
  if (node.words) item.contextValue = node.words.join(" ");
  const label = [node.label, node.description, node.spoken].filter(Boolean).join(", ");
  item.accessibilityInformation = { label };
  const command = commandOf(node);
  // The node's id goes along; what it stands for is looked up when the command runs.
  if (command) item.command = { command, title: node.label, arguments: [node.id] };
  return item;
}

/** Values come from disk: they are appended as text, and nothing in a tooltip is trusted. */
export function toTooltip(rows: readonly TooltipRow[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString("", false);
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  for (const { name, value } of rows) {
    const shown = typeof value === "string" ? [value] : value;
    const [only = "", ...others] = shown.map((each) => plainMarkdown(visibleLine(each, 400)));
    tooltip.appendMarkdown(`**${plainMarkdown(name)}** `);
    if (others.length === 0) tooltip.appendMarkdown(`${only}  \n`);
    else tooltip.appendMarkdown(`\n${[only, ...others].map((each) => `- ${each}`).join("\n")}\n\n`);
  }
  return tooltip;
}

function collapsibleState(node: TreeNode, isOpen: boolean): vscode.TreeItemCollapsibleState {
  if (!node.children) return vscode.TreeItemCollapsibleState.None;
  return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function commandOf({ click }: TreeNode): string | undefined {
  switch (click) {
    case "transcript":
      return Command.openTranscript;
    case "raw":
      return Command.openRaw;
    case "more":
      return Command.loadMore;
    case "explanation":
      return Command.explain;
    case "evidence":
      return Command.openEvidence;
    case undefined:
      return undefined;
  }
}
