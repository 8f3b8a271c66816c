import * as l10n from "@vscode/l10n";
import { formatBytes } from "../../text/formatSize";
import type { RestoreFacts } from "../restoreFacts";
import { blocker, type Check, ok, quoted, warning } from "./check";

/** Twice what is written, so that a backup and the copy fit even where both are on one disk. */
export const checkDiskSpace: Check = function* (facts) {
  const needed = 2 * bytesOf(facts);
  const { free, vault } = facts.disk;
  const places = [
    [facts.rootRealPath, free.sessions],
    [vault, free.vault],
  ] as const;
  for (const [place, bytes] of places) {
    if (bytes === undefined) {
      yield warning(
        "disk-space",
        l10n.t(
          "How much room there is in {0} cannot be told; up to {1} are needed.",
          quoted(place),
          formatBytes(needed),
        ),
        l10n.t("Make sure that there is so much; should it run out on the way, everything is taken back."),
      );
    } else if (bytes < needed) {
      yield blocker(
        "disk-space",
        l10n.t("{0} are free in {1}, and {2} are needed.", formatBytes(bytes), quoted(place), formatBytes(needed)),
        place === vault
          ? l10n.t(
              "Make room, or have backups elsewhere (setting openclawSessions.backupDirectory, option --backup-dir).",
            )
          : l10n.t("Make room on that disk, then try again; do not delete archives of conversations."),
      );
    } else {
      yield ok(
        "disk-space",
        l10n.t("{0} are free in {1}; {2} are needed.", formatBytes(bytes), quoted(place), formatBytes(needed)),
      );
    }
  }
};

function bytesOf({ source, displaced, index }: RestoreFacts): number {
  const ofIndex = index.state.kind === "read" || index.state.kind === "too-large" ? indexBytes(index.state) : 0;
  return Math.max(0, source.unpackedBytes) + (displaced?.file?.content.bytes ?? 0) + ofIndex;
}

function indexBytes(state: Extract<RestoreFacts["index"]["state"], { kind: "read" | "too-large" }>): number {
  return state.kind === "read" ? state.content.bytes : state.bytes;
}
