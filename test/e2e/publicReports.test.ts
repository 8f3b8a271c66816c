import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { type PublicReport, publicReports, writePublicReport } from "./publicReportStates";
import type { Workbench } from "./workbench";

interface Shown {
  /** Rows from the state directory to the window that ended. */
  readonly path: readonly RegExp[];
  /** The decoration of the conversation: its findings, since resets of more than a week ago are no news. */
  readonly badge: string;
  readonly window: RegExp;
  readonly finding: RegExp;
  /** First line of the explanation, and what speaks for it. */
  readonly title: string;
  readonly evidence: string;
}

const shown: Readonly<Record<PublicReport, Shown>> = {
  58409: {
    path: [/^main/],
    badge: "1",
    window: /daily reset, likely/,
    finding: /^03-31 04:00 UTC main: daily reset that nobody configured/,
    title: "main was reset on 2026-03-31 at 04:00:00 UTC: daily reset (likely), carried out by a heartbeat.",
    evidence: "04:00 boundary in UTC (2026-03-31T04:00:00.000Z) lies between them",
  },
  84218: {
    path: [/^Heartbeat/, /^Heartbeat of main/],
    badge: "2",
    window: /failed compaction, certain/,
    finding: /^Heartbeat of main is not isolated/,
    title: "Heartbeat of main was reset on 2026-05-19 at 16:00:14 UTC: failed compaction (certain).",
    evidence: "Auto-compaction failed (",
  },
  4099: {
    path: [/^main/],
    badge: "1",
    window: /daily reset, possible/,
    finding: /^main goes on in a new session that a finished command and a heartbeat opened/,
    title: "main was reset on 2026-01-31 at 04:10:00 UTC: daily reset (possible), carried out by a heartbeat.",
    evidence: "04:00 boundary in UTC (2026-01-31T04:00:00.000Z) lies between them",
  },
  46250: {
    path: [/^main/],
    badge: "3",
    window: /daily reset, likely/,
    finding: /^main has a hole: what was said in it was not saved/,
    title: "main was reset on 2026-03-31 at 08:05:00 UTC: daily reset (likely).",
    evidence: "04:00 boundary in UTC (2026-03-31T04:00:00.000Z) lies between them",
  },
  70330: {
    path: [/^main/],
    badge: "2",
    window: /daily reset, likely/,
    finding: /^04-23 04:07 \+09:00 main: daily reset that nobody configured/,
    title: "main was reset on 2026-04-22 at 19:07:46 UTC: daily reset (likely), carried out by the user's message.",
    evidence: "04:00 boundary in +09:00 (2026-04-22T19:00:00.000Z) lies between them",
  },
};

for (const report of publicReports) {
  test(`openclaw#${report}: marked in the tree, found, explained`, async ({ openWorkbench }) => {
    const { path, badge, window, finding, title, evidence } = shown[report];
    const home = mkdtempSync(join(tmpdir(), "public-reports-"));
    for (const each of publicReports) writePublicReport(each, join(home, `.openclaw-${each}`));
    const workbench = await openWorkbench(home, { settings: { "openclawSessions.timeZone": "UTC" }, height: 1300 });
    rmSync(home, { recursive: true });
    await workbench.openContainer();
    const profile = `.openclaw-${report}`;
    const conversation = path.at(-1) ?? "";
    await showOnly(workbench, profile);
    await workbench.tree.expand(...path.slice(0, -1));
    await expect(workbench.tree.row(conversation)).toBeVisible();
    await expect.poll(() => workbench.tree.badge(conversation)).toBe(badge);
    await workbench.tree.expand(conversation);
    await expect(workbench.tree.row(window)).toBeVisible();
    await expect(workbench.findings.row(finding).filter({ hasText: profile })).toBeVisible();
    await workbench.screenshot(`public-report-${report}`);

    await workbench.explain(window);
    await workbench.editor.expectText(brokenAnywhere(title));
    await workbench.editor.expectText(brokenAnywhere(evidence));
    await workbench.screenshot(`public-report-${report}-explained`);
  });
}

/** The others are closed: their conversations have the same names. */
async function showOnly({ tree }: Workbench, profile: string): Promise<void> {
  await expect(tree.row(profile)).toBeVisible();
  for (const each of publicReports) {
    const row = tree.row(`.openclaw-${each}`);
    const isOpen = (await row.getAttribute("aria-expanded")) === "true";
    if (isOpen !== (profile === `.openclaw-${each}`)) await row.locator(".monaco-tl-twistie").click();
  }
}

/** A sentence whose lines may be broken between any two words. */
function brokenAnywhere(sentence: string): RegExp {
  const words = sentence.split(" ").map((word) => word.replaceAll(/[.+()]/g, "\\$&"));
  return new RegExp(words.join("\\s+"));
}
