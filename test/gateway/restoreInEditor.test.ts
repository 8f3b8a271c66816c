import { expect, test } from "../e2e/fixtures";

/** Set by restoreInEditor.mjs. */
const state = process.env["GATEWAY_STATE"] ?? "";
const backups = process.env["GATEWAY_BACKUPS"] ?? "";
const timeZone = process.env["GATEWAY_TIME_ZONE"] ?? "UTC";
const key = process.env["GATEWAY_KEY"] ?? "";

/** What a real gateway left, in place: it goes on with the result. */
test("a lost conversation is given back by the command of the editor", async ({ openWorkbench }) => {
  const settings = { "openclawSessions.timeZone": timeZone, "openclawSessions.backupDirectory": backups };
  const workbench = await openWorkbench(state, { inPlace: true, settings });
  const { editor, palette, quickPick, dialog, conversations } = workbench;
  await workbench.openContainer();
  await expect(conversations.row(/\S/)).toBeVisible({ timeout: 60_000 });
  // VS Code decides a moment after its start what the folder may, and an open palette does not follow, nor does F1 in it.
  await expect(async () => {
    await workbench.press("Escape");
    const command = await palette.find("OpenClaw Sessions: Restore…");
    await expect(command).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await quickPick.accept("OpenClaw Sessions: Restore…");
  await quickPick.fill(key);
  await quickPick.accept(key);
  await quickPick.accept(/In place; set the current conversation aside/);
  await editor.expectText(/^Restore /);
  const restore = editor.codeLenses.filter({ hasText: /\bRestore$/ }).first();
  const blocked = editor.codeLenses.filter({ hasText: /^Cannot restore/ }).first();
  await expect(restore.or(blocked).first()).toBeVisible();
  expect(await blocked.isVisible(), await editor.text()).toBe(false);
  await restore.click();
  await dialog.choose("Restore");
  await expect(editor.tab(/^Restored /)).toBeVisible();
  await editor.expectText(/^Restored /);
});
