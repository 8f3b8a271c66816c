import { parseArchiveStamp, parsePrefixStamp } from "./archiveStamp";
import type { ArchiveName, ArchiveReason, FileName, SideName } from "./fileName";

/**
 * Tells a file of a sessions directory by its base name, OpenClaw 2026.1 – 2026.9. Names of the two directories that can
 * lie there, `skills-prompts` and `cold`, are known as well.
 *
 * The order is part of the grammar: from the most telling suffix to the least, so that nothing is taken for a transcript
 * that merely ends in `.jsonl`. What no pattern knows is `unknown`: shown, never touched.
 */
export function parseFileName(base: string): FileName {
  return (
    parseUsual(base) ??
    parseLeftover(base) ??
    parseStoreFile(base) ??
    parseSideFile(base) ??
    parseCheckpoint(base) ??
    parseArchive(base) ??
    parseTranscript(base) ?? { kind: "unknown", base }
  );
}

/** The base name that `parseFileName` reads as `name`. */
export function formatFileName(name: FileName): string {
  switch (name.kind) {
    case "transcript":
      return `${name.stem}.jsonl`;
    case "archive":
      return (
        `${name.stem}.jsonl.${name.reason}.${name.stamp}` +
        (name.generation === undefined ? "" : `.${name.generation}`) +
        (name.zst ? ".zst" : "")
      );
    case "checkpoint":
      return `${name.stem}.checkpoint.${name.uuid}.jsonl`;
    case "trajectory":
      return `${name.stem}.trajectory.jsonl`;
    case "side":
    case "unknown":
      return name.base;
  }
}

const uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

/**
 * Nearly every name is a bare UUID, live or archived, and means the same by the whole grammar below. Ten thousand of them stand
 * before the first tree, so these are told by one pattern that never backtracks.
 */
const usualPattern = new RegExp(
  `^(${uuid})\\.jsonl(?:\\.(reset|deleted|bak)\\.(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}Z))?$`,
);

function parseUsual(base: string): FileName | undefined {
  const match = usualPattern.exec(base);
  if (!match) return undefined;
  const [, id = "", reason, stamp] = match;
  const ofSession = { base, stem: id, sessionId: id, topic: undefined, prefixAt: undefined };
  if (reason === undefined || stamp === undefined) return { kind: "transcript", ...ofSession };
  return {
    kind: "archive",
    reason: reason as ArchiveReason,
    ...ofSession,
    ...parseStamp(stamp),
    stamp,
    generation: undefined,
    zst: false,
  };
}

/** Suffixes that make anything a left-over. Each is anchored at the end: ids may contain dots, so `a.lock.jsonl` is a transcript. */
const leftovers: readonly (readonly [RegExp, SideName["role"]])[] = [
  [/\.lock$/s, "lock"],
  [/\.tmp$/s, "temporary"],
  // `<file>.bak-<pid>-<ms>` (automatic repair). Digits to the end, or `x.bak-1-2.jsonl` would be taken for a backup.
  [/\.bak-\d+-\d+$/s, "repair-backup"],
  // `<file>.pre-doctor-branch-repair-<ts>.bak`. Not any `.bak`: one that people made is theirs, and unknown to us.
  [/\.pre-doctor-[a-z-]+-repair-[^/]*\.bak$/s, "repair-backup"],
  [/\.migrated(?:\.\d+)?$/s, "migrated"],
];

function parseLeftover(base: string): SideName | undefined {
  const found = leftovers.find(([pattern]) => pattern.test(base));
  return found && { kind: "side", base, role: found[1] };
}

function parseStoreFile(base: string): SideName | undefined {
  if (base === "sessions.json") return { kind: "side", base, role: "store" };
  // The dot after `json` keeps `sessions.jsonl` out: that is the transcript of a session called "sessions".
  if (!base.startsWith("sessions.json.")) return undefined;
  const backup = /^sessions\.json\.bak\.(\d{13})$/.exec(base);
  if (backup) return { kind: "side", base, role: "store-backup", at: Number(backup[1]) };
  return { kind: "side", base, role: "store-side-file" };
}

function parseSideFile(base: string): FileName | undefined {
  if (base === "skills-prompts") return { kind: "side", base, role: "skills-prompts" };
  if (base === "cold") return { kind: "side", base, role: "cold-storage" };
  if (base.startsWith(".")) return undefined;
  // Before plain `.jsonl`: traces and ACP streams end in it and are no transcripts.
  const trajectory = /^(.+)\.trajectory\.jsonl$/s.exec(base);
  if (trajectory?.[1] !== undefined) {
    return { kind: "trajectory", base, stem: trajectory[1], sessionId: parseStem(trajectory[1]).sessionId };
  }
  if (/.\.trajectory-path\.json$/s.test(base)) return { kind: "side", base, role: "trajectory-pointer" };
  if (/.\.acp-stream\.jsonl$/s.test(base)) return { kind: "side", base, role: "acp-stream" };
  if (/.\.jsonl\.codex-app-server\.json$/s.test(base)) return { kind: "side", base, role: "codex-side-car" };
  return undefined;
}

/** A full UUID is asked for: a session may well be called `release.checkpoint.2`. */
const checkpointPattern = new RegExp(`^(.+)\\.checkpoint\\.(${uuid})\\.jsonl$`, "s");
const archivedCheckpoint = new RegExp(`\\.checkpoint\\.${uuid}$`);

function parseCheckpoint(base: string): FileName | undefined {
  const match = checkpointPattern.exec(base);
  if (base.startsWith(".") || match?.[1] === undefined || match[2] === undefined) return undefined;
  return { kind: "checkpoint", base, stem: match[1], sessionId: parseStem(match[1]).sessionId, uuid: match[2] };
}

/**
 * The first group is greedy, so the LAST `.jsonl.<reason>.` counts: an archive that was restored under its own name and
 * deleted again carries two. After the reason anything goes; the suffix was reshaped twice (2026.7.2: generation, `.zst`).
 */
const archivePattern = /^(.+)\.jsonl\.(reset|deleted|bak)\.(.+?)(?:\.([0-9a-f]{32}))?(\.zst)?$/s;

function parseArchive(base: string): ArchiveName | undefined {
  if (base.startsWith(".")) return undefined;
  const match = archivePattern.exec(base);
  if (!match) return undefined;
  const [, stem = "", reason, stamp = "", generation, zst] = match;
  // An archived trace or ACP stream is no archived transcript.
  if (/\.(?:trajectory|acp-stream)$/.test(stem)) return undefined;
  return {
    kind: "archive",
    base,
    reason: reason as ArchiveReason,
    stem,
    // A checkpoint that was archived in its turn still belongs to its session.
    ...parseStem(stem.replace(archivedCheckpoint, "")),
    ...parseStamp(stamp),
    stamp,
    generation,
    zst: zst !== undefined,
  };
}

function parseStamp(stamp: string): Pick<ArchiveName, "at" | "stampForm"> {
  const at = parseArchiveStamp(stamp);
  if (at !== undefined) return { at, stampForm: "iso" };
  // 13 digits are the years 2001 – 2286 in milliseconds: no counter and no date is taken for a time.
  if (/^\d{13}$/.test(stamp)) return { at: Number(stamp), stampForm: "epoch" };
  return { at: undefined, stampForm: "other" };
}

function parseTranscript(base: string): FileName | undefined {
  // Not `._<id>.jsonl`, which macOS leaves on foreign disks: that is no transcript.
  if (!base.endsWith(".jsonl") || base.startsWith(".")) return undefined;
  const stem = base.slice(0, -".jsonl".length);
  return { kind: "transcript", base, stem, ...parseStem(stem) };
}

/** `[<prefix stamp>_]<session id>[-topic-<topic>]`. */
function parseStem(stem: string): { sessionId: string; topic: string | undefined; prefixAt: number | undefined } {
  // A full stamp is asked for: ids may contain `_` only after hand-made renames, but then they are still ids.
  const separator = stem.indexOf("Z_") + 1;
  const prefixAt =
    separator > 0 && separator + 1 < stem.length ? parsePrefixStamp(stem.slice(0, separator)) : undefined;
  const rest = prefixAt === undefined ? stem : stem.slice(separator + 1);

  // The first `-topic-` ends the id. Where nothing stands before or after it, it is part of the id.
  const topicAt = rest.indexOf("-topic-", 1);
  const topic = topicAt > 0 ? rest.slice(topicAt + "-topic-".length) : "";
  if (topic === "") return { sessionId: rest, topic: undefined, prefixAt };
  return { sessionId: rest.slice(0, topicAt), topic: decodeTopic(topic), prefixAt };
}

function decodeTopic(topic: string): string {
  try {
    return decodeURIComponent(topic);
  } catch {
    return topic; // `%` that encodes nothing: the text as written is the best name there is
  }
}
