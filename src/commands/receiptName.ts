import * as vscode from "vscode";

/** Names a restore in links and arguments. */
export interface ReceiptName {
  /** Path of the state directory, as found. */
  readonly stateDir: string;
  /** `RestorePlan.id`. */
  readonly id: string;
}

export function isReceiptName(value: unknown): value is ReceiptName {
  if (typeof value !== "object" || value === null || value instanceof vscode.Uri) return false;
  const { stateDir, id } = value as Partial<Record<string, unknown>>;
  return typeof stateDir === "string" && typeof id === "string";
}
