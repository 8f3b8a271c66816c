import { expect, type Locator, type Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export type Theme = "dark" | "light";

/** VS Code's window as a user sees it. All locators of VS Code are here: they are its own, and change with it. */
export class Workbench {
  readonly stateDir: string;
  readonly theme: Theme;
  readonly conversations: Tree;
  readonly findings: Tree;
  readonly editor: Editor;
  readonly palette: Palette;
  readonly quickPick: QuickPick;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly contextMenu: ContextMenu;
  readonly statusBar: Locator;

  constructor(
    readonly page: Page,
    { stateDir, theme }: { stateDir: string; theme: Theme },
  ) {
    this.stateDir = stateDir;
    this.theme = theme;
    this.conversations = new Tree(page, "Conversations");
    this.findings = new Tree(page, "Findings");
    this.quickPick = new QuickPick(page);
    this.editor = new Editor(page);
    this.palette = new Palette(page, this.quickPick);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    this.contextMenu = new ContextMenu(page);
    this.statusBar = page.locator(".part.statusbar");
  }

  /** Short for the tree that most tests are about. */
  get tree() {
    return this.conversations;
  }

  async ready() {
    await expect(this.page.locator(".monaco-workbench .part.activitybar")).toBeVisible({ timeout: 30_000 });
    await expect(this.container).toBeVisible({ timeout: 30_000 });
  }

  /** Our icon in the activity bar. */
  get container() {
    return this.page
      .locator(".part.activitybar")
      .getByRole("tab", { name: /^OpenClaw Sessions/ })
      .first();
  }

  /** The number on it. */
  get containerBadge() {
    return this.container.locator(".badge-content");
  }

  /** Shows our views in the side bar. */
  async openContainer() {
    if ((await this.container.getAttribute("aria-selected")) !== "true") await this.container.click();
    await expect(this.conversations.pane).toBeVisible();
  }

  /** Real keys, for example `press("ControlOrMeta+Shift+E")`, one after the other. */
  async press(...keys: string[]) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string) {
    await this.page.keyboard.type(text);
  }

  /** Reloads the window; editors that can come back do. (The browser's reload comes too soon for VS Code to store them.) */
  async reload() {
    const loaded = this.page.waitForEvent("load");
    await this.palette.run("Developer: Reload Window");
    await loaded;
    await this.ready();
  }

  /** Opens a file of the workspace through quick open, with keys: `openFile("openclaw.json")`. */
  async openFile(name: string) {
    await this.press("ControlOrMeta+P");
    await this.quickPick.fill(name);
    await this.quickPick.accept(name);
    await expect(this.editor.tab(name)).toBeVisible();
  }

  /** Opens the explanation from the row of a window, with the mouse; once more when the row was being drawn again just then. */
  async explain(window: string | RegExp) {
    const tab = this.editor.tab(/^Why /);
    const again = this.notifications.toast("The row was being drawn again at that moment.");
    await this.tree.action(/Explain This Reset/, window);
    await expect(tab.or(again).first()).toBeVisible();
    if (await again.isVisible()) await this.tree.action(/Explain This Reset/, window);
    await expect(tab).toBeVisible();
  }

  /** Trusts the folder of a window in restricted mode, as its user would: over the page that the command opens. */
  async trustFolder() {
    await this.palette.run("Workspaces: Manage Workspace Trust");
    await this.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
  }

  /** A picture for people to look at: test-results/screenshots/<name>-<theme>.png. */
  async screenshot(name: string) {
    await this.quickPick.gone();
    await this.page.mouse.move(0, 0);
    await this.picture(name);
  }

  /** The same with whatever list or question is open at the moment. */
  async picture(name: string) {
    const path = join(fileURLToPath(screenshots), `${name}-${this.theme}.png`);
    await this.page.screenshot({ path, animations: "disabled" });
  }
}

/** One of our views in the side bar. Only rows in the visible part exist. */
export class Tree {
  readonly pane: Locator;

  constructor(
    private readonly page: Page,
    readonly title: string,
  ) {
    this.pane = page
      .locator(".part.sidebar .pane")
      .filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  get rows() {
    return this.pane.getByRole("treeitem");
  }

  /** The first row with this text in label or description. */
  row(text: string | RegExp) {
    return this.rows.filter({ hasText: text }).first();
  }

  /** The decoration at the end of a row, `!` or a number; VS Code draws it by style, so no text has it. */
  async badge(text: string | RegExp) {
    const label = this.row(text).locator(".monaco-icon-label").first();
    return label.evaluate((element: unknown) => {
      const page = globalThis as unknown as Drawing;
      return page.getComputedStyle(element, "::after").content.replace(/^"|"$/g, "").replace("none", "");
    });
  }

  /** Opens rows one below the other: `expand(/main/, /earlier/)`. Ends with the last one. */
  async expand(...path: (string | RegExp)[]) {
    for (const text of path) {
      const row = this.row(text);
      await expect(row).toBeVisible();
      if ((await row.getAttribute("aria-expanded")) === "false") await row.locator(".monaco-tl-twistie").click();
      await expect(row).toHaveAttribute("aria-expanded", "true");
    }
    return this.row(path.at(-1) ?? "");
  }

  /** Opens what the row stands for, with a click as most people do. */
  async open(text: string | RegExp) {
    await this.row(text).locator(".monaco-icon-label").click();
  }

  /** Moves the keyboard into the tree, to its first row, as `Tab` does; then `press("ArrowDown", "Enter")`. */
  async focus() {
    await this.pane.locator(".monaco-list").first().focus();
  }

  /** Opens the context menu of a row. */
  async menu(text: string | RegExp) {
    await this.row(text).locator(".monaco-icon-label").click({ button: "right" });
    await expect(this.page.locator(".monaco-menu")).toBeVisible();
  }

  /** A button at the right of a row or of the view's title, by its tooltip. */
  async action(name: string | RegExp, row?: string | RegExp) {
    const place = row === undefined ? await this.header() : this.row(row);
    await place.hover();
    await place.getByRole("button", { name }).click();
  }

  /** With a single view in the container, VS Code merges the view's title into the container's. */
  private async header() {
    const merged = (await this.pane.getAttribute("class"))?.split(" ").includes("merged-header");
    return merged ? this.page.locator(".part.sidebar .composite.title") : this.pane.locator(".pane-header");
  }

  /** The visible rows as text, indented as on the screen. */
  async text() {
    const lines = await this.rows.evaluateAll((rows: Drawn[]) =>
      rows
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          level: Number(row.getAttribute("aria-level") ?? "1"),
          text: ["label-name", "label-description"]
            .map((name) => row.querySelector(`.${name}`)?.textContent ?? "")
            .filter(Boolean)
            .join("  "),
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ level, text }) => "  ".repeat(level - 1) + text),
    );
    return plain(lines.join("\n"));
  }

  /** The text shown instead of rows when there is nothing to show. */
  get welcome() {
    return this.pane.locator(".welcome-view-content");
  }
}

/** The active text editor. */
export class Editor {
  constructor(private readonly page: Page) {}

  private get group() {
    return this.page.locator(".part.editor .editor-group-container.active");
  }

  get lines() {
    return this.group.locator(".monaco-editor .view-lines").first();
  }

  get codeLenses() {
    return this.group.locator(".codelens-decoration a");
  }

  get stickyLines() {
    return this.group.locator(".sticky-widget .sticky-line-content");
  }

  get links() {
    return this.group.locator(".view-lines .detected-link, .view-lines .detected-link-active");
  }

  /** Follows the first link with this text, as people do: with a key held down. Then VS Code draws the link anew. */
  async follow(text: string | RegExp) {
    const box = await this.links.filter({ hasText: text }).first().boundingBox();
    if (!box) throw new Error(`No link with ${String(text)} is visible.`);
    await this.page.mouse.move(box.x + 10, box.y + box.height / 2);
    await this.page.keyboard.down("ControlOrMeta");
    await expect(this.group.locator(".detected-link-active")).toBeVisible();
    await this.page.mouse.down();
    await this.page.mouse.up();
    await this.page.keyboard.up("ControlOrMeta");
  }

  tab(name: string | RegExp) {
    return this.page.locator(".part.editor .tabs-container").getByRole("tab", { name }).first();
  }

  get tabs() {
    return this.page.locator(".part.editor .tabs-container").getByRole("tab");
  }

  /** The visible lines now, in their order on the screen; `expectText` waits. */
  async text() {
    const lines = await this.lines.locator(".view-line").evaluateAll((found: Drawn[]) =>
      found
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? "" }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return plain(lines.join("\n"));
  }

  /** Waits until the visible lines contain this. */
  async expectText(wanted: string | RegExp) {
    const matching = typeof wanted === "string" ? expect.stringContaining(wanted) : expect.stringMatching(wanted);
    await expect.poll(() => this.text(), { timeout: 15_000 }).toEqual(matching);
  }

  async focus() {
    await this.group.locator(".monaco-editor .view-lines").first().click();
  }

  async goToLine(line: number) {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input");
    await input.fill(`:${line}`);
    await input.press("Enter");
    await expect(this.page.locator(".quick-input-widget")).toBeHidden();
  }
}

/** The list that drops down at the top: of commands, files, or choices of an extension. */
export class QuickPick {
  readonly widget: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator(".quick-input-widget");
  }

  get rows() {
    return this.widget.locator(".quick-input-list .monaco-list-row");
  }

  row(text: string | RegExp) {
    return this.rows.filter({ hasText: text }).first();
  }

  async fill(text: string) {
    await expect(this.widget).toBeVisible();
    await this.widget.locator("input").first().fill(text);
  }

  /** Takes the row with this text by keyboard. */
  async accept(text: string | RegExp) {
    const row = this.row(text);
    await expect(row).toBeVisible();
    for (let step = 0; step < 20 && !(await isFocused(row)); step++) await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("Enter");
  }

  async cancel() {
    await this.page.keyboard.press("Escape");
    await this.gone();
  }

  /** It fades away; a picture before that shows a ghost. */
  async gone() {
    await expect(this.widget).toBeHidden();
  }
}

/** The palette of commands. */
export class Palette {
  constructor(
    private readonly page: Page,
    private readonly quickPick: QuickPick,
  ) {}

  /** Runs a command by its full title, `OpenClaw Sessions: …`. */
  async run(title: string) {
    await this.find(title);
    await this.quickPick.accept(title);
  }

  /** Opens the palette and returns the row of the command; it need not be there. */
  async find(title: string) {
    await this.page.keyboard.press("F1");
    await this.quickPick.fill(`>${title}`);
    return this.quickPick.row(title);
  }
}

/** Messages in the lower right corner. */
export class Notifications {
  constructor(private readonly page: Page) {}

  get toasts() {
    return this.page.locator(".notification-toast");
  }

  toast(text: string | RegExp) {
    return this.toasts.filter({ hasText: text }).first();
  }

  async choose(text: string | RegExp, button: string | RegExp) {
    await this.toast(text).getByRole("button", { name: button }).click();
  }
}

/** A modal question. */
export class Dialog {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator(".monaco-dialog-box");
  }

  async choose(button: string | RegExp) {
    await this.box.getByRole("button", { name: button }).click();
    await expect(this.box).toBeHidden();
  }
}

export class ContextMenu {
  readonly items: Locator;

  constructor(private readonly page: Page) {
    this.items = page.locator(".monaco-menu .action-item .action-label");
  }

  /** Points at the item and takes it by key: a click right after the menu opened counts as part of the one that opened it. */
  async choose(name: string) {
    await this.items.filter({ hasText: name }).first().hover();
    await this.page.keyboard.press("Enter");
  }
}

/** What we use of an element inside the page; the DOM's own types would reach all of the program. */
interface Drawn {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { top: number };
  querySelector(selector: string): Drawn | null;
}

interface Drawing {
  getComputedStyle(element: unknown, part: string): { content: string };
}

const screenshots = new URL("../../test-results/screenshots", import.meta.url);

async function isFocused(row: Locator) {
  return (await row.getAttribute("class"))?.split(" ").includes("focused") ?? false;
}

/** VS Code draws spaces as no-break spaces. */
function plain(text: string) {
  return text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");
}
