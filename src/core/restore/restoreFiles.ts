/**
 * What applying, undoing and recovering may do to a disk, call by call. The real one is in src/disk; tests have one in memory
 * that loses whatever was not synced, and that fails at any call. Errors carry a `code` as Node's do (`EEXIST`, `ENOSPC`, …).
 */
export interface RestoreFiles {
  /** Does not follow links. */
  look(path: string): Promise<LookedAtFile>;
  /** The bytes, in pieces. `ENOENT` when it is absent; never follows a link in the last part. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** Creates a file that must not exist (`EEXIST`), for writing. */
  create(path: string, mode: number): Promise<WritableFile>;
  /** Opens an existing file to add at its end: the journal. */
  append(path: string): Promise<WritableFile>;
  /** A second name, which must not exist (`EEXIST`). `EPERM`, `ENOTSUP`, `EXDEV`, `EMLINK`, `ENOSYS` where links are refused. */
  link(existing: string, name: string): Promise<void>;
  /** A copy under a name that must not exist (`EEXIST`). May leave part of it when it fails. */
  copyExclusive(from: string, to: string): Promise<void>;
  /** Replaces what is there. */
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  setTimes(path: string, mtimeMs: number): Promise<void>;
  setMode(path: string, mode: number): Promise<void>;
  /** Syncs content and attributes of a file by name. */
  syncFile(path: string): Promise<void>;
  /** Syncs names. `EINVAL`, `EPERM`, `EISDIR`, `ENOTSUP`, `EACCES` where that cannot be done. */
  syncDirectory(path: string): Promise<void>;
  /** With parents, 0700. What exists is fine. */
  makeDirectory(path: string): Promise<void>;
  /** Base names; empty when absent. */
  list(path: string): Promise<readonly string[]>;
}

export type LookedAtFile =
  | { readonly kind: "absent" }
  | {
      readonly kind: "file";
      readonly bytes: number;
      readonly mode: number;
      readonly mtimeMs: number;
      /** The same for two names of one file. */
      readonly identity: string;
    }
  | { readonly kind: "directory" }
  /** A link, a pipe, a device: never touched. */
  | { readonly kind: "other" };

export interface WritableFile {
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
