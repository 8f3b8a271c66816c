import assert from "node:assert/strict";
import fc from "fast-check";
import { configFactsOf } from "../../../src/core/config/configFacts";
import { readOpenClawConfig } from "../../../src/core/config/openClawConfig";
import { posix } from "node:path";

const file = "/home/u/.openclaw/openclaw.json";
const nothing = configFactsOf({}, { text: "{}", file, lookUp: () => undefined });

describe("the facts of a config", () => {
  it("are what explaining needs, each with its line, and nothing else", async () => {
    const text = `{
  // kept by hand
  "gateway": { "port": 18800, "auth": { "token": "secret-token" } },
  "session": {
    "reset": { "mode": "daily", "atHour": 5 },
    "resetByType": {
      "group":
        { "mode": "idle", "idleMinutes": 5 },
    },
    "resetByChannel": { "Telegram": { "idleMinutes": 600 } },
    "idleMinutes": 30,
    "resetTriggers": ["/new", 7, "/clear"],
    "maintenance": { "mode": "warn", "pruneAfter": "30d", "maxEntries": 500, "resetArchiveRetention": false },
  },
  "agents": {
    "defaults": {
      "heartbeat": { "every": "20s", "prompt": "Look at \${WHERE}.", "isolatedSession": true, "to": "secret-peer" },
      "userTimezone": "Asia/Tokyo",
      "model": { "primary": "local/fake-1" },
      "contextTokens": 100000,
      "compaction": { "truncateAfterCompaction": true },
    },
    "list": [
      { "id": "main" },
      { "id": "Ops", "default": true, "heartbeat": { "every": "0m" } },
    ],
  },
  "logging": { "file": "/var/log/openclaw.log" },
  "models": { "providers": { "local": { "apiKey": "secret-key", "models": [{ "id": "fake-1", "contextWindow": 200000 }] } } },
  "meta": { "lastTouchedVersion": "2026.4.21", "lastTouchedAt": "2026-04-22T09:00:00.000Z" },
}`;
    const facts = await factsOf(text, { WHERE: "the desk" });
    const at = (line: number) => ({ file, line });
    const heartbeat = { lightContext: undefined, session: undefined, target: undefined, model: undefined };
    assert.deepEqual(facts, {
      file,
      reset: { mode: "daily", atHour: 5, idleMinutes: undefined, place: at(5) },
      resetByType: { group: { mode: "idle", atHour: undefined, idleMinutes: 5, place: at(7) } },
      resetByChannel: { telegram: { mode: undefined, atHour: undefined, idleMinutes: 600, place: at(10) } },
      idleMinutes: { value: 30, place: at(11) },
      resetTriggers: { value: ["/new", "/clear"], place: at(12) },
      maintenance: {
        mode: { value: "warn", place: at(13) },
        pruneAfter: { value: "30d", place: at(13) },
        maxEntries: { value: 500, place: at(13) },
        resetArchiveRetention: { value: false, place: at(13) },
        maxDiskBytes: undefined,
      },
      heartbeat: { ...heartbeat, every: "20s", isolatedSession: true, prompt: "Look at the desk.", place: at(17) },
      agentHeartbeats: {
        ops: { ...heartbeat, every: "0m", isolatedSession: undefined, prompt: undefined, place: at(25) },
      },
      defaultAgentId: "ops",
      userTimezone: { value: "Asia/Tokyo", place: at(18) },
      logFile: { value: "/var/log/openclaw.log", place: at(28) },
      contextWindows: { "local/fake-1": 200000 },
      primaryModel: { value: "local/fake-1", place: at(19) },
      contextTokens: { value: 100000, place: at(20) },
      truncateAfterCompaction: { value: true, place: at(21) },
      gatewayPort: { value: 18_800, place: at(3) },
      lastTouched: { version: "2026.4.21", at: Date.parse("2026-04-22T09:00:00.000Z"), place: at(30) },
    });
    assert.ok(!JSON.stringify(facts).includes("secret"));
  });

  it("are the same in JSON5 without lines, and with agents as entries", async () => {
    const facts = await factsOf(
      "{session: {reset: {atHour: 0x3}}, agents: {entries: {main: {heartbeat: {every: '5m'}}, ops: {}}}}",
    );
    assert.deepEqual(
      [facts.reset, facts.agentHeartbeats["main"]?.every, facts.defaultAgentId],
      [{ mode: undefined, atHour: 3, idleMinutes: undefined, place: { file, line: undefined } }, "5m", "main"],
    );
  });

  it("have no line where the value stands in an included file, and agents keep theirs", async () => {
    const text = `{
  "$include": "more.json",
  "agents": { "list": [
    { "id": "ops", "heartbeat": { "every": "1h" } } ] }
}`;
    const more = JSON.stringify({
      session: { reset: { atHour: 6 } },
      agents: { list: [{ id: "main", heartbeat: { every: "2h" } }] },
    });
    const facts = await factsOf(text, {}, more);
    assert.deepEqual(
      [facts.reset?.place.line, facts.agentHeartbeats["main"], facts.agentHeartbeats["ops"]].map((each) =>
        typeof each === "object" ? [each.every, each.place.line] : each,
      ),
      [undefined, ["2h", undefined], ["1h", 4]],
    );
  });

  it("leave out what has another type than OpenClaw takes", () => {
    const odd = {
      session: { reset: [], resetByType: "group", resetByChannel: { a: 1, __proto__: {} }, idleMinutes: "30" },
      agents: { defaults: { heartbeat: 5, userTimezone: {}, model: 1 }, list: {}, entries: [] },
      models: { providers: { a: { models: "x" }, b: null } },
      meta: { lastTouchedVersion: "<script>", lastTouchedAt: {} },
      logging: null,
    };
    assert.deepEqual(configFactsOf(odd, { text: JSON.stringify(odd), file, lookUp: () => undefined }), nothing);
    assert.deepEqual(configFactsOf([1], { text: "[1]", file, lookUp: () => undefined }), nothing);
  });

  it("come of any value without a crash, and of hostile texts without a stop", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const value = {
          session: one,
          agents: { defaults: other, list: one, entries: other },
          meta: other,
          models: one,
        };
        configFactsOf(value, { text: JSON.stringify(value), file, lookUp: () => undefined });
      }),
      { seed: Number(process.env["PROPERTY_SEED"] ?? 20261120) },
    );
    const value = { session: { reset: { atHour: 4 } } };
    for (const text of [
      "[".repeat(1_000_000),
      '{"a":'.repeat(100_000),
      "\0",
      `{"session":${"[".repeat(300)}`,
      "x".repeat(2e6),
    ]) {
      const { reset } = configFactsOf(value, { text, file, lookUp: () => undefined });
      assert.deepEqual(reset?.place, { file, line: undefined });
    }
  });
});

async function factsOf(text: string, env: Readonly<Record<string, string>> = {}, included = "{}") {
  const files = { readInclude: () => Promise.resolve({ kind: "text", text: included } as const) };
  const { facts, problems } = await readOpenClawConfig(text, file, { path: posix, env, files });
  assert.deepEqual(problems, []);
  assert.ok(facts);
  return facts;
}
