import { deepEqual } from "node:assert/strict";
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import type { Snapshot } from "../../src/core/conversation/model";
import { inspect, message, recorded, recordedScenarios, sessions } from "./inspectorSandbox";

/**
 * What grew is exchanged in the model in place of telling all of it anew (scanPatch.ts). Whichever way it was told, it must
 * say the same.
 */
describe("a model that followed changes is the one a fresh look tells", () => {
  const scenarios = recordedScenarios().filter((scenario) => !scenario.startsWith("2026.9"));
  const lines = fc.constantFrom(
    (id: string) => message(id, null, 500),
    (id: string) => message(id, null, 501, "[cron:job-1 nightly] go", "user"),
    (id: string) => message(id, null, 502, "answer", "assistant"),
    (id: string) =>
      JSON.stringify({ type: "custom", customType: "openclaw:bootstrap-context:full", id, data: { sessionId: id } }),
    (id: string) => `{"type":"message","id":"${id}"`,
    () => "",
  );
  const steps = fc.array(fc.record({ file: fc.nat(), line: lines, ended: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  });

  it("for appends to recorded transcripts", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...scenarios),
        fc.array(steps, { minLength: 1, maxLength: 3 }),
        async (scenario, rounds) => {
          const directory = recorded(scenario);
          const folder = join(directory, sessions);
          const names = readdirSync(folder).filter(
            (name) => /\.jsonl(\.|$)/.test(name) && !/lock|trajectory/.test(name),
          );
          const followed = inspect(directory);
          await followed.refresh();
          await followed.whenIndexed();
          for (const [round, appended] of rounds.entries()) {
            for (const [at, { file, line, ended }] of appended.entries()) {
              const name = names[file % names.length] ?? "";
              appendFileSync(join(folder, name), line(`n${round}${at}`) + (ended ? "\n" : ""));
            }
            await followed.refresh();
          }
          const fresh = inspect(directory);
          await fresh.refresh();
          deepEqual(plain(await followed.whenIndexed()), plain(await fresh.whenIndexed()));
          followed.dispose();
          fresh.dispose();
        },
      ),
      {
        numRuns: 40 * Number(process.env["PROPERTY_SCALE"] ?? 1),
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
      },
    );
  });
});

/** As plain values: sentences are made only when somebody asks for them. */
function plain(snapshot: Snapshot): unknown {
  return JSON.parse(
    JSON.stringify(snapshot, (_name, value: unknown) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const entries: [string, unknown][] = [];
      for (const name in value) entries.push([name, (value as Record<string, unknown>)[name]]);
      return Object.fromEntries(entries);
    }),
  );
}
