import * as l10n from "@vscode/l10n";
import type { NonEmpty } from "../evidence/evidence";
import type { VersionRange } from "../locations/versionRange";
import type { ResetPolicy } from "./surroundings";

/** How some versions of OpenClaw read the config of resets. */
export interface PolicyEra {
  readonly versions: VersionRange;
  /** The mode where nothing is configured. */
  readonly withoutConfig: "daily" | "none";
  /** What `mode` may be; anything else is refused with the whole config. */
  readonly modes: readonly string[];
  /** Minutes of `mode: "idle"` without `idleMinutes`; undefined: it never comes. */
  readonly idleWithoutMinutes: number | undefined;
  /** `session.idleMinutes`, and `dm` for `direct` in `resetByType`. */
  readonly legacyNames: boolean;
  readonly dailyClock: NonNullable<ResetPolicy["daily"]>["clock"];
  readonly idleClock: NonNullable<ResetPolicy["idle"]>["clock"];
  /** A whole sentence: what counts as activity. */
  readonly activity: () => string;
  readonly source: string;
}

/**
 * Oldest first. Where two overlap, the releases between those that were looked at may be of either kind.
 */
export const policyEras: NonEmpty<PolicyEra> = [
  {
    versions: { from: "2026.1.0", until: "2026.3.23" },
    withoutConfig: "daily",
    modes: ["daily", "idle"],
    idleWithoutMinutes: 60,
    legacyNames: true,
    dailyClock: "updatedAt",
    idleClock: "updatedAt",
    activity: anyTurn,
    source: "resolveSessionResetPolicy: read in 2026.1.29, 2026.2.23, 2026.3.13; recorded with 2026.3.13",
  },
  {
    versions: { from: "2026.3.14", until: "2026.4.24" },
    withoutConfig: "daily",
    modes: ["daily", "idle"],
    idleWithoutMinutes: undefined,
    legacyNames: true,
    dailyClock: "updatedAt",
    idleClock: "updatedAt",
    activity: anyTurn,
    source: "read in 2026.3.24, 2026.4.21; recorded with 2026.4.21",
  },
  {
    versions: { from: "2026.4.25", until: "2026.7.2" },
    withoutConfig: "daily",
    modes: ["daily", "idle"],
    idleWithoutMinutes: undefined,
    legacyNames: true,
    dailyClock: "sessionStartedAt",
    idleClock: "lastInteractionAt",
    activity: startAndInteraction,
    source: "read in 2026.4.25, 2026.5.18, 2026.7.35; recorded with 2026.5.18, 2026.7.35",
  },
  {
    versions: { from: "2026.7.2-beta.1", until: undefined },
    withoutConfig: "none",
    modes: ["daily", "idle", "none"],
    idleWithoutMinutes: undefined,
    legacyNames: false,
    dailyClock: "sessionStartedAt",
    idleClock: "lastInteractionAt",
    activity: startAndInteraction,
    source: "read in 2026.8.1, 2026.9.6; recorded with 2026.9.6",
  },
];

/** `atHour` where none is configured, all versions. */
export const defaultAtHour = 4;

function anyTurn(): string {
  return l10n.t(
    "Up to 2026.4.24 OpenClaw goes by when the entry of the conversation in the index was last changed (updatedAt), which any message does.",
  );
}

function startAndInteraction(): string {
  return l10n.t(
    "From 2026.4.25 on OpenClaw goes for a daily reset by when the session was started (sessionStartedAt), and for idleness by when somebody last wrote (lastInteractionAt).",
  );
}
