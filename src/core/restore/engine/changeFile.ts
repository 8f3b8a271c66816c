import * as l10n from "@vscode/l10n";
import type { FileContent, FileState } from "../fileChange";
import { codeOf } from "./fileFault";
import { hashFile, relate } from "./readContent";
import { settleAttributes, syncNames, temporaryOf, type Run } from "./run";
import { noFile } from "./standing";
import { isStored } from "./storeContents";

/** A file is not as the plan has it. The message is for people. */
export class NotAsPlanned extends Error {
  override readonly name = "NotAsPlanned";
}

const linksRefused = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "ENOSYS", "EINVAL"]);

/**
 * Makes one file be `to` where it is `from`. It is looked at again right before; nothing that is not exactly `from` is replaced
 * or removed. Stopped at any point, either content is there under its own name or can be made again from the vault.
 */
export async function changeFile(run: Run, n: number, path: string, from: FileState, to: FileState): Promise<void> {
  const { files, paths } = run;
  const directory = paths.path.dirname(path);
  const parent = await files.look(directory);
  if (parent.kind !== "directory") throw new NotAsPlanned(noDirectory(directory));
  const temporary = temporaryOf(run, path, n);
  if (!run.known.begun.has(n) && (await files.look(temporary)).kind !== "absent") {
    throw new NotAsPlanned(l10n.t("{0} is there already and is not ours; it was left alone.", temporary));
  }
  run.known.begun.add(n);
  run.known.untouched.add(n);
  await run.journal.write({ event: "changing", n, temporary });
  if (to.kind === "absent") {
    if (from.kind === "file") await giveUp(run, n, path, from, temporary);
  } else {
    await writeTemporary(run, temporary, to);
    if (from.kind === "absent") await putNew(run, n, path, to, temporary);
    else await replace(run, n, path, from, temporary);
  }
  await syncNames(run, path);
  await run.journal.write({ event: "changed", n });
}

export function noDirectory(directory: string): string {
  return l10n.t("{0} is not a directory of its own: a link, or gone. Nothing is written through it.", directory);
}

/** Throws NotAsPlanned when the file is not exactly this. */
export async function expectState(run: Run, path: string, state: FileState): Promise<void> {
  const there = await run.files.look(path);
  if (state.kind === "absent") {
    if (there.kind !== "absent") throw new NotAsPlanned(l10n.t("{0} was made by something else meanwhile.", path));
    return;
  }
  if (there.kind === "absent") throw new NotAsPlanned(l10n.t("{0} is no longer there.", path));
  if (there.kind !== "file") throw new NotAsPlanned(noFile(path, there));
  const content = await hashFile(run.files, run.host, path);
  // Looked at once more: while it was read, it may have been replaced or written to.
  const again = await run.files.look(path);
  const still =
    again.kind === "file" &&
    again.identity === there.identity &&
    again.bytes === there.bytes &&
    again.mtimeMs === there.mtimeMs;
  if (!still || content.bytes !== state.bytes || content.sha256 !== state.sha256) {
    throw new NotAsPlanned(l10n.t("{0} was changed by something else meanwhile.", path));
  }
}

async function writeTemporary(run: Run, temporary: string, content: FileContent): Promise<void> {
  const { files, paths } = run;
  const file = await files.create(temporary, 0o600);
  try {
    for await (const piece of files.read(paths.object(content.sha256))) await file.write(piece);
  } finally {
    await file.close();
  }
  await settleAttributes(run, temporary, content);
  await expectWritten(run, temporary, content);
}

async function expectWritten(run: Run, path: string, content: FileContent): Promise<void> {
  const written = await hashFile(run.files, run.host, path);
  if (written.bytes === content.bytes && written.sha256 === content.sha256) return;
  throw new NotAsPlanned(
    l10n.t(
      "What was written to {0} reads differently from what should be there. Check the disk, and the backup {1}.",
      path,
      run.paths.object(content.sha256),
    ),
  );
}

async function putNew(run: Run, n: number, path: string, to: FileContent, temporary: string): Promise<void> {
  const { files, known } = run;
  await expectState(run, path, { kind: "absent" });
  known.untouched.delete(n);
  try {
    await files.link(temporary, path);
  } catch (error) {
    if (!(await isOurLink(run, path, temporary))) await withoutLink(run, n, path, to, temporary, error);
  }
  await files.unlink(temporary);
}

/** A server that was asked twice because its first answer got lost says `EEXIST` of what it made itself (NFS). */
async function isOurLink({ files }: Run, path: string, temporary: string): Promise<boolean> {
  const [there, ours] = [await files.look(path), await files.look(temporary)];
  return there.kind === "file" && ours.kind === "file" && there.identity === ours.identity;
}

async function withoutLink(
  run: Run,
  n: number,
  path: string,
  to: FileContent,
  temporary: string,
  error: unknown,
): Promise<void> {
  const code = codeOf(error) ?? "";
  if (code === "EEXIST") run.known.untouched.add(n);
  if (!linksRefused.has(code)) throw error;
  run.known.unlinked.add(n);
  await run.journal.write({ event: "changing", n, temporary, unlinked: true });
  await copyNew(run, n, path, to);
}

async function copyNew(run: Run, n: number, path: string, to: FileContent): Promise<void> {
  const { files, known } = run;
  try {
    await files.copyExclusive(run.paths.object(to.sha256), path);
  } catch (error) {
    // What is there now is a part of ours, or somebody else made it since we looked.
    const isOurs = ["equal", "part"].includes(await relate(files, path, run.paths.object(to.sha256)));
    if (codeOf(error) === "EEXIST" && !isOurs) known.untouched.add(n);
    throw error;
  }
  await settleAttributes(run, path, to);
  await expectWritten(run, path, to);
}

async function replace(run: Run, n: number, path: string, from: FileContent, temporary: string): Promise<void> {
  await expectState(run, path, from);
  run.known.untouched.delete(n);
  await run.files.rename(temporary, path);
}

/**
 * Takes the name away first and looks at what it then holds: a line that somebody appended at the last moment is seen, and the
 * name given back. Only what the vault has is removed.
 */
async function giveUp(run: Run, n: number, path: string, from: FileContent, temporary: string): Promise<void> {
  const { files, known } = run;
  if (!(await isStored(run, from))) {
    throw new NotAsPlanned(
      l10n.t("The backup {0} is not whole, so {1} was not given up.", run.paths.object(from.sha256), path),
    );
  }
  await expectState(run, path, from);
  known.untouched.delete(n);
  await files.rename(path, temporary);
  const held = await hashFile(files, run.host, temporary);
  if (held.bytes !== from.bytes || held.sha256 !== from.sha256) {
    if ((await files.look(path)).kind === "absent") await files.rename(temporary, path);
    known.untouched.add(n);
    throw new NotAsPlanned(l10n.t("{0} was changed by something else meanwhile.", path));
  }
  await files.unlink(temporary);
}
