import * as l10n from "@vscode/l10n";
import { defaultAgentId, normalizeAgentId } from "../config/agentId";
import { evidence, type Evidence, type NonEmpty } from "../evidence/evidence";
import type { VersionRange } from "../locations/versionRange";
import { formatDuration } from "../text/formatTime";
import { parseDuration } from "./duration";
import type { ConfigFacts, ConfiguredHeartbeat, HeartbeatSchedule, VersionFact } from "./surroundings";
import { within } from "./versionFact";

/**
 * How often OpenClaw wakes an agent by itself: every 30 minutes for the default agent when nothing is configured; where single
 * agents have blocks of their own, only those (from 2026.4.29 all, once `agents.defaults.heartbeat` is set). An agent's block
 * goes before the defaults, setting by setting.
 */
export function heartbeatOf(config: ConfigFacts | undefined, agentId: string, version: VersionFact): HeartbeatSchedule {
  const id = normalizeAgentId(agentId);
  const own =
    config !== undefined && Object.hasOwn(config.agentHeartbeats, id) ? config.agentHeartbeats[id] : undefined;
  const blocks = [own, config?.heartbeat].filter((block) => block !== undefined);
  const pick = <T>(read: (block: ConfiguredHeartbeat) => T | undefined): T | undefined => {
    for (const block of blocks) {
      const value = read(block);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const written = pick(({ every }) => every);
  const configured = written === undefined ? undefined : parseDuration(written, "m");
  const everyMs = configured ?? DEFAULT_EVERY;
  const ticks = everyMs > 0 && isChosen(config, id, own, version);
  return {
    on: ticks,
    everyMs: ticks ? everyMs : undefined,
    isolated: pick(({ isolatedSession }) => isolatedSession) === true && within(version, isolatedSessions) !== "no",
    prompt: pick(({ prompt }) => prompt),
    model: pick(({ model }) => model),
    evidence: withFirst(
      blocks.map((block) => blockEvidence(block, block === own)),
      ticks ? everyEvidence(everyMs, configured !== undefined) : offEvidence(everyMs, id),
      configured !== undefined && (ticks || everyMs <= 0),
    ),
  };
}

/** Milliseconds. With a subscription to Anthropic (OAuth) it is an hour; which of both is used the config does not tell. */
const DEFAULT_EVERY = 30 * 60_000;

/** Read in 2026.3.22 and 2026.3.24. */
const isolatedSessions: VersionRange = { from: "2026.3.22", until: undefined };

/** Read in 2026.4.29. */
const defaultsForAll: VersionRange = { from: "2026.4.29", until: undefined };

function isChosen(
  config: ConfigFacts | undefined,
  id: string,
  own: ConfiguredHeartbeat | undefined,
  version: VersionFact,
): boolean {
  if (own !== undefined) return true;
  if (config?.heartbeat !== undefined && within(version, defaultsForAll) === "yes") return true;
  const anyOwn = Object.keys(config?.agentHeartbeats ?? {}).length > 0;
  return !anyOwn && id === (config?.defaultAgentId ?? defaultAgentId);
}

function everyEvidence(everyMs: number, isConfigured: boolean): Evidence {
  if (isConfigured) {
    return evidence("config", () => l10n.t("The heartbeat comes every {0}.", formatDuration(everyMs)));
  }
  return evidence("default", () =>
    l10n.t(
      "Where the config sets nothing, the heartbeat comes every {0}, with a subscription to Anthropic every hour; which of both cannot be told.",
      formatDuration(everyMs),
    ),
  );
}

/** The blocks alone where they say it themselves. */
function withFirst(blocks: readonly Evidence[], said: Evidence, isInBlocks: boolean): NonEmpty<Evidence> {
  const [first, ...others] = blocks;
  return first !== undefined && isInBlocks ? [first, ...others] : [said, ...blocks];
}

function offEvidence(everyMs: number, id: string): Evidence {
  if (everyMs <= 0) return evidence("config", () => l10n.t("The heartbeat is switched off."));
  return evidence("default", () => l10n.t("The heartbeat wakes other agents than {0}.", id));
}

function blockEvidence({ every, isolatedSession, place }: ConfiguredHeartbeat, isOwn: boolean): Evidence {
  const values = [every ?? l10n.t("not set"), String(isolatedSession ?? false)] as const;
  const say = (): string =>
    isOwn
      ? l10n.t("The agent's own heartbeat in the config: every {0}, isolatedSession {1}.", ...values)
      : l10n.t("The heartbeat of all agents in the config: every {0}, isolatedSession {1}.", ...values);
  return evidence("config", say, place);
}
