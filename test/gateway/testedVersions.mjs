// Which OpenClaw versions the restore is proven against, and what each can be made to leave.

/** The ways to lose a conversation; see loseConversations.mjs. */
const everywhere = ["daily", "command", "rpc", "deleted", "undone"];

/**
 * `losses`: which conversations are made and lost · `archives`: a reset renames the old transcript; before 2026.2 it stays
 * under its name, unreferenced. Slowest first: they run side by side.
 */
export const testedVersions = [
  { version: "2026.4.21", archives: true, losses: [...everywhere, "row-removed", "checkpoint"] },
  { version: "2026.5.18", archives: true, losses: [...everywhere, "agent-run", "checkpoint"] },
  { version: "2026.7.35", archives: true, losses: [...everywhere, "agent-run"] },
  { version: "2026.3.13", archives: true, losses: [...everywhere, "row-removed"] },
];
