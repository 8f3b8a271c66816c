import { setTimeout } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import type { Explanations } from "../core/explanations";
import type { Disposable, Inspector, InspectorChange } from "../core/inspectorPort";
import { discretionFor } from "../core/report/discretion";
import { rotationJson } from "../core/report/reportJson";
import { rotationSentence, subjectLabel } from "../core/report/rotationSentence";
import type { Rotation } from "../core/rotation/rotation";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { escapedJsonLine } from "./escapedJson";
import { type ExitCode, exitCodes, Failure } from "./exitCode";
import { nothingFound } from "./locationProblems";
import { NewRotations } from "./newRotations";
import type { Terminal } from "./terminal";

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

  const changes = new Changes(stop);
  const listening = inspector.onDidChange((change) => {
    changes.add(change);
  });
  try {
    inspector.watch();
    // What happened between the first look and the first watch.
    await inspector.refresh();
    terminal.hint(watchingSentence(inspector.snapshot));
    while (await changes.next()) {
      await setTimeout(options.settleMs, undefined, { signal: stop });
      const rotated = changes.take();
      const explanations: Explanations = await inspector.whenExplained(stop);
      for (const rotation of fresh.of(explanations, rotated)) {
        await terminal.write(`${lineAbout(rotation, inspector.snapshot, options)}\n`);
      }
    }
  } finally {
    listening.dispose();
  }
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

  add({ rotations, explained }: InspectorChange): void {
    if (rotations.length === 0 && explained !== true) return;
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

function watchingSentence({ stateDirs }: Snapshot): string {
  const count = stateDirs.reduce(
    (sum, { agents }) => sum + agents.reduce((inner, { conversations }) => inner + conversations.length, 0),
    0,
  );
  const directories = stateDirs.map(({ path }) => visibleLine(path, 500)).join(", ");
  return count === 1
    ? l10n.t("Watching 1 conversation in {0}", directories)
    : l10n.t("Watching {0} conversations in {1}", formatNumber(count), directories);
}

function lineAbout(rotation: Rotation, { stateDirs }: Snapshot, { json, withText, timeZone }: WatchOptions): string {
  if (json) return escapedJsonLine(rotationJson(rotation, { stateDirs, withText }));
  const { conversation, from, to } = rotation;
  const label = conversation ? discretionFor(conversation, withText).label(conversation) : subjectLabel(rotation);
  const sentence = visibleLine(rotationSentence(rotation, visibleLine(label, 100), timeZone), 500);
  const oldId = visibleLine(from.sessionId, 80);
  const newId = to ? visibleLine(to.sessionId, 80) : l10n.t("not known yet");
  const file = (rotation.archive ?? from.primary)?.path;
  return file === undefined
    ? l10n.t("{0} {1} → {2}, the old transcript is gone", sentence, oldId, newId)
    : l10n.t("{0} {1} → {2}, old transcript: {3}", sentence, oldId, newId, visibleLine(file, 1000));
}
