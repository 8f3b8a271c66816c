import * as l10n from "@vscode/l10n";
import { marks } from "../core/render/marks";
import { formatTime } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import type { Place } from "./findPlace";
import type { DocumentContent, OwnLink } from "./documentContent";

/**
 * Says at the end of an earlier window that the conversation went on, and where. A reader who had the window open while it
 * was reset finds the sentence below the text he was reading.
 */
export function withNotices(content: DocumentContent, place: Place, timeZone: string | undefined): DocumentContent {
  const { conversation, window } = place;
  const current = conversation?.windows.find(({ kind }) => kind === "live");
  if (!current?.primary || current === window || window.archivedAt === undefined) return content;

  const at = formatTime(window.archivedAt, { timeZone, offset: true });
  const sentence = l10n.t(
    "This window ended at {0} ({1}); the conversation went on in a new one.",
    at,
    kindName(window.kind),
  );
  const open = l10n.t("Open the current window");
  const startCharacter = `${marks.later} ${sentence} `.length;
  const link: OwnLink = {
    // The text ends in a line break, so its last line is empty and a new one begins there.
    line: content.text.split("\n").length - 1,
    startCharacter,
    endCharacter: startCharacter + open.length,
    target: { kind: "current-window", file: current.primary.path, windowId: current.windowId },
    tooltip: open,
  };
  return { ...content, text: `${content.text}${marks.later} ${sentence} ${open}\n`, links: [...content.links, link] };
}
