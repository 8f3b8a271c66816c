import * as l10n from "@vscode/l10n";
import { type Evidence, evidence, type NamingRecord, type NonEmpty, record } from "../evidence/evidence";
import { iso } from "./compared";
import { isGoneFile } from "./goneFile";
import type { Cause, Rotation } from "./rotation";
import type { ResetRecord } from "./rotationFacts";

/** What is told of a reset that was seen, where files of it are gone: nothing leads to what is not there. */
export function withoutGoneFiles(rotation: Rotation): Rotation {
  const { naming, archive, from, to, compared, cost } = rotation;
  const isOwn = naming?.fromSessionId === from.sessionId;
  const next = to?.primary;
  const isTranscriptGone = from.primary === undefined;
  if (naming === undefined || !isOwn || !(isTranscriptGone || isGoneFile(next))) return rotation;
  const paths = [archive, next].filter(isGoneFile).map(({ path }) => path);
  const kept = (found: Evidence): Evidence =>
    found.place === undefined || !paths.includes(found.place.file)
      ? found
      : evidence(found.source, () => found.text, undefined, naming.recordedAt);
  const all = ([first, ...others]: NonEmpty<Evidence>): NonEmpty<Evidence> => [kept(first), ...others.map(kept)];
  const gone = isTranscriptGone ? [goneSentence(naming)] : [];
  const [ended, ...others] = compared;
  return {
    ...rotation,
    to: to && isGoneFile(next) ? { ...to, primary: undefined } : to,
    causes: rotation.causes.map((cause) => withKept(cause, { kept, all, gone })),
    excluded: rotation.excluded.map(({ cause, because }) => ({ cause, because: all(because) })),
    compared: [
      kept(ended),
      ...gone.map((text) => evidence("reset-record", () => text, undefined, naming.recordedAt)),
      ...others.map(kept),
    ],
    missing: rotation.causes.length > 0 ? rotation.missing : [...gone, ...rotation.missing],
    executedBy: { ...rotation.executedBy, evidence: rotation.executedBy.evidence.map(kept) },
    cost: isTranscriptGone ? { ...cost, messages: cost.messages ?? naming.fromFile?.messages } : cost,
  };
}

function goneSentence({ fromSessionId, recordedAt }: ResetRecord): string {
  return l10n.t(
    "The transcript of session {0} is no longer on disk; it was there when the inspector saw the reset, {1}.",
    fromSessionId,
    iso(recordedAt),
  );
}

interface Kept {
  readonly kept: (found: Evidence) => Evidence;
  readonly all: (found: NonEmpty<Evidence>) => NonEmpty<Evidence>;
  readonly gone: readonly string[];
}

function withKept(cause: Cause, { kept, all, gone }: Kept): Cause {
  const against = cause.against.map(kept);
  const missing = [...cause.missing, ...gone];
  if (cause.confidence !== "certain") return { ...cause, evidence: all(cause.evidence), against, missing };
  const [naming, ...others] = cause.evidence;
  return { ...cause, evidence: [keptRecord(naming, kept), ...others.map(kept)], against, missing };
}

function keptRecord(found: NamingRecord, kept: (found: Evidence) => Evidence): NamingRecord {
  const { source, text, place, recordedAt } = kept(found);
  return place === found.place ? found : record(source, () => text, place, recordedAt);
}
