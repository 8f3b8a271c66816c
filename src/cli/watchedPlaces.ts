import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../core/conversation/model";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import { sqliteNotices } from "./listedProblems";

/** Which directories are watched: said once at the start, and again when one comes, goes, or cannot be read. */
export class WatchedPlaces {
  #paths: ReadonlySet<string> = new Set();
  #warned: ReadonlySet<string> = new Set();

  /** One line each. */
  atStart(snapshot: Snapshot): readonly string[] {
    this.#paths = pathsOf(snapshot);
    return [watchingSentence(snapshot), ...this.#warnings(snapshot)];
  }

  changes(snapshot: Snapshot): readonly string[] {
    const [before, now] = [this.#paths, pathsOf(snapshot)];
    this.#paths = now;
    const gone = [...before].filter((path) => !now.has(path));
    const come = [...now].filter((path) => !before.has(path));
    return [
      ...gone.map((path) =>
        l10n.t("{0} is no longer there; it is watched again when it comes back.", visibleLine(path, 500)),
      ),
      ...come.map((path) => l10n.t("{0} is there and watched from now on.", visibleLine(path, 500))),
      ...this.#warnings(snapshot),
    ];
  }

  /** Resets of sessions in tables go by unseen: whoever relies on this must know. */
  #warnings(snapshot: Snapshot): readonly string[] {
    const messages = sqliteNotices(snapshot).map(({ message }) =>
      l10n.t("{0} Their resets are not seen.", visibleLine(message, 500)),
    );
    const fresh = messages.filter((message) => !this.#warned.has(message));
    this.#warned = new Set(messages);
    return fresh;
  }
}

function pathsOf({ stateDirs }: Snapshot): ReadonlySet<string> {
  return new Set(stateDirs.map(({ path }) => path));
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
