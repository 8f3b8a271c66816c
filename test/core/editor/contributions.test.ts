import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Command,
  contextKeys,
  Extension,
  itemWords,
  Language,
  scheme,
  settingIds,
  View,
  viewContainer,
} from "../../../src/editor/contributions";

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly languages: readonly { readonly id: string; readonly extensions: readonly string[] }[];
    readonly commands: readonly MenuEntry[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly keybindings: readonly MenuEntry[];
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}
interface MenuEntry {
  readonly command: string;
  readonly icon?: string;
  readonly when?: string;
  readonly enablement?: string;
}

describe("contributions", () => {
  const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
  const text = readFileSync(join(root, "package.json"), "utf8");
  const { contributes, activationEvents } = JSON.parse(text) as Manifest;
  const words = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Record<string, string>;
  const menuEntries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  const conditions = [...menuEntries, ...contributes.commands, ...contributes.viewsWelcome].flatMap((entry) => [
    entry.when ?? "",
    "enablement" in entry ? (entry.enablement ?? "") : "",
  ]);

  it("are the same commands in package.json and in the code, each with an icon", () => {
    same(
      contributes.commands.map(({ command }) => command),
      Object.values(Command),
    );
    deepEqual(
      contributes.commands.filter(({ icon }) => icon === undefined),
      [],
    );
  });

  it("use no command in a menu, keybinding or welcome view that does not exist", () => {
    const used = [
      ...menuEntries.map(({ command }) => command),
      ...[
        ...Object.values(words)
          .join("\n")
          .matchAll(/\(command:([^)]+)\)/g),
      ].flatMap((match) => match[1] ?? []),
    ];
    // VS Code makes a command that opens each view.
    const known = new Set<string>([...Object.values(Command), ...Object.values(View).map((view) => `${view}.focus`)]);
    deepEqual(
      used.filter((command) => !known.has(command)),
      [],
    );
  });

  it("are the same views, settings and languages", () => {
    deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainer],
    );
    same(
      (contributes.views[viewContainer] ?? []).map(({ id }) => id),
      Object.values(View),
    );
    same(Object.keys(contributes.configuration.properties), settingIds);
    same(
      contributes.languages.map(({ id, extensions }) => `${id} ${extensions.join()}`),
      [
        `${Language.transcript} ${Extension.transcript}`,
        `${Language.part} ${Extension.part}`,
        `${Language.explanation} ${Extension.explanation}`,
        `${Language.plan} ${Extension.plan},${Extension.receipt}`,
        `${Language.entry} ${Extension.entry}`,
      ],
    );
    ok(activationEvents.includes(`onFileSystem:${scheme}`));
  });

  it("ask in conditions only for context keys and item words that the code sets, and for all of them", () => {
    const asked = conditions.flatMap((condition) => condition.match(/openclawSessions\.\w+/g) ?? []);
    const views = new Set<string>(Object.values(View));
    same(
      [...new Set(asked)].filter((key) => !views.has(key)),
      contextKeys,
    );
    const inItems = conditions.flatMap((condition) => [...condition.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g)]);
    same([...new Set(inItems.flatMap((match) => match[1] ?? []))], itemWords);
  });

  it("have a text for every placeholder, and no text without one", () => {
    const placeholders = new Set(text.match(/(?<=")%[\w.]+%(?=")/g) ?? []);
    same(
      [...placeholders].map((it) => it.slice(1, -1)),
      Object.keys(words),
    );
    equal(Object.values(words).filter((it) => it.trim() === "").length, 0);
  });
});

function same(actual: readonly string[], expected: readonly string[]): void {
  deepEqual([...actual].sort(), [...expected].sort());
}
