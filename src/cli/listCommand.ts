import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import { problemsOfWindow } from "../core/conversation/problemsOfWindow";
import type { Inspector } from "../core/inspectorPort";
import { ownArchives, restoreFactOf } from "../core/rotation/ownRestores";
import { visibleLine } from "../core/text/visibleText";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { surroundingProblems, windowsOf } from "./listedProblems";
import { listJson } from "./listJson";
import { listTable, type TableOptions } from "./listTable";
import { isNamedInVain, nothingFound } from "./locationProblems";
import { withReadingProgress } from "./readingProgress";
import type { Terminal } from "./terminal";

export interface ListOptions {
  readonly agent?: string;
  readonly all: boolean;
  readonly json: boolean;
  /** The directories that were named, if any. */
  readonly stateDir?: readonly string[];
}

export async function list(inspector: Inspector, options: ListOptions, terminal: Terminal): Promise<ExitCode> {
  await inspector.refresh();
  const found = await withReadingProgress(inspector, terminal, () => inspector.whenIndexed());
  const nothing = nothingFound(found);
  const listed = nothing ? { ...found, problems: [...found.problems, nothing] } : ofAgent(found, options.agent);

  if (options.json) await terminal.write(`${escapedJson(listJson(listed))}\n`);
  else if (nothing) throw new Failure(nothing.message);
  else await printTable(listed, { ...options, setAside: await setAsideIn(inspector, listed) }, terminal);
  if (nothing || (options.stateDir && isNamedInVain(found))) return exitCodes.failed;
  return exitCodeOf(listed);
}

async function printTable(
  snapshot: Snapshot,
  { all, setAside }: Pick<TableOptions, "all" | "setAside">,
  terminal: Terminal,
): Promise<void> {
  const options = { all, setAside, width: terminal.width, style: terminal.style, timeZone: undefined };
  for (const piece of listTable(snapshot, options)) await terminal.write(piece);
}

/** What restores set aside, by their receipts. Where those cannot be read, `tellUnfinished` says so. */
async function setAsideIn({ restorer }: Inspector, { stateDirs }: Snapshot): Promise<ReadonlySet<string>> {
  const receipts = await Promise.all(stateDirs.map(({ path }) => restorer.list(path).catch(() => [])));
  return ownArchives(receipts.flat().flatMap((receipt) => restoreFactOf(receipt) ?? []));
}

function exitCodeOf(snapshot: Snapshot): ExitCode {
  const isFine =
    surroundingProblems(snapshot).length === 0 &&
    windowsOf(snapshot).every((window) => problemsOfWindow(window).length === 0);
  return isFine ? exitCodes.fine : exitCodes.problems;
}

function ofAgent(snapshot: Snapshot, id: string | undefined): Snapshot {
  if (id === undefined) return snapshot;
  const known = snapshot.stateDirs.flatMap(({ agents }) => agents.map((agent) => agent.id));
  if (!known.includes(id)) {
    throw new Failure(
      l10n.t(
        "There is no agent {0}. Agents found: {1}.",
        visibleLine(id, 80),
        known.map((name) => visibleLine(name, 80)).join(", "),
      ),
    );
  }
  return {
    ...snapshot,
    stateDirs: snapshot.stateDirs
      .map((stateDir) => ({ ...stateDir, agents: stateDir.agents.filter((agent) => agent.id === id) }))
      .filter(({ agents }) => agents.length > 0),
  };
}
