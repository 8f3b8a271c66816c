import { test as base, type Browser } from "@playwright/test";
import { dirname } from "node:path";
import {
  chromiumArguments,
  copyOfState,
  discard,
  findChromium,
  startWorkbenchServer,
  type WorkbenchServer,
} from "./harness.mjs";
import { makeRecent } from "./recentState";
import { Workbench, type Theme } from "./workbench";

export { expect } from "@playwright/test";

export interface WorkbenchOptions {
  /** Whether VS Code asks if folders are trusted. */
  trust: boolean;
}

export interface OpenOptions {
  theme?: Theme;
  /** Like the project's `trust`, for one workbench. */
  trust?: boolean;
  /** Of the window, in pixels. */
  width?: number;
  height?: number;
  /** The user's settings, beside the quiet ones that every test has. */
  settings?: Record<string, unknown>;
  /** The day, `2026-03-31`, that is moved to yesterday in everything the state directory says. */
  yesterday?: string;
  /** The absolute path is a copy already. */
  inPlace?: boolean;
}

/**
 * Opens a fresh copy of a state directory in a fresh window: `sample`, `corpora/2026.4.21/daily-reset` and so on in
 * test/fixtures, or an absolute path. `workbench.stateDir` is the copy.
 */
export type OpenWorkbench = (state: string, options?: OpenOptions) => Promise<Workbench>;

interface WorkerFixtures extends WorkbenchOptions {
  browser: Browser;
  server: (trust?: boolean) => Promise<WorkbenchServer>;
}

export const test = base.extend<{ openWorkbench: OpenWorkbench }, WorkerFixtures>({
  trust: [false, { option: true, scope: "worker" }],

  browser: [
    async ({ playwright }, use) => {
      const executablePath = findChromium();
      const browser = await playwright.chromium.launch({
        args: chromiumArguments,
        ...(executablePath ? { executablePath } : {}),
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  server: [
    async ({ trust: trustOfProject }, use) => {
      const extensions = process.env["OPENCLAW_SESSIONS_EXTENSIONS"] ?? "";
      const started = new Map<boolean, Promise<WorkbenchServer>>();
      await use((trust = trustOfProject) => {
        const running = started.get(trust) ?? startWorkbenchServer({ extensions, trust });
        started.set(trust, running);
        return running;
      });
      for (const running of started.values()) await (await running).stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  openWorkbench: async ({ browser, server }, use) => {
    const endings: (() => Promise<void>)[] = [];
    await use(
      async (state, { theme = "dark", trust, width = 1280, height = 900, settings, yesterday, inPlace } = {}) => {
        const stateDir = inPlace ? state : copyOfState(state);
        if (yesterday !== undefined) makeRecent(stateDir, yesterday);
        const running = await server(trust);
        running.configure({
          "workbench.colorTheme": theme === "dark" ? "Default Dark Modern" : "Default Light Modern",
          ...settings,
        });
        const context = await browser.newContext({
          viewport: { width, height },
          reducedMotion: "reduce",
          permissions: ["clipboard-read", "clipboard-write"],
        });
        endings.push(async () => {
          await context.close();
          if (!inPlace) discard(dirname(stateDir));
        });
        const page = await context.newPage();
        await page.goto(running.url(stateDir));
        const workbench = new Workbench(page, { stateDir, theme });
        await workbench.ready();
        return workbench;
      },
    );
    for (const end of endings) await end();
  },
});
