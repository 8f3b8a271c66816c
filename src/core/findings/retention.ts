import * as l10n from "@vscode/l10n";
import type { Conversation, SessionFile, Window } from "../conversation/model";
import type { ArchiveReason } from "../names/fileName";
import { evidence } from "../evidence/evidence";
import type { Evidence, NonEmpty } from "../evidence/evidence";
import type { VersionRange } from "../locations/versionRange";
import type { StoreRow } from "../store/storeRow";
import { parseDuration } from "../surroundings/duration";
import type { ConfigFacts, Configured, VersionFact } from "../surroundings/surroundings";
import { within } from "../surroundings/versionFact";

/** How long archives are kept, and by which rule. */
export interface Retention {
  /** Milliseconds from the stamp in the archive's name; its file time does not matter. */
  readonly keptMs: number;
  /** False where the version is not known and versions differ. */
  readonly known: boolean;
  readonly evidence: NonEmpty<Evidence>;
}

/** From when on one archive is deleted: the same judgement for findings and for reports. */
export interface Deadline {
  readonly file: SessionFile;
  /** Epoch ms from which on the next message deletes it. */
  readonly at: number;
  readonly retention: Retention;
}

export type Retentions = Readonly<Record<ArchiveReason, Retention | undefined>>;

/** `version` is that of the OpenClaw that works on the state directory now: it decides, not the one that made the archive. */
export function retentionsOf(version: VersionFact, config: ConfigFacts | undefined): Retentions {
  const of = (reason: ArchiveReason): Retention | undefined => retentionOf(reason, version, config);
  return { reset: of("reset"), deleted: of("deleted"), bak: of("bak") };
}

/** Undefined: no rule deletes that file. `written`: when the agent's index was written last, epoch ms. */
export function deadlineOf(file: SessionFile, retentions: Retentions, written: number): Deadline | undefined {
  const { name, kept } = file;
  // Its clean-up looks into sessions directories only.
  if (kept !== undefined) return undefined;
  // Only OpenClaw's own form of the stamp is recognised by its clean-up.
  if (name.kind !== "archive" || name.at === undefined || name.stampForm !== "iso") return undefined;
  const retention = retentions[name.reason];
  if (retention === undefined) return undefined;
  const at = name.at + retention.keptMs;
  // The index was written since and the archive is still here: whatever was configured then, this rule did not apply.
  return written - at < DAY_MS ? { file, at, retention } : undefined;
}

/** When OpenClaw last wrote the index of an agent: the moments at which it deletes archives. Epoch ms. */
export function lastWriteOf(conversations: readonly Conversation[], now: number): number {
  let last = -Infinity;
  for (const conversation of conversations) {
    const at = writtenAt(conversation);
    if (at > last && at <= now) last = at;
  }
  return last;
}

function writtenAt({ row, windows }: Conversation): number {
  const at = row?.updatedAt;
  if (row === undefined || at === undefined) return -Infinity;
  if (!isAsRestored(row, windows)) return at;
  // OpenClaw writes the index with every message, so what was said before in any of its windows still tells.
  return Math.max(...windows.map(({ lastAt }) => (lastAt !== undefined && lastAt < at ? lastAt : -Infinity)));
}

/**
 * A restore gives its entry one moment in all three fields, and deletes nothing; so it stays until somebody speaks. An entry that
 * OpenClaw began may look the same before the first message: it is then judged by what was said before, which errs to a warning.
 */
function isAsRestored(
  { updatedAt, sessionStartedAt, lastInteractionAt }: StoreRow,
  windows: readonly Window[],
): boolean {
  if (updatedAt === undefined || sessionStartedAt !== updatedAt || lastInteractionAt !== updatedAt) return false;
  const current = windows.find(({ kind }) => kind === "live" || kind === "missing");
  return current?.kind === "missing" || (current?.lastAt !== undefined && current.lastAt < updatedAt);
}

const DAY_MS = 86_400_000;
const DEFAULT_MS = 30 * DAY_MS;

/** `session.maintenance.mode` is `enforce` unless it is configured; before that `warn`, which deletes nothing. */
const enforcing: VersionRange = { from: "2026.4.20", until: "2026.7.35" };
/** There is such a thing as maintenance. */
const maintaining: VersionRange = { from: "2026.2.9", until: "2026.7.35" };
/** Archives of resets are kept for ever unless `resetArchiveRetention` says otherwise. */
const keeping: VersionRange = { from: "2026.7.2-beta.1", until: undefined };

/** `session.maintenance.resetArchiveRetention` may be written; older gateways do not start with it ("Unrecognized key"). */
export const resetRetentionKey: VersionRange = { from: "2026.2.23", until: undefined };

/** Undefined: archives of that kind are not deleted by age. `.bak.` copies never are. */
export function retentionOf(
  reason: ArchiveReason,
  version: VersionFact,
  config: ConfigFacts | undefined,
): Retention | undefined {
  if (reason === "bak") return undefined;
  const maintenance = config?.maintenance;
  const mode = maintenance?.mode;
  if (mode !== undefined && mode.value !== "enforce") return undefined;

  const keeps = within(version, keeping);
  const inForce = within(version, mode === undefined ? enforcing : maintaining);
  const own = reason === "reset" ? maintenance?.resetArchiveRetention : undefined;
  if (own?.value === false) return undefined;
  // From 2026.8 on an archive goes only where somebody said so.
  if (inForce === "no" && !(keeps !== "no" && own !== undefined)) return undefined;

  const configured = own ?? maintenance?.pruneAfter;
  const duration = durationOf(configured);
  const certainty = { known: inForce === "yes" || (keeps === "yes" && own !== undefined) };
  const versionEvidence = version.kind === "unknown" ? [] : version.evidence;
  if (configured !== undefined && duration !== undefined) {
    const name = own === undefined ? "session.maintenance.pruneAfter" : "session.maintenance.resetArchiveRetention";
    const said = l10n.t("{0} is {1}.", name, String(configured.value));
    return {
      keptMs: duration,
      ...certainty,
      evidence: [evidence("config", () => said, configured.place), ...versionEvidence],
    };
  }
  return {
    keptMs: DEFAULT_MS,
    ...certainty,
    evidence: [
      evidence("default", () =>
        l10n.t(
          "Where nothing is configured, OpenClaw {0} to {1} deletes archives of resets and of deleted sessions 30 days after the stamp in their names.",
          enforcing.from,
          enforcing.until ?? "",
        ),
      ),
      ...versionEvidence,
    ],
  };
}

/** A number counts days. What OpenClaw cannot read either is as good as absent. */
function durationOf(configured: Configured<string | number | false> | undefined): number | undefined {
  if (configured === undefined || configured.value === false) return undefined;
  return parseDuration(configured.value, "d");
}
