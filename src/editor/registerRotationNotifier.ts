import * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import { noticeWindow } from "./noticeWindow";
import { isOwnRestore } from "./ownRestores";
import { RotationNotifier } from "./rotationNotifier";
import { readSetting } from "./settings";
import type { SeenRotations } from "./seenRotations";
import { tellRotations } from "./tellRotations";

/** Long enough for the log line and the first message after a reset to be written and looked at, ms. */
const settles = 3_000;

/** Of several windows the one that somebody works in is the first to tell. ms. */
const courtesy = 2_000;

export function registerRotationNotifier(
  inspector: Inspector,
  seen: SeenRotations,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const onError = (error: unknown): void => {
    log.error(`A notification failed: ${String(error)}`);
  };
  const notifier = new RotationNotifier({
    inspector,
    tell: (told) => void tellRotations(told, noticeWindow).catch(onError),
    settings: () => ({
      enabled: readSetting("openclawSessions.notifications.enabled"),
      silencedCauses: readSetting("openclawSessions.notifications.silencedCauses"),
    }),
    isOwn: async (rotation) => {
      const isOwn = await isOwnRestore(inspector.restorer, rotation).catch(() => false); // no vault: nothing was restored
      // Who restored it knows of it: nothing is marked as news.
      if (isOwn) seen.mark([rotation]);
      return isOwn;
    },
    now: () => Date.now(),
    soon: (run) => {
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          run();
        },
        settles + (vscode.window.state.focused ? 0 : courtesy),
      );
      timers.add(timer);
    },
    onError,
  });
  return vscode.Disposable.from(notifier, {
    dispose: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  });
}
