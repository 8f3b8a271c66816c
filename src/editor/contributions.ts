/**
 * Every id that package.json contributes, once and with its type; nothing else in the code spells one. A test compares
 * this file with package.json, so neither can have what the other lacks.
 */
export const extensionId = "openclaw-session-inspector.openclaw-session-inspector";

export const Command = {
  refresh: "openclawSessions.refresh",
  filter: "openclawSessions.filter",
  clearFilter: "openclawSessions.clearFilter",
  openTranscript: "openclawSessions.openTranscript",
  openAsTranscript: "openclawSessions.openAsTranscript",
  openRaw: "openclawSessions.openRaw",
  copyId: "openclawSessions.copyId",
  copyKey: "openclawSessions.copyKey",
  copyPath: "openclawSessions.copyPath",
  revealActive: "openclawSessions.revealActive",
  loadMore: "openclawSessions.loadMore",
  chooseStateDirectory: "openclawSessions.chooseStateDirectory",
  revealDirectory: "openclawSessions.revealDirectory",
  removeFromSettings: "openclawSessions.removeFromSettings",
  goToRawLine: "openclawSessions.goToRawLine",
  showElidedHere: "openclawSessions.showElidedHere",
  hideElidedHere: "openclawSessions.hideElidedHere",
  firstPage: "openclawSessions.firstPage",
  previousPage: "openclawSessions.previousPage",
  nextPage: "openclawSessions.nextPage",
  lastPage: "openclawSessions.lastPage",
  goToPage: "openclawSessions.goToPage",
  showLog: "openclawSessions.showLog",
  explain: "openclawSessions.explain",
  showFindings: "openclawSessions.showFindings",
  filterFindings: "openclawSessions.filterFindings",
  clearFindingsFilter: "openclawSessions.clearFindingsFilter",
  openEvidence: "openclawSessions.openEvidence",
  copyFinding: "openclawSessions.copyFinding",
  markAllSeen: "openclawSessions.markAllSeen",
  explainEnd: "openclawSessions.explainEnd",
  openEarlierWindow: "openclawSessions.openEarlierWindow",
  openCurrentWindow: "openclawSessions.openCurrentWindow",
  copyText: "openclawSessions.copyText",
  restore: "openclawSessions.restore",
  applyPlan: "openclawSessions.applyPlan",
  changeTarget: "openclawSessions.changeTarget",
  showChange: "openclawSessions.showChange",
  showBlockers: "openclawSessions.showBlockers",
  checkAgain: "openclawSessions.checkAgain",
  rehearse: "openclawSessions.rehearse",
  stopGateway: "openclawSessions.stopGateway",
  startGateway: "openclawSessions.startGateway",
  undoRestore: "openclawSessions.undoRestore",
  switchBack: "openclawSessions.switchBack",
  showRestores: "openclawSessions.showRestores",
  recover: "openclawSessions.recover",
  copySetting: "openclawSessions.copySetting",
  keep: "openclawSessions.keep",
} as const;
export type CommandId = (typeof Command)[keyof typeof Command];

export const View = {
  conversations: "openclawSessions.conversations",
  findings: "openclawSessions.findings",
  lookedAt: "openclawSessions.lookedAt",
} as const;
export const viewContainer = "openclawSessions";

/** The settings' types; their defaults stand in package.json. */
export interface Settings {
  readonly "openclawSessions.stateDirectories": readonly string[];
  readonly "openclawSessions.watch.polling": boolean;
  readonly "openclawSessions.tree.autoReveal": boolean;
  readonly "openclawSessions.timeZone": string;
  readonly "openclawSessions.notifications.enabled": boolean;
  readonly "openclawSessions.notifications.silencedCauses": readonly string[];
  readonly "openclawSessions.backupDirectory": string;
  readonly "openclawSessions.openclawPath": string;
  readonly "openclawSessions.keep.directory": string;
  readonly "openclawSessions.keep.newArchives": boolean;
  readonly "openclawSessions.keep.warnDays": number;
}
export const settingIds = [
  "openclawSessions.stateDirectories",
  "openclawSessions.watch.polling",
  "openclawSessions.tree.autoReveal",
  "openclawSessions.timeZone",
  "openclawSessions.notifications.enabled",
  "openclawSessions.notifications.silencedCauses",
  "openclawSessions.backupDirectory",
  "openclawSessions.openclawPath",
  "openclawSessions.keep.directory",
  "openclawSessions.keep.newArchives",
  "openclawSessions.keep.warnDays",
] as const satisfies readonly (keyof Settings)[];

/** Context keys that menus and welcome views ask for, with the values they can have. */
export interface ContextKeys {
  /** What the view has to show; `starting` until the first look at the disk is done. */
  readonly "openclawSessions.found": "starting" | "nothing" | "empty" | "unreadable" | "some";
  readonly "openclawSessions.filtered": boolean;
  /** The active editor shows the lines of a transcript file as they are. */
  readonly "openclawSessions.rawTranscript": boolean;
  /** The active transcript has pages before / after the one shown. */
  readonly "openclawSessions.hasPrevious": boolean;
  readonly "openclawSessions.hasNext": boolean;
  /** What the view Findings has to show; `starting` until everything was explained once. */
  readonly "openclawSessions.findingsShown": "starting" | "none" | "filtered" | "some";
  readonly "openclawSessions.findingsFiltered": boolean;
  /** There is a window that ended, so there is something to explain. */
  readonly "openclawSessions.explained": boolean;
  /** Some window ended unexpectedly and nobody looked at it yet. */
  readonly "openclawSessions.hasUnseen": boolean;
  /** How the window of the active transcript ended: set aside, removed, or not at all. */
  readonly "openclawSessions.activeEnded": "ended" | "removed" | "no";
  /** The active transcript is of a window that can be given back. */
  readonly "openclawSessions.activeRestorable": boolean;
  /** What the active plan is for; `none` when no plan is active. */
  readonly "openclawSessions.activePlan": "none" | "restore" | "undo" | "switch-back";
}
export const contextKeys = [
  "openclawSessions.found",
  "openclawSessions.filtered",
  "openclawSessions.rawTranscript",
  "openclawSessions.hasPrevious",
  "openclawSessions.hasNext",
  "openclawSessions.findingsShown",
  "openclawSessions.findingsFiltered",
  "openclawSessions.explained",
  "openclawSessions.hasUnseen",
  "openclawSessions.activeEnded",
  "openclawSessions.activeRestorable",
  "openclawSessions.activePlan",
] as const satisfies readonly (keyof ContextKeys)[];

/** Words in a tree item's `contextValue`, for which menus ask as `viewItem =~ /\bopenable\b/`. */
export const itemWords = [
  "openable",
  "hasFile",
  "hasId",
  "hasKey",
  "directory",
  "fromSetting",
  "more",
  "ended",
  "lastEnded",
  "finding",
  "placed",
  "removed",
  "copyable",
  "restorable",
  "keepable",
] as const;
export type ItemWord = (typeof itemWords)[number];

export const scheme = "openclaw-session";
/** Of nodes in the tree: only decorations hang on it, nothing can be opened by it. */
export const nodeScheme = "openclaw-session-node";

export const Language = {
  transcript: "openclaw-transcript",
  part: "openclaw-part",
  explanation: "openclaw-explanation",
  plan: "openclaw-plan",
  entry: "openclaw-entry",
} as const;

/** File extensions of our documents; the language of a document hangs on its extension. */
export const Extension = {
  transcript: ".openclaw-transcript",
  part: ".openclaw-part",
  explanation: ".openclaw-explanation",
  plan: ".openclaw-plan",
  receipt: ".openclaw-receipt",
  entry: ".openclaw-entry",
} as const;
