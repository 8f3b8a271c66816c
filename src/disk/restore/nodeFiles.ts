import { constants } from "node:fs";
import { copyFile, chmod, link, lstat, open, readdir, rename, unlink, utimes, type FileHandle } from "node:fs/promises";
import type { LookedAtFile, RestoreFiles, WritableFile } from "../../core/restore/restoreFiles";
import { makeDirectory } from "../evidence/makeDirectory";
import { errorCode } from "../readErrors";

const pieceBytes = 1024 * 1024;

/** Flags that keep opening harmless; Windows has neither and needs neither. */
const noFollow = optionalFlag("O_NOFOLLOW") | optionalFlag("O_NONBLOCK");

/** The real file system. Nothing here follows a link in the last part of a path, and nothing but regular files is opened. */
export const nodeFiles: RestoreFiles = {
  look,
  read,

  async create(path, mode) {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    return writable(await open(path, flags, mode));
  },

  async append(path) {
    return writable(await openRegular(path, constants.O_WRONLY | constants.O_APPEND));
  },

  link: (existing, name) => link(existing, name),
  copyExclusive: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL),
  rename: (from, to) => rename(from, to),
  unlink: (path) => unlink(path),

  async setTimes(path, mtimeMs) {
    await expectNoLink(path);
    // Node cuts what it is given to microseconds: without half a one more, every copy would be one older than the last.
    const seconds = (Math.round(mtimeMs * 1000) + 0.5) / 1_000_000;
    await utimes(path, seconds, seconds);
  },

  async setMode(path, mode) {
    await expectNoLink(path);
    await chmod(path, mode);
  },

  async syncFile(path) {
    // Windows syncs only what is open for writing.
    const file = await openRegular(path, process.platform === "win32" ? constants.O_RDWR : constants.O_RDONLY);
    await syncAndClose(file);
  },

  async syncDirectory(path) {
    await syncAndClose(await open(path, constants.O_RDONLY));
  },

  makeDirectory,

  async list(path) {
    try {
      return await readdir(path);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return [];
      throw error;
    }
  },
};

async function look(path: string): Promise<LookedAtFile> {
  try {
    const stats = await lstat(path, { bigint: true });
    if (stats.isDirectory()) return { kind: "directory" };
    if (!stats.isFile()) return { kind: "other" };
    return {
      kind: "file",
      bytes: Number(stats.size),
      mode: Number(stats.mode) & 0o7777,
      mtimeMs: Number(stats.mtimeNs) / 1e6,
      identity: `${String(stats.dev)}:${String(stats.ino)}`,
    };
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return { kind: "absent" };
    throw error;
  }
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  const file = await openRegular(path, constants.O_RDONLY);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(pieceBytes), 0, pieceBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function openRegular(path: string, flags: number): Promise<FileHandle> {
  const file = await open(path, flags | noFollow);
  try {
    if ((await file.stat()).isFile()) return file;
    throw Object.assign(new Error(`${path} is not a regular file`), { code: "EINVAL" });
  } catch (error) {
    await file.close();
    throw error;
  }
}

function writable(file: FileHandle): WritableFile {
  return {
    async write(bytes) {
      // A short write is no error to the system: what is left is written again, until it says why it cannot be.
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, at, Math.min(pieceBytes, bytes.length - at), null);
        at += bytesWritten;
      }
    },
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

async function syncAndClose(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Both calls would follow a link. The files are our own and just made. */
async function expectNoLink(path: string): Promise<void> {
  if ((await look(path)).kind === "file") return;
  throw Object.assign(new Error(`${path} is not a regular file`), { code: "EINVAL" });
}

function optionalFlag(name: "O_NOFOLLOW" | "O_NONBLOCK"): number {
  return (constants as Partial<Record<string, number>>)[name] ?? 0;
}
