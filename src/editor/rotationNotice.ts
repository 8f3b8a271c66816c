import * as l10n from "@vscode/l10n";
import { marks } from "../core/render/marks";
import type { Rotation } from "../core/rotation/rotation";
import { formatTime } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import { explainName } from "./explainName";
import type { Place } from "./findPlace";
import type { DocumentContent, OwnLink, OwnTarget } from "./documentContent";

/**
 * Says at the end of an earlier window that the conversation went on, where, and why it was cut. A reader who had the window
 * open while it was reset finds the sentences below the text he was reading.
 */
export function withNotices(
  content: DocumentContent,
  place: Place,
  rotation: Rotation | undefined,
  timeZone: string | undefined,
): DocumentContent {
  const { conversation, window } = place;
  const current = conversation?.windows.find(({ kind }) => kind === "live");
  const ended =
    current?.primary && current !== window && window.archivedAt !== undefined
      ? withLine(
          content,
          l10n.t(
            "This window ended at {0} ({1}); the conversation went on in a new one.",
            formatTime(window.archivedAt, { timeZone, offset: true }),
            kindName(window.kind),
          ),
          l10n.t("Open the current window"),
          { kind: "current-window", file: current.primary.path, windowId: current.windowId },
        )
      : content;
  if (!rotation || content.cause === undefined) return ended;
  const { stateDir, id: rotationId } = rotation;
  return withLine(ended, content.cause, explainName(rotation), { kind: "rotation", stateDir, rotationId });
}

/** A sentence at the end, with a link behind it. */
function withLine(content: DocumentContent, sentence: string, name: string, target: OwnTarget): DocumentContent {
  const startCharacter = `${marks.later} ${sentence} `.length;
  const link: OwnLink = {
    // The text ends in a line break, so its last line is empty and a new one begins there.
    line: content.text.split("\n").length - 1,
    startCharacter,
    endCharacter: startCharacter + name.length,
    target,
    tooltip: name,
  };
  return { ...content, text: `${content.text}${marks.later} ${sentence} ${name}\n`, links: [...content.links, link] };
}
