import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import type { Workbench } from "./workbench";

const overflow = "corpora/2026.4.21/auto-overflow";
const basic = "corpora/2026.7.35/basic";
const main = "agents/main/sessions/64f65861-d51d-4296-9433-989df04d3cb1.jsonl";

test("a long transcript opens at its end, and its first page is one command away", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(overflow);
  await openMain(workbench);
  await workbench.editor.expectText("end of the transcript");
  await expect(workbench.editor.stickyLines.first()).toBeVisible();
  await workbench.palette.run("OpenClaw Sessions: First Page");
  await workbench.editor.expectText("main · agent:main:main · current window");
  await workbench.screenshot("first-page");
});

test("an elided text is shown in place, and its link opens it by itself", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(basic);
  await openMain(workbench);
  await workbench.palette.run("OpenClaw Sessions: First Page");
  await workbench.editor.expectText("custom model-snapshot");
  const line = await lineWith(workbench, "custom model-snapshot");
  await workbench.editor.goToLine(line);
  await workbench.press("ControlOrMeta+Enter");
  await workbench.editor.expectText('modelApi: "openai-completions"');
  await workbench.palette.run("OpenClaw Sessions: Elide Text Here Again");
  await expect.poll(() => workbench.editor.text()).not.toContain("modelApi");
});

test("the raw line of an entry is one key away from it", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(basic);
  await openMain(workbench);
  await workbench.palette.run("OpenClaw Sessions: First Page");
  await workbench.editor.expectText("custom model-snapshot"); // the top is in view
  await workbench.editor.goToLine(await lineWith(workbench, "━━ user"));
  await workbench.palette.run("OpenClaw Sessions: Go to Raw Line");
  await expect(workbench.editor.tab("64f65861-d51d-4296-9433-989df04d3cb1.jsonl")).toBeVisible();
  await expect(workbench.statusBar).toContainText("Ln 5,");
  await expect(workbench.page.getByRole("button", { name: "Open as OpenClaw Transcript" })).toBeVisible();
});

test("a new entry appears while one looks, and the tree notices", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(basic);
  await openMain(workbench);
  await expect(workbench.tree.row(/22 messages/)).toBeVisible();
  appendFileSync(join(workbench.stateDir, main), `${userEntry("beef0001", "Are you still there?")}\n`);
  await workbench.editor.expectText("Are you still there?");
  await expect(workbench.tree.row(/23 messages/)).toBeVisible();
});

test("a reset while one reads is announced below the text, which stays", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(basic);
  await openMain(workbench);
  await workbench.editor.expectText("end of the transcript");
  const file = join(workbench.stateDir, main);
  renameSync(file, `${file}.reset.2026-07-21T10-00-00.000Z`);
  writeFileSync(file, `${header("64f65861-d51d-4296-9433-000000000000")}\n${userEntry("beef0002", "Good morning!")}\n`);
  await workbench.editor.expectText("the conversation went on in a new one.");
  await workbench.editor.expectText("Thanks");
  await workbench.screenshot("rotation");
});

test("after a window reload the transcript comes back with its content", async ({ openWorkbench }) => {
  const workbench = await openWorkbench(basic);
  await openMain(workbench);
  await workbench.editor.expectText("end of the transcript");
  await workbench.reload();
  await expect(workbench.editor.tab(/main · 2026-07-21/)).toBeVisible();
  await workbench.editor.expectText("end of the transcript");
});

async function openMain(workbench: Workbench): Promise<void> {
  await workbench.openContainer();
  await workbench.tree.open(/^main.*message/);
  await expect(workbench.editor.tab(/^main · /)).toBeVisible();
}

/** Number of the first visible line with this text, when the top of the document is visible. */
async function lineWith(workbench: Workbench, text: string): Promise<number> {
  await workbench.editor.expectText(text);
  return (await workbench.editor.text()).split("\n").findIndex((line) => line.includes(text)) + 1;
}

function header(id: string): string {
  return JSON.stringify({ type: "session", version: 3, id, timestamp: "2026-07-21T10:00:01.000Z", cwd: "/w" });
}

function userEntry(id: string, text: string): string {
  const timestamp = "2026-07-21T10:00:02.000Z";
  const message = { role: "user", content: [{ type: "text", text }], timestamp: Date.parse(timestamp) };
  return JSON.stringify({ type: "message", id, parentId: null, timestamp, message });
}
