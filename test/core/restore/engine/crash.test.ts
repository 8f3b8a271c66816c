import { shapes } from "./aPlan";
import {
  apply,
  changesDisk,
  endsOf,
  expectEnds,
  expectNothingLost,
  powerCuts,
  prepared,
  recover,
  start,
  type Ends,
  type Setting,
} from "./enumeration";
import type { Fault, ModelFiles, PowerCut } from "../modelFiles";

/** Everything in `npm run test:long`; otherwise a fixed part of it, spread over all. */
const isLong = process.env["PROPERTY_SCALE"] !== undefined;

const linksRefused = (name: string): Fault | undefined =>
  name === "link" ? { kind: "error", code: "EPERM", when: "before" } : undefined;
const settings: readonly Setting[] = [
  ...shapes(),
  ...shapes().map((shape) => ({ ...shape, name: `${shape.name}, where links are refused`, always: linksRefused })),
  ...shapes()
    .slice(0, 1)
    .map((shape) => ({ ...shape, name: `${shape.name}, with the lock of the index`, lockIndex: true })),
];

describe("stopped at any call, by a signal or by a power cut", function () {
  if (isLong) this.timeout(0);
  let points = 0;
  let seen = 0;
  const isChosen = (every: number): boolean => isLong || seen++ % every === 0;
  for (const setting of settings) {
    it(`is ended either way afterwards: ${setting.name}`, async () => {
      const ends = await endsOf(setting);
      for (const { files, where } of await stoppedEverywhere(ends.calls, (fault) => stoppedApply(setting, fault))) {
        for (const cut of powerCuts(files)) {
          if (!isChosen(29)) continue;
          const left = files.afterPowerCut(cut);
          const what = `${where}, ${JSON.stringify(cut)}`;
          expectNothingLost(setting, left, what);
          for (const how of ["finish", "take-back"] as const) {
            points++;
            await expectEnds(setting, ends, prepared(setting, left.clone()), how, `${what}, ${how}`);
            if (isWhole(cut) && isChosen(31)) points += await stopRecovery(setting, ends, left, how, what);
          }
        }
      }
    });
  }
  after(() => {
    if (isLong) console.log(`      ${String(points)} stops`);
  });
});

/** The same again for the recovery itself: stopped at each of its calls, and ended by another. */
async function stopRecovery(
  setting: Setting,
  ends: Ends,
  left: ModelFiles,
  how: "finish" | "take-back",
  where: string,
): Promise<number> {
  const whole = prepared(setting, left.clone());
  await recover(setting, whole, how);
  let points = 0;
  const stopped = async (fault: ModelFiles["fault"]): Promise<ModelFiles> => {
    const files = prepared(setting, left.clone(), fault);
    await recover(setting, files, how);
    return files;
  };
  for (const { files, where: at } of await stoppedEverywhere(whole.calls, stopped)) {
    for (const cut of [{ kind: "keep-all" }, { kind: "drop-all" }] as const) {
      const again = files.afterPowerCut(cut);
      const what = `${where}, ${how}, again ${at}, ${cut.kind}`;
      expectNothingLost(setting, again, what);
      for (const then of ["finish", "take-back"] as const) {
        points++;
        await expectEnds(setting, ends, prepared(setting, again.clone()), then, `${what}, ${then}`, 3);
      }
    }
  }
  return points;
}

function isWhole({ kind }: PowerCut): boolean {
  return kind === "keep-all" || kind === "drop-all";
}

async function stoppedApply(setting: Setting, fault: ModelFiles["fault"]): Promise<ModelFiles> {
  const files = start(setting, fault);
  await apply(setting, files);
  return files;
}

/** The file system as it is when the process is stopped before each call that changes something, and in the middle of it. */
async function stoppedEverywhere(
  calls: readonly string[],
  run: (fault: ModelFiles["fault"]) => Promise<ModelFiles>,
): Promise<readonly { readonly files: ModelFiles; readonly where: string }[]> {
  const found: { readonly files: ModelFiles; readonly where: string }[] = [];
  for (const [n, call] of calls.entries()) {
    if (!changesDisk(call)) continue;
    for (const when of /^(?:write|copyExclusive) /.test(call)
      ? (["before", "half-way"] as const)
      : (["before"] as const)) {
      const files = await run((at) => (at === n ? { kind: "crash", when } : undefined));
      found.push({ files, where: `${when} call ${String(n)}, ${call}` });
    }
  }
  return found;
}
