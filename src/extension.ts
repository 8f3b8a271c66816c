import * as l10n from "@vscode/l10n";
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { CommandContext } from "./commands/commandContext";
import { askModally } from "./commands/confirmPlan";
import { registerCommands } from "./commands/registerCommands";
import type { Inspector } from "./core/inspectorPort";
import { keepNewArchives } from "./core/keep/keepNewArchives";
import { vaultDirectory } from "./core/locations/vaultDirectory";
import type { Settings } from "./editor/contributions";
import { registerContextOfEditor } from "./editor/contextOfEditor";
import { registerConversationDecorations } from "./editor/conversationDecorations";
import { registerExplanationLenses } from "./editor/explanationLenses";
import { registerFollowEnd } from "./editor/followEnd";
import { registerLanguageFeatures } from "./editor/languageFeatures";
import { registerRecoveryOffer } from "./editor/offerRecovery";
import { OpenDocuments } from "./editor/openDocuments";
import { registerPlanLenses } from "./editor/planLenses";
import { rememberPointedFiles } from "./editor/pointedFiles";
import { Rehearsals } from "./editor/rehearsals";
import { registerRotationNotifier } from "./editor/registerRotationNotifier";
import { replaceableInspector } from "./editor/replaceableInspector";
import { RestoreWatch } from "./editor/restoreWatch";
import { SeenRotations } from "./editor/seenRotations";
import { registerSeenDocuments } from "./editor/registerSeenDocuments";
import { registerSessionFileSystem } from "./editor/sessionFileSystem";
import { expandHome, onDidChangeSettings, readSetting } from "./editor/settings";
import { tellWatched } from "./editor/tellWatched";
import { registerDeletionWarning } from "./editor/warnOfDeletion";
import { createInspector, thisMachine } from "./inspector";
import { registerAutoReveal } from "./views/autoReveal";
import { ConversationsView } from "./views/conversationsView";
import { registerFindingsStatus } from "./views/findingsStatus";
import { FindingsView } from "./views/findingsView";
import { registerLookedAtView } from "./views/lookedAtView";
import { lookAtDisk } from "./views/lookAtDisk";
import { registerUnseenBadge } from "./views/unseenBadge";

/** For the tests in the extension host; not for other extensions. */
export interface TestApi {
  readonly inspector: Inspector;
  readonly view: ConversationsView;
  readonly findings: FindingsView;
  readonly seen: SeenRotations;
  readonly commands: CommandContext;
}

/** Everything there is, and what it hangs on. Nothing is waited for: the first look at the disk comes afterwards. */
export function activate(context: vscode.ExtensionContext): TestApi {
  const begun = performance.now();
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });

  const log = vscode.window.createOutputChannel("OpenClaw Sessions", { log: true });
  const rehearsals = new Rehearsals();
  const inspector = replaceableInspector(() => createInspector(inspectorOptions(context, log, rehearsals)));
  const seen = new SeenRotations(context.globalState);
  const view = new ConversationsView(inspector, context.workspaceState, seen, log);
  const findings = new FindingsView(inspector, context.workspaceState);
  const documents = new OpenDocuments(inspector, log);
  const watch = new RestoreWatch(inspector, (receipt, verdict) => {
    tellWatched(receipt, verdict).catch((error: unknown) => {
      log.error(`What came of a restore could not be told: ${String(error)}`);
    });
  });
  const pointedAt = rememberPointedFiles(inspector, context.workspaceState);
  const refresh = () => lookAtDisk(inspector, view, log);

  const commands: CommandContext = {
    ...{ inspector, view, findings, seen, documents, rehearsals, watch, log, pointedAt, refresh },
    ...{ ask: askModally, homeDir: homedir() },
  };

  context.subscriptions.push(
    log,
    inspector,
    view,
    findings,
    documents,
    rehearsals,
    watch,
    registerSessionFileSystem(inspector, documents),
    registerLanguageFeatures(documents),
    registerExplanationLenses(inspector, documents),
    registerPlanLenses(documents),
    registerCommands(commands),
    registerContextOfEditor(inspector, documents),
    registerFollowEnd(),
    registerAutoReveal(inspector, view, log),
    registerLookedAtView(inspector),
    registerConversationDecorations(inspector, seen),
    registerSeenDocuments(documents, seen),
    registerUnseenBadge(inspector, seen, view),
    registerFindingsStatus(inspector),
    registerRotationNotifier(inspector, seen, log),
    registerDeletionWarning(inspector, log),
    keepNewArchives(inspector, keepsNewArchives, (message) => {
      log.warn(message);
    }),
    registerRecoveryOffer(inspector, log),
    rehearsals.onDidChange(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    onDidChangeSettings((changed) => {
      if (changed.has("openclawSessions.timeZone")) {
        documents.refreshAll();
        view.show();
        findings.show();
      }
      if (!fixedAtStart.some((id) => changed.has(id))) return;
      inspector.replace();
      void refresh();
    }),
  );
  setImmediate(() => void refresh());
  log.info(`Activated in ${Math.round(performance.now() - begun)} ms.`);
  return { inspector, view, findings, seen, commands };
}

/** Settings that an inspector has for life: another one takes its place when one of them changes. */
const fixedAtStart = [
  "openclawSessions.stateDirectories",
  "openclawSessions.watch.polling",
  "openclawSessions.backupDirectory",
  "openclawSessions.keep.directory",
] as const satisfies readonly (keyof Settings)[];

function inspectorOptions(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  rehearsals: Rehearsals,
): Parameters<typeof createInspector>[0] {
  return {
    env: process.env,
    homeDir: homedir(),
    platform: process.platform,
    // Asked at every look: rehearsals come and go.
    get explicitStateDirs() {
      const named = readSetting("openclawSessions.stateDirectories").map((path) => expandHome(path, homedir()));
      return [...named, ...rehearsals.paths];
    },
    onlyExplicit: false,
    workspaceFolders: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === "file")
        .map(({ uri }) => ({ path: uri.fsPath })),
    trusted: () => vscode.workspace.isTrusted,
    cacheDir: context.globalStorageUri.fsPath,
    storageDir: context.globalStorageUri.fsPath,
    vaultBase: vaultDirectory(
      process.platform,
      process.env,
      homedir(),
      readDirectory("openclawSessions.backupDirectory"),
    ),
    keepDir: readDirectory("openclawSessions.keep.directory"),
    machine: thisMachine(),
    tool: `OpenClaw Session Inspector ${String((context.extension.packageJSON as { readonly version?: unknown }).version)}`,
    forcePolling: readSetting("openclawSessions.watch.polling"),
    log: (message) => {
      log.debug(message);
    },
  };
}

/** Undefined where the setting is empty: then there is a place of our own. */
function readDirectory(id: "openclawSessions.backupDirectory" | "openclawSessions.keep.directory"): string | undefined {
  const path = readSetting(id).trim();
  return path === "" ? undefined : expandHome(path, homedir());
}

/** Not in an untrusted workspace: there nothing is written. */
function keepsNewArchives(): boolean {
  return vscode.workspace.isTrusted && readSetting("openclawSessions.keep.newArchives");
}
