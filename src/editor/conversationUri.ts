import * as vscode from "vscode";
import { nodeScheme } from "./contributions";

/** Which conversation a node of the tree stands for. */
export interface ConversationMark {
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  readonly agentId: string;
  readonly key: string;
}

/** A state directory or one of its agents: what holds conversations, which may be out of sight. */
export interface GroupMark {
  readonly stateDir: string;
  readonly agentId?: string | undefined;
  readonly key?: undefined;
}

export type NodeMark = ConversationMark | GroupMark;

/** The address that decorations of a node hang on. Its path is empty of anything VS Code could take for a file. */
export function nodeUri({ stateDir, agentId, key }: NodeMark): vscode.Uri {
  return vscode.Uri.from({
    scheme: nodeScheme,
    path: key === undefined ? "/group" : "/conversation",
    query: JSON.stringify([stateDir, agentId, key].filter((part) => part !== undefined)),
  });
}

export function readNodeUri(uri: vscode.Uri): NodeMark | undefined {
  if (uri.scheme !== nodeScheme) return undefined;
  let query: unknown;
  try {
    query = JSON.parse(uri.query);
  } catch {
    return undefined;
  }
  if (!Array.isArray(query)) return undefined;
  const [stateDir, agentId, key] = query as readonly unknown[];
  if (typeof stateDir !== "string") return undefined;
  if (typeof agentId !== "string") return { stateDir };
  return typeof key === "string" ? { stateDir, agentId, key } : { stateDir, agentId };
}
