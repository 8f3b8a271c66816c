import assert from "node:assert/strict";
import fc from "fast-check";
import { appendFileSync, closeSync, ftruncateSync, openSync, statSync, utimesSync, writeSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { LogFile } from "../../../src/disk/evidence/logFiles";
import type { LogReading } from "../../../src/disk/evidence/logFileReader";
import { LogReader } from "../../../src/disk/evidence/logReader";
import { windowsAround, without } from "../../../src/disk/evidence/logWindows";
import { listName } from "../../../src/disk/scanListing";
import { put, scratch } from "../scratch";
import { countingOpen } from "./countingOpen";

const signal = new AbortController().signal;
const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = 20 * Number(process.env["PROPERTY_SCALE"] ?? 1);
const start = Date.parse("2026-04-22T00:00:00Z");
const minute = 60_000;
const hour = 60 * minute;

describe("LogReader", () => {
  it("answers from a log of 1 GB with less than 20 MB of it", async () => {
    const file = put(scratch(), "gateway.log", "");
    const [first, last] = [lines(0, 4000, 1000), lines(24 * hour, 4000, 1000)];
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, first, 0);
    ftruncateSync(descriptor, 1024 * 1024 * 1024 - last.length);
    writeSync(descriptor, last, 1024 * 1024 * 1024 - last.length);
    closeSync(descriptor);

    const counting = countingOpen();
    const { records, coverage } = await read(file, [start + 30 * minute, start + 24 * hour + 40 * minute], counting);
    for (const at of [start + 30 * minute, start + 24 * hour + 40 * minute]) {
      assert.equal(records.filter((record) => record.at === at).length, 1, new Date(at).toISOString());
    }
    assert.deepEqual(coverage, [{ file, from: start, to: start + 24 * hour + 3999 * 1000 }]);
    assert.ok(counting.bytes() < 20 * 1024 * 1024, `${String(counting.bytes())} bytes`);
  });

  it("finds every moment of a large log, and reads little of it", async () => {
    // 60,000 lines, 100 per minute: 10 hours in about 5 MB.
    const file = put(scratch(), "gateway.log", lines(0, 60_000, 600));
    const around = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((hours) => start + hours * hour);
    const counting = countingOpen();
    const { records } = await read(file, around, counting);
    const found = new Set(records.map(({ at }) => at));
    for (const at of around) {
      for (let minutes = -5; minutes <= 2; minutes++) assert.ok(found.has(at + minutes * minute), String(minutes));
    }
    assert.ok(counting.bytes() < statSync(file).size / 2, `${String(counting.bytes())} bytes`);
  });

  it("reads nothing again until the log or the question changes", async () => {
    const file = put(scratch(), "gateway.log", lines(0, 20_000, 1000));
    const counting = countingOpen();
    const reader = new LogReader(complain, counting.open);
    const first = await reader.read([await listed(file)], [start + hour], signal);
    const bytes = counting.bytes();
    assert.deepEqual(await reader.read([await listed(file)], [start + hour], signal), first);
    assert.equal(counting.bytes(), bytes);
    appendFileSync(file, lines(20_000 * 1000, 1, 1000));
    utimesSync(file, 1, 1);
    const grown = await reader.read([await listed(file)], [start + hour], signal);
    assert.equal(grown.coverage[0]?.to, start + 20_000 * 1000);
    assert.deepEqual(new Set(grown.records), new Set(first.records));
    assert.equal(counting.bytes() - bytes, 128 * 1024, "the first and the last 64 KB");
    const other = await reader.read([await listed(file)], [start + 2 * hour], signal);
    assert.ok(other.records.some(({ at }) => at === start + 2 * hour));
  });

  it("finds its way around garbage, one endless line and a clock that was set back", async () => {
    const garbage = Buffer.alloc(3 * 1024 * 1024, "no newline here, and no time ");
    const file = put(
      scratch(),
      "gateway.log",
      Buffer.concat([
        Buffer.from(lines(0, 7200, 1000)),
        Buffer.alloc(64 * 1024),
        Buffer.from(lines(2 * hour, 7200, 1000)),
        garbage,
        Buffer.from("\n" + lines(4 * hour, 3600, 1000)),
        Buffer.from(lines(4 * hour + 50 * minute, 7200, 1000)),
      ]),
    );
    const around = [1, 3, 4.5, 6].map((hours) => start + hours * hour);
    const { records } = await read(file, around);
    for (const at of around)
      assert.ok(
        records.some((record) => record.at === at),
        new Date(at).toISOString(),
      );
  });

  it("reads outward from the moment, and says what it could not read", async () => {
    // A line of 1,000 bytes every 100 ms: one window is 4 MB.
    const file = put(scratch(), "gateway.log", linesOf(9000, 100, `[heartbeat] ${"x".repeat(960)}`));
    const at = start + 450_000;
    const { records, coverage, unread } = await read(file, [at]);
    const around = records.filter((record) => Math.abs(record.at - at) < 40_000);
    assert.ok(around.some((record) => record.at === at));
    assert.ok(around.length < 600 && around.every((record) => Math.abs(record.at - at) < 30_000));
    assert.deepEqual(coverage, [
      { file, from: start, to: at - 5 * minute - 1 },
      { file, from: at + 2 * minute + 1, to: start + 8999 * 100 },
    ]);
    assert.deepEqual(unread, [{ file, from: at - 5 * minute, to: at + 2 * minute }]);
  });

  it("reads what is nearest also where several moments share a window, each part once", async () => {
    const file = put(scratch(), "gateway.log", linesOf(9000, 100, `[heartbeat] ${"x".repeat(960)}`));
    const moments = [300, 310, 320, 450, 600].map((second) => start + second * 1000);
    const counting = countingOpen();
    const { records } = await read(file, moments, counting);
    for (const at of moments) assert.ok(records.some((record) => record.at === at));
    assert.ok(counting.bytes() < 3.5 * 1024 * 1024, String(counting.bytes()));
  });

  it("finds both times that a clock tells twice", async () => {
    // Two hours, then an hour back: 3 MB.
    const text = lines(0, 7200, 1000) + lines(hour, 7200, 1000);
    const file = put(scratch(), "gateway.log", text + "y".repeat(1000).concat("\n").repeat(2000));
    for (const at of [30, 65, 90, 115, 119, 121, 150, 179].map((minutes) => start + minutes * minute)) {
      const { records } = await read(file, [at]);
      const found = records.filter((record) => record.at === at).length;
      assert.equal(found, at < start + hour || at > start + 2 * hour ? 1 : 2, new Date(at).toISOString());
    }
  });

  it("finds the first line after a clock was set back by hours", async () => {
    const file = put(scratch(), "gateway.log", lines(10 * hour, 6000, 100) + lines(0, 6000, 100));
    const { records } = await read(file, [start]);
    assert.ok(records.some((record) => record.at === start));
  });

  it("takes what was both logged and printed once", async () => {
    const directory = scratch();
    const printed = put(
      directory,
      "gateway.log",
      `${stamp(start)} [ws] ⇄ res ✓ sessions.reset 1ms conn=304bf958…139f id=2\n`,
    );
    const logged = put(
      directory,
      "openclaw.log",
      `${JSON.stringify({ "0": '{"subsystem":"gateway/ws"}', "1": "⇄ res ✓ sessions.reset 1ms conn=304bf958…139f id=2", time: stamp(start + 3) })}\n`,
    );
    const reader = new LogReader(complain);
    const { records, coverage } = await reader.read([await listed(printed), await listed(logged)], [], signal);
    assert.deepEqual([records.length, coverage.length], [1, 2]);
  });

  it("finds what is there wherever it is, whatever lies between", async () => {
    const noises = {
      none: "",
      long: "x".repeat(70_000),
      zeros: "\0".repeat(9000),
      braces: "{}\n[]\n\n",
      windows: "a\r\n".repeat(500),
    };
    const noise = fc.constantFrom(
      "none" as const,
      "long" as const,
      "zeros" as const,
      "braces" as const,
      "windows" as const,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(noise, fc.integer({ min: 1, max: 400 })), { minLength: 5, maxLength: 12 }),
        fc.nat(),
        async (parts, which) => {
          let [text, at] = ["", start];
          const moments: number[] = [];
          for (const [between, count] of parts) {
            text += between === "none" ? "" : `${noises[between]}\n`;
            for (let line = 0; line < count; line++) {
              text += `${stamp(at)} [ws] ⇄ res ✓ chat.send 1ms x=${"y".repeat(200)} conn=304bf958…139f id=8\n`;
              moments.push(at);
              at += 20_000;
            }
          }
          const file = put(scratch(), "gateway.log", text);
          const moment = moments[which % moments.length] ?? start;
          const { records } = await read(file, [moment]);
          assert.ok(records.some((record) => record.at === moment));
        },
      ),
      { seed, numRuns },
    );
  });
});

describe("windowsAround and without", () => {
  it("put together what overlaps, newest first", () => {
    const margins = { before: 60, after: 20, longest: 200 };
    const moment = (at: number): object => ({ at, from: at - 60, to: at + 20 });
    assert.deepEqual(windowsAround([100, 900, NaN, 150], margins), [
      { from: 840, to: 920, moments: [moment(900)] },
      { from: 40, to: 170, moments: [moment(150), moment(100)] },
    ]);
    assert.deepEqual(windowsAround([500, 450, 400, 350, 300, 290], margins), [
      { from: 340, to: 520, moments: [500, 450, 400].map(moment) },
      { from: 230, to: 339, moments: [350, 300, 290].map(moment) },
    ]);
  });

  it("leave what was not read", () => {
    assert.deepEqual(
      without({ from: 0, to: 100 }, [
        { from: 20, to: 30 },
        { from: 90, to: 200 },
      ]),
      [
        { from: 0, to: 19 },
        { from: 31, to: 89 },
      ],
    );
    assert.deepEqual(without({ from: 0, to: 100 }, [{ from: -1, to: 200 }]), []);
  });
});

async function read(file: string, around: readonly number[], counting = countingOpen()): Promise<LogReading> {
  return new LogReader(complain, counting.open).read([await listed(file)], around, signal);
}

function complain(message: string): never {
  throw new Error(message);
}

async function listed(file: string): Promise<LogFile> {
  const name = await listName(dirname(file), basename(file));
  assert.ok(name !== undefined);
  return { path: file, within: dirname(file), listed: name };
}

/** `count` lines from `begin` ms after midnight on, one every `stepMs`; one of a kind that is kept at every full minute. */
function lines(begin: number, count: number, stepMs: number): string {
  let text = "";
  for (let line = 0; line < count; line++) {
    const at = start + begin + line * stepMs;
    const words =
      at % minute === 0
        ? "[ws] ⇄ res ✓ chat.send 1ms conn=304bf958…139f id=8"
        : "[gateway] nothing of interest, as nearly always";
    text += `${stamp(at)} ${words}\n`;
  }
  return text;
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace("Z", "+00:00");
}

function linesOf(count: number, step: number, words: string): string {
  let text = "";
  for (let line = 0; line < count; line++) text += `${stamp(start + line * step)} ${words}\n`;
  return text;
}
