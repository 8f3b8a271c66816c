import { deepEqual, equal, rejects } from "node:assert/strict";
import { statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBytes } from "../../src/disk/byteSource";
import { ZstKeeper } from "../../src/disk/zstKeeper";
import { put, scratch } from "./scratch";
import { zstOf } from "./zstWriter";

describe("an archive that is read page by page", () => {
  it("is opened once as long as it is the same", async () => {
    const { directory, keeper, opened, read } = kept();
    const file = put(directory, "a.zst", zstOf(Buffer.from("one")));
    deepEqual([await read(file), await read(file)], ["one", "one"]);
    deepEqual(opened, ["a.zst"]);
    keeper.dispose();
  });

  it("is opened again when it changed, also in place and with its old time", async () => {
    const { directory, keeper, opened, read } = kept();
    const file = put(directory, "a.zst", zstOf(Buffer.from("one")));
    const { mtime } = statSync(file);
    await read(file);
    writeFileSync(file, zstOf(Buffer.from("two")));
    utimesSync(file, mtime, mtime);
    deepEqual([await read(file), opened.length], ["two", 2]);
    keeper.dispose();
  });

  it("gives way to the next one, and is read on by who still has it", async () => {
    const { directory, keeper, opened, read } = kept();
    const [one, two] = ["one", "two"].map((name) => put(directory, `${name}.zst`, zstOf(Buffer.from(name)))) as [
      string,
      string,
    ];
    const source = await keeper.open(one, { within: directory });
    await read(two);
    equal(Buffer.from(await source.read(0, 3)).toString(), "one");
    await read(one);
    deepEqual(opened, ["one.zst", "two.zst", "one.zst"]);
    keeper.dispose();
  });

  it("is refused once it became a link that leads out", async () => {
    const { directory, keeper, read } = kept();
    const elsewhere = scratch({ "a.zst": zstOf(Buffer.from("one")) });
    const file = put(directory, "a.zst", zstOf(Buffer.from("one")));
    await read(file);
    unlinkSync(file);
    symlinkSync(join(elsewhere, "a.zst"), file);
    await rejects(read(file), { name: "ReadError", code: "outside" });
    keeper.dispose();
  });

  it("is not kept after the end", async () => {
    const { directory, keeper, opened, read } = kept();
    const file = put(directory, "a.zst", zstOf(Buffer.from("one")));
    keeper.dispose();
    deepEqual([await read(file), await read(file), opened.length], ["one", "one", 2]);
  });
});

function kept() {
  const directory = scratch();
  const opened: string[] = [];
  const keeper = new ZstKeeper((file, options) => {
    opened.push(file.slice(directory.length + 1));
    return openBytes(file, options);
  });
  const read = async (file: string): Promise<string> => {
    const source = await keeper.open(file, { within: directory });
    const bytes = await source.read(0, 100);
    await source.close();
    return Buffer.from(bytes).toString();
  };
  return { directory, keeper, opened, read };
}
