import * as vscode from "vscode";
import { type ContextKeys, settingIds, type Settings } from "./contributions";

export function readSetting<Id extends keyof Settings>(id: Id): Settings[Id] {
  const value = vscode.workspace.getConfiguration().get<Settings[Id]>(id);
  if (value === undefined) throw new Error(`package.json contributes no default for ${id}.`);
  return value;
}

/** IANA name; undefined, the zone of this machine, when the setting is empty or names no zone. */
export function readTimeZone(): string | undefined {
  const name = readSetting("openclawSessions.timeZone").trim();
  if (name === "") return undefined;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** `~` and `~/.openclaw` in the setting mean the home directory. */
export function expandHome(path: string, homeDir: string): string {
  return path.replace(/^~(?=$|[/\\])/, homeDir);
}

/** Calls with the ids of our settings that changed. */
export function onDidChangeSettings(listener: (changed: ReadonlySet<keyof Settings>) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const changed = new Set(settingIds.filter((id) => event.affectsConfiguration(id)));
    if (changed.size > 0) listener(changed);
  });
}

export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
