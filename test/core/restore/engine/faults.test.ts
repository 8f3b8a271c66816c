import assert from "node:assert/strict";
import { RestoreFailed, RestoreRefused } from "../../../../src/core/restore/restorer";
import type { Fault, ModelFiles } from "../modelFiles";
import { shapes, stateDir } from "./aPlan";
import {
  apply,
  changesDisk,
  endsOf,
  expectEnds,
  expectNothingLost,
  prepared,
  recover,
  start,
  whatIsCompared,
  type Ends,
  type Setting,
} from "./enumeration";

/** Everything in `npm run test:long`; otherwise a fixed part of it, spread over all. */
const isLong = process.env["PROPERTY_SCALE"] !== undefined;

const codes = ["EIO", "ENOSPC", "EACCES", "EXDEV", "EEXIST", "EPERM"] as const;

/** Calls that need space, or touch the disk at all: what fails together when it fails for good. */
const lasting: Readonly<Partial<Record<(typeof codes)[number], RegExp>>> = {
  EIO: /./,
  ENOSPC: /^(?:create|write|copyExclusive|link|makeDirectory|sync|syncFile)$/,
  EACCES: /^(?:create|link|rename|unlink|copyExclusive|append|setMode|setTimes)$/,
};

describe("an error at any call", function () {
  if (isLong) this.timeout(0);
  let points = 0;
  let seen = 0;
  const isChosen = (): boolean => isLong || seen++ % 13 === 0;

  for (const setting of shapes()) {
    it(`leaves the old state or the new one, or can be ended: ${setting.name}`, async () => {
      const ends = await endsOf(setting);
      for (const { fault, where } of faultsAt(ends.calls)) {
        if (!isChosen()) continue;
        points++;
        const files = start(setting, fault);
        await expectSound(setting, ends, files, where);
      }
    });
  }

  it("in a recovery leaves what can be recovered", async () => {
    for (const setting of shapes()) {
      const ends = await endsOf(setting);
      const stops = [...ends.calls.entries()]
        .filter(([n, call]) => changesDisk(call) && (isLong || n % 53 === 17))
        .map(([n]) => n);
      for (const n of stops) {
        const left = start(setting, (at) => (at === n ? { kind: "crash", when: "before" } : undefined));
        await apply(setting, left);
        for (const how of ["finish", "take-back"] as const) {
          const whole = prepared(setting, left.afterPowerCut({ kind: "keep-all" }));
          await recover(setting, whole, how);
          for (const { fault, where } of faultsAt(whole.calls)) {
            if (!isChosen()) continue;
            points++;
            const files = prepared(setting, left.afterPowerCut({ kind: "keep-all" }), fault);
            await recover(setting, files, how);
            const what = `stopped at ${String(n)}, ${how}, ${where}`;
            expectNothingLost(setting, files, what);
            prepared(setting, files);
            await expectEnds(setting, ends, files, how === "finish" ? "take-back" : "finish", what, 3);
          }
        }
      }
    }
  });

  after(() => {
    if (isLong) console.log(`      ${String(points)} errors`);
  });
});

async function expectSound(setting: Setting, ends: Ends, files: ModelFiles, where: string): Promise<void> {
  const result = await apply(setting, files);
  expectNothingLost(setting, files, where);
  prepared(setting, files);
  if (result instanceof RestoreFailed) {
    for (const how of ["finish", "take-back"] as const) {
      await expectEnds(setting, ends, prepared(setting, files.clone()), how, `${where}, ${how}`);
    }
    return;
  }
  const compared = whatIsCompared(where);
  if (result instanceof RestoreRefused) {
    assert.match(result.message, /^Nothing was |at work here|cannot be read/, where);
    assert.deepEqual(compared(files.snapshot(stateDir)), compared(ends.old), where);
    return;
  }
  assert.ok("outcome" in result && result.outcome === "finished", where);
  assert.deepEqual(compared(files.snapshot(stateDir)), compared(ends.new), where);
}

/** Once, and from there on; told before it is done, after it was done all the same, and half-way. */
function faultsAt(
  calls: readonly string[],
): readonly { readonly fault: ModelFiles["fault"]; readonly where: string }[] {
  return calls.flatMap((call, n) =>
    codes.flatMap((code) => {
      const when: readonly Fault["when"][] = /^(?:write|copyExclusive) /.test(call)
        ? ["before", "half-way", "after"]
        : ["before", "after"];
      const once = when.map((moment) => ({
        fault: (at: number): Fault | undefined => (at === n ? { kind: "error", code, when: moment } : undefined),
        where: `${code} ${moment} call ${String(n)}, ${call}`,
      }));
      const names = lasting[code];
      if (!names) return once;
      const fromHere = (at: number, name: string): Fault | undefined =>
        at >= n && names.test(name) ? { kind: "error", code, when: "before" } : undefined;
      return [...once, { fault: fromHere, where: `${code} from call ${String(n)} on, ${call}` }];
    }),
  );
}
