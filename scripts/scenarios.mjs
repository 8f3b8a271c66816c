import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ name: string, group: string, state: string }} Scenario */

const fixtures = fileURLToPath(new URL("../test/fixtures", import.meta.url));

/** The state directories of test/fixtures that people may want to look at: the sample, then every recorded scenario. */
export function scenarios() {
  const corpora = join(fixtures, "corpora");
  const recorded = folders(corpora).flatMap((version) =>
    folders(join(corpora, version)).map((scenario) => ({
      name: `${version}/${scenario}`,
      group: version,
      state: join(corpora, version, scenario, "state"),
    })),
  );
  const sample = { name: "sample", group: "sample", state: join(fixtures, "sample", "state") };
  return [sample, ...recorded].filter(({ state }) => existsSync(state));
}

/** @param {string} parent */
function folders(parent) {
  if (!existsSync(parent)) return [];
  const entries = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const byVersion = new Intl.Collator("en", { numeric: true }).compare;
  return entries.map(({ name }) => name).sort(byVersion);
}
