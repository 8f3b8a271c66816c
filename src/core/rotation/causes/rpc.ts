import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NamingRecord, type NonEmpty, record } from "../../evidence/evidence";
import {
  archiveReason,
  endedFile,
  headerOf,
  iso,
  isOfIsolatedRun,
  nextHeader,
  nextOpening,
  usable,
  versionEvidence,
} from "../compared";
import { emptiedRow } from "../emptiedRow";
import { certain, excluded, type Judgement, likely, possible, silent } from "../judgement";
import { loggedCall } from "../logLines";
import { otherMeant, whichRelease } from "../namedByLog";
import { onlyIfExcluded } from "../onlyIfExcluded";
import { ranges, versionIn } from "../ranges";
import type { RotationFacts } from "../rotationFacts";
import { judgeDaily } from "./daily";
import { judgeIdle } from "./idle";

/** One operation wrote stamp and header; a turn takes 7 ms at the very least (recorded: 0–1 ms and 7 ms). */
const ONE_OPERATION_MS = 2;
/** A header that stood alone got its first entry later than any turn writes its own (recorded: 142 ms and 28 ms). */
const STOOD_ALONE_MS = 80;
/** A call that writes the header at once does so within this, even on a slow disk, ms. */
const AT_ONCE_MS = 2_000;

/** A client called `sessions.reset`: a button, the terminal interface, a script. */
export function judgeRpc(facts: RotationFacts): Judgement {
  if (archiveReason(facts.boundary) !== "reset" || isOfIsolatedRun(facts)) return silent;
  const call = loggedCall(facts, "sessions.reset", "reset");
  const reused = reusedName(facts);
  const atOnce = headerAtOnce(facts);
  const dropped = familyDropped(facts);
  const marks = [...(reused === undefined ? [] : [reused]), ...(atOnce === undefined ? [] : [atOnce]), ...dropped];
  const kept = familyKept(facts);
  const against = kept === undefined ? [] : [kept];
  if (call?.isSole === true) {
    const doubts = { against: [...against, ...(exclusion(facts) ?? [])] };
    if (doubts.against.length === 0) return certain("rpc", call.line, marks);
    return likely("rpc", [call.line, ...marks, ...versionEvidence(facts)], doubts);
  }
  const judgement = byMarks(facts, { reused, atOnce, dropped, kept });
  if (call === undefined || judgement.kind !== "silent") return judgement;
  return possible("rpc", [call.line, ...versionEvidence(facts)], { missing: [otherMeant()] });
}

interface Marks {
  readonly reused: NamingRecord | undefined;
  readonly atOnce: NamingRecord | undefined;
  readonly dropped: readonly Evidence[];
  readonly kept: Evidence | undefined;
}

/** What the call leaves on disk, without a line that tells of it. */
function byMarks(facts: RotationFacts, { reused, atOnce, dropped, kept }: Marks): Judgement {
  if (reused !== undefined) {
    const more = [...(atOnce === undefined ? [] : [atOnce]), ...dropped, ...versionEvidence(facts)];
    if (kept !== undefined) return likely("rpc", [reused, ...more], { against: [kept] });
    if (versionIn(facts, ranges.rpcReusesName) === "yes") return certain("rpc", reused, more);
    // What restores a session writes such a file too, with another time in its header.
    const confirm = atOnce === undefined ? possible : likely;
    return confirm("rpc", [reused, ...more], { missing: [whichRelease()] });
  }
  if (kept !== undefined) return excluded("rpc", [kept]);
  if (atOnce !== undefined) {
    const known = [...dropped, ...foreignDirectory(facts), ...versionEvidence(facts)];
    if (versionIn(facts, ranges.rpcHeaderAtOnce) === "no") return possible("rpc", [atOnce, ...known]);
    return dropped.length === 0 ? likely("rpc", [atOnce, ...known]) : certain("rpc", atOnce, known);
  }
  const emptied = versionIn(facts, ranges.rpcNoFile) === "no" ? undefined : emptiedRow(facts);
  if (emptied !== undefined) {
    const confirm = versionIn(facts, ranges.rpcNoFile) === "yes" ? likely : possible;
    return confirm("rpc", [emptied, ...versionEvidence(facts)], { missing: [settledByLog()] });
  }
  const because = exclusion(facts);
  return because === undefined ? byElimination(facts) : excluded("rpc", because);
}

/** 2026.3.28–5.7: the next session is written into a file with the name of the old one, so that name and header differ. */
function reusedName(facts: RotationFacts): NamingRecord | undefined {
  const { archive, from, to } = facts.boundary;
  // What restores a session may write such a file with any release.
  if (versionIn(facts, ranges.rpcReusesName) === "no") return undefined;
  const file = to?.primary;
  if (to === undefined || file === undefined || archive?.name.kind !== "archive") return undefined;
  const { name } = file;
  if (!("stem" in name) || name.stem !== archive.name.stem) return undefined;
  if (to.sessionId === from.sessionId || !("sessionId" in name) || name.sessionId === to.sessionId) return undefined;
  return record(
    "file-name",
    () =>
      l10n.t(
        "The next session, {0}, is written into a file with the old name, {1}: only sessions.reset of OpenClaw 2026.3.28 to 2026.5.7 does that.",
        to.sessionId,
        name.base,
      ),
    { file: file.path, line: 1 },
  );
}

/** 2026.3.28–7.35: the header of the next transcript is written with the rename, alone. */
function headerAtOnce(facts: RotationFacts): NamingRecord | undefined {
  const { at, atFrom, to } = facts.boundary;
  const header = nextHeader(facts);
  if (at === undefined || header === undefined || atFrom !== "archive-stamp") return undefined;
  if (Math.abs(header.at - at) > ONE_OPERATION_MS) return undefined;
  const firstAt = usable(to?.primary?.head?.firstAt ?? to?.primary?.index?.firstAt);
  if (firstAt !== undefined && firstAt - header.at < STOOD_ALONE_MS) return undefined;
  if (firstAt === undefined && to?.primary?.head?.firstEntryId !== undefined) return undefined;
  return record(
    "transcript",
    () =>
      firstAt === undefined
        ? l10n.t(
            "The next transcript is a header of {0} alone, written with the reset of {1}; a turn writes its header later and never alone.",
            iso(header.at),
            iso(at),
          )
        : l10n.t(
            "The header of the next transcript, {0}, was written with the reset of {1} and stood alone until {2}; a turn writes its header later and never alone.",
            iso(header.at),
            iso(at),
            iso(firstAt),
          ),
    header.place,
  );
}

/** Chat, daily and idle resets keep the list of earlier ids. Only what is still in the row speaks. */
function familyKept(facts: RotationFacts): Evidence | undefined {
  const row = facts.boundary.conversation?.row;
  const { sessionId } = facts.boundary.from;
  if (row === undefined || row.sessionId === sessionId || !row.usageFamilySessionIds.includes(sessionId))
    return undefined;
  if (versionIn(facts, ranges.usageFamily) === "no") return undefined;
  return evidence("store", () =>
    l10n.t("The store row still lists session {0} (usageFamilySessionIds); sessions.reset drops that list.", sessionId),
  );
}

/** The list begins after this boundary: the call emptied it. Of the newest boundary only, or where the list goes on. */
function familyDropped(facts: RotationFacts): Evidence[] {
  const { conversation, from, to } = facts.boundary;
  const row = conversation?.row;
  if (row === undefined || to === undefined || versionIn(facts, ranges.usageFamily) !== "yes") return [];
  const ids = row.usageFamilySessionIds;
  if (ids.includes(from.sessionId) || !(row.sessionId === to.sessionId || ids.includes(to.sessionId))) return [];
  return [
    evidence("store", () =>
      l10n.t(
        "The store row does not list session {0} among its earlier ones (usageFamilySessionIds); /new, daily and idle resets would have put it there.",
        from.sessionId,
      ),
    ),
  ];
}

/** The call writes the gateway's own working directory into the header, a turn that of the agent. */
function foreignDirectory({ boundary: { from, to, archive } }: RotationFacts): Evidence[] {
  const before = (archive ?? from.primary)?.head?.cwd;
  const file = to?.primary;
  const after = file?.head?.cwd;
  if (file === undefined || before === undefined || after === undefined || before === after) return [];
  const say = (): string => l10n.t("Its header names another working directory than the one before.");
  return [evidence("transcript", say, { file: file.path, line: 1 })];
}

function exclusion(facts: RotationFacts): NonEmpty<Evidence> | undefined {
  const { at, archive, to } = facts.boundary;
  const file = to?.primary;
  const header = file && headerOf(file);
  if (at === undefined || to === undefined || file === undefined || header === undefined) return undefined;
  const { name } = file;
  const isOwnName = "sessionId" in name && name.sessionId === to.sessionId;
  if (versionIn(facts, ranges.rpcReusesName) === "yes" && isOwnName && archive !== undefined) {
    const say = (): string =>
      l10n.t(
        "The next transcript has its own name, {0}; sessions.reset of OpenClaw 2026.3.28 to 2026.5.7 writes into a file with the old name.",
        name.base,
      );
    return [evidence("file-name", say, { file: file.path }), ...versionEvidence(facts)];
  }
  if (versionIn(facts, ranges.rpcHeaderAtOnce) === "yes" && isTurnsHeader(facts, header.at - at)) {
    const say = (): string =>
      l10n.t(
        "The next transcript began {0}, after the reset of {1}, and with a turn; from OpenClaw 2026.3.28 on sessions.reset writes its header at once.",
        iso(header.at),
        iso(at),
      );
    return [evidence("transcript", say, header.place), ...versionEvidence(facts)];
  }
  return undefined;
}

/** Written by a turn: with its first entry, or too late for the call. */
function isTurnsHeader({ boundary: { to } }: RotationFacts, delay: number): boolean {
  if (delay > AT_ONCE_MS) return true;
  const headerAt = usable(to?.primary?.head?.headerAt);
  const firstAt = usable(to?.primary?.head?.firstAt);
  return (
    delay > ONE_OPERATION_MS && headerAt !== undefined && firstAt !== undefined && firstAt - headerAt < STOOD_ALONE_MS
  );
}

/**
 * Up to 2026.3.24 the call writes no file, so nothing shows it but that nothing else can have been: an archive, no policy that
 * was due, and a first message that is no command. Its stamp keeps out later releases that have other causes.
 */
function byElimination(facts: RotationFacts): Judgement {
  if (versionIn(facts, ranges.rpcNoFile) === "no") return silent;
  const placed = nextOpening(facts);
  if (placed?.opening.speaker !== "user" || !placed.opening.stamped) return silent;
  const others = onlyIfExcluded(facts, [judgeDaily, judgeIdle]);
  if (others === undefined) return silent;
  const typed = evidence(
    "transcript",
    () =>
      l10n.t("The first message of the next transcript carries its stamp, so it is not the text of a /new or /reset."),
    placed.place,
  );
  const file = endedFile(facts.boundary);
  const made = evidence(
    "file-name",
    () =>
      l10n.t(
        "{0} is an archive: up to OpenClaw 2026.3.24 only a command, a policy or sessions.reset makes one, and the first two are excluded.",
        file?.name.base ?? "",
      ),
    file && { file: file.path },
  );
  return possible("rpc", [made, typed, ...others, ...versionEvidence(facts)], {
    missing: [settledByLog()],
  });
}

function settledByLog(): string {
  return l10n.t("A line of the gateway's log that names sessions.reset would settle it; fast calls are not logged.");
}
