import * as l10n from "@vscode/l10n";
import { formatNumber } from "./formatSize";

/** Things that are counted in front of people. One phrase each, singular and plural, so that translators see whole phrases. */
const phrases = {
  agent: () => [l10n.t("1 agent"), l10n.t("{0} agents")],
  archive: () => [l10n.t("1 archive"), l10n.t("{0} archives")],
  checkpoint: () => [l10n.t("1 checkpoint"), l10n.t("{0} checkpoints")],
  conversation: () => [l10n.t("1 conversation"), l10n.t("{0} conversations")],
  copy: () => [l10n.t("1 copy"), l10n.t("{0} copies")],
  entry: () => [l10n.t("1 entry"), l10n.t("{0} entries")],
  file: () => [l10n.t("1 file"), l10n.t("{0} files")],
  line: () => [l10n.t("1 line"), l10n.t("{0} lines")],
  message: () => [l10n.t("1 message"), l10n.t("{0} messages")],
  page: () => [l10n.t("1 page"), l10n.t("{0} pages")],
  problem: () => [l10n.t("1 problem"), l10n.t("{0} problems")],
  token: () => [l10n.t("1 token"), l10n.t("{0} tokens")],
  toolCall: () => [l10n.t("1 tool call"), l10n.t("{0} tool calls")],
  window: () => [l10n.t("1 window"), l10n.t("{0} windows")],
} as const satisfies Record<string, () => readonly [string, string]>;

export type Counted = keyof typeof phrases;

/** `formatCount("message", 1)` is `1 message`, `formatCount("entry", 12345)` is `12,345 entries`. */
export function formatCount(what: Counted, count: number): string {
  const [one, many] = phrases[what]();
  return count === 1 ? one : many.replace("{0}", formatNumber(count));
}
