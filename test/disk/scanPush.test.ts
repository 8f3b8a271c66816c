import { deepEqual, ok } from "node:assert/strict";
import { IndexBuilder } from "../../src/core/index/indexBuilder";
import { SlicedPush } from "../../src/disk/scanPush";
import { TimeSlice } from "../../src/disk/scanTimeSlice";

describe("a chunk for the index, in pieces", () => {
  const garbage = Buffer.from("garbage line\n".repeat(20_000));

  it("gives the same index as the chunk at once, and lets the event loop turn", async () => {
    const once = new IndexBuilder();
    once.push(garbage);
    const sliced = new IndexBuilder();
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await new SlicedPush(sliced, new TimeSlice(0)).push(garbage);
    clearInterval(timer);
    deepEqual(sliced.end(), once.end());
    ok(turns > 1, `${turns} turns`);
  });

  it("ends when nobody waits for it any more", async () => {
    const builder = new IndexBuilder();
    const pushed = new SlicedPush(builder, new TimeSlice(0)).push(garbage, AbortSignal.abort());
    deepEqual(await pushed.catch((error: unknown) => (error as Error).name), "AbortError");
    ok(builder.nextOffset < garbage.length);
  });
});
