import assert from "node:assert/strict";
import { applyPlan } from "../../../../src/core/restore/engine/applyPlan";
import { readReceipt } from "../../../../src/core/restore/engine/receipts";
import { recoverPlan } from "../../../../src/core/restore/engine/recoverPlan";
import { vaultPaths } from "../../../../src/core/restore/engine/vaultPaths";
import type { RestoreReceipt } from "../../../../src/core/restore/restoreJournal";
import { RestoreFailed, RestoreRefused } from "../../../../src/core/restore/restorer";
import type { Fault, ModelFiles, PowerCut } from "../modelFiles";
import { provide, stateDir, testHost, vault, type Shape } from "./aPlan";

/** A shape on a file system that always does something the same way: refuses links, say. */
export interface Setting extends Shape {
  readonly lockIndex?: boolean;
  readonly always?: (name: string, path: string) => Fault | undefined;
}

/** How it was before, how it is after, and what calls lie between. */
export interface Ends {
  readonly old: Readonly<Record<string, string>>;
  readonly new: Readonly<Record<string, string>>;
  readonly calls: readonly string[];
}

export async function endsOf(setting: Setting): Promise<Ends> {
  const files = start(setting);
  const before = files.snapshot(stateDir);
  const receipt = await apply(setting, files);
  assert.equal("outcome" in receipt ? receipt.outcome : receipt.message, "finished");
  return { old: before, new: files.snapshot(stateDir), calls: files.calls };
}

export function start(setting: Setting, fault: ModelFiles["fault"] = () => undefined): ModelFiles {
  return prepared(setting, setting.files(), fault);
}

export function prepared(
  setting: Setting,
  files: ModelFiles,
  fault: ModelFiles["fault"] = () => undefined,
): ModelFiles {
  files.fault = (call, name, path) => fault(call, name, path) ?? setting.always?.(name, path);
  return files;
}

/** The receipt, or the error that is meant for people. Anything else is a defect, unless the process was stopped. */
export async function apply(setting: Setting, files: ModelFiles, pid = 1): Promise<RestoreReceipt | Error> {
  const { plan, lockIndex } = setting;
  return outcomeOf(files, applyPlan(files, vault, plan, { ...testHost(pid), tool: "test", provide, lockIndex }));
}

export async function recover(
  setting: Setting,
  files: ModelFiles,
  how: "finish" | "take-back",
  pid = 2,
): Promise<RestoreReceipt | Error> {
  return outcomeOf(files, recoverPlan(files, vault, setting.plan.id, how, testHost(pid)));
}

async function outcomeOf(files: ModelFiles, result: Promise<RestoreReceipt>): Promise<RestoreReceipt | Error> {
  try {
    return await result;
  } catch (error) {
    if (files.stopped || error instanceof RestoreRefused || error instanceof RestoreFailed) return error as Error;
    throw error;
  }
}

/** Calls that leave something else on the disk: between the others, stopping is the same. */
export function changesDisk(call: string): boolean {
  return !/^(?:look|read|list|close|append) /.test(call);
}

/** Every way in which a power cut can leave one thing more or less, and all or nothing. */
export function powerCuts(files: ModelFiles): readonly PowerCut[] {
  const pending = files.pending();
  const each = [...Array(pending).keys()];
  return [
    { kind: "keep-all" },
    ...(pending > 0 ? ([{ kind: "drop-all" }, { kind: "tear" }] as const) : []),
    ...(pending > 1 ? each.flatMap((n) => [{ kind: "keep-one", n } as const, { kind: "drop-one", n } as const]) : []),
  ];
}

/** Whatever state this is: nothing that was there is gone, and nothing else was touched. */
export function expectNothingLost(setting: Setting, files: ModelFiles, where: string): void {
  const original = setting.files().contents();
  const now = files.contents();
  const kept = new Set(
    [...now].filter(([path]) => isSafe(path)).map(([, data]) => Buffer.from(data).toString("latin1")),
  );
  const ours = new Set(setting.plan.changes.map(({ path }) => path));
  for (const [path, data] of original) {
    assert.ok(kept.has(Buffer.from(data).toString("latin1")), `${path} is gone: ${where}`);
    if (!ours.has(path)) assert.deepEqual(now.get(path), data, `${path} was touched: ${where}`);
  }
}

function isSafe(path: string): boolean {
  return path.startsWith(`${stateDir}/`) || path.startsWith(`${vaultPaths(vault).objects}/`);
}

/** Ends it `how`, if there is something to end, and looks at what came of it. */
export async function expectEnds(
  setting: Setting,
  ends: Ends,
  files: ModelFiles,
  how: "finish" | "take-back",
  where: string,
  pid = 2,
): Promise<void> {
  const receipt = await readReceipt(files, vaultPaths(vault), setting.plan.id);
  if (receipt === undefined || receipt.outcome === "not-begun") {
    assert.deepEqual(files.snapshot(stateDir), withLeftLock(ends.old, files), where);
    return;
  }
  const ended = await recover(setting, files, how, pid);
  if (!("outcome" in ended)) assert.fail(`${where}: ${ended.message}`);
  if (receipt.outcome === "unfinished")
    assert.equal(ended.outcome, how === "finish" ? "finished" : "taken-back", where);
  const expected = ended.outcome === "finished" ? ends.new : ends.old;
  // A plan that had ended needs no recovery, so a lock of its process is OpenClaw's to remove: it does at once.
  const compared = whatIsCompared(where);
  assert.deepEqual(
    compared(files.snapshot(stateDir)),
    compared(receipt.outcome === "unfinished" ? expected : withLeftLock(expected, files)),
    where,
  );
  expectNothingLost(setting, files, where);
}

type Snapshot = Readonly<Record<string, string>>;

/** Some file systems keep no times or permissions: that is told, and stops nothing; then only contents are compared. */
export function whatIsCompared(where: string): (snapshot: Snapshot) => Snapshot {
  if (!/EPERM .*, set(?:Times|Mode) /.test(where)) return (snapshot) => snapshot;
  return (snapshot) =>
    Object.fromEntries(Object.entries(snapshot).map(([path, text]) => [path, text.replace(/^\S+ \S+ /, "")]));
}

/** A lock beside the index that a stopped process left is OpenClaw's to remove, when nothing was begun. */
function withLeftLock(expected: Snapshot, files: ModelFiles): Snapshot {
  const left = Object.entries(files.snapshot(stateDir)).filter(([path]) => path.endsWith("sessions.json.lock"));
  return { ...expected, ...Object.fromEntries(left) };
}
