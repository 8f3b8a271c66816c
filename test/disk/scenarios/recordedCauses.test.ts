import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Explanations } from "../../../src/core/explanations";
import { firstCause } from "../../../src/core/rotation/rotation";
import { inspect, sessions } from "../inspectorSandbox";
import { scratch } from "../scratch";

const fixtures = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test", "fixtures");

interface Expected {
  readonly events: readonly {
    readonly cause?: string;
    readonly sessionIdChanges: readonly { readonly from: string | null; readonly to: string | null }[];
  }[];
}

interface Recording {
  readonly name: string;
  readonly directory: string;
  readonly expected: Expected;
}

describe("why sessions of recordings with a purpose ended", () => {
  for (const recording of recordings("recorded")) {
    it(`${recording.name}, without a log`, async () => {
      assert.deepEqual(told(await explained(copyOf(recording))), happenedIn(recording));
    });

    it(`${recording.name}, with the gateway's log`, async () => {
      assert.deepEqual(told(await explained(withLogs(copyOf(recording), recording))), happenedIn(recording));
    });
  }

  it("made/84218: without a log nothing tells that the last session was restarted", async () => {
    const [recording] = recordings("made");
    assert.ok(recording !== undefined);
    const happened = happenedIn(recording);
    assert.deepEqual(told(await explained(withLogs(copyOf(recording), recording))), happened);
    const unlogged = happened.map((line) => line.replace("compaction-failure", "isolated-run"));
    assert.deepEqual(told(await explained(copyOf(recording))), unlogged);
  });
  it("made/84218 is what its script writes", () => {
    const target = join(scratch(), "84218");
    const script = join(fixtures, "made", "make84218.mjs");
    execFileSync(process.execPath, [script, target]);
    assert.deepEqual(textsBelow(target), textsBelow(join(fixtures, "made", "84218")));
  });
});

function textsBelow(directory: string): Readonly<Record<string, string>> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(directory, file), readFileSync(file, "utf8")];
    }),
  );
}

async function explained(directory: string): Promise<Explanations> {
  const inspector = inspect(directory);
  await inspector.refresh();
  const explanations = await inspector.whenExplained();
  assert.deepEqual(explanations.problems, []);
  return explanations;
}

/** One line for each end of a session, sorted: what there is too much is told like what is missing. */
function told({ rotations }: Explanations): readonly string[] {
  return rotations.map((rotation) => `${rotation.from.sessionId} ${firstCause(rotation)}`).sort();
}

/**
 * Every session that ended, and why, as the recorder noted it. Where it had looked too early to see the id change, an event is about
 * the sessions on disk that no other event names and no row is at.
 */
function happenedIn({ directory, expected }: Recording): readonly string[] {
  const named = new Map<string, string>();
  const late: string[] = [];
  for (const { cause, sessionIdChanges } of expected.events) {
    const ended = sessionIdChanges.filter(({ from }) => from !== null);
    // A row that is gone was removed by retention, with the message that the event is about.
    for (const { from, to } of ended) named.set(from ?? "", to === null ? "pruned" : (cause ?? "unnamed"));
    if (cause !== undefined && ended.length === 0) late.push(cause);
  }
  const [cause, ...others] = late;
  assert.deepEqual(others, [], "which of them ended which session cannot be told");
  const current = currentSessions(directory);
  for (const id of sessionsOnDisk(directory)) {
    if (cause !== undefined && !named.has(id) && !current.has(id)) named.set(id, cause);
  }
  return [...named].map(([id, why]) => `${id} ${why}`).sort();
}

function sessionsOnDisk(directory: string): ReadonlySet<string> {
  const names = readdirSync(join(directory, "state", sessions));
  return new Set(names.flatMap((name) => /^([\da-f-]{36})\.jsonl(?:\.(?:reset|deleted)\.|$)/.exec(name)?.[1] ?? []));
}

function currentSessions(directory: string): ReadonlySet<string> {
  const index = readFileSync(join(directory, "state", sessions, "sessions.json"), "utf8");
  return new Set(Object.values(JSON.parse(index) as Record<string, { sessionId: string }>).map((row) => row.sessionId));
}

function recordings(kind: "recorded" | "made"): readonly Recording[] {
  const below = readdirSync(join(fixtures, kind), { recursive: true, encoding: "utf8" });
  const found = below
    .filter((name) => name.endsWith("expected.json"))
    .map((name) => name.replace(/.expected\.json$/, ""));
  assert.notEqual(found.length, 0);
  return found.sort().map((name) => {
    const directory = join(fixtures, kind, name);
    const expected = JSON.parse(readFileSync(join(directory, "expected.json"), "utf8")) as Expected;
    return { name: `${kind}/${name}`, directory, expected };
  });
}

function copyOf({ directory }: Recording): string {
  const target = scratch();
  cpSync(join(directory, "state"), target, { recursive: true });
  return target;
}

/** Where a service keeps what the gateway prints, and where a config may tell the gateway to log. */
function withLogs(target: string, { directory }: Recording): string {
  mkdirSync(join(target, "logs"), { recursive: true });
  for (const name of ["gateway.log", "openclaw.log"]) {
    if (existsSync(join(directory, name))) cpSync(join(directory, name), join(target, "logs", name));
  }
  return target;
}
