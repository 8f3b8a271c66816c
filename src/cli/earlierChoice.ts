import * as l10n from "@vscode/l10n";
import type { Snapshot, Window } from "../core/conversation/model";
import { messageCount } from "../core/index/transcriptIndex";
import { causeName } from "../core/report/causeName";
import { spanText } from "../core/report/moment";
import type { Rotation } from "../core/rotation/rotation";
import { formatCount } from "../core/text/formatCount";
import { formatNumber } from "../core/text/formatSize";
import { isoTime } from "../core/text/formatTime";
import { kindName } from "../core/text/kindName";
import { windowsOf } from "./listedProblems";
import type { RestoreSubject } from "./restoreSubject";
import { shellWord } from "./shellWord";
import { shortNames } from "./windowNames";

/** What a session key was taken to mean where it could mean several earlier windows. */
export interface EarlierChoice {
  /** Stand above the plan: the one that was taken, and the others with their names. */
  readonly lines: readonly string[];
  /** The same in one line, to stand above the question. */
  readonly short: string;
}

/**
 * The newest one may be the few messages between two resets, and not what somebody misses. Undefined where there was nothing to
 * choose.
 */
export function earlierChoice(
  { window, stateDir, others }: RestoreSubject,
  snapshot: Snapshot,
  rotations: readonly Rotation[],
  timeZone: string | undefined,
): EarlierChoice | undefined {
  if (others.length === 0) return undefined;
  const names = shortNames(windowsOf(snapshot));
  const described = (each: Window): string =>
    `  ${shellWord(names.nameOf(each))}  ${factsOf(each, stateDir.path, rotations, timeZone)}`;
  const shown = others.slice(0, SHOWN);
  const count = formatNumber(others.length + 1);
  return {
    lines: [
      l10n.t("Of {0} earlier windows this is the newest:", count),
      described(window),
      l10n.t("The others (`openclaw-sessions restore <id>` gives one of these back instead):"),
      ...shown.map(described),
      ...(others.length > shown.length
        ? [`  ${l10n.t("… and {0} more; `openclaw-sessions list --all` names them", others.length - shown.length)}`]
        : []),
    ],
    short: l10n.t(
      "The newest of {0} earlier windows. Others: {1}",
      count,
      [...others.slice(0, IN_SHORT).map((each) => names.nameOf(each)), ...(others.length > IN_SHORT ? ["…"] : [])].join(
        ", ",
      ),
    ),
  };
}

const SHOWN = 10;
const IN_SHORT = 3;

/** `2026-07-21 09:00 – 09:30 · 4 messages · daily reset`. */
function factsOf(
  { windowId, kind, primary, firstAt, lastAt }: Window,
  stateDir: string,
  rotations: readonly Rotation[],
  timeZone: string | undefined,
): string {
  const rotation = rotations.find((each) => each.stateDir === stateDir && each.from.windowId === windowId);
  const cause = rotation?.causes[0]?.cause;
  return [
    spanText(firstAt, lastAt, timeZone),
    ...(primary?.index ? [formatCount("message", messageCount(primary.index.roles))] : []),
    cause === undefined ? kindName(kind) : causeName(cause),
  ].join(" · ");
}

/** `others` of `restore --json` (docs/cli.md). */
export function othersJson({ others }: RestoreSubject) {
  return others.map(({ windowId, sessionId, kind, primary, firstAt, lastAt }) => ({
    windowId,
    sessionId,
    kind,
    file: primary?.path ?? null,
    messages: primary?.index ? messageCount(primary.index.roles) : null,
    firstAt: isoTime(firstAt) ?? null,
    lastAt: isoTime(lastAt) ?? null,
  }));
}
