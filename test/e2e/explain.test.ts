import { renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures";
import type { Workbench } from "./workbench";

/** A conversation at 03:57, a heartbeat at 04:00:22, and the conversation is archived. */
const morning = fileURLToPath(new URL("../fixtures/sample/state/.openclaw-morning", import.meta.url));

const settings = { "openclawSessions.timeZone": "UTC" };

test("a reset that nobody asked for is marked until a document told of it", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(morning, { settings, yesterday: "2026-03-31" });
  await expect(workbench.containerBadge).toHaveText("1");
  await workbench.openContainer();
  await expect.poll(() => workbench.tree.badge(/^main/)).toBe("!");
  await expect(workbench.tree.row(/^main/)).toHaveAttribute("aria-label", /nobody looked at that yet/);
  await workbench.tree.expand(/^main/);
  await workbench.tree.row(/^main/).locator(".monaco-icon-label").click({ button: "right" });
  await workbench.press("Escape");
  await expect(workbench.containerBadge).toHaveText("1"); // nothing told of it yet
  await workbench.screenshot("explain-marked");

  await workbench.tree.open(/^main/);
  await workbench.editor.expectText(/◂ Reset on .* 04:00: daily reset/);
  await expect.poll(() => workbench.tree.badge(/^main/)).not.toBe("!"); // findings stay
  await expect(workbench.containerBadge).toBeHidden();
  await workbench.screenshot("explain-current-window");
  await workbench.reload();
  await expect.poll(() => workbench.tree.badge(/^main/)).toMatch(/\d/);

  await expect(workbench.editor.links.filter({ hasText: /earlier.messages/ }).first()).toBeVisible();
  await workbench.editor.follow(/earlier.messages/);
  await workbench.editor.expectText(/set aside by a reset|the conversation went on in a new one/);
});

test("the explanation is two clicks away from the tree, and leads to the evidence", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(morning, { settings });
  await openExplanation(workbench);
  await workbench.editor.expectText("main was reset on 2026-03-31 at 04:00:22 UTC");
  await workbench.reload();
  await workbench.editor.expectText("main was reset on 2026-03-31 at 04:00:22 UTC");

  await expect(workbench.editor.links.filter({ hasText: "jsonl:5" }).first()).toBeVisible();
  await workbench.editor.follow("jsonl:5");
  await expect(workbench.editor.tab(/^main · 2026-03-31 04-00/)).toBeVisible();
  await workbench.editor.expectText(/heartbeat/);
  await workbench.editor.tab(/^Why main ended/).click();
  await expect(workbench.editor.links.filter({ hasText: /^803c6237$/ }).first()).toBeVisible();
  await workbench.editor.follow(/^803c6237$/);
  await workbench.editor.expectText("Explain this reset");
  await workbench.palette.run("OpenClaw Sessions: First Page");
  await workbench.editor.expectText(/set aside by a reset.*\nmain was reset on 2026-03-31 at 04:00:22 UTC/);
  await workbench.screenshot("explain-transcript");
});

test("the explanation is there for the keyboard: palette, list, document", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(morning, { settings });
  await workbench.openContainer();
  await expect.poll(() => workbench.tree.badge(/^main/)).toMatch(/\d/);
  await workbench.palette.run("OpenClaw Sessions: Explain This Reset");
  await workbench.quickPick.accept(/daily reset/);
  await workbench.editor.expectText("carried out by a heartbeat");
});

test("the finding leads to the explanation, the status bar to the findings", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(morning, { settings });
  await workbench.statusBar.getByRole("button", { name: /OpenClaw Sessions found \d+/ }).click();
  await workbench.findings.expand(/^03-31 04:00 UTC main: daily reset/);
  await workbench.screenshot("explain-findings");
  await workbench.findings.open(/^03-31 04:00 UTC main: daily reset/);
  await expect(workbench.editor.tab(/^Why main ended/)).toBeVisible();
  await workbench.editor.expectText("main was reset on");
});

test("findings are filtered by severity, and shown again", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(morning, { settings });
  await workbench.openContainer();
  await expect(workbench.findings.rows.first()).toBeVisible();
  await workbench.palette.run("OpenClaw Sessions: Filter Findings by Severity");
  await workbench.quickPick.accept(/^Errors(?! and)/);
  await expect(workbench.findings.welcome).toContainText("No finding is as severe");
  await workbench.palette.run("OpenClaw Sessions: Show All Findings");
  await expect(workbench.findings.rows.first()).toBeVisible();
});

test("a reset while the editor is open is told once, and explained from there", async ({ openWorkbench }) => {
  const workbench = await openWorkbench("corpora/2026.7.35/basic", { settings });
  await workbench.openContainer();
  await expect(workbench.tree.row(/22 messages/)).toBeVisible();
  await expect(workbench.statusBar).toBeVisible();
  const file = join(workbench.stateDir, "agents/main/sessions/64f65861-d51d-4296-9433-989df04d3cb1.jsonl");
  renameSync(file, `${file}.reset.${new Date().toISOString().replaceAll(":", "-")}`);
  const toast = workbench.notifications.toast(/main was (reset|cut) at/);
  await expect(toast).toBeVisible({ timeout: 30_000 });
  await workbench.screenshot("explain-told");
  await toast.getByRole("button", { name: "Explain" }).click();
  await expect(workbench.editor.tab(/^Why main ended/)).toBeVisible();

  await workbench.reload();
  await workbench.editor.expectText(/^main was (reset|cut) on/);
  await expect(workbench.notifications.toasts).toHaveCount(0);
});

for (const theme of ["dark", "light"] as const) {
  for (const [name, width] of Object.entries({ narrow: 900, wide: 1600 })) {
    test(`a picture of an explanation, ${theme} and ${name}`, async ({ openWorkbench }) => {
      const workbench = await openWorkbench(morning, { theme, width, settings });
      await openExplanation(workbench);
      await workbench.editor.expectText("main was reset on");
      await expect(workbench.editor.links.first()).toBeVisible();
      await expect(workbench.editor.codeLenses.filter({ hasText: "Open the earlier window" })).toBeVisible();
      await workbench.screenshot(`explain-${name}`);
    });
  }
}

async function openExplanation(workbench: Workbench): Promise<void> {
  await workbench.openContainer();
  await workbench.tree.expand(/^main/);
  await expect(workbench.tree.row(/daily reset/)).toBeVisible();
  await workbench.explain(/daily reset/);
  await expect(workbench.editor.tab(/^Why main ended/)).toBeVisible();
}
