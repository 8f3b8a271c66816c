import * as l10n from "@vscode/l10n";
import type { ArchiveReason } from "../names/fileName";
import { evidence } from "../evidence/evidence";
import type { Evidence, NonEmpty } from "../evidence/evidence";
import type { VersionRange } from "../locations/versionRange";
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

const DAY_MS = 86_400_000;
const DEFAULT_MS = 30 * DAY_MS;

/** `session.maintenance.mode` is `enforce` unless it is configured; before that `warn`, which deletes nothing. */
const enforcing: VersionRange = { from: "2026.4.20", until: "2026.7.35" };
/** There is such a thing as maintenance. */
const maintaining: VersionRange = { from: "2026.2.9", until: "2026.7.35" };
/** Archives of resets are kept for ever unless `resetArchiveRetention` says otherwise. */
const keeping: VersionRange = { from: "2026.7.2-beta.1", until: undefined };

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
