import * as l10n from "@vscode/l10n";
import { type NamingRecord, record } from "../evidence/evidence";
import { iso } from "./compared";
import { nearestOwn } from "./nearestOwn";
import type { CommandRecord, RotationFacts } from "./rotationFacts";

/** A line of the command log belongs to a reset within so much of it, ms. */
const SAME_COMMAND_MS = 10_000;
/** One that names no conversation, ms. */
const AT_ONCE_MS = 2_000;

export interface OwnCommand {
  readonly line: NamingRecord;
  /** It names this conversation, or no other end can be meant. */
  readonly isSole: boolean;
}

/** One line is about one reset, the nearest: of its conversation where it names one, else of any that could be meant. */
export function commandLine(facts: RotationFacts): OwnCommand | undefined {
  const { at, conversation } = facts.boundary;
  if (at === undefined) return undefined;
  const { beside = [] } = facts;
  const commands = facts.commands.filter(({ action }) => action === "new" || action === "reset");
  const keyed = commands.filter(({ sessionKey }) => sessionKey !== undefined && sessionKey === conversation?.key);
  const ofKey = beside.filter(({ key }) => key === conversation?.key).map((end) => end.at);
  const named = nearestOwn(at, keyed, ofKey, SAME_COMMAND_MS);
  if (named !== undefined) return { line: commandRecord(facts, named.line), isSole: named.isSole };

  const keyless = commands.filter(({ sessionKey }) => sessionKey === undefined || conversation === undefined);
  const all = beside.map((end) => end.at);
  const found = nearestOwn(at, keyless, all, SAME_COMMAND_MS);
  if (found === undefined) return undefined;
  // A line that names a key is about that conversation, and of this transcript none is known.
  const isOwn = found.isSole && found.line.sessionKey === undefined && Math.abs(found.line.at - at) <= AT_ONCE_MS;
  return { line: commandRecord(facts, found.line), isSole: isOwn };
}

function commandRecord({ resetRecord }: RotationFacts, line: CommandRecord): NamingRecord {
  return record(
    "commands-log",
    () => l10n.t("commands.log has /{0} at {1}.", line.action, iso(line.at)),
    line.place,
    resetRecord?.commands.includes(line) === true ? resetRecord.recordedAt : undefined,
  );
}
