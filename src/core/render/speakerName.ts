import * as l10n from "@vscode/l10n";
import type { Speaker } from "../transcript/speaker";

/** What people call the one who speaks; one or two words, for headings and the outline. */
export function speakerName(speaker: Speaker): string {
  switch (speaker.kind) {
    case "user":
      return speaker.name === undefined ? l10n.t("user") : l10n.t("user {0}", speaker.name);
    case "assistant":
      return l10n.t("assistant");
    case "mirror":
      return l10n.t("OpenClaw");
    case "tool":
      return speaker.name ?? l10n.t("tool");
    case "bash":
      return l10n.t("bash");
    case "heartbeat":
      return l10n.t("heartbeat");
    case "cron":
      return speaker.name === undefined ? l10n.t("cron") : l10n.t("cron {0}", speaker.name);
    case "exec-notice":
      return l10n.t("exec notice");
    case "system-event":
      return l10n.t("system event");
    case "subagent-task":
      return l10n.t("task for a sub-agent");
    case "inter-session":
      return l10n.t("message from another session");
    case "startup":
      return speaker.command === undefined ? l10n.t("/new or /reset") : `/${speaker.command}`;
    case "runtime-context":
      return l10n.t("runtime context");
    case "plugin":
      return speaker.customType ?? l10n.t("plugin message");
    case "compaction":
      return l10n.t("compaction");
    case "branch-summary":
      return l10n.t("branch summary");
    case "state":
      return l10n.t("state");
    case "unknown":
      return speaker.written === undefined ? l10n.t("unknown") : l10n.t("unknown kind {0}", speaker.written);
  }
}

/** More about the one who speaks, for the heading; nothing when the name says it all. */
export function speakerFacts(speaker: Speaker): string[] {
  switch (speaker.kind) {
    case "assistant":
      return modelName(speaker.provider, speaker.model);
    case "mirror":
      return [speaker.delivered ? l10n.t("sent to the channel") : l10n.t("written by the gateway")];
    case "cron":
      return speaker.job === undefined ? [] : [l10n.t("job {0}", speaker.job)];
    case "inter-session":
      return [
        ...(speaker.from === undefined ? [] : [l10n.t("from {0}", speaker.from)]),
        ...(speaker.tool === undefined ? [] : [speaker.tool]),
      ];
    case "runtime-context":
    case "plugin":
      return speaker.hidden ? [l10n.t("hidden from the user")] : [];
    case "user":
    case "tool":
    case "bash":
    case "heartbeat":
    case "exec-notice":
    case "system-event":
    case "subagent-task":
    case "startup":
    case "compaction":
    case "branch-summary":
    case "state":
    case "unknown":
      return [];
  }
}

/** `anthropic/claude-sonnet-4-5`, as OpenClaw's own config writes it. */
export function modelName(provider: string | undefined, model: string | undefined): string[] {
  const name = [provider, model].filter((part) => part !== undefined && part !== "").join("/");
  return name === "" ? [] : [name];
}
