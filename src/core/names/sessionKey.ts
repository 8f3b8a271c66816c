/**
 * Session keys, `agent:<agent id>:<rest>` (OpenClaw 2026.1 – 2026.9). OpenClaw itself splits on the first two `:` only; the
 * rest is opaque, because peer ids contain colons. What is read out of the rest here serves labels and grouping, never
 * identity: two keys are the same conversation only if they are the same text.
 */
export interface SessionKey {
  readonly key: string;
  /** Undefined for keys without the prefix: `global`, `unknown`, bare `main`, bare `cron:<job>` of early versions. */
  readonly agentId: string | undefined;
  /** Everything after `agent:<id>:`, or the whole key. */
  readonly rest: string;
  readonly about: KeyAbout;
}

export type KeyAbout =
  /** The shared direct-message session. A `session.mainKey` of another name reads as `named`. */
  | { readonly kind: "main" }
  /** `session.dmScope` per-peer (no channel), per-channel-peer, per-account-channel-peer. `dm` is the older spelling. */
  | {
      readonly kind: "direct";
      readonly channel: string | undefined;
      readonly account: string | undefined;
      readonly peer: string;
      readonly thread: KeyThread | undefined;
    }
  | {
      readonly kind: "group" | "channel" | "room";
      readonly channel: string | undefined;
      readonly account: string | undefined;
      readonly id: string;
      readonly thread: KeyThread | undefined;
    }
  | { readonly kind: "cron"; readonly job: string }
  | { readonly kind: "cron-run"; readonly job: string; readonly run: string }
  /** Isolated heartbeat. Until 2026.4.9 the suffix could pile up: `nesting` counts it, 1 is normal. */
  | { readonly kind: "heartbeat"; readonly base: SessionKey; readonly nesting: number }
  /** A main session full of heartbeats that doctor moved aside (2026.5.5+). */
  | { readonly kind: "heartbeat-recovered"; readonly stamp: string }
  | { readonly kind: "subagent" | "acp" | "hook" | "node" | "dashboard" | "tui" | "explicit"; readonly id: string }
  /** An orphan transcript that the SQLite import took over (2026.9.5+). */
  | { readonly kind: "recovered"; readonly sessionId: string }
  /** `session.scope: "global"`: everything in one session. */
  | { readonly kind: "global" }
  | { readonly kind: "unknown" }
  /** Any other text: a custom main key, a key made by a client. */
  | { readonly kind: "named"; readonly name: string };

export interface KeyThread {
  readonly kind: "thread" | "topic";
  readonly id: string;
}

export function parseSessionKey(key: string): SessionKey {
  const [prefix, agentId] = key.split(":", 2);
  const isPrefixed = prefix === "agent" && agentId !== undefined && agentId !== "" && key.length > agentId.length + 7;
  const rest = isPrefixed ? key.slice("agent:".length + agentId.length + 1) : key;
  const owner = isPrefixed ? agentId : undefined;
  return { key, agentId: owner, rest, about: parseRest(key, rest) };
}

function parseRest(key: string, rest: string): KeyAbout {
  if (rest === "main" || rest === "global" || rest === "unknown") return { kind: rest };

  // Before everything else, as any key can carry it. Anchored at the end: a peer may be called `heartbeat:7`.
  const heartbeat = /(?::heartbeat)+$/.exec(rest);
  if (heartbeat && heartbeat.index > 0) {
    const base = parseSessionKey(key.slice(0, key.length - heartbeat[0].length));
    return { kind: "heartbeat", base, nesting: heartbeat[0].length / ":heartbeat".length };
  }
  return parseMachine(rest) ?? parsePeer(rest) ?? { kind: "named", name: rest };
}

/** First words that are no channel names. `tui-` and `heartbeat-recovered-` are joined by a hyphen, the others by a colon. */
function parseMachine(rest: string): KeyAbout | undefined {
  const run = /^cron:(.+):run:([^:]+)$/s.exec(rest);
  if (run?.[1] !== undefined && run[2] !== undefined) return { kind: "cron-run", job: run[1], run: run[2] };

  const word = /^(cron|subagent|acp|hook|node|dashboard|tui|explicit|recovered)[:-](.+)$/s.exec(rest);
  const [, kind, id] = word ?? [];
  if (kind !== undefined && id !== undefined && (kind === "tui" || kind === "node" || rest[kind.length] === ":")) {
    if (kind === "cron") return { kind, job: id };
    if (kind === "recovered") return { kind, sessionId: id };
    return { kind: kind as "subagent", id };
  }
  const recovered = /^heartbeat-recovered-(.+)$/s.exec(rest);
  return recovered?.[1] === undefined ? undefined : { kind: "heartbeat-recovered", stamp: recovered[1] };
}

/** `[<channel>:[<account>:]]<direct|dm|group|channel|room>:<id>[:<thread|topic>:<id>]`; the id may contain colons. */
const peerPattern = /^(?:([^:]+):(?:([^:]+):)??)??(direct|dm|group|channel|room):(.+?)(?::(thread|topic):([^:]+))?$/s;

function parsePeer(rest: string): KeyAbout | undefined {
  const [, channel, account, kind, id, threadKind, threadId] = peerPattern.exec(rest) ?? [];
  if (kind === undefined || id === undefined) return undefined;
  const thread: KeyThread | undefined =
    threadKind === undefined || threadId === undefined
      ? undefined
      : { kind: threadKind as KeyThread["kind"], id: threadId };
  if (kind === "direct" || kind === "dm") return { kind: "direct", channel, account, peer: id, thread };
  return { kind: kind as "group", channel, account, id, thread };
}
