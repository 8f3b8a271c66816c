import { setTimeout } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Disposable, Inspector, InspectorChange } from "../core/inspectorPort";
import { discretionFor } from "../core/report/discretion";
import { rotationJson } from "../core/report/reportJson";
import { rotationSentence, subjectLabel } from "../core/report/rotationSentence";
import type { Rotation } from "../core/rotation/rotation";
import { visibleLine } from "../core/text/visibleText";
import { escapedJsonLine } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { nothingFound } from "./locationProblems";
import { NewRotations } from "./newRotations";
import { OpenVerdicts } from "./openVerdicts";
import { SeenConversations } from "./seenConversations";
import type { Terminal } from "./terminal";
import { tellUnfinished } from "./unfinishedNotice";
import { WatchedPlaces } from "./watchedPlaces";

export interface WatchOptions {
  readonly json: boolean;
  /** Keys and names unredacted; no message text. */
  readonly withText: boolean;
  /** IANA name; the user's own zone when undefined. */
  readonly timeZone: string | undefined;
  /** Epoch ms. */
  readonly now: () => number;
  /** How long to wait with the verdict: what explains a reset is written in the moments after it. */
  readonly settleMs: number;
  /** Calls the listener when somebody wants the program to end. */
  readonly onStop: (listener: () => void) => Disposable;
}

/** Prints one line per rotation as it happens, with the cause that was found, until it is stopped. */
export async function watch(inspector: Inspector, options: WatchOptions, terminal: Terminal): Promise<ExitCode> {
  const stop = new AbortController();
  const onStop = options.onStop(() => {
    stop.abort();
  });
  // What watches files may let the program end when nothing else keeps it.
  const alive = setInterval(() => undefined, 3_600_000);
  try {
    await watched(inspector, options, terminal, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearInterval(alive);
    onStop.dispose();
  }
  return exitCodes.fine;
}

async function watched(
  inspector: Inspector,
  options: WatchOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<void> {
  await inspector.refresh();
  const nothing = nothingFound(inspector.snapshot);
  if (nothing) throw new Failure(nothing.message);
  const fresh = new NewRotations(await inspector.whenExplained(stop), options.now());
  const open = new OpenVerdicts();
  const seen = new SeenConversations();
  const places = new WatchedPlaces();
  const hints = (lines: readonly string[]): void => {
    for (const line of lines) terminal.hint(line);
  };

  const changes = new Changes(stop);
  const listening = inspector.onDidChange((change) => {
    // At once: the next look may not show it any more.
    if (change.structure || change.rotations.length > 0) seen.saw(inspector.snapshot);
    changes.add(change);
  });
  try {
    seen.saw(inspector.snapshot);
    inspector.watch();
    // What happened between the first look and the first watch.
    await inspector.refresh();
    hints(places.atStart(inspector.snapshot));
    await tellUnfinished(inspector, terminal);
    while (await changes.next()) {
      await setTimeout(options.settleMs, undefined, { signal: stop });
      const rotated = changes.take();
      hints(places.changes(inspector.snapshot));
      const explanations: Explanations = await inspector.whenExplained(stop);
      const { snapshot } = inspector;
      const newIdOf = (rotation: Rotation): string | undefined =>
        newSessionId(seen.named(rotation), explanations, snapshot);
      const tell = async (rotation: Rotation, update: boolean): Promise<void> => {
        const told = { rotation: seen.named(rotation), newId: newIdOf(rotation), update };
        await terminal.write(`${lineAbout(told, snapshot, options)}\n`);
      };
      for (const { rotation, learned } of open.follow(explanations, newIdOf)) {
        fresh.knows(rotation);
        if (learned) await tell(rotation, true);
      }
      for (const rotation of fresh.of(explanations, rotated)) {
        await tell(rotation, false);
        open.told(rotation, newIdOf(rotation));
      }
    }
  } finally {
    listening.dispose();
  }
}

/** The new session's id. Its transcript is written with the first answer; the index names it at once. */
function newSessionId(rotation: Rotation, { rotations }: Explanations, { stateDirs }: Snapshot): string | undefined {
  if (rotation.to) return rotation.to.sessionId;
  const { stateDir, agentId, conversation, from, at } = rotation;
  if (!conversation || at === undefined) return undefined;
  // The row is about the newest one only. They come newest first.
  for (const each of rotations) {
    if (each.at === undefined || each.at <= at) break;
    if (each.stateDir === stateDir && each.agentId === agentId && each.conversation?.key === conversation.key)
      return undefined;
  }
  const sessionId = stateDirs
    .find(({ path }) => path === stateDir)
    ?.agents.find(({ id }) => id === agentId)
    ?.conversations.find(({ key }) => key === conversation.key)?.row?.sessionId;
  return sessionId === from.sessionId ? undefined : sessionId;
}

/** Changes since the last look; they come while the last ones are still being printed. */
class Changes {
  #worthALook = false;
  #rotated: InspectorChange["rotations"] = [];
  #wake = (): void => undefined;

  constructor(private readonly stop: AbortSignal) {
    stop.addEventListener("abort", () => {
      this.#wake();
    });
  }

  add({ structure, rotations, explained }: InspectorChange): void {
    if (!structure && rotations.length === 0 && explained !== true) return;
    this.#worthALook = true;
    this.#rotated = [...this.#rotated, ...rotations];
    this.#wake();
  }

  /** True when there is something to look at, false when it is over. */
  async next(): Promise<boolean> {
    if (!this.stop.aborted && !this.#worthALook) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return !this.stop.aborted;
  }

  /** Conversations that were seen to get a new window. */
  take(): InspectorChange["rotations"] {
    const rotated = this.#rotated;
    this.#worthALook = false;
    this.#rotated = [];
    return rotated;
  }
}

interface Told {
  readonly rotation: Rotation;
  /** Also where its transcript is not there yet. */
  readonly newId: string | undefined;
  /** It was told before, with less. */
  readonly update: boolean;
}

function lineAbout({ rotation, newId, update }: Told, { stateDirs }: Snapshot, options: WatchOptions): string {
  const { json, withText, timeZone } = options;
  if (json) {
    const told = rotationJson(rotation, { stateDirs, withText });
    return escapedJsonLine({ ...told, to: newId ?? null, ...(update ? { update } : {}) });
  }
  const line = sentenceAbout(rotation, newId, stateDirs.length > 1, { withText, timeZone });
  return update ? l10n.t("Now known: {0}", line) : line;
}

function sentenceAbout(
  rotation: Rotation,
  newId: string | undefined,
  severalPlaces: boolean,
  { withText, timeZone }: Pick<WatchOptions, "withText" | "timeZone">,
): string {
  const { conversation, from, stateDir } = rotation;
  const label = conversation ? discretionFor(conversation, withText).label(conversation) : subjectLabel(rotation);
  const place = visibleLine(stateDir, 500);
  const subject = severalPlaces ? l10n.t("{0} in {1}", visibleLine(label, 100), place) : visibleLine(label, 100);
  const sentence = visibleLine(rotationSentence(rotation, subject, timeZone), 1_000);
  const oldShown = visibleLine(from.sessionId, 80);
  const newShown = newId === undefined ? l10n.t("not known yet") : visibleLine(newId, 80);
  const file = (rotation.archive ?? from.primary)?.path;
  return file === undefined
    ? l10n.t("{0} {1} → {2}, the old transcript is gone", sentence, oldShown, newShown)
    : l10n.t("{0} {1} → {2}, old transcript: {3}", sentence, oldShown, newShown, visibleLine(file, 1000));
}
