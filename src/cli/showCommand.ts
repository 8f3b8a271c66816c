import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import { problemsOfFile } from "../core/conversation/problemsOfWindow";
import type { Inspector } from "../core/inspectorPort";
import { marks } from "../core/render/marks";
import { pageToShow } from "../core/render/pageKind";
import type { RenderOptions, TranscriptTitle } from "../core/render/rendered";
import { visibleLine } from "../core/text/visibleText";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { nothingFound } from "./locationProblems";
import { requestedTarget } from "./requestedTarget";
import { resetBefore } from "./resetBefore";
import { type Format, rendererOf } from "./showFormat";
import { showParts } from "./showParts";
import type { Terminal } from "./terminal";
import type { Target } from "./windowNames";

export interface ShowOptions {
  readonly format: Format;
  readonly all: boolean;
  /** From 1. */
  readonly page?: number;
  /** From 1. */
  readonly line?: number;
  /** The directories that were named, if any. */
  readonly stateDir?: readonly string[];
  readonly workingDirectory: string;
}

/** Prints page after page, so that a transcript of any size needs the memory of one page. */
export async function show(
  inspector: Inspector,
  what: string,
  options: ShowOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const snapshot = await inspector.refresh();
  const nothing = nothingFound(snapshot);
  if (nothing) throw new Failure(nothing.message);
  const { window, file } = requestedTarget(snapshot, what, options.workingDirectory);
  if (!file) {
    throw new Failure(
      l10n.t("The transcript of {0} is missing: only the session index names it.", visibleLine(window.windowId, 200)),
    );
  }
  if (file.problem) throw new Failure(visibleLine(file.problem.message, 1000));

  const fromTheStart = options.line === undefined && (options.page ?? 1) === 1;
  if (options.format === "text" && fromTheStart && file === window.primary) {
    const reset = await resetBefore(inspector, window, options.stateDir, terminal);
    if (reset !== undefined) await terminal.write(`${reset}\n\n`);
  }

  const render = rendererOf(options.format);
  const settings = {
    ...renderOptions(snapshot, { window, file }),
    expanded: options.all ? ("all" as const) : new Set<string>(),
  };
  let shortened = false;
  // First: pages then know their line numbers and which branch the conversation took in the end, and damage counts wherever
  // it stands, as it does in `list`.
  const index = await inspector.index(file.path);
  let damaged = window.problems.length > 0 || problemsOfFile({ ...file, index }).length > 0;
  for await (const part of showParts(inspector, file.path, index, options)) {
    const options = { ...settings, ...part.options };
    damaged ||= pageToShow(part.page, options).items.some(({ kind }) => kind === "damage");
    const text = render(part.page, options);
    shortened ||= text.includes(marks.elided);
    await terminal.write(text);
  }
  if (shortened && !options.all && terminal.width !== undefined) {
    terminal.hint(l10n.t("Lines with {0} stand for longer parts: --all prints them in full.", marks.elided));
  }
  return damaged ? exitCodes.problems : exitCodes.fine;
}

function renderOptions(snapshot: Snapshot, { window, file }: Required<Target>): Omit<RenderOptions, "expanded"> {
  const conversation = snapshot.stateDirs
    .flatMap(({ agents }) => agents.flatMap(({ conversations }) => conversations))
    .find(({ windows }) => windows.includes(window));
  const title: TranscriptTitle = {
    label: conversation?.label ?? l10n.t("Session {0}", window.sessionId.slice(0, 8)),
    key: conversation?.key,
    kind: window.kind,
    archivedAt: window.archivedAt,
    file: file?.name.base ?? "",
  };
  return { timeZone: undefined, title, live: false };
}
