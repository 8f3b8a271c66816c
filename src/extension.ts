import * as l10n from "@vscode/l10n";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { registerCommands } from "./commands/registerCommands";
import type { Inspector } from "./core/inspectorPort";
import { registerContextOfEditor } from "./editor/contextOfEditor";
import { registerConversationDecorations } from "./editor/conversationDecorations";
import { registerExplanationLenses } from "./editor/explanationLenses";
import { registerFollowEnd } from "./editor/followEnd";
import { registerLanguageFeatures } from "./editor/languageFeatures";
import { OpenDocuments } from "./editor/openDocuments";
import { rememberPointedFiles } from "./editor/pointedFiles";
import { registerRotationNotifier } from "./editor/registerRotationNotifier";
import { replaceableInspector } from "./editor/replaceableInspector";
import { SeenRotations } from "./editor/seenRotations";
import { registerSeenDocuments } from "./editor/registerSeenDocuments";
import { registerSessionFileSystem } from "./editor/sessionFileSystem";
import { expandHome, onDidChangeSettings, readSetting } from "./editor/settings";
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
}

/** Everything there is, and what it hangs on. Nothing is waited for: the first look at the disk comes afterwards. */
export function activate(context: vscode.ExtensionContext): TestApi {
  const begun = performance.now();
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });

  const log = vscode.window.createOutputChannel("OpenClaw Sessions", { log: true });
  const inspector = replaceableInspector(() => createInspector(inspectorOptions(context, log)));
  const seen = new SeenRotations(context.globalState);
  const view = new ConversationsView(inspector, context.workspaceState, seen);
  const findings = new FindingsView(inspector, context.workspaceState);
  const documents = new OpenDocuments(inspector, log);
  const pointedAt = rememberPointedFiles(inspector, context.workspaceState);
  const refresh = () => lookAtDisk(inspector, view, log);

  context.subscriptions.push(
    log,
    inspector,
    view,
    findings,
    documents,
    registerSessionFileSystem(inspector, documents),
    registerLanguageFeatures(documents),
    registerExplanationLenses(inspector, documents),
    registerCommands({ inspector, view, findings, seen, documents, log, pointedAt, homeDir: homedir(), refresh }),
    registerContextOfEditor(inspector, documents),
    registerFollowEnd(),
    registerAutoReveal(inspector, view),
    registerLookedAtView(inspector),
    registerConversationDecorations(inspector, seen),
    registerSeenDocuments(documents, seen),
    registerUnseenBadge(inspector, seen, view),
    registerFindingsStatus(inspector),
    registerRotationNotifier(inspector, log),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    onDidChangeSettings((changed) => {
      if (changed.has("openclawSessions.timeZone")) {
        documents.refreshAll();
        view.show();
        findings.show();
      }
      if (!changed.has("openclawSessions.stateDirectories") && !changed.has("openclawSessions.watch.polling")) return;
      inspector.replace();
      void refresh();
    }),
  );
  setImmediate(() => void refresh());
  log.info(`Activated in ${Math.round(performance.now() - begun)} ms.`);
  return { inspector, view, findings, seen };
}

function inspectorOptions(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Parameters<typeof createInspector>[0] {
  return {
    env: process.env,
    homeDir: homedir(),
    platform: process.platform,
    explicitStateDirs: readSetting("openclawSessions.stateDirectories").map((path) => expandHome(path, homedir())),
    onlyExplicit: false,
    workspaceFolders: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === "file")
        .map(({ uri }) => ({ path: uri.fsPath })),
    trusted: () => vscode.workspace.isTrusted,
    cacheDir: context.globalStorageUri.fsPath,
    storageDir: context.globalStorageUri.fsPath,
    machine: thisMachine(),
    forcePolling: readSetting("openclawSessions.watch.polling"),
    log: (message) => {
      log.debug(message);
    },
  };
}
