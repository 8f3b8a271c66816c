import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { Command, type CommandId, Language, scheme } from "./contributions";
import type { OpenDocument, OpenDocuments } from "./openDocuments";
import { blockersOf } from "./planChecks";
import type { Planned } from "./restorePlans";
import type { WindowArgument } from "./windowsOfRotation";
import type { RestoreReceipt } from "../core/restore/restoreJournal";

/** Above a plan and a receipt: what can be done with it. What is needed most stands first, as narrow editors cut the rest. */
export function registerPlanLenses(documents: OpenDocuments): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    documents.onDidChange(() => {
      changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme, language: Language.plan },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses({ uri }) {
          const shown = documents.get(uri);
          return shown ? lensesOf(shown) : [];
        },
      },
    ),
  );
}

type Lens = readonly [title: string, command: CommandId, argument?: unknown];

function lensesOf({ uri, content: { planned, receipt } }: OpenDocument): vscode.CodeLens[] {
  const lenses = planned ? planLenses(planned) : receipt ? receiptLenses(receipt) : [];
  const top = new vscode.Range(0, 0, 0, 0);
  return lenses.map(
    ([title, command, argument = uri]) => new vscode.CodeLens(top, { title, command, arguments: [argument] }),
  );
}

/** Looking again, and the change while something stops the plan, have buttons in the title: the row is cut where it is too long. */
function planLenses(planned: Planned): readonly Lens[] {
  const { subject, checked, gateway } = planned;
  const { plan } = checked;
  const blockers = blockersOf(checked).length;
  const canApply = plan !== undefined && blockers === 0;
  const { stateDir } = subject;
  return [
    canApply ? [applyTitle(planned), Command.applyPlan] : [refusal(planned, blockers), Command.showBlockers],
    ...lensIf(gateway.running === "yes", [icon("debug-stop", l10n.t("Stop Gateway")), Command.stopGateway]),
    ...lensIf(!canApply && subject.kind === "undo", [
      icon("arrow-swap", l10n.t("Switch Back…")),
      Command.switchBack,
      subject.kind === "undo" ? { stateDir, id: subject.id } : undefined,
    ]),
    ...transcriptLens(planned),
    ...lensIf(canApply && plan.entries.length > 0, [icon("diff", l10n.t("Show Change")), Command.showChange]),
    ...lensIf(subject.kind === "restore", [icon("split-horizontal", l10n.t("Change Where…")), Command.changeTarget]),
    ...lensIf(subject.kind === "restore" && canApply, [icon("beaker", l10n.t("Rehearse")), Command.rehearse]),
  ];
}

/** What comes back, to be recognised by its words: a plan has none of them. */
function transcriptLens({ subject, checked }: Planned): readonly Lens[] {
  if (subject.kind !== "restore") return [];
  const file = subject.file ?? checked.plan?.source;
  if (file === undefined) return [];
  const window: WindowArgument = { file, windowId: subject.windowId };
  return [[icon("comment-discussion", l10n.t("Open Transcript")), Command.openTranscript, window]];
}

function applyTitle({ subject: { kind } }: Planned): string {
  switch (kind) {
    case "restore":
      return icon("debug-restart", l10n.t("Restore"));
    case "undo":
      return icon("discard", l10n.t("Undo"));
    case "switch-back":
      return icon("arrow-swap", l10n.t("Switch Back"));
  }
}

function refusal({ subject: { kind } }: Planned, blockers: number): string {
  switch (kind) {
    case "restore":
      return blockers === 1
        ? icon("error", l10n.t("Cannot restore: 1 blocker"))
        : icon("error", l10n.t("Cannot restore: {0} blockers", blockers));
    case "undo":
      return blockers === 1
        ? icon("error", l10n.t("Cannot undo: 1 blocker"))
        : icon("error", l10n.t("Cannot undo: {0} blockers", blockers));
    case "switch-back":
      return blockers === 1
        ? icon("error", l10n.t("Cannot switch back: 1 blocker"))
        : icon("error", l10n.t("Cannot switch back: {0} blockers", blockers));
  }
}

function receiptLenses({ plan, outcome }: RestoreReceipt): readonly Lens[] {
  const { id } = plan;
  const name = { stateDir: plan.stateDir.path, id };
  const config = plan.advice.find(({ file }) => file !== undefined)?.file;
  const baseName = config?.split(/[/\\]/).at(-1) ?? "openclaw.json";
  return [
    ...lensIf(outcome === "unfinished", [icon("tools", l10n.t("Recover…")), Command.recover, name]),
    ...lensIf(outcome === "finished", [icon("discard", l10n.t("Undo…")), Command.undoRestore, name]),
    ...lensIf(plan.advice.length > 0, [icon("copy", l10n.t("Copy Setting")), Command.copySetting]),
    ...lensIf(config !== undefined, [
      icon("go-to-file", l10n.t("Open {0}", baseName)),
      Command.openEvidence,
      { file: config },
    ]),
    // What it starts with is to be set first.
    ...lensIf(outcome === "finished", [icon("play", l10n.t("Start Gateway")), Command.startGateway, name]),
  ];
}

function lensIf(isShown: boolean, lens: Lens): readonly Lens[] {
  return isShown ? [lens] : [];
}

/** VS Code swallows an ordinary blank after the icon. */
function icon(codicon: string, title: string): string {
  return `$(${codicon})\u00a0${title}`;
}
