import * as l10n from "@vscode/l10n";
import { resetRetentionKey, retentionOf } from "../findings/retention";
import type { ConfigFacts, ConfiguredReset, ResetPolicy } from "../surroundings/surroundings";
import { within } from "../surroundings/versionFact";
import type { RestoreFacts } from "./restoreFacts";
import type { ConfigAdvice } from "./restorePlan";

/** A year: the only spelling of "never" that every version takes (2026.1.29–2026.9.6). */
const NEVER_MINUTES = 525_600;

/** What to write into the config so that it does not happen again, where the policy in force would let it. */
export function configAdvice({
  stateDir,
  surroundings,
}: Pick<RestoreFacts, "stateDir" | "surroundings">): readonly ConfigAdvice[] {
  const config = stateDir.configFacts;
  const file = config?.file ?? stateDir.configPath;
  const advice: ConfigAdvice[] = [];
  const policy = surroundings.policy.find(resetsSoon);
  if (policy !== undefined) {
    const path = ["session", ...blockOf(policy, config)];
    const value = { mode: "idle", idleMinutes: NEVER_MINUTES };
    const why = l10n.t(
      "Otherwise the conversation is reset again by itself: every OpenClaw version takes this for “not for a year”.",
    );
    advice.push({ file, path, value, why, text: asText(path, value) });
  }
  const retention = retentionOf("reset", surroundings.version, config);
  // An older gateway does not start with a key that it does not know.
  if (retention !== undefined && within(surroundings.version, resetRetentionKey) === "yes") {
    const path = ["session", "maintenance", "resetArchiveRetention"];
    const days = Math.round(retention.keptMs / 86_400_000);
    const why = l10n.t("Otherwise OpenClaw deletes archives of resets {0} days after they were made.", days);
    advice.push({ file, path, value: false, why, text: asText(path, false) });
  }
  return advice;
}

/**
 * All of it as one text: of two `session: {…}` pasted one after the other the first would be lost.
 *
 *     session: { reset: { mode: "idle", idleMinutes: 525600 }, maintenance: { resetArchiveRetention: false } }
 */
export function mergedAdvice(advice: readonly ConfigAdvice[]): string | undefined {
  if (advice.length === 0) return undefined;
  return members(advice.map(({ path, value }) => ({ path, value })));
}

type Setting = Pick<ConfigAdvice, "path" | "value">;

function members(settings: readonly Setting[]): string {
  const names = [...new Set(settings.map(({ path }) => path[0] ?? ""))];
  return names
    .map((name) => {
      const inside = settings.filter(({ path }) => (path[0] ?? "") === name);
      const leaf = inside.findLast(({ path }) => path.length <= 1);
      const deeper = inside.map(({ path, value }) => ({ path: path.slice(1), value }));
      return `${memberName(name)}: ${leaf === undefined ? `{ ${members(deeper)} }` : json5(leaf.value)}`;
    })
    .join(", ");
}

function resetsSoon({ daily, idle }: ResetPolicy): boolean {
  return daily !== undefined || (idle !== undefined && idle.minutes < NEVER_MINUTES);
}

/** The block that decides: of the channel, else of the type, else the general one. Found by the line it stands at. */
function blockOf(policy: ResetPolicy, config: ConfigFacts | undefined): readonly string[] {
  const places = policy.evidence.flatMap(({ place }) => (place === undefined ? [] : [place]));
  const decides = ({ place }: ConfiguredReset): boolean =>
    places.some(({ file, line, offset }) => file === place.file && line === place.line && offset === place.offset);
  const groups = [
    ["resetByChannel", config?.resetByChannel],
    ["resetByType", config?.resetByType],
  ] as const;
  for (const [group, blocks] of groups) {
    const found = Object.entries(blocks ?? {}).find(([, block]) => decides(block));
    if (found !== undefined) return [group, found[0]];
  }
  return ["reset"];
}

/** `session: { reset: { mode: "idle", idleMinutes: 525600 } }`: OpenClaw reads JSON5. */
function asText(path: readonly string[], value: unknown): string {
  const [first = "", ...others] = path;
  const inner = others.reduceRight((text, name) => `{ ${memberName(name)}: ${text} }`, json5(value));
  return `${memberName(first)}: ${inner}`;
}

function json5(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, inner]) => `${memberName(name)}: ${json5(inner)}`);
  return `{ ${members.join(", ")} }`;
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
