import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";

export type GatewayVerb = "stop" | "start";

/**
 * `openclaw gateway stop` as a task whose terminal the user sees. The words go to the program as they are: there is no shell
 * that could take a directory's name for a command.
 */
export function gatewayTask(verb: GatewayVerb, stateDir: string, executable: string): vscode.Task {
  const execution = new vscode.ProcessExecution(executable, ["gateway", verb], { env: environmentOf(stateDir) });
  const name = verb === "stop" ? l10n.t("Stop the OpenClaw gateway") : l10n.t("Start the OpenClaw gateway");
  const definition = { type: "process", stateDir, verb };
  const task = new vscode.Task(definition, vscode.TaskScope.Workspace, name, "OpenClaw Sessions", execution, []);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
    showReuseMessage: false,
  };
  return task;
}

/** Resolves with the exit code when it is over; undefined when the program could not be started, or was ended. */
export async function runTask(task: vscode.Task): Promise<number | undefined> {
  const listeners: vscode.Disposable[] = [];
  try {
    let code: number | undefined;
    const over = new Promise<void>((resolve) => {
      const isOurs = ({ task: { definition, name } }: vscode.TaskExecution) =>
        name === task.name && definition["stateDir"] === task.definition["stateDir"];
      listeners.push(
        vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
          if (!isOurs(execution)) return;
          code = exitCode;
          resolve();
        }),
        vscode.tasks.onDidEndTask(({ execution }) => {
          // The process' own end, where there was one, is told right after.
          if (isOurs(execution)) setTimeout(resolve, 200);
        }),
      );
    });
    await vscode.tasks.executeTask(task);
    await over;
    return code;
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

/** Which gateway is meant: OpenClaw finds its directory and the name of its service by these. */
function environmentOf(stateDir: string): Record<string, string> {
  const profile = /[\\/]\.openclaw-([^\\/]+)$/.exec(stateDir)?.[1];
  return { OPENCLAW_STATE_DIR: stateDir, ...(profile === undefined ? {} : { OPENCLAW_PROFILE: profile }) };
}
