import * as l10n from "@vscode/l10n";
import type { JoinRung } from "../core/conversation/model";

/** What told to which conversation a transcript belongs; stands behind "Joined by". */
export function joinName(rung: JoinRung): string {
  switch (rung) {
    case "store-row":
      return l10n.t("the session index");
    case "usage-family":
      return l10n.t("the list of former sessions in the index");
    case "session-file-name":
      return l10n.t("the file name in the index");
    case "system-prompt-report":
      return l10n.t("the report on the system prompt in the index");
    case "trajectory":
      return l10n.t("a run trace");
    case "checkpoint-list":
      return l10n.t("the list of checkpoints");
    case "store-backup":
      return l10n.t("a backup of the session index");
    case "bootstrap-context":
      return l10n.t("a record in the transcript");
    case "memory-note":
      return l10n.t("a memory note");
    case "cron-run":
      return l10n.t("a cron run");
    case "heartbeat-prompt":
      return l10n.t("its heartbeats");
    case "kept-copy":
      return l10n.t("a kept copy");
    case "time-adjacency":
      return l10n.t("time");
    case "chain":
      return l10n.t("the window that followed");
    case "only-conversation":
      return l10n.t("being the only conversation");
  }
}
