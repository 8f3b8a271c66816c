import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { GatewayFact } from "../core/restore/gatewayFact";
import { awaitGateway } from "../editor/awaitGateway";
import { gatewayTask, type GatewayVerb, runTask } from "../editor/gatewayTask";
import { mayWrite } from "../editor/mayWrite";
import { readSetting } from "../editor/settings";
import { stateDirLabel } from "../editor/stateDirLabel";
import type { CommandContext, CommandFactory } from "./commandContext";
import { planAgain, planOf } from "./showPlan";

/** Looks after the program has ended well: a gateway takes a moment to go, and a longer one to come. */
const looks: Readonly<Record<GatewayVerb, number>> = { stop: 15, start: 30 };
/** A program that failed did nothing; somebody may have done it by hand meanwhile. */
const looksAfterFailure = 2;

interface Outcome {
  /** Undefined: the program could not be started, or was ended. */
  readonly code: number | undefined;
  readonly executable: string;
  readonly fact: GatewayFact;
}

/** From a plan, or for a state directory: in a terminal that the user sees; afterwards the plan is made anew. */
export const stopGateway: CommandFactory = (context) => (argument) => turn(context, "stop", argument);

export const startGateway: CommandFactory = (context) => (argument) => turn(context, "start", argument);

async function turn(context: CommandContext, verb: GatewayVerb, argument: unknown): Promise<void> {
  if (!(await mayWrite())) return;
  const planned = planOf(context, argument);
  const stateDir = planned?.subject.stateDir ?? stateDirOf(argument) ?? (await chooseStateDir(context, verb));
  if (stateDir === undefined) return;
  const outcome = await runAndWait(context, verb, stateDir);
  if (planned) await planAgain(context, planned.subject);
  await tellUnless(verb, outcome);
}

async function runAndWait({ inspector, log }: CommandContext, verb: GatewayVerb, stateDir: string): Promise<Outcome> {
  const executable = readSetting("openclawSessions.openclawPath").trim() || "openclaw";
  const title =
    verb === "stop" ? l10n.t("Waiting until the gateway has stopped") : l10n.t("Waiting until the gateway answers");
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => {
      abort.abort();
    });
    try {
      const code = await runTask(gatewayTask(verb, stateDir, executable));
      log.info(`${executable} gateway ${verb} ended with ${code ?? "no code"}.`);
      const fact = await awaitGateway(inspector.restorer, stateDir, wanted[verb], {
        looks: code === 0 ? looks[verb] : looksAfterFailure,
        signal: abort.signal,
      });
      return { code, executable, fact };
    } finally {
      listener.dispose();
    }
  });
}

const wanted = { stop: "no", start: "yes" } as const satisfies Readonly<Record<GatewayVerb, GatewayFact["running"]>>;

/** The terminal shows what the program said; this is what to do when it was not enough. */
async function tellUnless(verb: GatewayVerb, { code, executable, fact }: Outcome): Promise<void> {
  if (fact.running === wanted[verb]) return;
  const settings = l10n.t("Path of openclaw…");
  const message = code === undefined ? notStarted(executable) : verb === "stop" ? stillRuns(fact) : notThere(fact);
  if ((await vscode.window.showWarningMessage(message, settings)) === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "openclawSessions.openclawPath");
  }
}

function notStarted(executable: string): string {
  return l10n.t(
    "{0} could not be run. Name the program in the setting openclawSessions.openclawPath, or run it yourself and then check again.",
    executable,
  );
}

function stillRuns({ evidence: [{ text }] }: GatewayFact): string {
  return l10n.t(
    "The gateway still seems to run. {0} Stop it where it was started (Ctrl+C in its terminal, or its service), then check again.",
    text,
  );
}

function notThere({ evidence: [{ text }] }: GatewayFact): string {
  return l10n.t("The gateway does not answer yet. {0} The terminal shows what it said.", text);
}

function stateDirOf(argument: unknown): string | undefined {
  if (typeof argument !== "object" || argument === null || argument instanceof vscode.Uri) return undefined;
  const { stateDir } = argument as Partial<Record<string, unknown>>;
  return typeof stateDir === "string" ? stateDir : undefined;
}

async function chooseStateDir({ inspector }: CommandContext, verb: GatewayVerb): Promise<string | undefined> {
  const { stateDirs } = inspector.snapshot;
  const [only, ...others] = stateDirs;
  if (only && others.length === 0) return only.path;
  const items = stateDirs.map(({ path }) => ({
    label: stateDirLabel(path, stateDirs),
    description: path,
    iconPath: new vscode.ThemeIcon("root-folder"),
    path,
  }));
  const title = verb === "stop" ? l10n.t("Stop the Gateway of") : l10n.t("Start the Gateway of");
  return (await vscode.window.showQuickPick(items, { title }))?.path;
}
