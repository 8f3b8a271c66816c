import * as l10n from "@vscode/l10n";
import type { RestorePlan } from "../restorePlan";
import { RestoreRefused } from "../restorer";
import type { Provide } from "./engineHost";
import { hashFile } from "./readContent";
import { syncNames, type Run } from "./run";

/** A content that a plan needs, and a file to name when it is not what it should be. */
export interface NeededContent {
  readonly sha256: string;
  readonly bytes: number;
  readonly path: string;
}

/** Every content of both sides of every change, and every backup, once each. */
export function neededContents(plan: RestorePlan): readonly NeededContent[] {
  const needed = new Map<string, NeededContent>();
  for (const { path, before, after } of plan.changes) {
    for (const state of [before, after]) {
      if (state.kind === "file") needed.set(state.sha256, { sha256: state.sha256, bytes: state.bytes, path });
    }
  }
  for (const { path, sha256, bytes } of plan.backups) needed.set(sha256, { sha256, bytes, path });
  return [...needed.values()];
}

/** Copies into the vault what is not there yet, verified and synced. Throws RestoreRefused when a file is no longer what it was. */
export async function storeContents(run: Run, provide: Provide, signal: AbortSignal | undefined): Promise<void> {
  await removeLeftovers(run);
  const needed = neededContents(run.plan);
  const total = needed.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const content of needed) {
    signal?.throwIfAborted();
    const report = (bytes: number): void => {
      run.progress?.({
        step: l10n.t("Backing up {0}", run.paths.path.basename(content.path)),
        done: done + bytes,
        total,
      });
    };
    report(0);
    if (!(await isStored(run, content))) await store(run, content, provide, report, signal);
    done += content.bytes;
    report(0);
  }
  await syncNames(run, run.paths.object("x"));
}

/** Whether the vault holds this content, whole and unchanged. */
export async function isStored(
  run: Pick<Run, "files" | "host" | "paths">,
  { sha256, bytes }: Pick<NeededContent, "sha256" | "bytes">,
): Promise<boolean> {
  const path = run.paths.object(sha256);
  const there = await run.files.look(path);
  if (there.kind !== "file" || there.bytes !== bytes) return false;
  return (await hashFile(run.files, run.host, path)).sha256 === sha256;
}

async function store(
  run: Run,
  { sha256, bytes, path }: NeededContent,
  provide: Provide,
  report: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { files, paths, plan } = run;
  const temporary = `${paths.object(sha256)}.${plan.id}.tmp`;
  let written = 0;
  const file = await files.create(temporary, 0o600);
  try {
    for await (const piece of provide(sha256, signal)) {
      signal?.throwIfAborted();
      written += piece.length;
      if (written > bytes) break;
      await file.write(piece);
      report(written);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const stored = await hashFile(files, run.host, temporary);
  if (written !== bytes || stored.bytes !== bytes || stored.sha256 !== sha256) {
    await files.unlink(temporary);
    throw new RestoreRefused(
      l10n.t("{0} has changed since the plan was made. Nothing was changed. Look again and make a new plan.", path),
    );
  }
  await setDamagedAside(run, sha256);
  // What is replaced here can only be the same bytes: the name is their hash, and only one process at a time stores.
  await files.rename(temporary, paths.object(sha256));
}

/** A content in the vault that no longer has its hash is kept for whoever wants to look at it, under another name. */
async function setDamagedAside({ files, paths, plan, notes }: Run, sha256: string): Promise<void> {
  const path = paths.object(sha256);
  if ((await files.look(path)).kind === "absent") return;
  const aside = `${path}.damaged.${plan.id}`;
  await files.rename(path, aside);
  notes.add(l10n.t("A backup was damaged: it is now {0}, and a good one was made.", aside));
}

/** Of copies that were stopped: what they are copies of is still where it was. We hold the lock, so nobody else writes any. */
async function removeLeftovers({ files, paths }: Run): Promise<void> {
  for (const name of await files.list(paths.objects)) {
    if (/^[0-9a-f]{64}\..+\.tmp$/.test(name)) await files.unlink(paths.path.join(paths.objects, name));
  }
}
