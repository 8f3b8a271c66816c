import { expect, test } from "./fixtures";

test("our views open from the activity bar", async ({ openWorkbench }) => {
  const workbench = await openWorkbench("sample");
  await workbench.openContainer();
  await expect(workbench.conversations.rows.first()).toBeVisible();
});

test("the palette offers our commands", async ({ openWorkbench }) => {
  const workbench = await openWorkbench("sample");
  await expect(await workbench.palette.find("OpenClaw Sessions: Refresh")).toBeVisible();
  await workbench.quickPick.cancel();
});

for (const theme of ["dark", "light"] as const) {
  for (const [name, width] of Object.entries({ narrow: 900, wide: 1600 })) {
    test(`a picture of the views, ${theme} and ${name}`, async ({ openWorkbench }) => {
      const workbench = await openWorkbench("sample", { theme, width });
      await workbench.openContainer();
      await expect(workbench.conversations.rows.first()).toBeVisible();
      // What was found out comes a moment after the conversations.
      await expect(workbench.findings.rows.first()).toBeVisible();
      await workbench.screenshot(`views-${name}`);
    });
  }
}
