import { wordings } from "../transcript/wordings";

/** A user message that no person sent. */
export type MachineTurn = "heartbeat" | "other";

/**
 * Whose turn a user message is, by how its text begins as it is stored. Undefined is a person's.
 *
 *     Read HEARTBEAT.md if it exists …                    heartbeat
 *     [cron:8041104b nightly] check the build             other
 *     System: [2026-04-22 09:00:01 UTC] Exec failed …     other when nothing follows behind a blank line; else by that
 *     [Wed 2026-04-22 09:00 UTC] Read HEARTBEAT.md …      a person's
 *
 * A message of a person begins with a stamp, or with who sent it (up to 2026.5.18), and the gateway's own prompts with neither. So
 * neither is stepped over: words of a prompt behind it are quoted. What sub-agents are told and answer does carry a stamp when it was
 * sent through the gateway's door for messages (recorded with 2026.3.13 to 2026.5.18); such a turn counts as a person's, too.
 */
export function machineTurnOf(text: string): MachineTurn | undefined {
  let from = 0;
  for (;;) {
    const notice = notices.find(({ beginning }) => text.startsWith(beginning, from));
    if (notice === undefined) return ownPrompts.find(({ beginning }) => text.startsWith(beginning, from))?.turn;
    const end = text.indexOf(notice.end, from);
    if (end === -1) return "other";
    from = end + notice.end.length;
    while (text[from] === "\n") from++;
    if (from === text.length) return "other";
  }
}

export const BLANK_LINE = "\n\n";

/** What the gateway puts before the words of a person, or sends alone. */
export const notices: readonly { readonly beginning: string; readonly end: string }[] = [
  { beginning: "System: [", end: BLANK_LINE },
  { beginning: "System (untrusted): [", end: BLANK_LINE },
  { beginning: "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>", end: "<<<END_OPENCLAW_INTERNAL_CONTEXT>>>" },
];

/** The plain letters that a pattern begins with, alternatives among them. */
const plainBeginning = /^\^((?:[\w ,':-]|\\[^\w\s]|\((?:\?:|\?<\w+>)[\w |]+\))*)(?![?*+{])/;
const alternatives = /\((?:\?:|\?<\w+>)([\w |]+)\)/;

/** How the gateway's own prompts begin: as wordings.ts has it, as far as that is plain letters. */
export const ownPrompts: readonly { readonly beginning: string; readonly turn: MachineTurn }[] = [
  ...wordings.flatMap(({ turn, pattern }) =>
    beginningsOf(pattern.source).map((beginning) => {
      return { beginning, turn: turn === "heartbeat" ? ("heartbeat" as const) : ("other" as const) };
    }),
  ),
  // The context of a finished sub-agent, before it had markers (recorded with 2026.3.13).
  { beginning: "OpenClaw runtime context (internal):", turn: "other" },
];

/** Of `^Exec (?:completed|failed) \(` both `Exec completed (` and `Exec failed (`. */
function beginningsOf(source: string): string[] {
  const [, plain = ""] = plainBeginning.exec(source) ?? [];
  return plain.split(alternatives).reduce<string[]>(
    (beginnings, piece, at) => {
      const choices = at % 2 === 0 ? [piece.replace(/\\(.)/g, "$1")] : piece.split("|");
      return beginnings.flatMap((beginning) => choices.map((choice) => beginning + choice));
    },
    [""],
  );
}
