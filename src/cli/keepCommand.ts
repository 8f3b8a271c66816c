import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import type { Inspector } from "../core/inspectorPort";
import { ReadError } from "../core/inspectorPort";
import { KeepRefused, type KeepRequest, type KeptCopy } from "../core/keep/keptCopy";
import { formatBytes } from "../core/text/formatSize";
import { formatTime, isoTime } from "../core/text/formatTime";
import { visibleLine } from "../core/text/visibleText";
import { escapedJson } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { foldLine } from "./foldText";
import { nothingFound } from "./locationProblems";
import { withReadingProgress } from "./readingProgress";
import { restoreSubject } from "./restoreSubject";
import type { Terminal } from "./terminal";

export interface KeepOptions {
  readonly allArchives: boolean;
  readonly list: boolean;
  readonly json: boolean;
  readonly workingDirectory: string;
  readonly timeZone: string | undefined;
}

/** Copies what was named out of OpenClaw's reach, each copy verified; what fails does not hide the rest. */
export async function keep(
  inspector: Inspector,
  words: readonly string[],
  options: KeepOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  checkUsage(words, options);
  const { keeper } = inspector;
  if (keeper.folder === undefined) {
    throw new Failure(l10n.t("There is no folder for copies. Name one outside every state directory with --keep-dir."));
  }
  await inspector.refresh();
  const nothing = nothingFound(inspector.snapshot);
  if (nothing) throw new Failure(nothing.message);
  if (options.list) return listKept(inspector, options, terminal);

  await withReadingProgress(inspector, terminal, () => inspector.whenIndexed());
  const requests = options.allArchives
    ? archives(inspector.snapshot)
    : requestsFor(inspector.snapshot, words, options.workingDirectory);
  const results: KeptResult[] = [];
  for (const [number, request] of requests.entries()) {
    terminal.progress(l10n.t("Keeping copies: {0} of {1}", number + 1, requests.length));
    results.push(await kept(inspector, request));
  }
  terminal.progress("");
  if (options.json) {
    await terminal.write(`${escapedJson({ schema: 1, folder: keeper.folder, copies: results.map(resultJson) })}\n`);
  } else await tell(results, terminal);
  return results.some(({ problem }) => problem !== undefined) ? exitCodes.problems : exitCodes.fine;
}

interface KeptResult {
  readonly request: KeepRequest;
  readonly copy: KeptCopy | undefined;
  readonly path: string | undefined;
  readonly wasKept: boolean;
  /** Why there is no copy. */
  readonly problem: string | undefined;
}

function checkUsage(words: readonly string[], { allArchives, list }: KeepOptions): void {
  const asked = Number(words.length > 0) + Number(allArchives) + Number(list);
  if (asked === 1) return;
  throw new Failure(l10n.t("Name what to keep, or give --all-archives, or --list: one of the three."));
}

/** All or none: a word that means nothing is found out before anything is kept, and that is said. */
function requestsFor(snapshot: Snapshot, words: readonly string[], workingDirectory: string): readonly KeepRequest[] {
  try {
    return words.map((word) => requestFor(snapshot, word, workingDirectory));
  } catch (error) {
    if (!(error instanceof Failure) || words.length < 2) throw error;
    throw new Failure(`${error.message}\n${l10n.t("Nothing was kept, of the other names neither.")}`);
  }
}

function requestFor(snapshot: Snapshot, word: string, workingDirectory: string): KeepRequest {
  const { stateDir, agent, window, file } = restoreSubject(snapshot, word, workingDirectory);
  return { stateDir: stateDir.path, agentId: agent.id, windowId: window.windowId, file };
}

/** What OpenClaw may delete because of its age, every file of it. */
function archives({ stateDirs }: Snapshot): readonly KeepRequest[] {
  const requests = new Map<string, KeepRequest>();
  for (const { path, agents } of stateDirs) {
    for (const { id, conversations, orphans } of agents) {
      for (const window of [...conversations.flatMap(({ windows }) => windows), ...orphans]) {
        const files = [...(window.primary ? [window.primary] : []), ...window.copies];
        for (const file of files) {
          if (file.name.kind !== "archive" || file.kept !== undefined) continue;
          requests.set(file.path, { stateDir: path, agentId: id, windowId: window.windowId, file: file.path });
        }
      }
    }
  }
  return [...requests.values()];
}

async function kept({ keeper }: Inspector, request: KeepRequest): Promise<KeptResult> {
  try {
    const { copy, path, wasKept } = await keeper.keep(request);
    return { request, copy, path, wasKept, problem: undefined };
  } catch (error) {
    if (!(error instanceof ReadError || error instanceof KeepRefused)) throw error;
    return { request, copy: undefined, path: undefined, wasKept: false, problem: error.message };
  }
}

async function tell(results: readonly KeptResult[], terminal: Terminal): Promise<void> {
  if (results.length === 0) await terminal.write(`${l10n.t("There are no archives to keep.")}\n`);
  for (const { request, copy, path, wasKept, problem } of results) {
    if (copy && path !== undefined) {
      const size = formatBytes(copy.bytes);
      const name = visibleLine(copy.originalName, 300);
      const sentence = wasKept
        ? l10n.t("{0} was kept already ({1}).", name, size)
        : l10n.t("{0} is kept and verified ({1}).", name, size);
      await terminal.write(`${foldLine(sentence, terminal.width)}\n  ${visibleLine(path, 1000)}\n`);
    } else {
      const name = visibleLine(request.file ?? request.windowId, 500);
      terminal.hint(l10n.t("{0} is not kept: {1}", name, visibleLine(problem ?? "", 1000)));
    }
  }
}

async function listKept(
  { keeper, snapshot }: Inspector,
  { json, timeZone }: KeepOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const all: { readonly copy: KeptCopy; readonly path: string }[] = [];
  for (const { path } of snapshot.stateDirs) all.push(...(await keeper.list(path)));
  if (json) {
    const copies = all.map(({ copy, path }) => copyJson(copy, path));
    await terminal.write(`${escapedJson({ schema: 1, folder: keeper.folder ?? null, copies })}\n`);
    return exitCodes.fine;
  }
  if (all.length === 0) await terminal.write(`${l10n.t("Nothing is kept yet.")}\n`);
  for (const { copy, path } of all) {
    const facts = [
      copy.key === undefined ? l10n.t("no known conversation") : visibleLine(copy.key, 200),
      formatBytes(copy.bytes),
      l10n.t("kept at {0}", formatTime(copy.keptAt, { timeZone, precision: "minute" })),
    ];
    await terminal.write(`${visibleLine(path, 1000)}\n  ${foldLine(facts.join(" · "), terminal.width)}\n`);
  }
  return exitCodes.fine;
}

function resultJson({ request, copy, path, wasKept, problem }: KeptResult) {
  return copy && path !== undefined
    ? { ...copyJson(copy, path), wasKept, problem: null }
    : { original: request.file ?? null, windowId: request.windowId, wasKept, problem: problem ?? null };
}

function copyJson(copy: KeptCopy, path: string) {
  return {
    file: path,
    original: copy.originalPath,
    bytes: copy.bytes,
    sha256: copy.sha256,
    keptAt: isoTime(copy.keptAt) ?? null,
    agentId: copy.agentId,
    windowId: copy.windowId,
    sessionId: copy.sessionId,
    key: copy.key ?? null,
  };
}
