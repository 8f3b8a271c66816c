import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures";
import { Tree } from "./workbench";

const resets = "corpora/2026.7.35/manual-resets";

test("the tree leads from a conversation to its earlier windows, with the mouse and with keys", async ({
  openWorkbench,
}) => {
  const workbench = await openWorkbench(resets);
  await workbench.openContainer();
  await workbench.tree.expand(/^main/);
  await expect(workbench.tree.rows.filter({ hasText: /reset/ })).toHaveCount(4);

  await workbench.tree.open(/^Current window/);
  await expect(workbench.editor.tab(/main · 2026-07-21 09-35/)).toBeVisible();
  await workbench.editor.expectText("And is there a risk with the staging database?");

  await workbench.tree.focus();
  await workbench.press("Home", "ArrowDown", "ArrowDown", "ArrowDown", "Enter");
  await workbench.editor.expectText("set aside by a reset");
});

test("a filter leaves what matches, says so, and can be cleared", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(resets);
  await workbench.openContainer();
  await workbench.tree.action(/Filter Conversations/);
  await workbench.quickPick.fill("5551234");
  await workbench.press("Enter");
  await expect(workbench.tree.row(/^Telegram/)).toBeVisible();
  await expect(workbench.tree.row(/^main/)).toHaveCount(0);
  await expect(workbench.tree.pane).toContainText("Only what contains “5551234” is shown.");
  await workbench.screenshot("filtered");

  await workbench.tree.action(/Clear Filter/);
  await expect(workbench.tree.row(/^main/)).toBeVisible();

  await workbench.tree.action(/Filter Conversations/);
  // What is typed is followed before Enter; nothing matches this.
  await workbench.quickPick.fill("no such conversation");
  await expect(workbench.tree.welcome).toContainText("No conversation matches the filter.");
  await workbench.press("Escape");
  await expect(workbench.tree.row(/^main/)).toBeVisible();
});

test("nothing found: the view says where it looked and offers to choose a folder", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(
    fileURLToPath(new URL("../fixtures/corpora/2026.7.35/manual-resets/state/workspace", import.meta.url)),
  );
  await workbench.openContainer();
  await expect(workbench.tree.welcome).toContainText("No OpenClaw state directory was found");
  await expect(workbench.tree.welcome.getByRole("button", { name: "Choose Folder…" })).toBeVisible();
  await expect(new Tree(workbench.page, "Where It Looked").row(/\.clawdbot.*not there/)).toBeVisible();
  await workbench.screenshot("welcome");
});

test("the context menu of a window copies its session key", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(resets);
  await workbench.openContainer();
  // Counting is over: the rows stay as they are while the menu is open.
  await expect(workbench.tree.row(/17 messages/)).toBeVisible();
  await workbench.tree.menu(/^main/);
  await workbench.contextMenu.choose("Copy Session Key");
  await expect.poll(() => workbench.page.evaluate("navigator.clipboard.readText()")).toBe("agent:main:main");
});

for (const theme of ["dark", "light"] as const) {
  for (const [name, width] of Object.entries({ narrow: 900, wide: 1600 })) {
    test(`a picture of tree and transcript, ${theme} and ${name}`, async ({ openWorkbench }) => {
      const workbench = await openWorkbench("corpora/2026.7.35/basic", { theme, width });
      await workbench.openContainer();
      await workbench.tree.expand(/^main/);
      await workbench.tree.open(/^main.*message/);
      await workbench.editor.expectText("end of the transcript");
      await expect(workbench.editor.links.first()).toBeVisible();
      await workbench.screenshot(`transcript-${name}`);
    });
  }
}
