import type { VersionRange } from "../locations/versionRange";
import type { VersionFact } from "../surroundings/surroundings";
import { within } from "../surroundings/versionFact";
import type { FieldEdit } from "./indexText";

/** What the entry of a restored conversation is made of. */
export interface Restored {
  readonly key: string;
  /** Id in the header of the transcript that comes back. */
  readonly sessionId: string;
  /** Absolute path of that transcript; undefined: the entry names none. */
  readonly sessionFile: string | undefined;
  /** The id that was current before; undefined: none, or the key is a new one. */
  readonly from: string | undefined;
  /** Epoch ms. */
  readonly now: number;
  /** Compaction rows in the transcript. */
  readonly compactions: number;
  /** Items for `compactionCheckpoints` that are missing there. */
  readonly checkpoints: readonly unknown[];
  /** The entry as it was; undefined: there was none. */
  readonly before: Readonly<Record<string, unknown>> | undefined;
}

/** Some fields, what they become, and in which releases. */
interface FieldRule {
  readonly names: readonly string[];
  /** Undefined: the field goes, or stays away. */
  readonly value: (restored: Restored) => unknown;
  readonly versions: VersionRange;
  /** Leaves the fields alone. */
  readonly unless?: (restored: Restored) => boolean;
  /** What is written down could only come from one of these releases, so it is written also where the version is not known. */
  readonly provesVersion?: true;
  /** Where it was learned. */
  readonly source: string;
}

const fileEra: VersionRange = { from: "2026.1.0", until: "2026.7.35" };

const freshnessFields = ["updatedAt", "sessionStartedAt", "lastInteractionAt"] as const;

/**
 * For an entry that is to go on under another key: with its old times, the first message there would set the conversation aside
 * (run: 2026.3.13 – 2026.7.35, a conversation of the day before).
 */
export function freshTimes(now: number): readonly FieldEdit[] {
  return freshnessFields.map((name) => ({ name, value: Math.floor(now) }));
}

/** In the order in which a new entry has them. Every other field stays as it is. */
export const fieldRules: readonly FieldRule[] = [
  {
    names: ["sessionId"],
    value: ({ sessionId }) => sessionId,
    versions: fileEra,
    source: "the id of the header, which is not always that of the file's name (run: 2026.4.21)",
  },
  {
    names: ["sessionFile"],
    value: ({ sessionFile }) => sessionFile,
    versions: fileEra,
    source: "left on the other file, history and model disagree (run: 2026.4.21, 2026.5.18, 2026.7.35)",
  },
  {
    // Up to 2026.4.24 only the first decides whether the conversation is stale, later the others; all are harmless where they do not.
    names: freshnessFields,
    value: ({ now }) => now,
    versions: fileEra,
    source: "with one of them old, the next message sets the conversation aside again (run: 2026.3.13 – 2026.7.35)",
  },
  {
    // As a set: an entry that has endedAt and no status looks ended, and a newer transcript is then not used again (2026.7.35).
    names: ["status", "startedAt", "endedAt", "runtimeMs"],
    value: () => undefined,
    versions: fileEra,
    source: "run state of the conversation that was current (run: 2026.7.35)",
  },
  {
    names: ["abortedLastRun"],
    value: () => false,
    versions: fileEra,
    source: "run state (run: 2026.3.13 – 2026.7.35)",
  },
  {
    names: ["totalTokens", "inputTokens", "outputTokens"],
    value: () => undefined,
    versions: fileEra,
    source: "counted of the conversation that was current; the next answer counts anew",
  },
  { names: ["totalTokensFresh"], value: () => false, versions: fileEra, source: "read in 2026.3.13 – 2026.7.35" },
  {
    names: ["cliSessionIds", "claudeCliSessionId", "cliSessionBindings"],
    value: () => undefined,
    versions: fileEra,
    source: "sessions of a provider's command line, which know the conversation that was current",
  },
  {
    names: ["compactionCount"],
    value: ({ compactions }) => compactions,
    versions: fileEra,
    source: "compaction rows of the transcript",
  },
  {
    names: ["usageFamilyKey"],
    value: ({ key }) => key,
    versions: { from: "2026.5.18", until: "2026.7.35" },
    unless: ({ from }) => from === undefined,
    source: "recorded with 2026.5.18, 2026.7.35",
  },
  {
    names: ["usageFamilySessionIds"],
    value: ({ before, sessionId, from }) => distinct([...textsIn(before?.["usageFamilySessionIds"]), sessionId, from]),
    versions: { from: "2026.5.18", until: "2026.7.35" },
    unless: ({ from }) => from === undefined,
    source: "ids that the key had, the current one among them (recorded with 2026.5.18, 2026.7.35)",
  },
  {
    names: ["compactionCheckpoints"],
    value: ({ before, checkpoints }) => [...listIn(before?.["compactionCheckpoints"]), ...checkpoints],
    versions: { from: "2026.4.7", until: "2026.7.35" },
    unless: ({ checkpoints }) => checkpoints.length === 0,
    provesVersion: true,
    source: "lists and restores checkpoints again (run: 2026.4.21, 2026.5.18, 2026.7.35)",
  },
];

/**
 * What to write into the entry so that OpenClaw goes on with the old conversation. Where the version is not known, a field that not all
 * versions have is written only when the entry has it already.
 */
export function restoredFields(restored: Restored, version: VersionFact): readonly FieldEdit[] {
  return fieldRules.flatMap((rule) => {
    if (rule.unless?.(restored)) return [];
    return rule.names.flatMap((name) => {
      const applies = rule.versions === fileEra ? "yes" : within(version, rule.versions);
      const isThere = rule.provesVersion ?? (restored.before !== undefined && Object.hasOwn(restored.before, name));
      return applies === "yes" || (applies === "maybe" && isThere) ? [{ name, value: rule.value(restored) }] : [];
    });
  });
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function textsIn(value: unknown): readonly string[] {
  return listIn(value).filter((item) => typeof item === "string");
}

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}
