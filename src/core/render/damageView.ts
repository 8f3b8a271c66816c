import * as l10n from "@vscode/l10n";
import type { TranscriptItem } from "../transcript/entry";
import { marks } from "./marks";
import type { EntryView } from "./view";

/**
 * What is wrong with a line, where it stands, with its reason and its beginning. `lineWasRead`: what the line says was shown
 * right before; its beginning would only repeat that.
 */
export function damageView(item: TranscriptItem & { kind: "damage" }, lineWasRead: boolean): EntryView {
  const { problem, excerpt, position } = item;
  const repeats = lineWasRead && problem.code !== "line.half" && problem.code !== "line.not-json";
  const place = position.line === undefined ? l10n.t("byte {0}", position.offset) : l10n.t("line {0}", position.line);
  return {
    item,
    kind: "damage",
    shape: "line",
    mark: marks.damage,
    heading: [
      {
        text: place,
        link: { target: { kind: "raw-line", offset: position.offset }, tooltip: l10n.t("Go to this line of the file") },
      },
      { text: problem.message },
    ],
    title: problem.message,
    blocks:
      repeats || excerpt.trim() === ""
        ? []
        : [
            {
              kind: "text",
              label: l10n.t("beginning of the line"),
              text: excerpt,
              part: "excerpt",
              limit: { lines: 3, characters: 300 },
            },
          ],
  };
}
