import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "mocha";

const made: string[] = [];

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A new directory, by its real path, with these files in it; gone after the test. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "inspector-")));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) put(directory, name, content);
  return directory;
}

/** Writes a file, with the directories above it. */
export function put(directory: string, name: string, content: string | Uint8Array): string {
  const file = join(directory, ...name.split("/"));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A named pipe: opening it for reading waits for a writer that never comes. */
export function makePipe(directory: string, name: string): string {
  const file = join(directory, name);
  execFileSync("mkfifo", [file]);
  return file;
}

/**
 * Runs as somebody to whom permissions apply. The superuser may read everything, and tests often run as the superuser: then the
 * whole process takes another effective user for a while.
 */
export async function withPermissionsEnforced<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  const nobody = 65534;
  process.seteuid?.(nobody);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
