import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { join } from "node:path";
import { configCandidates } from "../../src/core/locations/configCandidates";
import { resolveSessionFile } from "../../src/disk/containment";
import { readConfig } from "../../src/disk/readConfig";
import { readStore } from "../../src/disk/readStore";
import { findSessionRoots } from "../../src/disk/sessionRoots";
import { findSqliteSessions } from "../../src/disk/sqliteTables";

const corpora = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");
const scenarios = readdirSync(corpora, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: version }) => readdirSync(join(corpora, version)).map((scenario) => `${version}/${scenario}`))
  .filter((scenario) => existsSync(join(corpora, scenario, "state")));

/** Recorded below /home/dev/.openclaw and read from here: every one of them is a directory that was moved. */
describe("state directories recorded from real gateways", () => {
  it("are there", () => {
    assert.ok(scenarios.length >= 50, `${scenarios.length} scenarios`);
  });

  for (const scenario of scenarios) {
    it(`${scenario} has its agents, its rows and their transcripts, and no problem`, async () => {
      const found = await inspect(join(corpora, scenario, "state"));
      assert.deepEqual(found.problems, []);
      assert.ok(found.agents.includes("main"));
      // The tables of 2026.9.6 took the place of the index; some databases are recorded as .gz and are no databases here.
      if (scenario.startsWith("2026.9.6/")) assert.deepEqual([found.rows, found.sqlite], [0, found.databases]);
      else assert.deepEqual([found.rows > 0, found.sqlite], [true, 0]);
    });
  }
});

async function inspect(state: string) {
  const problems: string[] = [];
  const surroundings = { path, env: {}, homeDirectory: "/nowhere", workingDirectory: "/nowhere" };
  const { config, configPath, ...configRead } = await readConfig(
    configCandidates(surroundings, state, { effective: false }),
    { env: {}, trusted: false },
  );
  const stateDir = { path: state, realPath: state };
  const found = await findSessionRoots({ stateDir, config, configPath, home: "/nowhere", trusted: false });
  problems.push(...[...configRead.problems, ...found.problems].map(({ message }) => message));

  let [rows, sqlite, databases] = [0, 0, 0];
  for (const agent of found.agents) {
    const inTables = await findSqliteSessions(agent, stateDir);
    if (inTables.sqlite) sqlite++;
    if (existsSync(join(state, "agents", agent.agentId, "agent", "openclaw-agent.sqlite"))) databases++;
    problems.push(...inTables.problems.map(({ message }) => message));
    for (const root of agent.roots) {
      const store = await readStore(root.storePath, { within: root.within });
      const others = found.agents.flatMap((other) => other.roots).filter((other) => other !== root);
      rows += store.rows.length;
      problems.push(...[...root.problems, ...store.problems].map(({ message }) => message));
      for (const row of store.rows) {
        const { problem } = await resolveSessionFile(row, root, others);
        if (problem) problems.push(problem.message);
      }
    }
  }
  return { agents: found.agents.map(({ agentId }) => agentId), rows, sqlite, databases, problems };
}
