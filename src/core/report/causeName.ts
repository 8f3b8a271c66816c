import * as l10n from "@vscode/l10n";
import type { CauseKind, Confidence } from "../rotation/rotation";
import type { Surroundings } from "../surroundings/surroundings";

/** A few words, to stand in a list, in brackets, or behind a colon. */
export function causeName(kind: CauseKind | "unknown"): string {
  switch (kind) {
    case "command":
      return l10n.t("command /new or /reset");
    case "rpc":
      return l10n.t("client's reset button or call");
    case "daily":
      return l10n.t("daily reset");
    case "idle":
      return l10n.t("idle reset");
    case "ended-row":
      return l10n.t("session taken for ended");
    case "compaction-failure":
      return l10n.t("failed compaction");
    case "role-conflict":
      return l10n.t("conflict in the order of messages");
    case "history-corruption":
      return l10n.t("history taken for corrupt");
    case "memory-flush":
      return l10n.t("exhausted memory flush");
    case "isolated-run":
      return l10n.t("a session for each run");
    case "index-loss":
      return l10n.t("lost index");
    case "transcript-missing":
      return l10n.t("missing transcript");
    case "compaction-successor":
      return l10n.t("successor file of a compaction");
    case "checkpoint-restore":
      return l10n.t("return to a checkpoint");
    case "deleted":
      return l10n.t("deletion");
    case "pruned":
      return l10n.t("retention");
    case "doctor":
      return l10n.t("clean-up by doctor");
    case "restored":
      return l10n.t("restore by the inspector");
    case "unknown":
      return l10n.t("unknown cause");
  }
}

/** The same at the beginning of a sentence or a line. */
export function causeTitle(kind: CauseKind | "unknown"): string {
  const name = causeName(kind);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

/** What OpenClaw does there, in one or two sentences, for somebody who never read its source. */
export function causeExplained(kind: CauseKind): string {
  switch (kind) {
    case "command":
      return l10n.t("A message that is or begins with /new or /reset starts a new session at once.");
    case "rpc":
      return l10n.t(
        "A client called sessions.reset: the button in a web page or app, the terminal interface, or a script.",
      );
    case "daily":
      return l10n.t(
        "OpenClaw starts a new session with the first message after a fixed hour of the day (the daily boundary), whoever sends it: a person, a heartbeat or a cron job.",
      );
    case "idle":
      return l10n.t("The first message after a silence that was long enough starts a new session, whoever sends it.");
    case "ended-row":
      return l10n.t(
        "OpenClaw does not go on with a main session whose index row looks ended: it starts a new one instead.",
      );
    case "compaction-failure":
      return l10n.t(
        "The conversation did not fit into the model's context any more, shortening it failed, and OpenClaw started a new session.",
      );
    case "role-conflict":
      return l10n.t(
        "The model's provider refused the order of the messages, and OpenClaw answered that with a new session.",
      );
    case "history-corruption":
      return l10n.t(
        "The model's provider refused the order of the tool calls; OpenClaw took the history for corrupt and removed it.",
      );
    case "memory-flush":
      return l10n.t("Writing memories before a compaction failed too often, and OpenClaw started a new session.");
    case "isolated-run":
      return l10n.t("Isolated heartbeats and cron jobs start a new session for every run. That is their design.");
    case "index-loss":
      return l10n.t(
        "The index of sessions was lost or replaced. OpenClaw then knows no earlier session and starts new ones; the transcripts stay on disk.",
      );
    case "transcript-missing":
      return l10n.t("The index named a transcript that was not there, so OpenClaw began it anew under the same id.");
    case "compaction-successor":
      return l10n.t(
        "A compaction wrote the shortened conversation into a new file. The agent goes on from its summary.",
      );
    case "checkpoint-restore":
      return l10n.t("Somebody went back to a compaction checkpoint, or branched from one.");
    case "deleted":
      return l10n.t("The session was deleted; OpenClaw keeps the transcript under another name for a while.");
    case "pruned":
      return l10n.t(
        "OpenClaw removes sessions that nobody used for long, or that are too many, and keeps the transcript under another name for a while.",
      );
    case "doctor":
      return l10n.t("The command `openclaw doctor` moved a main session that was full of heartbeats aside.");
    case "restored":
      return l10n.t(
        "OpenClaw Session Inspector set it aside because somebody asked it to give another conversation back. OpenClaw reset nothing.",
      );
  }
}

export function confidenceName(confidence: Confidence | "none"): string {
  switch (confidence) {
    case "certain":
      return l10n.t("certain");
    case "likely":
      return l10n.t("likely");
    case "possible":
      return l10n.t("possible");
    case "none":
      return l10n.t("cannot be told");
  }
}

/** The same and what it stands for, as a sentence. */
export function confidenceExplained(
  confidence: Confidence,
  { version, zone }: Pick<Surroundings, "version" | "zone">,
): string {
  switch (confidence) {
    case "certain":
      return l10n.t("Certain: a record names this cause.");
    case "likely":
      return isOne(version) && zone[0].known
        ? l10n.t("Likely: every condition of it holds, and the gateway's version and time zone are known.")
        : l10n.t("Likely: every condition of it holds for every version and zone that is possible here.");
    case "possible":
      return l10n.t("Possible: the conditions hold, but at least one of them is assumed.");
  }
}

/** Marks may leave one version only. */
function isOne(version: Surroundings["version"]): boolean {
  return (
    version.kind === "exact" ||
    (version.kind === "range" && version.from !== undefined && version.from === version.until)
  );
}
