import { expect, test } from "../fixtures";

test("an untrusted folder shows its conversations, and can be trusted later", async ({ openWorkbench }) => {
  const workbench = await openWorkbench("sample");
  await workbench.dialog.choose(/No, I don't trust/);
  await expect(workbench.statusBar).toContainText("Restricted Mode");
  await workbench.openContainer();
  await expect(workbench.conversations.rows.first()).toBeVisible();
  await workbench.screenshot("restricted");
  await workbench.palette.find("OpenClaw Sessions: Restore");
  await expect(workbench.quickPick.row("OpenClaw Sessions: Show Restores")).toBeVisible();
  await expect(workbench.quickPick.row("OpenClaw Sessions: Restore…")).toHaveCount(0);
  await workbench.quickPick.cancel();

  await workbench.trustFolder();
  await expect(workbench.statusBar).not.toContainText("Restricted Mode");
  await expect(workbench.conversations.rows.first()).toBeVisible();
});

test("a folder trusted at the start shows its conversations", async ({ openWorkbench }) => {
  const workbench = await openWorkbench("sample");
  await workbench.dialog.choose(/Yes, I trust/);
  await workbench.openContainer();
  await expect(workbench.conversations.rows.first()).toBeVisible();
});
