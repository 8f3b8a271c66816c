import { deepEqual, equal, ok } from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import type { TranscriptIndex } from "../../src/core/index/transcriptIndex";
import { indexFile, restoreIndexed, serializeIndexed, type IndexedFile } from "../../src/disk/scanIndex";
import {
  header,
  inspect,
  message,
  recorded,
  recordedScenarios,
  sessions,
  stateDir,
  transcript,
} from "./inspectorSandbox";
import { scratch } from "./scratch";

describe("an index that is continued", () => {
  it("is the one of the whole file, wherever the file was cut", async function () {
    this.timeout(60_000);
    const files = recordedTranscripts();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
        async (pick, cuts) => {
          const whole = readFileSync(files[pick % files.length] ?? "");
          const directory = scratch();
          const path = join(directory, "t.jsonl");
          let indexed: IndexedFile | undefined;
          let written = 0;
          for (const end of [
            ...cuts.map((cut) => Math.floor(cut * whole.length)).sort((a, b) => a - b),
            whole.length,
          ]) {
            appendFileSync(path, whole.subarray(written, end));
            written = end;
            indexed = await index(path, directory, roundTrip(indexed));
          }
          deepEqual(comparable(indexed?.index), comparable((await index(path, directory)).index));
        },
      ),
      {
        numRuns: 60 * Number(process.env["PROPERTY_SCALE"] ?? 1),
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
      },
    );
  });

  it("reads some small pieces and what is new, however large the file is", async () => {
    const directory = scratch();
    const path = join(directory, "t.jsonl");
    const lines = [
      header("t"),
      ...Array.from({ length: 5_000 }, (_, at) =>
        message(`m${at}`, at === 0 ? null : `m${at - 1}`, at, "x".repeat(1_000)),
      ),
    ];
    writeFileSync(path, transcript(...lines));
    const before = await index(path, directory);
    ok(statSync(path).size > 5_000_000);
    appendFileSync(path, transcript(message("new", "m4999", 5_000)));
    // What is changed in place between the pieces, which nobody does, stays unseen.
    writeAt(path, 2_500_000, "\n");
    const after = await index(path, directory, before);
    deepEqual([after.index.lines, after.index.lastEntryId], [before.index.lines + 1, "new"]);
  });

  it("is made anew when its middle was exchanged for as many bytes", async () => {
    const directory = scratch();
    const path = join(directory, "t.jsonl");
    const middle = (kind: string): string =>
      transcript(
        ...Array.from({ length: 400 }, (_, at) => JSON.stringify({ type: kind, id: `x${at}`, parentId: null })),
      );
    const around = (text: string): string =>
      `${transcript(header("t"), message("a", null, 0, "x".repeat(600)))}${text}${transcript(message("z", "a", 9, "y".repeat(600)))}`;
    writeFileSync(path, around(middle("thisone")));
    const before = await index(path, directory);
    writeFileSync(path, `${around(middle("another"))}${transcript(message("new", "z", 10))}`);
    const after = await index(path, directory, roundTrip(before));
    deepEqual(after.index, (await index(path, directory)).index);
  });

  const changes: Record<string, (path: string) => void> = {
    "its beginning was written anew": (path) => {
      writeAt(path, 0, header("u"));
      appendFileSync(path, transcript(message("c", "b", 3)));
    },
    "it was cut back and grew beyond": (path) => {
      truncateSync(path, statSync(path).size - 20);
      appendFileSync(path, transcript("", message("c", "a", 3), message("d", "c", 4)));
    },
    "it is shorter": (path) => {
      truncateSync(path, 100);
    },
    "it is empty": (path) => {
      truncateSync(path, 0);
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`is made anew when ${name}`, async () => {
      const directory = scratch();
      const path = join(directory, "t.jsonl");
      writeFileSync(path, transcript(header("t"), message("a", null, 1), message("b", "a", 2)));
      const before = await index(path, directory);
      change(path);
      const after = await index(path, directory, before);
      deepEqual(after, await index(path, directory));
    });
  }

  it("does not believe what the cache gives back", () => {
    const values: unknown[] = [
      undefined,
      null,
      1,
      "x",
      [],
      {},
      { index: {} },
      { index: { v: 1, size: ["1"] } },
      { prints: {} },
    ];
    deepEqual(
      values.map(restoreIndexed),
      values.map(() => undefined),
    );
  });
});

describe("the index of one file", () => {
  it("is made at once for the one who asks, before all others", async () => {
    const directory = stateDir({
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, at) => [
          `${sessions}/n${at}.jsonl`,
          transcript(header(`n${at}`), message("a", null, at)),
        ]),
      ),
      [`${sessions}/asked.jsonl`]: transcript(header("asked"), message("a", null, 1), message("b", "a", 2)),
    });
    const inspector = inspect(directory);
    await inspector.refresh();
    const { lines } = await inspector.index(join(directory, sessions, "asked.jsonl"));
    const { done, total } = (await inspector.whenIndexed()).stateDirs[0]?.agents[0]?.indexed ?? {};
    deepEqual([lines, done, total], [3, 301, 301]);
  });

  it("is the same object for everyone who asks", async () => {
    const directory = stateDir({ [`${sessions}/a.jsonl`]: transcript(header("a"), message("a", null, 1)) });
    const inspector = inspect(directory);
    await inspector.refresh();
    const path = join(directory, sessions, "a.jsonl");
    const [one, two] = await Promise.all([inspector.index(path), inspector.index(path)]);
    equal(one, two);
    equal(await inspector.index(path), one);
  });
});

function index(path: string, within: string, previous?: IndexedFile): Promise<IndexedFile> {
  return indexFile(path, { within, previous, signal: new AbortController().signal });
}

/** As it comes back from the cache. */
function roundTrip(indexed: IndexedFile | undefined): IndexedFile | undefined {
  return indexed && restoreIndexed(JSON.parse(JSON.stringify(serializeIndexed(indexed))));
}

/** Where a parent stands is remembered for recent entries only: a continued index may know it of fewer. */
function comparable(made: TranscriptIndex | undefined): unknown {
  return (
    made && { ...made, branches: made.branches.map(({ line, offset, id, parentId }) => [line, offset, id, parentId]) }
  );
}

function writeAt(path: string, offset: number, text: string): void {
  const bytes = readFileSync(path);
  bytes.write(text, offset);
  writeFileSync(path, bytes);
}

function recordedTranscripts(): string[] {
  return recordedScenarios()
    .filter((scenario) => /2026\.(3|7).*(basic|killed|compaction|trajectory)/.test(scenario))
    .flatMap((scenario) => {
      const folder = join(recorded(scenario), sessions);
      return readdirSync(folder)
        .filter((name) => /\.jsonl(\.reset.*)?$/.test(name))
        .map((name) => join(folder, name));
    });
}
