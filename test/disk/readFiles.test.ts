import assert from "node:assert/strict";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, appendFileSync } from "node:fs";
import { join } from "node:path";
import { ReadError } from "../../src/core/inspectorPort";
import { openBytes } from "../../src/disk/byteSource";
import { streamBytes, streamFile } from "../../src/disk/streamBytes";
import { makePipe, put, scratch, withPermissionsEnforced } from "./scratch";

describe("opening a file", () => {
  it("reads anywhere in it", async () => {
    const directory = scratch({ "x.jsonl": "0123456789" });
    const source = await openBytes(join(directory, "x.jsonl"), { within: directory });
    const pieces = await Promise.all([source.read(0, 3), source.read(8, 10), source.read(10, 5), source.read(50, 5)]);
    await source.close();
    assert.deepEqual([source.size, ...pieces.map(text)], [10, "012", "89", "", ""]);
  });

  it("follows a link from inside to inside", async () => {
    const directory = scratch({ "real/x.jsonl": "content" });
    symlinkSync("real/x.jsonl", join(directory, "link.jsonl"));
    assert.equal(await readAll(join(directory, "link.jsonl"), directory), "content");
  });

  it("allows a state directory that is itself a link", async () => {
    const directory = scratch({ "data/x.jsonl": "content" });
    symlinkSync("data", join(directory, "state"));
    const state = join(directory, "state");
    assert.equal(await readAll(join(state, "x.jsonl"), state), "content");
  });

  it("allows any of several directories", async () => {
    const [state, store] = [scratch(), scratch({ "x.jsonl": "content" })];
    assert.equal(await readAll(join(store, "x.jsonl"), [state, join(state, "gone"), store]), "content");
  });

  const refusals: readonly (readonly [string, (directory: string) => string, string])[] = [
    ["one that is not there", (directory) => join(directory, "gone.jsonl"), "vanished: … is no longer there."],
    ["one below a file", (directory) => join(put(directory, "file", ""), "x.jsonl"), "vanished: … is no longer there."],
    [
      "a directory",
      (directory) => {
        mkdirSync(join(directory, "x.jsonl"));
        return join(directory, "x.jsonl");
      },
      "not-regular: … is a directory, not a file.",
    ],
    [
      "a named pipe, without waiting for it",
      (directory) => makePipe(directory, "x.jsonl"),
      "not-regular: … is a named pipe, not a file; it was not opened.",
    ],
    [
      "a link to a named pipe",
      (directory) => {
        makePipe(directory, "pipe");
        return link("pipe", directory);
      },
      "not-regular: … is a named pipe, not a file; it was not opened.",
    ],
    [
      "a device",
      (directory) => link("/dev/zero", directory),
      "outside: … leads out of the state directory through a link; it was not followed.",
    ],
    [
      "a link out",
      (directory) => link("/etc/hostname", directory),
      "outside: … leads out of the state directory through a link; it was not followed.",
    ],
    [
      "a file below a link out",
      (directory) => {
        symlinkSync(scratch({ "x.jsonl": "secret" }), join(directory, "sessions"));
        return join(directory, "sessions", "x.jsonl");
      },
      "outside: … leads out of the state directory through a link; it was not followed.",
    ],
    [
      "a link to nothing",
      (directory) => link("nothing", directory),
      "vanished: … is a link to something that does not exist.",
    ],
    [
      "a link to itself",
      (directory) => link("x.jsonl", directory),
      "not-regular: … is a link that leads nowhere; it was not followed.",
    ],
  ];
  for (const [title, make, expected] of refusals) {
    it(`refuses ${title}`, async () => {
      const directory = scratch();
      const file = make(directory);
      assert.equal(await failure(openBytes(file, { within: directory }), file), expected);
    });
  }

  it("says when there is no permission", async () => {
    const directory = scratch({ "x.jsonl": "secret" });
    const file = join(directory, "x.jsonl");
    chmodSync(directory, 0o755);
    chmodSync(file, 0o000);
    const outcome = await withPermissionsEnforced(() => failure(openBytes(file, { within: directory }), file));
    assert.equal(outcome, "no-permission: There is no permission to read ….");
  });

  it("says when there is no permission for the directory", async () => {
    const directory = scratch({ "locked/x.jsonl": "secret" });
    const file = join(directory, "locked", "x.jsonl");
    chmodSync(directory, 0o755);
    chmodSync(join(directory, "locked"), 0o000);
    const outcome = await withPermissionsEnforced(() => failure(openBytes(file, { within: directory }), file));
    chmodSync(join(directory, "locked"), 0o755);
    assert.equal(outcome, "no-permission: There is no permission to read ….");
  });

  it("keeps reading the file it opened when another takes its name", async () => {
    const directory = scratch({ "x.jsonl": "old", "new.jsonl": "new" });
    const source = await openBytes(join(directory, "x.jsonl"), { within: directory });
    renameSync(join(directory, "new.jsonl"), join(directory, "x.jsonl"));
    assert.equal(text(await source.read(0, 10)), "old");
    await source.close();
  });

  it("gives fewer bytes when the file was cut, and more when it grew", async () => {
    const directory = scratch({ "x.jsonl": "0123456789" });
    const file = join(directory, "x.jsonl");
    const source = await openBytes(file, { within: directory });
    truncateSync(file, 4);
    const cut = text(await source.read(0, 10));
    appendFileSync(file, "abcdefghij");
    const grown = text(await source.read(0, 20));
    await source.close();
    assert.deepEqual([cut, grown], ["0123", "0123abcdefghij"]);
  });
});

describe("streaming a file", () => {
  const content = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));

  for (const chunkBytes of [1, 7, 100, 999, 1000, 1001, 4096]) {
    for (const start of [0, 1, 500, 999, 1000, 2000]) {
      it(`gives every byte from ${start} on in chunks of ${chunkBytes}`, async () => {
        const directory = scratch({ "x.jsonl": content });
        const chunks: Buffer[] = [];
        let expectedOffset = start;
        const { end, size, problem } = await streamFile(
          join(directory, "x.jsonl"),
          { within: directory, chunkBytes, start },
          (chunk, offset) => {
            assert.equal(offset, expectedOffset);
            expectedOffset += chunk.length;
            chunks.push(Buffer.from(chunk));
          },
        );
        assert.deepEqual(Buffer.concat(chunks), content.subarray(start));
        assert.deepEqual({ end, size, problem }, { end: Math.max(start, 1000), size: 1000, problem: undefined });
      });
    }
  }

  it("ends when it is told to", async () => {
    const directory = scratch({ "x.jsonl": content });
    const offsets: number[] = [];
    const { end } = await streamFile(
      join(directory, "x.jsonl"),
      { within: directory, chunkBytes: 100 },
      (_, offset) => {
        offsets.push(offset);
        return offset < 200;
      },
    );
    assert.deepEqual([offsets, end], [[0, 100, 200], 300]);
  });

  it("reads what is appended meanwhile", async () => {
    const directory = scratch({ "x.jsonl": content });
    const file = join(directory, "x.jsonl");
    let bytes = 0;
    await streamFile(file, { within: directory, chunkBytes: 100 }, (chunk, offset) => {
      if (offset === 0) appendFileSync(file, "more");
      bytes += chunk.length;
    });
    assert.equal(bytes, 1004);
  });

  it("can be called off", async () => {
    const directory = scratch({ "x.jsonl": content });
    const stop = new AbortController();
    const streaming = streamFile(
      join(directory, "x.jsonl"),
      { within: directory, chunkBytes: 100, signal: stop.signal },
      (_, offset) => {
        if (offset === 300) stop.abort();
        assert.ok(offset <= 300);
      },
    );
    await assert.rejects(streaming, { name: "AbortError" });
  });

  it("passes on what the taker throws", async () => {
    const directory = scratch({ "x.jsonl": content });
    const streaming = streamBytes(join(directory, "x.jsonl"), { within: directory, chunkBytes: 100 }, () => {
      throw new TypeError("taker");
    });
    await assert.rejects(streaming, { name: "TypeError" });
  });

  it("says that the file went away", async () => {
    const directory = scratch({ "x.jsonl": content });
    const file = join(directory, "x.jsonl");
    rmSync(file);
    assert.equal(
      await failure(
        streamBytes(file, { within: directory }, () => undefined),
        file,
      ),
      "vanished: … is no longer there.",
    );
  });
});

function link(target: string, directory: string): string {
  const file = join(directory, "x.jsonl");
  symlinkSync(target, file);
  return file;
}

async function readAll(file: string, within: string | readonly string[]): Promise<string> {
  const source = await openBytes(file, { within });
  const bytes = await source.read(0, source.size);
  await source.close();
  return text(bytes);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** Code and sentence of the failure, the file's path as `…`. */
async function failure(work: Promise<unknown>, file: string): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof ReadError, String(error));
    assert.equal(error.path, file);
    return `${error.code}: ${error.message.replace(file, "…")}`;
  }
  return "no failure";
}
