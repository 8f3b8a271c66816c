import * as l10n from "@vscode/l10n";
import type { HoverSpan } from "../core/render/rendered";
import type { Rotation } from "../core/rotation/rotation";
import { formatNumber } from "../core/text/formatSize";
import { visibleLine } from "../core/text/visibleText";
import type { DocumentContent } from "./documentContent";

/** The header of a transcript has a handful of lines. */
const headerLines = 8;

/** The evidence, on hover over each line of ours that says why the window ended: in the header and in the notice at the end. */
export function withWhy(content: DocumentContent, rotation: Rotation): DocumentContent {
  const { text, links } = content;
  const cause = content.cause ?? content.before;
  if (cause === undefined) return content;
  const lines = text.split("\n");
  const said = (line: number): readonly HoverSpan[] => {
    const startCharacter = lines[line]?.indexOf(cause) ?? -1;
    if (startCharacter < 0) return [];
    return [{ line, startCharacter, endCharacter: startCharacter + cause.length, text: evidenceText(rotation) }];
  };
  const notice = links.findLast(({ target }) => target.kind === "rotation")?.line ?? lines.length;
  const header = lines.slice(0, headerLines).flatMap((_, line) => (line === notice ? [] : said(line)));
  return { ...content, hovers: [...header, ...content.hovers, ...said(notice)] };
}

/** Lines of a hover, and characters of one: the whole is one click away. */
const most = 7;
const longest = 200;

/** One thing per line; what it says comes from disk and is shown as text. */
export function evidenceText({ causes, compared, executedBy, knownIssues, missing }: Rotation): string {
  const [first] = causes;
  const lines = [...(first?.evidence ?? compared), ...executedBy.evidence].map(({ text }) => text);
  const against = (first?.against ?? []).map(({ text }) => l10n.t("Against it: {0}", text));
  const unknown = (first?.missing ?? missing).map((sentence) => l10n.t("Missing: {0}", sentence));
  const issues = knownIssues.map(({ issue, about }) => l10n.t("Matches openclaw/openclaw#{0}: {1}", issue, about));
  const all = [...new Set([...lines, ...against, ...unknown, ...issues])].map((line) => visibleLine(line, longest));
  if (all.length <= most) return all.join("\n");
  return [...all.slice(0, most), l10n.t("{0} more in the explanation.", formatNumber(all.length - most))].join("\n");
}
