import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { TestApi } from "../../src/extension";
import type { StateDir } from "../../src/core/conversation/model";
import { extensionId } from "../../src/editor/contributions";

const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
const stateDirectories = "openclawSessions.stateDirectories";

export async function api(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not there.`);
  return extension.activate();
}

/** A copy of a recorded state directory, `2026.7.35/basic`, that the extension shows beside the workspace's own. */
export interface OpenFixture {
  readonly path: string;
  /** The sessions directory of the agent `main`. */
  readonly sessions: string;
  stateDir(): StateDir;
  dispose(): Promise<void>;
}

export async function openFixture(
  scenario: string,
  prepare?: (path: string) => void,
  name = ".openclaw",
): Promise<OpenFixture> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ocsi-fixture-")));
  const path = join(folder, name);
  cpSync(join(root, "test/fixtures/corpora", scenario, "state"), path, { recursive: true });
  prepare?.(path);
  const { inspector } = await api();
  const find = () => inspector.snapshot.stateDirs.find((stateDir) => stateDir.realPath === path);
  await setStateDirectories([path]);
  await eventually(() => find() !== undefined, `${path} is shown`);
  await inspector.whenIndexed();
  // A transcript says why its window ended as soon as that is known, which would move the text under a test's hands.
  await inspector.whenExplained();
  return {
    path,
    sessions: join(path, "agents/main/sessions"),
    stateDir() {
      const found = find();
      if (!found) throw new Error(`${path} is not shown any more.`);
      return found;
    },
    async dispose() {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await setStateDirectories(undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Looks again whenever anything happens that could make it true: nothing here waits for a clock. */
export async function eventually(isTrue: () => boolean, what: string): Promise<void> {
  if (isTrue()) return;
  const { inspector, view } = await api();
  const disposables: { dispose(): unknown }[] = [];
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (isTrue()) resolve();
    };
    const timer = setTimeout(() => {
      reject(new Error(`It did not happen within 15 s that ${what}.`));
    }, 15_000);
    disposables.push(
      inspector.onDidChange(look),
      view.provider.onDidChangeTreeData(look),
      vscode.workspace.onDidChangeTextDocument(look),
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeTextEditorSelection(look),
      vscode.window.onDidChangeTextEditorVisibleRanges(look),
      vscode.window.tabGroups.onDidChangeTabs(look),
      {
        dispose: () => {
          clearTimeout(timer);
        },
      },
    );
    // `refresh` ends without an event when nothing changed. It is broken off when a setting makes another inspector, which
    // looks itself: the end of a test does not wait for it.
    inspector.refresh().then(look, () => undefined);
  }).finally(() => {
    for (const disposable of disposables) disposable.dispose();
  });
}

async function setStateDirectories(paths: readonly string[] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(stateDirectories, paths, vscode.ConfigurationTarget.Global);
}
