import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../../evidence/evidence";
import { archiveReason, endedFile, iso, lastEntry, usable, versionEvidence } from "../compared";
import { parseSessionKey } from "../../names/sessionKey";
import { excluded, type Judgement, likely, possible, silent } from "../judgement";
import { onlyIfExcluded } from "../onlyIfExcluded";
import { ranges, versionIn } from "../ranges";
import type { RotationFacts, RowBefore } from "../rotationFacts";
import { judgeCommand } from "./command";
import { judgeDaily } from "./daily";
import { judgeIdle } from "./idle";
import { judgeRpc } from "./rpc";

/**
 * A main session whose row looks ended, and whose transcript is newer than the row, is not used again: the next message begins
 * another one, whatever the policy says (2026.7.1–7.35).
 */
export function judgeEndedRow(facts: RotationFacts): Judgement {
  const { conversation } = facts.boundary;
  if (conversation === undefined || parseSessionKey(conversation.key).about.kind !== "main") return silent;
  if (archiveReason(facts.boundary) !== "reset") return silent;
  if (versionIn(facts, ranges.endedRowPerhaps) === "no") return silent;

  const { rowBefore } = facts;
  if (rowBefore !== undefined) return judgeRow(facts, rowBefore);
  if (versionIn(facts, ranges.endedRow) !== "yes") return silent;
  const others = onlyIfExcluded(facts, [judgeDaily, judgeIdle, judgeCommand, judgeRpc]);
  if (others === undefined) return silent;
  const rule = evidence("default", () =>
    l10n.t(
      "OpenClaw 2026.7 does not go on with a main session whose row looks ended and whose transcript is newer than the row; what else resets a session is excluded.",
    ),
  );
  return possible("ended-row", [rule, ...others, ...versionEvidence(facts)], {
    missing: [
      l10n.t("The store's row as it was before the reset would settle it; the inspector keeps it while it runs."),
    ],
  });
}

function judgeRow(facts: RotationFacts, { row, place, keptAt, from }: RowBefore): Judgement {
  const source = from === "store-backup" ? "store-backup" : "reset-record";
  const recordedAt = from === "reset-record" ? keptAt : undefined;
  const { status } = row;
  const endedAt = row.rest["endedAt"];
  const isOver = status === "done" || status === "failed";
  const looksEnded = !isOver && (status === "killed" || status === "timeout" || typeof endedAt === "number");
  const told = evidence(
    source,
    () =>
      l10n.t(
        "The store's row before had the status {0} and was updated {1}.",
        status ?? l10n.t("(none)"),
        row.updatedAt === undefined ? l10n.t("unknown time") : iso(row.updatedAt),
      ),
    place,
    recordedAt,
  );
  if (!looksEnded) return excluded("ended-row", [told]);

  const newer = newerThan(facts, usable(row.updatedAt));
  if (newer === undefined) return silent;
  if (!newer.is) return excluded("ended-row", [told, newer.text]);
  const confirm = versionIn(facts, ranges.endedRow) === "yes" ? likely : possible;
  return confirm("ended-row", [told, newer.text, ...versionEvidence(facts)]);
}

/** Whether the transcript was written after the row; by its last entry, or by the file's time where that is later. */
function newerThan(
  facts: RotationFacts,
  updatedAt: number | undefined,
): { readonly is: boolean; readonly text: Evidence } | undefined {
  const entry = lastEntry(facts);
  const file = endedFile(facts.boundary);
  const { at } = facts.boundary;
  if (updatedAt === undefined || entry === undefined || file === undefined) return undefined;
  const touched = usable(file.mtimeMs);
  const isPlausible = touched !== undefined && at !== undefined && touched <= at && touched >= entry.at;
  const written = isPlausible ? touched : entry.at;
  const is = written > updatedAt;
  const say = (): string =>
    is
      ? l10n.t("Its transcript was written {0}, after that.", iso(written))
      : l10n.t("Its transcript was written {0}, not after that.", iso(written));
  return { is, text: evidence(isPlausible ? "file-attributes" : "transcript", say, { file: file.path }) };
}
