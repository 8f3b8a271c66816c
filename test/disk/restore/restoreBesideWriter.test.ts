import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RestoreRefused } from "../../../src/core/restore/restorer";
import { readIndex, requestFor, restoringRecorded, type IndexRow, type Restoring } from "./restoreSandbox";

const main = "agent:main:main";
const other = "agent:main:other";

/** As a gateway does: another file in its place. */
function replaceIndex(index: string): void {
  const rows = JSON.parse(readFileSync(index, "utf8")) as Record<string, IndexRow>;
  writeFileSync(`${index}.tmp`, JSON.stringify({ ...rows, [other]: { sessionId: "other", updatedAt: 1 } }));
  renameSync(`${index}.tmp`, index);
}

/** Restores, and at the `n`th report of progress (from 0) somebody else replaces the index. */
async function restoreBeside(at: Restoring, n: number) {
  const index = join(at.sessions, "sessions.json");
  const { restorer } = at.inspector;
  const planned = await restorer.plan(requestFor(at, /\.jsonl\.reset\.[^/]*T09-15/));
  const steps: string[] = [];
  const outcome = await restorer
    .apply(planned, ({ step }) => {
      if (steps.length === n) replaceIndex(index);
      steps.push(step);
    })
    .then(
      () => "restored" as const,
      (error: unknown) => error,
    );
  return { plan: planned.plan, outcome, steps };
}

describe("somebody else writes the index while we restore", () => {
  it("whenever it is: we refuse, or both changes are there", async function () {
    this.timeout(60_000);
    const { steps } = await restoreBeside(await restoringRecorded("2026.5.18/manual-resets"), -1);
    const seen: string[] = [];
    for (let n = 0; n < steps.length; n++) {
      const at = await restoringRecorded("2026.5.18/manual-resets");
      const { plan, outcome } = await restoreBeside(at, n);
      const now = readIndex(at);
      assert.equal(now[other]?.sessionId, "other", "the other change is there");
      if (outcome !== "restored") assert.ok(outcome instanceof RestoreRefused, String(outcome));
      assert.equal(now[main]?.sessionId, outcome === "restored" ? plan?.to : plan?.from);
      const file = now[main]?.sessionFile ?? "";
      const transcript = readFileSync(join(at.sessions, file.slice(file.lastIndexOf("/") + 1)), "utf8");
      assert.ok(transcript.includes(String(now[main]?.sessionId)), "what the entry names is there");
      assert.deepEqual(await at.inspector.restorer.unfinished(at.stateDir), []);
      seen.push(`${steps[n] ?? ""}: ${outcome === "restored" ? "both" : "refused"}`);
    }
    assert.deepEqual([...new Set(seen.map((each) => each.slice(each.lastIndexOf(":") + 2)))].sort(), [
      "both",
      "refused",
    ]);
  });
});
