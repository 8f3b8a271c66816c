import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join, posix } from "node:path";
import ts from "typescript";

/** Dates in a real time zone, by their parts: the whole package is three times as large. */
const timePackages = ["Instant", "PlainTime", "ZonedDateTime"].map((part) => `temporal-polyfill/fns/${part}`);

/**
 * The floors of the house: a file imports from its own floor or from below, never up. `import type` counts, and so do `require`,
 * dynamic imports and re-exports.
 */
const floors: readonly Floor[] = [
  {
    name: "core",
    holds: (file) => file.startsWith("core/"),
    mayUse: ["core"],
    // Values in, values out: of Node only what does no I/O.
    packages: ["@vscode/l10n", "json5", "jsonc-parser", "node:buffer", "node:path", ...timePackages],
  },
  {
    name: "disk",
    holds: (file) => file.startsWith("disk/"),
    mayUse: ["core", "disk"],
    packages: ["@vscode/l10n", "chokidar", "fzstd", ...nodeModules()],
  },
  {
    name: "inspector",
    holds: (file) => file === "inspector.ts",
    mayUse: ["core", "disk"],
    packages: ["@vscode/l10n", ...nodeModules()],
  },
  {
    name: "editor",
    holds: (file) => file.startsWith("editor/"),
    mayUse: ["core", "editor"],
    types: ["inspector"],
    packages: ["@vscode/l10n", "vscode", "node:buffer", "node:path"],
  },
  {
    name: "views",
    holds: (file) => file.startsWith("views/"),
    mayUse: ["core", "editor", "views"],
    types: ["inspector"],
    packages: ["@vscode/l10n", "vscode", "node:buffer", "node:path"],
  },
  {
    name: "commands",
    holds: (file) => file.startsWith("commands/"),
    mayUse: ["core", "editor", "views", "commands"],
    types: ["inspector"],
    packages: ["@vscode/l10n", "vscode", "node:buffer", "node:path"],
  },
  {
    name: "extension",
    holds: (file) => file === "extension.ts",
    mayUse: ["core", "disk", "inspector", "editor", "views", "commands"],
    manifest: true,
    packages: ["@vscode/l10n", "vscode", ...nodeModules()],
  },
  {
    name: "cli",
    holds: (file) => file === "cli.ts" || file.startsWith("cli/"),
    mayUse: ["core", "disk", "inspector", "cli"],
    manifest: true,
    packages: ["@vscode/l10n", "commander", "cli-table3", ...nodeModules()],
  },
];

interface Floor {
  readonly name: string;
  readonly holds: (file: string) => boolean;
  /** Floors it may import from, its own included. */
  readonly mayUse: readonly string[];
  /** Floors of which it may import types only. */
  readonly types?: readonly string[];
  readonly packages: readonly string[];
  /** May read `package.json`, for the version. */
  readonly manifest?: boolean;
}

const source = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "src");
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(source.length + 1)
      .replaceAll("\\", "/"),
  )
  .sort();

describe("the floors", () => {
  it("have files", () => {
    assert.ok(files.length > 0, `no source files in ${source}`);
    assert.ok(files.some((file) => file.startsWith("core/")) && files.some((file) => file.startsWith("disk/")));
  });

  it("hold every file", () => {
    assert.deepEqual(
      files.filter((file) => floorOf(file) === undefined),
      [],
    );
  });

  it("are kept by every import", () => {
    const broken = files.flatMap((file) =>
      importsOf(file, readFileSync(join(source, file), "utf8")).flatMap((use) => complaint(file, use) ?? []),
    );
    assert.deepEqual(broken, []);
  });

  it("have no drawer for everything", () => {
    assert.deepEqual(
      files.filter((file) => /^(utils?|helpers?|misc|common|shared)\b/i.test(basename(file))),
      [],
    );
  });
});

describe("the test of the floors", () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ["core/a.ts", 'import { x } from "./b";', undefined],
    ["core/a.ts", 'import { posix } from "node:path";', undefined],
    ["core/a.ts", 'import type { T } from "../disk/b";', "core/a.ts imports disk/b: core may not use disk"],
    ["core/a.ts", 'import { readFile } from "node:fs";', "core/a.ts imports node:fs: core may not use it"],
    ["core/a.ts", 'import * as os from "os";', "core/a.ts imports os: core may not use it"],
    ["core/a.ts", 'export * from "../inspector";', "core/a.ts imports inspector: core may not use inspector"],
    ["core/a.ts", 'const x = await import("vscode");', "core/a.ts imports vscode: core may not use it"],
    ["core/a.ts", 'type T = import("vscode").Uri;', "core/a.ts imports vscode: core may not use it"],
    ["core/a.ts", "const x = await import(name);", "core/a.ts imports something that is known only when it runs"],
    ["core/a.ts", '// import "vscode"\nconst text = \'import "vscode"\';', undefined],
    ["disk/a.ts", 'import chokidar from "chokidar";', undefined],
    ["disk/a.ts", 'const x = require("vscode");', "disk/a.ts imports vscode: disk may not use it"],
    ["editor/a.ts", 'import type { Inspector } from "../inspector";', undefined],
    ["editor/a.ts", 'import { type Inspector } from "../inspector";', undefined],
    [
      "editor/a.ts",
      'import { createInspector } from "../inspector";',
      "editor/a.ts imports inspector: editor may use only its types",
    ],
    ["editor/a.ts", 'import { x } from "../views/b";', "editor/a.ts imports views/b: editor may not use views"],
    ["views/a.ts", 'import type { x } from "../disk/b";', "views/a.ts imports disk/b: views may not use disk"],
    ["cli/a.ts", 'import { x } from "../editor/b";', "cli/a.ts imports editor/b: cli may not use editor"],
    ["cli.ts", 'import { version } from "../package.json";', undefined],
    [
      "core/a.ts",
      'import { version } from "../../package.json";',
      "core/a.ts imports ../package.json, which stands on no floor",
    ],
    ["cli.ts", 'import "vscode";', "cli.ts imports vscode: cli may not use it"],
    ["inspector.ts", 'import { x } from "./disk/b";', undefined],
  ];
  for (const [file, text, expected] of cases) {
    it(`${expected === undefined ? "allows" : "refuses"} ${text.replaceAll("\n", " ")} in ${file}`, () => {
      assert.deepEqual(
        importsOf(file, text).flatMap((use) => complaint(file, use) ?? []),
        expected === undefined ? [] : [expected],
      );
    });
  }
});

interface Use {
  /** As written; undefined when it is no literal. */
  readonly module: string | undefined;
  readonly typesOnly: boolean;
}

function complaint(file: string, { module, typesOnly }: Use): string | undefined {
  const floor = floorOf(file);
  if (floor === undefined) return `${file} stands on no floor`;
  if (module === undefined) return `${file} imports something that is known only when it runs`;
  if (!module.startsWith(".")) {
    return floor.packages.includes(module) ? undefined : `${file} imports ${module}: ${floor.name} may not use it`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), module)).replace(/\.[cm]?[jt]s$/, "");
  if (target === "../package.json" && floor.manifest === true) return undefined;
  const below = floorOf(`${target}.ts`)?.name;
  if (below === undefined) return `${file} imports ${target}, which stands on no floor`;
  if (floor.mayUse.includes(below)) return undefined;
  if (floor.types?.includes(below) !== true) return `${file} imports ${target}: ${floor.name} may not use ${below}`;
  return typesOnly ? undefined : `${file} imports ${target}: ${floor.name} may use only its types`;
}

function floorOf(file: string): Floor | undefined {
  return floors.find(({ holds }) => holds(file));
}

/** Every module a file names, found in its syntax: text and comments do not count. */
function importsOf(file: string, text: string): readonly Use[] {
  const found: Use[] = [];
  const literal = (node: ts.Node | undefined) => (node && ts.isStringLiteralLike(node) ? node.text : undefined);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      found.push({ module: literal(node.moduleSpecifier), typesOnly: importsOnlyTypes(node.importClause) });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      found.push({ module: literal(node.moduleSpecifier), typesOnly: node.isTypeOnly });
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      found.push({ module: literal(node.moduleReference.expression), typesOnly: node.isTypeOnly });
    } else if (ts.isImportTypeNode(node)) {
      found.push({
        module: ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined,
        typesOnly: true,
      });
    } else if (ts.isCallExpression(node) && isLoading(node)) {
      found.push({ module: literal(node.arguments[0]), typesOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

function importsOnlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function isLoading({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(expression) && expression.text === "require";
}

function nodeModules(): readonly string[] {
  return builtinModules
    .filter((name) => !name.startsWith("_"))
    .map((name) => (name.startsWith("node:") ? name : `node:${name}`));
}
