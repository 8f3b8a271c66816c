import type * as vscode from "vscode";
import type { Inspector } from "../core/inspectorPort";
import type { OpenDocuments } from "../editor/openDocuments";
import type { Rehearsals } from "../editor/rehearsals";
import type { RestoreWatch } from "../editor/restoreWatch";
import type { SeenRotations } from "../editor/seenRotations";
import type { ConversationsView } from "../views/conversationsView";
import type { FindingsView } from "../views/findingsView";

import type { Ask } from "./confirmPlan";

/** What commands work with. */
export interface CommandContext {
  readonly inspector: Inspector;
  readonly view: ConversationsView;
  readonly findings: FindingsView;
  readonly seen: SeenRotations;
  readonly documents: OpenDocuments;
  /** Copies on which plans were tried, shown until the window is closed. */
  readonly rehearsals: Rehearsals;
  /** Sees whether what was given back stays. */
  readonly watch: RestoreWatch;
  /** Asks before anything is changed. */
  readonly ask: Ask;
  readonly log: vscode.LogOutputChannel;
  /** Lets a file be read that no state directory shows, now and after a window reload. */
  readonly pointedAt: (path: string) => void;
  /** What a leading `~` in the setting stands for. */
  readonly homeDir: string;
  /** Looks at the disk again; a failure is reported, not thrown. */
  readonly refresh: () => Promise<void>;
}

/** Arguments come from menus, links and other extensions: of any shape. */
export type CommandFactory = (context: CommandContext) => (...args: readonly unknown[]) => unknown;
