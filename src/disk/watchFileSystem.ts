import { readFile } from "node:fs/promises";
import * as l10n from "@vscode/l10n";

/**
 * File systems whose changes are made elsewhere, so that the kernel of this machine cannot announce them. Names as in the
 * third column of Linux's /proc/self/mounts. `9p` and `drvfs`: Windows drives in WSL. `fakeowner`, `virtiofs`,
 * `fuse.grpcfuse`, `fuse.osxfs`: folders of a Mac or PC inside Docker Desktop. `vboxsf`, `fuse.vmhgfs-fuse`, `prl_fs`:
 * shared folders of virtual machines.
 */
const WITHOUT_EVENTS: ReadonlySet<string> = new Set([
  "nfs",
  "nfs4",
  "cifs",
  "smb3",
  "smbfs",
  "9p",
  "drvfs",
  "afs",
  "ceph",
  "glusterfs",
  "lustre",
  "fakeowner",
  "virtiofs",
  "vboxsf",
  "prl_fs",
  "fuse.sshfs",
  "fuse.grpcfuse",
  "fuse.osxfs",
  "fuse.vmhgfs-fuse",
  "fuse.glusterfs",
  "fuse.rclone",
  "fuse.s3fs",
  "fuse.smbnetfs",
  "fuse.davfs2",
  "davfs",
]);

/** Tells why changes below a path cannot be noticed by events, as a sentence; undefined when they can. */
export async function reasonsToPoll(platform: NodeJS.Platform): Promise<(path: string) => string | undefined> {
  if (platform === "win32") return (path) => (isNetworkShare(path) ? sentence(path, "SMB") : undefined);
  if (platform !== "linux") return () => undefined;
  // Where there is no table, nothing speaks against events.
  const mounts = await readFile("/proc/self/mounts", "utf8").catch(() => "");
  return (path) => {
    const type = fileSystemOf(path, mounts);
    return type !== undefined && WITHOUT_EVENTS.has(type) ? sentence(path, type) : undefined;
  };
}

/**
 * The type of the file system that holds the absolute path, by the table of mounts: the longest mount point that contains
 * it, the last one when it is mounted over. `fileSystemOf("/mnt/c/x", "C:\\ /mnt/c 9p rw 0 0")` is `9p`.
 */
export function fileSystemOf(path: string, mounts: string): string | undefined {
  let found: { readonly length: number; readonly type: string } | undefined;
  for (const line of mounts.split("\n")) {
    const [, writtenPoint, type] = line.split(" ");
    if (writtenPoint === undefined || type === undefined) continue;
    const point = unescapeMount(writtenPoint);
    const contains = path === point || path.startsWith(point.endsWith("/") ? point : `${point}/`);
    if (contains && point.length >= (found?.length ?? 0)) found = { length: point.length, type };
  }
  return found?.type;
}

/** `\\server\share\…` or `\\?\UNC\server\share\…`; `\\wsl$` and `\\wsl.localhost` are shares as well. */
function isNetworkShare(path: string): boolean {
  return /^\\\\(?:\?\\UNC\\|(?![?.]\\))/i.test(path);
}

/** Blanks and backslashes in mount points are written as octal numbers: `\040`. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function sentence(path: string, type: string): string {
  return l10n.t(
    "{0} lies on a file system without change events ({1}), so it is looked at again every few seconds.",
    path,
    type,
  );
}
