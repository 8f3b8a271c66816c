import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Agent, Window } from "../../../src/core/conversation/model";
import { fileEraVersions, readAgents, type Scenario, scenariosOf } from "./loadScenario";

/**
 * Where the recorder knows more than the disk. These transcripts are orphans, and rightly so: anything else would be a guess.
 */
const unprovable: readonly { readonly scenario: string; readonly key: string; readonly why: string }[] = [
  ...fileEraVersions.map((version) => ({
    scenario: `${version}/manual-resets`,
    key: "agent:main:scratch",
    why: "sessions.delete removed the row, and no run trace was recorded: nothing names the key any more",
  })),
  ...["2026.5.18", "2026.7.35"].flatMap((version) => [
    {
      scenario: `${version}/daily-reset`,
      key: "agent:main:telegram:direct:5551234",
      why: "the agent call gave the key a new session and left the old transcript under its name, without an archive, a family list or a run trace",
    },
    {
      scenario: `${version}/idle-reset`,
      key: "agent:main:discord:channel:900100",
      why: "the agent call gave the key a new session and left the old transcript under its name, without an archive, a family list or a run trace",
    },
  ]),
];

for (const version of fileEraVersions) {
  describe(`recorded with OpenClaw ${version}`, () => {
    for (const scenario of scenariosOf(version)) {
      const name = `${version}/${scenario.name}`;
      const lost = unprovable.filter((each) => each.scenario === name).map(({ key }) => key);

      describe(scenario.name, () => {
        let directory = "";
        let agents: readonly Agent[] = [];
        before(async () => {
          directory = mkdtempSync(join(tmpdir(), "inspector-"));
          cpSync(scenario.stateDir, directory, { recursive: true });
          agents = await readAgents(directory);
        });
        after(() => {
          rmSync(directory, { recursive: true, force: true });
        });

        it("the keys, each with its current session and file", () => {
          assert.deepEqual(currentOf(agents), expectedCurrent(scenario));
        });

        it("every session a key had, newest first", () => {
          assert.deepEqual(historyOf(agents), expectedHistory(scenario, lost));
        });

        it("every archive and checkpoint under the key it was made for", () => {
          assert.deepEqual(archivesOf(agents), expectedArchives(scenario, lost));
        });

        it("session ids are those of the headers, never of the names", () => {
          for (const { sessionId, primary, copies } of agents.flatMap(windowsOf)) {
            for (const file of [primary, ...copies]) {
              const [header] = readFileSync(file?.path ?? "", "utf8").split("\n", 1);
              assert.equal((JSON.parse(header ?? "") as { id: string }).id, sessionId);
            }
          }
        });

        it("every file of the directory in one place", () => {
          for (const agent of agents) {
            const files = agent.otherFiles.map(({ path }) => path);
            for (const { primary, copies, trajectories } of unique(windowsOf(agent))) {
              files.push(...[primary, ...copies, ...trajectories].map((file) => file?.path ?? ""));
            }
            const sessions = agent.roots[0]?.path ?? "";
            assert.deepEqual(
              files.sort(),
              readdirSync(sessions)
                .map((base) => join(sessions, base))
                .sort(),
            );
          }
        });

        it(lost.length === 0 ? "no orphans" : `orphans: ${lost.join(", ")}`, () => {
          const orphans = agents.flatMap((agent) => agent.orphans.map(({ sessionId }) => sessionId));
          const expected = lost.flatMap((key) =>
            (idsOf(scenario).get(key) ?? []).slice(key.endsWith("scratch") ? 0 : 1),
          );
          assert.deepEqual(orphans.sort(), expected.sort());
        });
      });
    }
  });
}

describe("recorded with 2026.7.35 and upgraded to the SQLite era", () => {
  it("the archives that the migration left are listed, as orphans: their store is gone", async () => {
    const upgraded = scenariosOf("2026.9.6").find(({ name }) => name === "upgraded-from-7.35");
    const [agent] = await readAgents(upgraded?.stateDir ?? "");
    assert.deepEqual(
      agent?.orphans.map(({ kind, sessionId }) => `${kind} ${sessionId.slice(0, 8)}`),
      ["deleted 0224e676", "reset 61920df1", "reset 9dbb5e9e", "reset 6a9dcfca", "reset bdea9c6c"],
    );
    assert.deepEqual(agent.conversations, []);
  });
});

function windowsOf({ conversations, orphans }: Agent): Window[] {
  return [...conversations.flatMap(({ windows }) => windows), ...orphans];
}

/** A window of which two rows name the file stands in both conversations. */
function unique(windows: readonly Window[]): Window[] {
  return [...new Map(windows.map((window) => [window.windowId, window])).values()];
}

type Current = Record<string, { readonly sessionId: string | undefined; readonly file: string | undefined }>;

function currentOf(agents: readonly Agent[]): Current {
  const entries = agents.flatMap(({ conversations }) =>
    conversations.map(({ key, row, windows: [first] }): [string, Current[string]] => {
      assert.equal(first?.kind, "live", key);
      assert.equal(first.join?.rung, "store-row");
      assert.equal(row?.sessionId, first.sessionId);
      return [key, { sessionId: first.sessionId, file: first.primary?.name.base }];
    }),
  );
  return Object.fromEntries(entries);
}

function expectedCurrent({ expected }: Scenario): Current {
  const entries = Object.values(expected.facts.final).flatMap(({ keys }) =>
    Object.entries(keys).map(([key, { sessionId, sessionFile }]): [string, Current[string]] => [
      key,
      // Rows of cron jobs name no file up to 2026.3.13.
      { sessionId, file: sessionFile ?? `${sessionId}.jsonl` },
    ]),
  );
  return Object.fromEntries(entries);
}

type History = Record<string, readonly string[]>;

function historyOf(agents: readonly Agent[]): History {
  return Object.fromEntries(
    agents.flatMap(({ conversations }) =>
      conversations.map(({ key, windows }) => [key, windows.map(({ sessionId }) => sessionId)]),
    ),
  );
}

/** Session ids of each key as the recorder saw them come, newest first; of a deleted key as well. */
function idsOf({ expected }: Scenario): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { key, to } of expected.events.flatMap(({ sessionIdChanges }) => sessionIdChanges ?? [])) {
    if (to !== null) ids.set(key, [to, ...(ids.get(key) ?? [])]);
  }
  return ids;
}

function expectedHistory(scenario: Scenario, lost: readonly string[]): History {
  const keys = Object.values(scenario.expected.facts.final).flatMap((final) => Object.keys(final.keys));
  const ids = idsOf(scenario);
  return Object.fromEntries(
    keys.map((key) => [key, (ids.get(key) ?? []).slice(0, lost.includes(key) ? 1 : undefined)]),
  );
}

function archivesOf(agents: readonly Agent[]): Record<string, string | undefined> {
  const entries = agents
    .flatMap(windowsOf)
    .flatMap(({ primary, copies, join }) =>
      [primary, ...copies].flatMap((file): [string, string | undefined][] =>
        file?.name.kind === "archive" || file?.name.kind === "checkpoint" ? [[file.name.base, join?.key]] : [],
      ),
    );
  return Object.fromEntries(entries);
}

function expectedArchives({ expected }: Scenario, lost: readonly string[]): Record<string, string | undefined> {
  const entries = expected.events.flatMap(({ key, newArchives }) =>
    (newArchives ?? []).map((base): [string, string | undefined] => [
      base,
      key === null || lost.includes(key) ? undefined : key,
    ]),
  );
  return Object.fromEntries(entries);
}
