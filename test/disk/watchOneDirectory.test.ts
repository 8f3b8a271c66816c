import { deepEqual, equal } from "node:assert/strict";
import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { watchOneDirectory } from "../../src/disk/watchOneDirectory";
import { scratch } from "./scratch";
import { watchesOfTheProcess } from "./watchCount";

describe("watching one directory", () => {
  it("names the file that was appended to, made or renamed", async () => {
    const directory = scratch({ "a.jsonl": "" });
    const { names, next, close } = await watching(directory);
    appendFileSync(join(directory, "a.jsonl"), "x\n");
    await next("a.jsonl");
    renameSync(join(directory, "a.jsonl"), join(directory, "b.jsonl"));
    await next("b.jsonl");
    writeFileSync(join(directory, "c.jsonl"), "");
    await next("c.jsonl");
    close();
    deepEqual([...new Set(names)], ["a.jsonl", "b.jsonl", "c.jsonl"]);
  });

  it("takes one OS watch, however many files there are", async function () {
    if (process.platform !== "linux") return;
    const files = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}.jsonl`, ""]));
    const before = watchesOfTheProcess();
    const { close } = await watching(scratch(files));
    equal(watchesOfTheProcess() - before, 1);
    close();
    equal(watchesOfTheProcess() - before, 0);
  });
});

async function watching(directory: string) {
  const names: string[] = [];
  let arrived: (() => void) | undefined;
  let watch: { close(): void } | undefined;
  await new Promise<void>((onReady, onError) => {
    watch = watchOneDirectory(directory, {
      onName: (name) => {
        names.push(name ?? "?");
        arrived?.();
      },
      onReady,
      onError,
    });
  });
  return {
    names,
    close: () => watch?.close(),
    next: (name: string) =>
      new Promise<void>((resolve) => {
        arrived = () => {
          if (names.includes(name)) resolve();
        };
        arrived();
      }),
  };
}
