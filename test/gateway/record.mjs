// Records what a real gateway leaves on disk: `node test/gateway/record.mjs [scenario …]`.
// Writes test/fixtures/recorded/<version>/<scenario>/: state/, expected.json (what was done and what changed on disk),
// gateway.log (console) and openclaw.log (the gateway's own log), with paths of the recording machine replaced.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { release, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { cache, installedAt, startGateway } from "./gateway.mjs";
import { install } from "./install.mjs";
import { scenarios } from "./recordedScenarios.mjs";
import { startModel } from "./scriptedModel.mjs";

const root = resolve(import.meta.dirname, "../..");
const wanted = process.argv.slice(2);

/** What a fixture keeps of a state directory: conversations and what explains them. */
const kept = [/^openclaw\.json$/, /^agents\/[^/]+\/sessions\//, /^cron\//, /^workspace\//, /^logs\/commands\.log$/];
const left = [/skills-prompts/, /^workspace\/\.git/, /\.tmp$/];

for (const scenario of scenarios) {
  const name = `${scenario.version}/${scenario.name}`;
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  await install(scenario.version);
  console.log(`recording ${name}`);
  await record(scenario, join(root, "test", "fixtures", "recorded", scenario.version, scenario.name));
}

async function record(scenario, target) {
  const home = mkdtempSync(join(tmpdir(), "recording-"));
  // Some versions log to a file per day that all gateways of a machine share.
  rmSync("/tmp/openclaw", { recursive: true, force: true });
  const events = [];
  let answer = () => ({ text: "Understood." });
  const model = await startModel((request) => answer(request));
  const options = { version: scenario.version, home, modelPort: model.port, ...scenario.options };
  let gateway = await startGateway({ ...options, startAt: scenario.startAt });
  const look = () => sight(join(home, ".openclaw", "agents"));
  const step = async (action, act, facts = {}) => {
    const before = look();
    const at = new Date(gateway.now()).toISOString();
    let failed;
    try {
      await act();
    } catch (error) {
      failed = String(error.message).slice(0, 200);
    }
    const after = look();
    events.push({ at, action, ...facts, ...(failed === undefined ? {} : { failed }), ...difference(before, after) });
    console.log(`  ${at} ${action}${failed === undefined ? "" : ` FAILED ${failed}`}`);
  };
  const recorder = {
    step,
    state: join(home, ".openclaw"),
    say: (key, message, facts) =>
      step(`chat.send: ${message}`, () => gateway.send(key, message, 240_000), { key, ...facts }),
    sendOnly: (key, message, facts) =>
      step(
        `chat.send: ${message}`,
        () => gateway.call("chat.send", { sessionKey: key, message, idempotencyKey: String(Math.random()) }),
        { key, ...facts },
      ),
    call: (method, params, facts) =>
      step(`${method} ${JSON.stringify(params)}`, () => gateway.call(method, params), { key: params.key, ...facts }),
    clock: (iso) => gateway.setClock(iso),
    answers: (next) => (answer = next),
    /** Waits until something on disk is as the scenario needs it; the gateway decides when. */
    until: async (what, isSo, seconds = 60) => {
      for (let waited = 0; waited < seconds * 10; waited++) {
        if (isSo(look())) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      console.log(`  gave up waiting for: ${what}`);
    },
    pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    restart: async (config) => {
      await step("gateway restart (SIGTERM, start)", async () => {
        await gateway.stop();
        gateway = await startGateway({ ...options, ...(config === undefined ? {} : { config }) });
      });
    },
    kill: () => step("SIGKILL", () => gateway.kill()),
    start: () =>
      step("gateway start", async () => {
        gateway = await startGateway(options);
      }),
  };
  try {
    await scenario.run(recorder);
  } finally {
    await gateway.stop().catch(() => undefined);
    await model.stop();
  }
  save(home, target, {
    version: scenario.version,
    scenario: scenario.name,
    about: scenario.about,
    timezone: scenario.options?.timeZone ?? "UTC",
    events,
  });
  rmSync(home, { recursive: true, force: true });
}

function sight(agents) {
  const files = new Map();
  const rows = new Map();
  if (existsSync(agents)) {
    for (const name of readdirSync(agents, { recursive: true, encoding: "utf8" })) {
      if (!name.includes("/sessions/") || /\.(lock|tmp)$/.test(name) || name.includes("skills-prompts")) continue;
      const path = join(agents, name);
      if (!statSync(path).isFile()) continue;
      files.set(name, statSync(path).size);
      if (!name.endsWith("/sessions.json")) continue;
      for (const [key, row] of Object.entries(JSON.parse(readFileSync(path, "utf8")))) rows.set(key, row.sessionId);
    }
  }
  return { files, rows };
}

function difference(before, after) {
  const newFiles = [...after.files.keys()].filter((name) => !before.files.has(name)).sort();
  const removedFiles = [...before.files.keys()].filter((name) => !after.files.has(name)).sort();
  const keys = new Set([...before.rows.keys(), ...after.rows.keys()]);
  const sessionIdChanges = [...keys].flatMap((key) => {
    const [from, to] = [before.rows.get(key) ?? null, after.rows.get(key) ?? null];
    return from === to ? [] : [{ key, from, to }];
  });
  return { newFiles, removedFiles, sessionIdChanges };
}

function save(home, target, expected) {
  rmSync(target, { recursive: true, force: true });
  const state = join(home, ".openclaw");
  const clean = (text) =>
    text
      .replaceAll(home, "/home/dev")
      .replace(/\/tmp\/recording-\w+/g, "/home/dev")
      .replaceAll(dirname(dirname(installedAt(expected.version))), "/usr/lib")
      .replaceAll(cache, "/usr/local/lib")
      .replaceAll(release(), "6.1.0")
      .replace(/"hostname":"[^"]*"/g, '"hostname":"host"');
  const put = (from, to) => {
    mkdirSync(dirname(to), { recursive: true });
    if (/\.(png|sqlite)$/.test(from)) cpSync(from, to);
    else writeFileSync(to, clean(readFileSync(from, "utf8")));
  };
  for (const name of readdirSync(state, { recursive: true, encoding: "utf8" })) {
    if (!statSync(join(state, name)).isFile()) continue;
    if (kept.some((pattern) => pattern.test(name)) && !left.some((pattern) => pattern.test(name))) {
      put(join(state, name), join(target, "state", name));
    }
  }
  put(join(home, "gateway.log"), join(target, "gateway.log"));
  for (const file of ownLogs(state)) put(file, join(target, "openclaw.log"));
  writeFileSync(join(target, "expected.json"), `${clean(JSON.stringify(expected, null, 2))}\n`);
  console.log(`  saved to ${relative(root, target)}`);
}

/** Where `logging.file` says, or in the system's directory for temporary files (2026.4). */
function ownLogs(state) {
  const named = join(state, "logs", "openclaw.log");
  if (existsSync(named)) return [named];
  const shared = "/tmp/openclaw";
  if (!existsSync(shared)) return [];
  return readdirSync(shared)
    .filter((name) => name.endsWith(".log"))
    .map((name) => join(shared, name))
    .filter((file) => readFileSync(file, "utf8").includes(dirname(state)))
    .slice(-1);
}
