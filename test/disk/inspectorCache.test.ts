import { deepEqual, equal, ok } from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CacheStore } from "../../src/disk/cacheStore";
import { locateExplicitStateDirs } from "../../src/disk/locateStateDirs";
import { sessionFileReader } from "../../src/disk/scanFiles";
import { restoreIndexed, serializeIndexed } from "../../src/disk/scanIndex";
import { CacheKeeper } from "../../src/disk/scanCacheKeeper";
import type { ScannedRoot } from "../../src/disk/scanStateDir";
import { LiveInspection } from "../../src/disk/scanLive";
import * as path from "node:path";
import {
  append,
  fingerprint,
  header,
  message,
  onlyAgent,
  recorded,
  sessions,
  stateDir,
  store,
  transcript,
  write,
} from "./inspectorSandbox";
import { scratch } from "./scratch";

describe("a second start", () => {
  it("reads no transcript that is as it was", async () => {
    const directory = recorded("2026.4.21/manual-resets");
    const cacheDir = scratch();
    const first = await lookOnce(directory, cacheDir);
    const second = await lookOnce(directory, cacheDir);
    ok(first.reads.length > 10);
    deepEqual(second.reads, []);
    deepEqual(second.snapshot, first.snapshot);
  });

  it("reads only what is new, and goes on where a file has grown", async () => {
    const { directory, cacheDir } = twoTranscripts();
    await lookOnce(directory, cacheDir);
    append(directory, `${sessions}/aaa.jsonl`, message("a2", "a1", 2));
    write(directory, `${sessions}/ccc.jsonl`, transcript(header("ccc"), message("c1", null)));
    const { reads } = await lookOnce(directory, cacheDir);
    deepEqual(reads.sort(), ["head aaa.jsonl", "head ccc.jsonl", "index aaa.jsonl from 2 lines", "index ccc.jsonl"]);
  });

  it("reads anew what was exchanged, also when size and time are the same", async () => {
    const { directory, cacheDir } = twoTranscripts();
    await lookOnce(directory, cacheDir);
    const file = join(directory, sessions, "aaa.jsonl");
    const text = readFileSync(file, "utf8").replaceAll("hello", "HELLO");
    const before = new Date(2026, 3, 1);
    rmSync(file);
    // A number of inodes is held, so that the new file does not get the old one's.
    for (let at = 0; at < 20; at++) write(directory, `${sessions}/held-${at}.txt`, "");
    writeFileSync(file, text);
    utimesSync(file, before, before);
    const { reads } = await lookOnce(directory, cacheDir);
    deepEqual(reads.sort(), ["head aaa.jsonl", "index aaa.jsonl"]);
  });

  it("does without a cache that is damaged", async () => {
    const { directory, cacheDir } = twoTranscripts();
    const first = await lookOnce(directory, cacheDir);
    const [base = ""] = readdirSync(cacheDir);
    writeFileSync(join(cacheDir, base), readFileSync(join(cacheDir, base)).subarray(0, 400));
    const { snapshot, reads, messages } = await lookOnce(directory, cacheDir);
    deepEqual([snapshot, reads.length, messages.length], [first.snapshot, 4, 1]);
  });

  it("does not take one state directory for another", async () => {
    const { directory, cacheDir } = twoTranscripts();
    await lookOnce(directory, cacheDir);
    const { reads } = await lookOnce(twoTranscripts().directory, cacheDir);
    equal(reads.length, 4);
  });
});

describe("the cache of an inspector", () => {
  it("is not asked about a file whose permissions changed: it may be unreadable now", async () => {
    const { directory, cacheDir } = twoTranscripts();
    await lookOnce(directory, cacheDir);
    chmodSync(join(directory, sessions, "aaa.jsonl"), 0);
    const { reads } = await lookOnce(directory, cacheDir);
    // The superuser reads it all the same.
    deepEqual(reads.slice(0, 1), ["head aaa.jsonl"]);
  });

  for (const place of ["", "agents", "agents/main/sessions", "new/one"]) {
    it(`is never written into a state directory: ${place}`, async () => {
      const { directory } = twoTranscripts();
      const before = fingerprint(directory);
      const { messages } = await lookOnce(directory, join(directory, place));
      deepEqual([fingerprint(directory), messages.length], [before, 1]);
    });
  }

  it("is never written into a session directory elsewhere", async () => {
    const elsewhere = stateDir({ "aaa.jsonl": transcript(header("aaa"), message("a1", null)) });
    const directory = stateDir({ "openclaw.json": { session: { store: join(elsewhere, "sessions.json") } } });
    const before = fingerprint(elsewhere);
    const { messages } = await lookOnce(directory, join(elsewhere, "cache"));
    deepEqual([fingerprint(elsewhere), messages.length], [before, 1]);
  });

  it("is not written after the end", async () => {
    const { directory, cacheDir } = twoTranscripts();
    let later = 0;
    const clock = { now: () => 0, after: () => (later++, () => later--) };
    const store = new CacheStore(cacheDir, () => undefined);
    const keeper = new CacheKeeper({ store, serialize: serializeIndexed, keepOut: () => [], clock });
    const root = { located: { realPath: directory }, directory: { unsaved: 1, cacheEntries: () => [] } };
    keeper.look(root as unknown as ScannedRoot);
    const scheduled = later;
    await keeper.dispose();
    const written = readdirSync(cacheDir);
    rmSync(join(cacheDir, written[0] ?? ""));
    root.directory.unsaved = 2;
    keeper.look(root as unknown as ScannedRoot);
    await keeper.save();
    deepEqual([scheduled, written.length, later, readdirSync(cacheDir)], [1, 1, 0, []]);
  });

  it("holds no text of messages, not even of damaged ones", async () => {
    const canary = "xylophone";
    const directory = stateDir({
      [`${sessions}/sessions.json`]: store({ "agent:main:main": "aaa" }),
      [`${sessions}/aaa.jsonl`]: [
        header("aaa"),
        message("a1", null, 1, `${canary} one`),
        `{"type":"message","id":"a2","message":{"content":"${canary} two`,
        `${canary} three`,
        `["${canary} four"]`,
        message("a3", "a1", 2, `${canary} five`, "assistant"),
        `{"type":"message","id":"a4","message":{"role":"user","content":"${canary} six`,
      ].join("\n"),
    });
    const cacheDir = scratch();
    await lookOnce(directory, cacheDir);
    const [base = "", ...others] = readdirSync(cacheDir);
    const text = readFileSync(join(cacheDir, base), "utf8");
    deepEqual([others, text.includes("aaa.jsonl"), text.includes(canary)], [[], true, false]);
  });

  it("is written once and left alone while nothing is different", async () => {
    const { directory, cacheDir } = twoTranscripts();
    await lookOnce(directory, cacheDir);
    const [base = ""] = readdirSync(cacheDir);
    const before = readFileSync(join(cacheDir, base));
    utimesSync(join(cacheDir, base), 1, 1);
    await lookOnce(directory, cacheDir);
    deepEqual(readFileSync(join(cacheDir, base)), before);
  });
});

function twoTranscripts(): { directory: string; cacheDir: string } {
  const directory = stateDir({
    [`${sessions}/sessions.json`]: store({ "agent:main:main": "aaa" }),
    [`${sessions}/aaa.jsonl`]: transcript(header("aaa"), message("a1", null, 1)),
    [`${sessions}/bbb.jsonl`]: transcript(header("bbb"), message("b1", null, 1)),
  });
  const then = new Date(2026, 3, 1);
  for (const name of ["aaa.jsonl", "bbb.jsonl"]) utimesSync(join(directory, sessions, name), then, then);
  return { directory, cacheDir: scratch() };
}

/** A whole life of an inspection: refresh, index everything, dispose. Tells what was read of transcripts. */
async function lookOnce(directory: string, cacheDir: string) {
  const reads: string[] = [];
  const messages: string[] = [];
  const surroundings = { path, env: {}, homeDirectory: "/nowhere", workingDirectory: "/" };
  const cache = new CacheStore(cacheDir, (text) => messages.push(text));
  const live = new LiveInspection({
    env: {},
    home: "/nowhere",
    platform: process.platform,
    trusted: () => true,
    log: (text) => messages.push(text),
    locate: () =>
      locateExplicitStateDirs({
        ...surroundings,
        explicitDirectories: [directory],
        explicitSource: "test",
        workspaceFolders: [],
      }),
    readerOf: (within) => {
      const reader = sessionFileReader(within);
      return {
        follow: (file) => reader.follow(file),
        readHead: (request, signal) => {
          reads.push(`head ${request.name.base}`);
          return reader.readHead(request, signal);
        },
        readIndex: (file, previous, signal) => {
          reads.push(`index ${path.basename(file)}${previous ? ` from ${previous.index.lines} lines` : ""}`);
          return reader.readIndex(file, previous, signal);
        },
      };
    },
    cache: { store: cache, serialize: serializeIndexed },
    restore: restoreIndexed,
    watch: { forcePolling: false },
  });
  await live.refresh();
  const snapshot = await live.whenIndexed();
  onlyAgent(snapshot);
  await live.save();
  live.dispose();
  return { snapshot, reads, messages };
}
