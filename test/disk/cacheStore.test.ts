import { deepEqual, equal } from "node:assert/strict";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { FileHead } from "../../src/core/conversation/model";
import type { CachedFacts } from "../../src/disk/cacheFormat";
import { CacheStore, type CacheEntry } from "../../src/disk/cacheStore";
import { anEnding, anOpening } from "../anOpening";
import { makePipe, scratch } from "./scratch";

describe("the cache", () => {
  it("gives back what it was given", async () => {
    const { store } = storeIn(scratch());
    const entries = [entryOf("a.jsonl", { index: { lines: 3 } }), entryOf("b.jsonl")];
    await store.save("/state/sessions", entries);
    deepEqual(await contentOf(store), {
      heads: entries.map((entry) => ({ ...factsOf(entry), head: entry.head })),
      indexes: entries.slice(0, 1).map((entry) => ({ ...factsOf(entry), index: { lines: 3 } })),
    });
  });

  it("is empty for a directory it does not know", async () => {
    const { store } = storeIn(scratch());
    await store.save("/other/sessions", [entryOf("a.jsonl")]);
    deepEqual(await contentOf(store), { heads: [], indexes: [] });
  });

  it("takes thousands of files", async () => {
    const { store } = storeIn(scratch());
    const entries = Array.from({ length: 2_345 }, (_, at) => entryOf(`${at}.jsonl`, { index: { at } }));
    await store.save("/state/sessions", entries);
    const { heads, indexes } = await contentOf(store);
    deepEqual([heads.length, indexes.length, indexes.at(-1)?.index], [2_345, 2_345, { at: 2_344 }]);
  });

  it("is replaced by the next save", async () => {
    const { store, directory } = storeIn(scratch());
    await store.save("/state/sessions", [entryOf("a.jsonl")]);
    await store.save("/state/sessions", [entryOf("b.jsonl")]);
    deepEqual(
      (await contentOf(store)).heads.map(({ base }) => base),
      ["b.jsonl"],
    );
    equal(readdirSync(directory).length, 1);
  });

  it("stays whole when two processes save at once: one of them wins", async () => {
    const directory = scratch();
    const writers = Array.from({ length: 8 }, (_, at) => ({ store: storeIn(directory).store, base: `${at}.jsonl` }));
    await Promise.all(writers.map(({ store, base }) => store.save("/state/sessions", [entryOf(base, { index: {} })])));
    const { store, messages } = storeIn(directory);
    equal((await contentOf(store)).heads.length, 1);
    deepEqual(messages, []);
  });

  describe("that cannot be used is dropped and said so", () => {
    const damages: Record<string, (text: string) => string> = {
      "another version": (text) => text.replace('"version":', '"version":9'),
      "another language": (text) => text.replace(/"language":"[^"]*"/, '"language":"xx"'),
      "no cache at all": () => "PNG\0\0\0\n",
      empty: () => "",
      "cut in the heads": (text) => text.slice(0, 200),
      "a head of the wrong kind": (text) => text.replace(`"firstEntryId":["21bf1f43"`, `"firstEntryId":[3`),
      "a column too short": (text) => text.replace('"bytes":[812', '"bytes":['),
    };
    for (const [name, damage] of Object.entries(damages)) {
      it(name, async () => {
        const directory = scratch();
        await storeIn(directory).store.save("/state/sessions", [entryOf("a.jsonl", { index: {} })]);
        changeOnly(directory, damage);
        const { store, messages } = storeIn(directory);
        deepEqual(await contentOf(store), { heads: [], indexes: [] });
        equal(messages.length, 1);
      });
    }
  });

  it("gives the indexes before the place where it is damaged", async () => {
    const directory = scratch();
    await storeIn(directory).store.save("/state/sessions", [
      entryOf("a.jsonl", { index: 1 }),
      entryOf("b.jsonl", { index: 2 }),
    ]);
    changeOnly(directory, (text) => text.slice(0, -5));
    const { store, messages } = storeIn(directory);
    const { heads, indexes } = await contentOf(store);
    deepEqual([heads.length, indexes.map(({ index }) => index)], [2, [1]]);
    equal(messages.length, 1);
  });

  describe("reads nothing but a regular file of bounded size:", () => {
    const others: Record<string, (path: string) => void> = {
      "a pipe": (path) => makePipe(dirname(path), basename(path)),
      "a link": (path) => {
        writeFileSync(`${path}.target`, "");
        symlinkSync(`${path}.target`, path);
      },
      "a directory": (path) => {
        mkdirSync(path);
      },
      "a giant": (path) => {
        writeFileSync(path, "");
        truncateSync(path, 5_000_000);
      },
    };
    for (const [name, put] of Object.entries(others)) {
      it(`not ${name}`, async () => {
        const { store, messages, directory } = storeIn(scratch());
        await store.save("/state/sessions", [entryOf("a.jsonl")]);
        const [base = ""] = readdirSync(directory);
        rmSync(join(directory, base));
        put(join(directory, base));
        deepEqual([await contentOf(store), messages.length], [{ heads: [], indexes: [] }, 1]);
      });
    }
  });

  it("tells when it would lie in a directory that is only read, also through links and before it is there", async () => {
    const state = scratch({ "agents/main/x": "" });
    const aside = scratch();
    symlinkSync(join(state, "agents"), join(aside, "link"));
    const answers = [join(state, "agents", "new", "deeper"), join(aside, "link", "new"), state, join(aside, "new")].map(
      (directory) => storeIn(directory).store.liesIn(["/nowhere", state]),
    );
    deepEqual(await Promise.all(answers), [true, true, true, false]);
  });

  it("does without a directory that cannot be written", async () => {
    const directory = scratch({ file: "not a directory" });
    const { store, messages } = storeIn(join(directory, "file"));
    await store.save("/state/sessions", [entryOf("a.jsonl")]);
    deepEqual((await contentOf(store)).heads, []);
    equal(messages.length > 0, true);
  });

  describe("stays bounded", () => {
    it("drops the directories saved longest ago", async () => {
      const directory = scratch();
      const { store } = storeIn(directory, { totalBytes: 2_000 });
      const entries = Array.from({ length: 4 }, (_, at) => entryOf(`${at}.jsonl`, { index: "x".repeat(20) }));
      for (const [at, name] of ["one", "two", "three", "four"].entries()) {
        await store.save(name, entries);
        for (const base of readdirSync(directory)) {
          // Older by one second with every save after it.
          const before = at === 0 ? Date.now() / 1_000 : undefined;
          if (before !== undefined) utimesSync(join(directory, base), before - 10, before - 10);
        }
      }
      const kept = await Promise.all(["one", "four"].map(async (name) => (await store.load(name)).heads.size > 0));
      deepEqual(kept, [false, true]);
    });

    it("drops what is old", async () => {
      const directory = scratch();
      const { store } = storeIn(directory, { ageMs: 60_000 });
      await store.save("old", [entryOf("a.jsonl")]);
      const [base = ""] = readdirSync(directory);
      const hourAgo = Date.now() / 1_000 - 3_600;
      utimesSync(join(directory, base), hourAgo, hourAgo);
      await store.save("new", [entryOf("a.jsonl")]);
      equal(readdirSync(directory).includes(base), false);
    });

    it("leaves out the indexes of the oldest files when one directory is too large", async () => {
      const { store } = storeIn(scratch(), { totalBytes: 2_000_000 });
      const entries = Array.from({ length: 40 }, (_, at) => entryOf(`${at}.jsonl`, { index: "x".repeat(100_000) }));
      await store.save("/state/sessions", entries);
      const { heads, indexes } = await contentOf(store);
      deepEqual([heads.length, indexes.length < 20, indexes[0]?.base], [40, true, "0.jsonl"]);
    });
  });
});

function storeIn(directory: string, limits: { totalBytes?: number; ageMs?: number } = {}) {
  const messages: string[] = [];
  const store = new CacheStore(directory, (message) => messages.push(message), {
    totalBytes: 1_000_000,
    ageMs: 1_000_000_000,
    ...limits,
  });
  return { store, messages, directory };
}

async function contentOf(store: CacheStore) {
  const loaded = await store.load("/state/sessions");
  const indexes = [];
  for await (const index of loaded.indexes()) indexes.push(index);
  return { heads: [...loaded.heads.values()], indexes };
}

function factsOf({ base, bytes, mtimeMs, ctimeMs, inode, mode }: CacheEntry): CachedFacts {
  return { base, bytes, mtimeMs, ctimeMs, inode, mode };
}

function entryOf(base: string, { index }: { index?: unknown } = {}): CacheEntry {
  const head: FileHead = {
    headerId: "315349e0",
    headerAt: 1774843200000,
    headerVersion: 3,
    cwd: "/home/u",
    firstEntryId: "21bf1f43",
    firstAt: 1774843201000,
    lastAt: undefined,
    sessionKey: undefined,
    opening: anOpening({ sender: "00ff00ff", at: 1774843201000, offset: 130 }),
    ending: anEnding({ speaker: "assistant", stopReason: "stop", inputTokens: 901, offset: 420 }),
    announced: undefined,
    replayed: 0,
    openClawVersion: undefined,
    problem: undefined,
  };
  return {
    base,
    bytes: 812,
    mtimeMs: 1774843200000.25,
    ctimeMs: 1774843200007.5,
    inode: 1311,
    mode: 0o600,
    head,
    index: index === undefined ? undefined : () => index,
  };
}

function changeOnly(directory: string, change: (text: string) => string): void {
  const [base = ""] = readdirSync(directory);
  const path = join(directory, base);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}
