import { posix, win32, type PlatformPath } from "node:path";

/** Where things are in a vault. */
export interface VaultPaths {
  readonly path: PlatformPath;
  readonly vault: string;
  /** Contents under their SHA-256. */
  readonly objects: string;
  /** A directory for each restore. */
  readonly restores: string;
  /** Held by the process that applies, undoes or recovers. */
  readonly lock: string;
  object(sha256: string): string;
  restore(id: string): string;
  journal(id: string): string;
  receipt(id: string): string;
}

export function vaultPaths(vault: string): VaultPaths {
  const path = vault.startsWith("/") ? posix : win32;
  const objects = path.join(vault, "objects");
  const restores = path.join(vault, "restores");
  return {
    path,
    vault,
    objects,
    restores,
    lock: path.join(restores, "lock"),
    object: (sha256) => path.join(objects, sha256),
    restore: (id) => path.join(restores, id),
    journal: (id) => path.join(restores, id, "journal.jsonl"),
    receipt: (id) => path.join(restores, id, "receipt.json"),
  };
}

/**
 * The file that is written beside the one that the `n`th change of a plan makes. It ends in `.tmp` and begins with a dot, so
 * neither OpenClaw nor we take it for a transcript. The same for every attempt: whoever recovers knows it.
 */
export function temporaryPath({ path }: VaultPaths, file: string, id: string, n: number): string {
  return path.join(path.dirname(file), `.openclaw-sessions.${id}.${String(n)}.tmp`);
}
