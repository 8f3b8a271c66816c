import type { VersionRange } from "../locations/versionRange";

/** What an error message of a model's provider is about, as far as OpenClaw acts on it. */
export type ErrorTopic = "overflow" | "role-order";

export interface ErrorWording {
  readonly topic: ErrorTopic;
  /** Not anchored: providers and proxies put statuses and JSON around their words. */
  readonly pattern: RegExp;
  /** Words that make the same sentence mean something else. */
  readonly unless?: RegExp;
  /** OpenClaw releases that recognise it. */
  readonly versions: VersionRange;
  readonly source: string;
}

/** Limits per minute are counted in tokens too, but waiting helps against them. */
const rateLimit = /\btpm\b|tokens per (?:minute|day)|rate limit|too many requests/i;
const all: VersionRange = { from: "2026.1.29", until: undefined };

/** In the order in which they are tried. */
export const errorWordings: readonly ErrorWording[] = [
  {
    topic: "role-order",
    pattern: /incorrect role information|roles must alternate/i,
    versions: { from: "2026.1.16", until: undefined },
    source: "openclaw/openclaw#999, #25956: the answers of strict providers that OpenClaw resets on until 2026.6.11",
  },
  {
    topic: "role-order",
    pattern: /unexpected role '?\w+'? after role/i,
    versions: all,
    source: "openclaw/openclaw#33186: Mistral's wording; not recognised by OpenClaw there",
  },
  {
    topic: "overflow",
    pattern:
      /prompt (?:is )?too long|context[ _](?:length|window)[ _]exceeded|maximum context|exceeds? (?:the )?context/i,
    unless: rateLimit,
    versions: all,
    source: "read in src/agents/pi-embedded-helpers/errors.ts: Anthropic, OpenAI and compatible providers",
  },
  {
    topic: "overflow",
    pattern: /exceeds? (?:the |this )?model(?:'s)? (?:maximum )?context|exceeds the context window|model token limit/i,
    unless: rateLimit,
    versions: all,
    source: "read in src/agents/pi-embedded-helpers/errors.ts",
  },
  {
    topic: "overflow",
    pattern: /context overflow|request_too_large|request exceeds the maximum size|413\b.*too large/i,
    unless: rateLimit,
    versions: all,
    source: "read in src/agents/pi-embedded-helpers/errors.ts",
  },
  {
    topic: "overflow",
    pattern: /(?:input (?:length|exceeds)|max_tokens).*(?:exceed.*context|maximum number of tokens)/i,
    unless: rateLimit,
    versions: all,
    source: "read in src/agents/pi-embedded-helpers/errors.ts: Google and Bedrock",
  },
];

/** Longer messages quote the request. */
const LONGEST = 4096;

/** What an error message is about; undefined when no wording tells. */
export function topicOfError(message: string): ErrorTopic | undefined {
  const beginning = message.slice(0, LONGEST);
  return errorWordings.find(({ pattern, unless }) => pattern.test(beginning) && unless?.test(beginning) !== true)
    ?.topic;
}
