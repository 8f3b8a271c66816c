import { strictEqual, ok } from "node:assert";
import * as vscode from "vscode";

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
});
