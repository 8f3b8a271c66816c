import * as l10n from "@vscode/l10n";
import type { LogEvent } from "../log/logRecord";

/** What only some versions of OpenClaw leave behind. Both ends inclusive; undefined: open. */
export interface VersionClue {
  readonly from?: string;
  readonly until?: string;
  /** A whole sentence for people. */
  readonly text: () => string;
  /** How it is known. */
  readonly source: string;
}

/** Only what is certain: that something is absent says nothing in most cases, as most of it is optional. */
export const versionClues = {
  rowInFile: {
    until: "2026.7.35",
    text: () => l10n.t("The index is the file sessions.json, which OpenClaw writes up to 2026.7.35."),
    source: "recorded with 2026.3.13 to 2026.7.35; tables in 2026.8.1 and later",
  },
  rowStarted: {
    from: "2026.4.25",
    text: () => l10n.t("The index tells when its session was started, as OpenClaw notes from 2026.4.25 on."),
    source: "sessionStartedAt, lastInteractionAt: read in 2026.4.25; in every row recorded with 2026.5.18, 2026.7.35",
  },
  noRowStarted: {
    until: "2026.4.24",
    text: () => l10n.t("The index does not tell when a session was started, as OpenClaw notes from 2026.4.25 on."),
    source: "in no row recorded with 2026.3.13, 2026.4.21; in every row recorded with 2026.5.18, 2026.7.35",
  },
  rowStatus: {
    from: "2026.3.14",
    text: () => l10n.t("The row in the index has a status, which OpenClaw notes after 2026.3.13."),
    source: "in no row recorded with 2026.3.13; recorded with 2026.4.21 and later",
  },
  usageFamily: {
    from: "2026.5.18",
    text: () => l10n.t("The index lists the earlier ids of this conversation, as OpenClaw does from 2026.5.18 on."),
    source: "usageFamilyKey: recorded with 2026.5.18, 2026.7.35",
  },
  resetArchive: {
    from: "2026.2.13",
    until: "2026.7.35",
    text: () => l10n.t("The transcript was renamed at a reset, which OpenClaw does from 2026.2.13 up to 2026.7.35."),
    source: "changelog of 2026.2.13; recorded with 2026.3.13 to 2026.7.35; not any more in 2026.8.1",
  },
  checkpointFile: {
    from: "2026.4.7",
    until: "2026.5.25",
    text: () =>
      l10n.t(
        "A copy of the transcript was made before a compaction, which OpenClaw does from 2026.4.7 up to 2026.5.25.",
      ),
    source: "read in 2026.4.7 and 2026.5.22; only their metadata from 2026.5.26",
  },
  storeBackup: {
    from: "2026.2.9",
    until: "2026.4.26",
    text: () =>
      l10n.t("The index was set aside when it had grown large, which OpenClaw does from 2026.2.9 up to 2026.4.26."),
    source: "rotateBytes, read in 2026.2.9 and 2026.4.26; without effect from 2026.4.27",
  },
  runTrace: {
    from: "2026.4.22",
    until: "2026.7.35",
    text: () => l10n.t("There is a run trace, as OpenClaw writes from 2026.4.22 up to 2026.7.35."),
    source: "recorded with 2026.5.18, 2026.7.35; a table in 2026.8.1",
  },
  namedStartup: {
    from: "2026.4.27",
    text: () => l10n.t("The startup prompt names its command, as OpenClaw's does from 2026.4.27 on."),
    source: "[OpenClaw session new]: read in 2026.4.29; see wordings.ts",
  },
  plainStartup: {
    until: "2026.4.26",
    text: () => l10n.t("The startup prompt does not name its command, as OpenClaw's up to 2026.4.26."),
    source: "recorded with 2026.3.13, 2026.4.21; see wordings.ts",
  },
  currentTime: {
    until: "2026.4.25",
    text: () => l10n.t("The heartbeat's prompt ends with the current time, as OpenClaw's up to 2026.4.25."),
    source: "recorded with 2026.3.13, 2026.4.21",
  },
  stampedUser: {
    until: "2026.6.35",
    text: () => l10n.t("What the user sent is stored with a stamp, which OpenClaw 2026.7 does not do any more."),
    source: "recorded with 2026.3.13 to 2026.5.18; bare in 2026.7.35",
  },
  replayed: {
    from: "2026.4.29",
    until: "2026.7.35",
    text: () => l10n.t("A restart put older messages in again, which OpenClaw does from 2026.4.29 up to 2026.7.35."),
    source: "replayRecentUserAssistantMessages: read in 2026.4.29 and 2026.7.35",
  },
  headerVersion4: {
    from: "2026.9.4",
    text: () => l10n.t("The header has version 4, as OpenClaw writes from 2026.9.4 on."),
    source: "read in 2026.9.4",
  },
  leafEntry: {
    from: "2026.6.11",
    text: () => l10n.t("The transcript has a leaf entry, as OpenClaw writes from 2026.6.11 on."),
    source: "read in 2026.6.11",
  },
  resetEntry: {
    from: "2026.7.2-beta.1",
    text: () => l10n.t("The transcript has a reset entry, as only OpenClaw versions with tables write."),
    source: "recorded with 2026.9.6",
  },
  files: {
    until: "2026.7.35",
    text: () => l10n.t("Sessions are kept in files and not in tables: OpenClaw was 2026.7.35 at most until now."),
    source: "versions with tables import the files when they start: recorded with 2026.9.6",
  },
  tables: {
    from: "2026.7.2-beta.1",
    text: () => l10n.t("Sessions are kept in tables, as OpenClaw does from 2026.8.1 on, and in betas of 2026.7.2."),
    source: "recorded with 2026.9.6",
  },
} as const satisfies Readonly<Record<string, VersionClue>>;

/** Lines of the gateway's log that only some versions write. */
export const logClues: Partial<Readonly<Record<LogEvent["kind"], VersionClue>>> = {
  "compaction-failed": {
    until: "2026.5.20",
    text: () => l10n.t("A failed compaction began a new session, as in OpenClaw up to 2026.5.20."),
    source: "read in 2026.5.20 and 2026.5.22",
  },
  "history-corrupted": {
    until: "2026.5.17",
    text: () => l10n.t("A corrupted history was thrown away, as in OpenClaw up to 2026.5.7."),
    source: "read in 2026.5.7; absent in 2026.5.18",
  },
  "role-conflict": {
    until: "2026.7.35",
    text: () => l10n.t("A conflict of roles began a new session, as in OpenClaw up to 2026.7.35."),
    source: "read in 2026.7.35; a reset entry in 2026.8.1",
  },
  "memory-flush-exhausted": {
    from: "2026.6.12",
    until: "2026.7.35",
    text: () => l10n.t("An exhausted memory flush began a new session, as in OpenClaw 2026.7.1 up to 2026.7.35."),
    source: "read in 2026.7.1 and 2026.7.35; absent in 2026.6.11 and 2026.8.1",
  },
  "mapping-preserved": {
    from: "2026.5.21",
    text: () => l10n.t("A failed compaction kept its session, as in OpenClaw from 2026.5.22 on."),
    source: "read in 2026.5.22; absent in 2026.5.20",
  },
};
