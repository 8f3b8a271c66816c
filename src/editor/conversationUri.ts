import * as vscode from "vscode";
import { nodeScheme } from "./contributions";

/** Which conversation a node of the tree stands for. */
export interface ConversationMark {
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly key: string;
}

/** The address that decorations of a conversation hang on. Its path is empty of anything VS Code could take for a file. */
export function conversationUri({ stateDir, agentId, key }: ConversationMark): vscode.Uri {
  return vscode.Uri.from({
    scheme: nodeScheme,
    path: "/conversation",
    query: JSON.stringify([stateDir, agentId, key]),
  });
}

export function readConversationUri(uri: vscode.Uri): ConversationMark | undefined {
  if (uri.scheme !== nodeScheme) return undefined;
  let query: unknown;
  try {
    query = JSON.parse(uri.query);
  } catch {
    return undefined;
  }
  if (!Array.isArray(query)) return undefined;
  const [stateDir, agentId, key] = query as readonly unknown[];
  if (typeof stateDir !== "string" || typeof agentId !== "string" || typeof key !== "string") return undefined;
  return { stateDir, agentId, key };
}
