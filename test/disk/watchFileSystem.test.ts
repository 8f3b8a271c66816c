import { deepEqual, equal } from "node:assert/strict";
import { fileSystemOf, reasonsToPoll } from "../../src/disk/watchFileSystem";

const mounts = [
  "overlay / overlay rw 0 0",
  "/dev/sda1 /home ext4 rw 0 0",
  "server:/export /home/u/nfs nfs4 rw 0 0",
  "C:\\134 /mnt/c 9p rw 0 0",
  "u@host: /home/u/over\\040there fuse.sshfs rw 0 0",
  "tmpfs /home/u/nfs/fast tmpfs rw 0 0",
  "",
].join("\n");

describe("the file system of a path", () => {
  const cases: Record<string, string> = {
    "/": "overlay",
    "/etc/openclaw": "overlay",
    "/home": "ext4",
    "/home/u/.openclaw": "ext4",
    "/home/u/nfs": "nfs4",
    "/home/u/nfs/.openclaw/agents": "nfs4",
    "/home/u/nfsx": "ext4",
    "/home/u/nfs/fast/.openclaw": "tmpfs",
    "/mnt/c/Users/u/.openclaw": "9p",
    "/home/u/over there/.openclaw": "fuse.sshfs",
  };
  for (const [path, type] of Object.entries(cases)) {
    it(`${path} lies on ${type}`, () => {
      equal(fileSystemOf(path, mounts), type);
    });
  }

  it("is the one mounted last where two share a mount point", () => {
    equal(fileSystemOf("/data/x", "a /data ext4 rw 0 0\nb /data nfs rw 0 0\n"), "nfs");
  });

  it("is unknown without a table of mounts", () => {
    equal(fileSystemOf("/home/u", ""), undefined);
  });
});

describe("a network share of Windows", () => {
  it("has no reliable events", async () => {
    const reasonToPoll = await reasonsToPoll("win32");
    const paths = [
      "\\\\server\\share\\.openclaw",
      "\\\\?\\UNC\\server\\share",
      "\\\\wsl.localhost\\Debian\\home",
      "C:\\Users\\u",
      "\\\\?\\C:\\x",
    ];
    const answers = paths.map((path) => reasonToPoll(path) !== undefined);
    deepEqual(answers, [true, true, true, false, false]);
  });
});
