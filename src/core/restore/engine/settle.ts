import * as l10n from "@vscode/l10n";
import type { FileChange, FileState } from "../fileChange";
import { changeFile, NotAsPlanned } from "./changeFile";
import { relate } from "./readContent";
import { settleAttributes, syncNames, temporaryOf, type Run } from "./run";
import { noFile, standingOf, type Side, type Standing } from "./standing";

/**
 * Brings every change to one side, whatever the disk is like now: the way back after an error, and both ways of ending what a
 * process left that has gone. It may itself be stopped anywhere and begun again. Looks at everything first: where something
 * else lies in the way, nothing at all is touched, and NotAsPlanned says what it is.
 */
export async function settle(run: Run, to: Side): Promise<void> {
  const numbered = run.plan.changes.map((change, n) => ({ change, n }));
  // What was never begun was never touched, and somebody else's changes of it are none of our business when we go back.
  const concerned = to === "after" ? numbered : numbered.filter(({ n }) => run.known.begun.has(n)).reverse();
  const todo: { readonly change: FileChange; readonly n: number; readonly standing: Standing }[] = [];
  const obstacles: string[] = [];
  for (const { change, n } of concerned) {
    const standing = await judge(run, change, n, to);
    if (typeof standing === "string") obstacles.push(standing);
    else if (standing) todo.push({ change, n, standing });
    const obstacle = await temporaryObstacle(run, change, n);
    if (obstacle !== undefined) obstacles.push(obstacle);
  }
  if (obstacles.length > 0) throw new NotAsPlanned(obstacles.join(" "));
  for (const { change, n } of concerned) await removeTemporary(run, change, n);
  for (const { change, n, standing } of todo) await bring(run, change, n, standing, to);
}

/** Undefined: nothing is to be done, since we did nothing. A text: an obstacle. */
async function judge(run: Run, change: FileChange, n: number, to: Side): Promise<Standing | string | undefined> {
  if (to === "before" && run.known.untouched.has(n)) return undefined;
  const standing = await standingOf(run, change, n);
  if (standing.kind === "other") {
    return to === "before" && (await wasNotReplaced(run, change, n)) ? undefined : standing.text;
  }
  if (standing.kind !== "moved-on" || standing.side === to) return standing;
  return to === "after"
    ? l10n.t("{0} was written to since it was looked at; it was left alone.", change.path)
    : l10n.t("{0} was written to since it was changed; it was left alone.", change.path);
}

/** Our version of an index still lies beside it: so it never took its place, and what is there is somebody else's. */
async function wasNotReplaced(run: Run, { path, before, after }: FileChange, n: number): Promise<boolean> {
  if (before.kind !== "file" || after.kind !== "file") return false;
  return (await run.files.look(temporaryOf(run, path, n))).kind === "file";
}

async function bring(run: Run, change: FileChange, n: number, standing: Standing, to: Side): Promise<void> {
  const { path } = change;
  const target = change[to];
  if (standing.kind === "moved-on") {
    run.notes.add(l10n.t("{0} was written to by something else meanwhile; that was kept.", path));
    return;
  }
  if (standing.kind === "part") {
    await run.files.unlink(path);
    await syncNames(run, path);
    if (target.kind === "file") await changeFile(run, n, path, { kind: "absent" }, target);
    return;
  }
  if (standing.kind === "other") return;
  if (standing.side !== to) await changeFile(run, n, path, change[standing.side], target);
  else await makeDurable(run, path, target);
}

/** It is there, or gone, but perhaps not yet on the disk, and perhaps without its permissions and time. */
async function makeDurable(run: Run, path: string, target: FileState): Promise<void> {
  if (target.kind === "file") await settleAttributes(run, path, target);
  if ((await run.files.look(run.paths.path.dirname(path))).kind === "directory") await syncNames(run, path);
}

/** Our temporary file may be removed only if the vault has what is in it. Undefined: it may, or there is none. */
async function temporaryObstacle(run: Run, change: FileChange, n: number): Promise<string | undefined> {
  if (!run.known.begun.has(n)) return undefined;
  const temporary = temporaryOf(run, change.path, n);
  const there = await run.files.look(temporary);
  if (there.kind === "absent") return undefined;
  if (there.kind !== "file") return noFile(temporary, there);
  for (const state of [change.before, change.after]) {
    if (state.kind !== "file") continue;
    const relation = await relate(run.files, temporary, run.paths.object(state.sha256));
    if (relation === "equal" || relation === "part") return undefined;
  }
  return l10n.t(
    "{0} holds what was written to {1} at the last moment; move it back to that name, or elsewhere.",
    temporary,
    change.path,
  );
}

async function removeTemporary(run: Run, change: FileChange, n: number): Promise<void> {
  if (!run.known.begun.has(n)) return;
  const temporary = temporaryOf(run, change.path, n);
  if ((await run.files.look(temporary)).kind === "absent") return;
  await run.files.unlink(temporary);
  await syncNames(run, change.path);
}
