import * as l10n from "@vscode/l10n";
import { evidence, type Evidence, type NonEmpty, type Place } from "../evidence/evidence";
import { parseSessionKey, type SessionKey } from "../names/sessionKey";
import type { StoreRow } from "../store/storeRow";
import { defaultAtHour, policyEras, type PolicyEra } from "./policyEras";
import type { ConfigFacts, ConfiguredReset, PolicyFact, ResetPolicy, VersionFact } from "./surroundings";
import { within } from "./versionFact";

/** What of a conversation decides which part of the config applies to it. */
export interface ConversationTraits {
  readonly type: "direct" | "group" | "thread";
  /** The channel of the key, else the one that the row names; in lower case. */
  readonly channel: string | undefined;
  /** The key names the channel, so every turn comes by it. */
  readonly channelIsFixed: boolean;
  /** The row names a session of a provider's command line. */
  readonly hasCliSession: boolean;
}

/** Where the config was written after the moment in question: as it says now, and as if it had said nothing then. */
export function policiesBefore(
  config: ConfigFacts | undefined,
  traits: ConversationTraits,
  version: VersionFact,
): PolicyFact {
  const [now, ...others] = policiesOf(config, traits, version);
  if (now.isDefault) return [now, ...others];
  const unset = policiesOf(undefined, traits, version);
  return [now, ...others, ...unset.filter((each) => !isSamePolicy({ ...each, isDefault: now.isDefault }, now))];
}

/**
 * When a conversation is reset by itself (resolveSessionResetPolicy): `resetByChannel` alone, else `resetByType` over `reset`,
 * else the older `idleMinutes`, else what the version does by itself. One policy for every way in which the versions that may
 * have run read the config; that of the most recent first.
 */
export function policiesOf(
  config: ConfigFacts | undefined,
  traits: ConversationTraits,
  version: VersionFact,
): PolicyFact {
  const policies: ResetPolicy[] = [];
  for (const era of policyEras.toReversed()) {
    if (within(version, era.versions) !== "no") addDistinct(policies, policyIn(era, config, traits));
  }
  const [first, ...others] = policies;
  // The eras cover all versions; a version before 2026 is read as the first of them.
  if (first === undefined) return [policyIn(policyEras[0], config, traits)];
  if (traits.hasCliSession && first.isDefault && within(version, cliSessionsKept) !== "no") others.push(keptByCli);
  return [first, ...others];
}

export function traitsOf(key: string, row: StoreRow | undefined): ConversationTraits {
  const about = subjectOf(parseSessionKey(key));
  const ofKey = "channel" in about ? about.channel : undefined;
  const channel = ofKey ?? row?.channel ?? lastChannel(row);
  return {
    type: typeOf(about, row?.chatType),
    channel: channel?.trim().toLowerCase(),
    channelIsFixed: ofKey !== undefined,
    hasCliSession: cliFields.some((name) => isFilled(row?.rest[name])),
  };
}

/** An isolated heartbeat goes by the conversation it belongs to. */
function subjectOf({ about }: SessionKey): SessionKey["about"] {
  return about.kind === "heartbeat" ? about.base.about : about;
}

/** Thread before group before direct. */
function typeOf(about: SessionKey["about"], chatType: string | undefined): ConversationTraits["type"] {
  if ("thread" in about && about.thread !== undefined) return "thread";
  if (about.kind === "group" || about.kind === "channel" || about.kind === "room") return "group";
  return chatType === "group" || chatType === "channel" || chatType === "room" ? "group" : "direct";
}

function policyIn(era: PolicyEra, config: ConfigFacts | undefined, traits: ConversationTraits): ResetPolicy {
  const blocks = blocksFor(era, config, traits);
  const legacy = era.legacyNames && blocks.alone === undefined ? config?.idleMinutes : undefined;
  const { used } = blocks;
  const pick = <T>(read: (block: ConfiguredReset) => T | undefined): T | undefined => {
    for (const block of used) {
      const value = read(block);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const written = pick(({ mode }) => (mode !== undefined && era.modes.includes(mode) ? mode : undefined));
  const minutes = pick((block) => validMinutes(block.idleMinutes)) ?? validMinutes(legacy?.value);
  const isDefault = used.length === 0 && legacy === undefined;
  const mode =
    written ?? (used.length > 0 || blocks.anyOfType ? "daily" : legacy === undefined ? era.withoutConfig : "idle");
  const idleMinutes = minutes ?? (mode === "idle" ? era.idleWithoutMinutes : undefined);
  const hour = pick(({ atHour }) => validHour(atHour)) ?? defaultAtHour;
  const daily = mode === "daily" ? { atHour: hour, clock: era.dailyClock } : undefined;
  const idle =
    idleMinutes === undefined || mode === "none" ? undefined : { minutes: idleMinutes, clock: era.idleClock };
  const configured = [
    ...used.map(blockEvidence),
    ...(legacy === undefined ? [] : [legacyEvidence(legacy.value, legacy.place)]),
  ];
  const activity = daily === undefined && idle === undefined ? [] : [evidence("default", era.activity)];
  return {
    daily,
    idle,
    isDefault,
    evidence: [...withFirst(configured, defaultEvidence(era)), ...activity, ...channelNotes(config, traits)],
  };
}

interface Blocks {
  /** Those that apply, the one that wins first. */
  readonly used: readonly ConfiguredReset[];
  /** The block of the channel, which applies without any other. */
  readonly alone: ConfiguredReset | undefined;
  /** Up to 2026.7.35 any `resetByType` makes the mode daily, even for other types. */
  readonly anyOfType: boolean;
}

function blocksFor(era: PolicyEra, config: ConfigFacts | undefined, { type, channel }: ConversationTraits): Blocks {
  if (config === undefined) return { used: [], alone: undefined, anyOfType: false };
  const alone = channel === undefined ? undefined : own(config.resetByChannel, channel);
  if (alone !== undefined) return { used: [alone], alone, anyOfType: false };
  const ofType =
    own(config.resetByType, type) ?? (type === "direct" && era.legacyNames ? own(config.resetByType, "dm") : undefined);
  return {
    used: [ofType, config.reset].filter((block) => block !== undefined),
    alone: undefined,
    anyOfType: era.legacyNames && Object.keys(config.resetByType).length > 0,
  };
}

/** Names of types and channels are somebody's text: `constructor` is none of them. */
function own(blocks: Readonly<Record<string, ConfiguredReset>>, name: string): ConfiguredReset | undefined {
  return Object.hasOwn(blocks, name) ? blocks[name] : undefined;
}

/** 0 to 23; with anything else OpenClaw refuses the config. */
function validHour(hour: number | undefined): number | undefined {
  return hour !== undefined && Number.isInteger(hour) && hour >= 0 && hour <= 23 ? hour : undefined;
}

/** OpenClaw refuses what is not a whole number of minutes; beyond a safe number no moment can be reckoned. */
function validMinutes(minutes: number | undefined): number | undefined {
  return minutes !== undefined && Number.isSafeInteger(minutes) && minutes > 0 && minutes < 1e10 ? minutes : undefined;
}

function addDistinct(policies: ResetPolicy[], policy: ResetPolicy): void {
  if (!policies.some((other) => isSamePolicy(other, policy))) policies.push(policy);
}

function isSamePolicy(one: ResetPolicy, other: ResetPolicy): boolean {
  return (
    one.isDefault === other.isDefault &&
    one.daily?.atHour === other.daily?.atHour &&
    one.daily?.clock === other.daily?.clock &&
    one.idle?.minutes === other.idle?.minutes &&
    one.idle?.clock === other.idle?.clock
  );
}

function blockEvidence({ mode, atHour, idleMinutes, place }: ConfiguredReset): Evidence {
  return evidence(
    "config",
    () =>
      l10n.t(
        "The config sets a reset policy: mode {0}, atHour {1}, idleMinutes {2}.",
        mode ?? l10n.t("not set"),
        atHour ?? l10n.t("not set"),
        idleMinutes ?? l10n.t("not set"),
      ),
    place,
  );
}

function legacyEvidence(minutes: number, place: Place): Evidence {
  return evidence("config", () => l10n.t("session.idleMinutes is {0} in the config.", minutes), place);
}

function defaultEvidence({ withoutConfig }: PolicyEra): Evidence {
  return evidence("default", () =>
    withoutConfig === "none"
      ? l10n.t("Where the config sets nothing, OpenClaw resets nothing by itself from 2026.8.1 on.")
      : l10n.t(
          "Where the config sets nothing, OpenClaw up to 2026.7.35 resets daily at {0}:00 of the gateway's local time.",
          defaultAtHour,
        ),
  );
}

function channelNotes(config: ConfigFacts | undefined, { channelIsFixed }: ConversationTraits): readonly Evidence[] {
  if (config === undefined) return [];
  const notes: Evidence[] = [];
  const heartbeat = own(config.resetByChannel, "heartbeat");
  if (heartbeat !== undefined) {
    const say = (): string =>
      l10n.t(
        "resetByChannel.heartbeat is set: up to 2026.3.31 turns of a heartbeat without a channel go by it instead.",
      );
    notes.push(evidence("config", say, heartbeat.place));
  }
  const another = Object.entries(config.resetByChannel).find(([name]) => name !== "heartbeat")?.[1];
  if (another !== undefined && !channelIsFixed) {
    const say = (): string =>
      l10n.t(
        "resetByChannel is set, and turns of several channels can come to this conversation; each goes by its own.",
      );
    notes.push(evidence("config", say, another.place));
  }
  return notes;
}

/** What is configured, or the default where nothing is. */
function withFirst(found: readonly Evidence[], otherwise: Evidence): NonEmpty<Evidence> {
  const [first, ...rest] = found;
  return first === undefined ? [otherwise] : [first, ...rest];
}

/** Fields of a row that tie it to a session of a provider's command line. */
const cliFields = ["cliSessionIds", "claudeCliSessionId", "cliSessionBindings"];

/** Read in 2026.4.22 and 2026.4.26; in between it came. */
const cliSessionsKept = { from: "2026.4.22", until: "2026.7.35" };

const keptByCli: ResetPolicy = {
  daily: undefined,
  idle: undefined,
  isDefault: true,
  evidence: [
    evidence("store", () =>
      l10n.t(
        "The row names a session of a provider's command line: from about 2026.4.22 on OpenClaw does not reset such a conversation by itself while no policy is configured.",
      ),
    ),
  ],
};

function isFilled(value: unknown): boolean {
  if (typeof value === "string") return value !== "";
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function lastChannel(row: StoreRow | undefined): string | undefined {
  const value = row?.rest["lastChannel"];
  return typeof value === "string" ? value : undefined;
}
