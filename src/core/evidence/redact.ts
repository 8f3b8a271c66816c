import { parseSessionKey } from "../names/sessionKey";

/**
 * Takes out of a sentence or a log line what names a person or opens a door: tokens and passwords, e-mail addresses, phone
 * numbers and other runs of seven digits or more, and the peers of session keys. Session ids, times, dates, network addresses
 * and numbers with a unit stay, since they are what a reader compares. Redacting twice changes nothing more.
 *
 *     redactText("send to +1 555 123 4567 failed: Bearer abc123def456")  →  "send to …4567 failed: Bearer …"
 */
export function redactText(text: string): string {
  let redacted = text;
  for (const [pattern, replace] of secrets) redacted = redacted.replace(pattern, replace);
  redacted = redacted.replace(keyInText, (key) => redactKey(key));
  redacted = redacted.replace(eMail, "…@…");
  return redacted.replace(numberOrKept, (found: string, number: string | undefined) =>
    number === undefined ? found : `…${number.replace(/\D/g, "").slice(-4)}`,
  );
}

/**
 * A session key without the peer it names; enough to tell one's own conversations apart.
 *
 *     agent:main:telegram:direct:+15551234567  →  agent:main:telegram:direct:…4567
 *     agent:main:direct:alice                  →  agent:main:direct:…ce
 */
export function redactKey(key: string): string {
  const { about } = parseSessionKey(key);
  switch (about.kind) {
    case "heartbeat": {
      const base = about.base.key;
      return redactKey(base) + key.slice(base.length);
    }
    case "direct":
      return withPeer(key, about.peer);
    case "group":
    case "channel":
    case "room":
      return withPeer(key, about.id);
    case "heartbeat-recovered":
      return /^[\dTZ:.-]{1,40}$/.test(about.stamp) ? key : redactName(key);
    // Ids as a rule; but whoever makes the key may put anything there.
    case "named":
    case "explicit":
    case "hook":
    case "node":
    case "cron":
    case "cron-run":
    case "subagent":
    case "acp":
    case "dashboard":
    case "tui":
    case "recovered":
      return redactName(key);
    case "main":
    case "global":
    case "unknown":
      return key;
  }
}

/** `:<kind>:<peer>` is found from its end: a peer may contain what stands before it. */
function withPeer(key: string, peer: string): string {
  const from = key.lastIndexOf(`:${peer}`) + 1;
  return from === 0
    ? redactName(key)
    : key.slice(0, from) + shortPeer(peer) + redactName(key.slice(from + peer.length));
}

function shortPeer(peer: string): string {
  if (peer.startsWith("…")) return peer;
  const at = peer.lastIndexOf("@");
  if (at >= 0) return `…${ending(peer.slice(0, at))}@…`;
  return `…${ending(peer)}`;
}

/** What tells two peers apart and is never more than the smaller part of one. */
function ending(name: string): string {
  const letters = Array.from(name);
  if (letters.length >= 7) return letters.slice(-4).join("");
  return letters.length < 3 ? "" : letters.slice(letters.length >= 5 ? -2 : -1).join("");
}

/** Keys that somebody else made up, and threads: what looks like a secret, an address or a number goes. */
function redactName(name: string): string {
  let redacted = name;
  for (const [pattern, replace] of secretForms) redacted = redacted.replace(pattern, replace);
  return redacted
    .replace(longName, "…")
    .replace(eMail, "…@…")
    .replace(digitsOrKept, (found: string, digits: string | undefined) =>
      digits === undefined ? found : `…${digits.slice(-4)}`,
    );
}

/** Letters and digits without a hyphen: nobody names a conversation so. */
const longName = /(?<![\w-])(?=\w{0,200}\d)(?=\w{0,200}[a-z])\w{32,}(?![\w-])/gi;

/** The group is a number to hide, wherever it stands; ids and dates before it are kept. */
const digitsOrKept = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|\d{4}-\d\d-\d\d(?!\d)|(?:\+?(\d{7,}))/gi;

const secretForms: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, "$1 …"],
  // `token=…`, `"apiKey":"…"`; a number there is a count of tokens, and `(none)` nothing.
  [
    /\b([\w-]{0,40}(?:token|secret|passw(?:or)?d|api[_-]?key|authorization|cookie))(["']?\s{0,3}[=:]\s{0,3}["']?)(?!\d{1,9}\b|Bearer |Basic |…)[^\s"',;&)}\]]{4,}/gi,
    "$1$2…",
  ],
  [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@]{1,200}@/gi, "$1…@"],
  // Forms of well-known services, and JSON web tokens.
  [/\b(?:sk|pk|rk|xox[a-z]|xapp|gh[a-z]|github_pat|glpat|npm|AIza|ya29|AKIA|hf|r8|gsk|tvly)[-_.]?[\w-]{16,}/g, "…"],
  [/\beyJ[\w-]{10,}\.[\w-]{4,}(?:\.[\w-]*)?/g, "…"],
  // A bot's token: its number, a colon, 30 letters or more.
  [/\b\d{6,12}:[\w-]{30,}/g, "…"],
];

const secrets: readonly (readonly [RegExp, string])[] = [
  ...secretForms,
  // Long and of letters and digits, but no id (`0d6e4079-e36d-…`) and no part of a path or file name.
  [
    /(?<![\w./\\-])(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[a-z])(?![\w-]{0,200}[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-)(?!\d{4}-\d\d-\d\dT)[\w-]{32,}(?![\w./\\-])/gi,
    "…",
  ],
];

/** A key ends where a sentence goes on; a full stop at its end is the sentence's. */
const keyInText = /\bagent:[\w-]{1,64}:[^\s"'`,;()[\]{}<>]{1,300}?(?=[.:]?(?:["'`,;()[\]{}<>\s]|$))/g;

const eMail = /(?<![\w.+-])[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,6}/gi;

/** A day as it is written in reports; no telephone number, also where a parenthesis opens before it. */
const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)`;

/** The group is a number to hide. What stands before it is kept: ids, times, addresses, versions, numbers with a unit or in a name. */
const numberOrKept = new RegExp(
  [
    "[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}",
    // The beginning of a hash, by which a content is found again.
    "\\bSHA-256 [\\da-f]{12}(?![\\da-f])",
    "\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d[:-]\\d\\d(?:[:-]\\d\\d(?:[.,-]\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?",
    // A clock, or the offset of a zone: `+09:00 (2026-04-22T19:00:00.000Z)` is no telephone.
    "[+-]?\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?!\\d)",
    "\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?",
    // A connection or a call of OpenClaw's log; a process, which has up to seven digits on Linux.
    "(?:conn|id)=[\\da-f]{8}…[\\da-f]{4}",
    "\\b(?:pid|process)[ =:]{1,2}\\d{1,10}(?![\\d-])",
    "\\d{4}\\.\\d{1,2}\\.\\d{1,2}(?:-\\d+)?",
    "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?",
    "\\d+(?:\\.\\d+)? ?(?:bytes|[KMGT]i?B|B|ms|s|tokens|characters|messages|seconds|minutes|hours|days|%)(?![\\p{L}\\d])",
    "\\w*(?:Tokens|Chars|Bytes|Ms|Count)[=:] ?\\d+",
    "[\\p{L}_][\\p{L}\\d_]*",
    `(?<![\\p{L}\\d_…])((?!\\(${day})\\+?\\(?\\d(?:(?![ ().-]{1,2}${day})[ ().-]{0,2}\\d){6,24})(?![\\p{L}\\d_])`,
    "\\d+",
  ].join("|"),
  "giu",
);
