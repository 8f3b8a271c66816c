import { deepStrictEqual, strictEqual, ok } from "node:assert";
import * as vscode from "vscode";
import { inRowMenus } from "../../src/commands/rowOfCommand";

const id = "openclaw-session-inspector.openclaw-session-inspector";

describe("the extension in its host", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension(id);
    ok(extension, `${id} is not there`);
    await extension.activate();
    strictEqual(extension.isActive, true);
  });

  it("registers every command that the manifest contributes", async () => {
    const extension = vscode.extensions.getExtension<unknown>(id);
    const manifest = extension?.packageJSON as { contributes: { commands?: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = (manifest.contributes.commands ?? [])
      .map(({ command }) => command)
      .filter((it) => !registered.has(it));
    strictEqual(missing.join(", "), "");
  });

  it("knows which commands are in the menus of rows", () => {
    const extension = vscode.extensions.getExtension<unknown>(id);
    const manifest = extension?.packageJSON as { contributes: { menus: Record<string, { command: string }[]> } };
    const inMenus = new Set(manifest.contributes.menus["view/item/context"]?.map(({ command }) => command));
    deepStrictEqual([...inRowMenus].sort(), [...inMenus].sort());
  });
});
