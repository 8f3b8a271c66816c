import type { Evidence, NonEmpty, Place } from "../evidence/evidence";

/**
 * What a verdict depends on besides the files of a session: which OpenClaw ran, in which time zone, with which reset policy
 * and which heartbeat. Every fact says where it was learned; what is not known is said to be unknown, never guessed silently.
 */

/** Which OpenClaw was running at some moment. Versions as OpenClaw writes them, `2026.4.21`. */
export type VersionFact =
  | { readonly kind: "exact"; readonly version: string; readonly evidence: NonEmpty<Evidence> }
  /** Marks that only some versions leave. Both ends inclusive; undefined: open. */
  | {
      readonly kind: "range";
      readonly from: string | undefined;
      readonly until: string | undefined;
      readonly evidence: NonEmpty<Evidence>;
    }
  /** With evidence where marks disagree, without where there are none. */
  | { readonly kind: "unknown"; readonly evidence?: readonly Evidence[] };

/** A time zone the gateway may have run in. */
export interface ZoneCandidate {
  /** An IANA name (`Asia/Tokyo`) or a fixed offset (`+09:00`, `UTC`). */
  readonly zone: string;
  /**
   * - `log`: offset in the gateway's log · `stamp`: stamps in stored messages, or their `Current time:` lines
   * - `config`: `agents.defaults.userTimezone`, which sets the stamps and not the boundary
   * - `machine`: where we run; a guess · `utc`: servers and containers usually run in it; a guess
   */
  readonly learnedFrom: "log" | "stamp" | "config" | "machine" | "utc";
  /** Seen from the gateway itself at about that time. When false it is an assumption. */
  readonly known: boolean;
  readonly evidence: Evidence;
}

/** The first candidate is the one that is used; the others are for "what if". No two mean the same offset at that moment. */
export type ZoneFact = NonEmpty<ZoneCandidate>;

/** When a conversation is reset by itself, as one version of OpenClaw reads the config for it. */
export interface ResetPolicy {
  /** Reset by the first turn after this hour of the gateway's local day. */
  readonly daily: { readonly atHour: number; readonly clock: "updatedAt" | "sessionStartedAt" } | undefined;
  /** Reset by the first turn after so many minutes. */
  readonly idle: { readonly minutes: number; readonly clock: "updatedAt" | "lastInteractionAt" } | undefined;
  /** Nobody wrote a reset policy that applies here: these are defaults. */
  readonly isDefault: boolean;
  /** Which lines of the config, or which defaults of which versions. */
  readonly evidence: NonEmpty<Evidence>;
}

/**
 * One policy when everything is known; several where the version is not and versions differ. The first is that of the most
 * recent version possible.
 */
export type PolicyFact = NonEmpty<ResetPolicy>;

export interface HeartbeatSchedule {
  /** Undefined: cannot be told (the version is not known and versions differ). */
  readonly on: boolean;
  /** Milliseconds between ticks. */
  readonly everyMs: number | undefined;
  readonly isolated: boolean;
  /** The heartbeat's own prompt, when `heartbeat.prompt` replaces OpenClaw's. Only to compare with. */
  readonly prompt: string | undefined;
  readonly model: string | undefined;
  readonly evidence: NonEmpty<Evidence>;
}

/** The surroundings of one conversation at one moment. */
export interface Surroundings {
  readonly version: VersionFact;
  readonly zone: ZoneFact;
  readonly policy: PolicyFact;
  readonly heartbeat: HeartbeatSchedule;
}

/**
 * What explaining needs of OpenClaw's config. The file holds tokens and keys in clear text, so nothing but these values
 * leaves the function that reads it. Values as written, of the expected type only; variables are replaced.
 */
export interface ConfigFacts {
  /** Absolute path; undefined when there is no config file. */
  readonly file: string | undefined;
  readonly reset: ConfiguredReset | undefined;
  readonly resetByType: Readonly<Record<string, ConfiguredReset>>;
  readonly resetByChannel: Readonly<Record<string, ConfiguredReset>>;
  /** `session.idleMinutes`, up to 2026.7.35. */
  readonly idleMinutes: Configured<number> | undefined;
  readonly resetTriggers: Configured<readonly string[]> | undefined;
  readonly maintenance: {
    readonly mode: Configured<string> | undefined;
    /** A duration (`30d`) or a number of days, as written. */
    readonly pruneAfter: Configured<string | number> | undefined;
    readonly maxEntries: Configured<number> | undefined;
    /** As `pruneAfter`; `false` keeps archives for ever. */
    readonly resetArchiveRetention: Configured<string | number | false> | undefined;
    readonly maxDiskBytes: Configured<string | number> | undefined;
  };
  /** `agents.defaults.heartbeat`. */
  readonly heartbeat: ConfiguredHeartbeat | undefined;
  /** Heartbeat blocks of single agents, by normalized agent id. */
  readonly agentHeartbeats: Readonly<Record<string, ConfiguredHeartbeat>>;
  readonly defaultAgentId: string | undefined;
  /** `agents.defaults.userTimezone`. */
  readonly userTimezone: Configured<string> | undefined;
  /** `logging.file`. */
  readonly logFile: Configured<string> | undefined;
  /** Context windows of models by `provider/id`, tokens. */
  readonly contextWindows: Readonly<Record<string, number>>;
  /** `agents.defaults.model.primary`, or `agents.defaults.model` when that is a string. */
  readonly primaryModel: Configured<string> | undefined;
  readonly contextTokens: Configured<number> | undefined;
  readonly truncateAfterCompaction: Configured<boolean> | undefined;
  /** `gateway.port`. */
  readonly gatewayPort?: Configured<number> | undefined;
  /** `meta.lastTouchedVersion` and `meta.lastTouchedAt` (epoch ms). */
  readonly lastTouched:
    { readonly version: string; readonly at: number | undefined; readonly place: Place } | undefined;
}

export interface Configured<T> {
  readonly value: T;
  readonly place: Place;
}

export interface ConfiguredReset {
  readonly mode: string | undefined;
  readonly atHour: number | undefined;
  readonly idleMinutes: number | undefined;
  readonly place: Place;
}

export interface ConfiguredHeartbeat {
  /** As written: `30m`, `0m`. */
  readonly every: string | undefined;
  readonly isolatedSession: boolean | undefined;
  readonly lightContext: boolean | undefined;
  readonly session: string | undefined;
  readonly target: string | undefined;
  readonly model: string | undefined;
  readonly prompt: string | undefined;
  readonly place: Place;
}
