import assert from "node:assert/strict";
import { posix } from "node:path";
import { emptyConfig, readOpenClawConfig, type ConfigReading } from "../../../src/core/config/openClawConfig";

describe("OpenClaw's config", () => {
  it("is read as JSON5, and only what listing needs is kept", async () => {
    const reading = await read(`// my agents
      {
        gateway: { auth: { token: "secret-token" } },
        models: { providers: { local: { apiKey: 'secret-key' } } },
        agents: { list: [{ id: "Main", default: true }, { id: "Ops Team" }], entries: { research: {}, main: {} } },
        session: { scope: "per-sender", mainKey: "main", store: "~/sessions/{agentId}.json" },
        meta: { lastTouchedVersion: "2026.4.21" },
      }`);
    const { facts, ...listed } = reading;
    assert.equal(facts?.lastTouched?.version, "2026.4.21");
    assert.deepEqual(listed, {
      config: {
        agents: [
          { id: "main", isDefault: true },
          { id: "ops-team", isDefault: false },
          { id: "research", isDefault: false },
        ],
        sessionStore: "~/sessions/{agentId}.json",
        sessionScope: "per-sender",
        mainKey: "main",
        version: {
          value: "2026.4.21",
          source: "meta.lastTouchedVersion in openclaw.json: the version that last wrote the config",
        },
      },
      includedFiles: [],
      problems: [],
    });
    assert.ok(!JSON.stringify(reading).includes("secret"));
  });

  it("names no more than a thousand agents, and says so", async () => {
    const list = Array.from({ length: 1_001 }, (_, at) => ({ id: `a${at}` }));
    const { config, problems } = await read(JSON.stringify({ agents: { list } }));
    assert.deepEqual(
      [config.agents.length, config.agents.at(-1)?.id, problems.map(({ code }) => code)],
      [1_000, "a999", ["config.too-many-agents"]],
    );
  });

  it("shows where it is broken, without quoting it", async () => {
    const reading = await read('{\n  token: "secret" oops\n}');
    assert.deepEqual(reading.config, emptyConfig);
    assert.deepEqual(reading.problems, [
      {
        code: "config.not-json5",
        message: "/c/openclaw.json is not valid JSON5 from line 2, column 19 on.",
        file: "/c/openclaw.json",
        line: 2,
      },
    ]);
  });

  for (const text of ["", "[]", "null", "3", '"x"', "\u0000", "{".repeat(5000)]) {
    it(`survives ${JSON.stringify(text.slice(0, 10))}`, async () => {
      const { config, problems } = await read(text);
      assert.deepEqual([config, problems.map(({ code }) => code)], [emptyConfig, ["config.not-json5"]]);
    });
  }

  it("stays small however much its variables would make of it, and names each variable once", async () => {
    const [big, template] = ["x".repeat(1_000_000), "${BIG}".repeat(50_000) + "${UNSET}".repeat(1000)];
    const { config, problems } = await read(JSON.stringify({ env: { BIG: big }, session: { mainKey: template } }));
    assert.ok((config.mainKey?.length ?? 0) <= template.length + 65_536);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["session.mainKey in /c/openclaw.json uses the variable UNSET, which is not set here; the gateway may know it."],
    );
  });

  it("ignores values of the wrong kind", async () => {
    const { config, problems } = await read(
      '{"agents":{"list":[null,3,{"id":7},{"id":" "}],"entries":[]},"session":{"store":5},"meta":{"lastTouchedVersion":"<b>"}}',
    );
    assert.deepEqual([config, problems], [emptyConfig, []]);
  });

  it("replaces variables from the environment, then from the env block", async () => {
    const { config, problems } = await read(
      '{"env":{"BLOCK":"block","vars":{"VARS":"vars","HERE":"no"}},"session":{"store":"/${HERE}/${BLOCK}/${VARS}/$${KEPT}/${lower}/${UNSET}"}}',
      {},
      { HERE: "environment", UNSET: "" },
    );
    assert.equal(config.sessionStore, "/environment/block/vars/${KEPT}/${lower}/${UNSET}");
    assert.deepEqual(problems, [
      {
        code: "config.variable-unset",
        message:
          "session.store in /c/openclaw.json uses the variable UNSET, which is not set here; the gateway may know it.",
        file: "/c/openclaw.json",
      },
    ]);
  });

  it("does not replace variables inside a value", async () => {
    const { config } = await read('{"session":{"store":"${A}"}}', {}, { A: "${B}", B: "b" });
    assert.equal(config.sessionStore, "${B}");
  });
});

describe("$include", () => {
  it("merges in order, joins lists, and lets keys beside it win", async () => {
    const { config, includedFiles, problems } = await read(
      '{"$include":["a.json5","sub/b.json5"],"session":{"scope":"own"},"agents":{"list":[{"id":"own"}]}}',
      {
        "/c/a.json5": '{session:{scope:"a",mainKey:"a",store:"/a"},agents:{list:[{id:"a"}]}}',
        "/c/sub/b.json5": '{session:{store:"/b"},agents:{list:[{id:"b"}],$include:"c.json5"}}',
        "/c/sub/c.json5": "{entries:{c:{}}}",
      },
    );
    assert.deepEqual(config, {
      agents: ["a", "b", "own", "c"].map((id) => ({ id, isDefault: false })),
      sessionStore: "/b",
      sessionScope: "own",
      mainKey: "a",
      version: undefined,
    });
    assert.deepEqual([includedFiles, problems], [["/c/a.json5", "/c/sub/b.json5", "/c/sub/c.json5"], []]);
  });

  it("works inside lists and in place of a whole value", async () => {
    const { config } = await read(
      '{"agents":{"list":[{"$include":"x.json"},{"id":"y"}]},"session":{"$include":"s.json"}}',
      {
        "/c/x.json": '{"id":"x"}',
        "/c/s.json": '{"mainKey":"m"}',
      },
    );
    assert.deepEqual([config.agents.map(({ id }) => id), config.mainKey], [["x", "y"], "m"]);
  });

  const failures: readonly (readonly [string, string, Record<string, string>, string])[] = [
    [
      "a cycle",
      '{"$include":"a.json"}',
      { "/c/a.json": '{"$include":"b.json"}', "/c/b.json": '{"$include":"a.json"}' },
      "The include a.json leads back to itself; it was not read again.",
    ],
    [
      "itself",
      '{"$include":"openclaw.json"}',
      {},
      "The include openclaw.json leads back to itself; it was not read again.",
    ],
    [
      "a path outside",
      '{"$include":"../../etc/passwd"}',
      {},
      "The include ../../etc/passwd lies outside the directory of the config; it was not read.",
    ],
    [
      "an absolute path outside",
      '{"$include":"/etc/passwd"}',
      {},
      "The include /etc/passwd lies outside the directory of the config; it was not read.",
    ],
    ["a file that is not there", '{"$include":"gone.json"}', {}, "gone"],
    ["a number", '{"$include":7}', {}, "$include must be a path or a list of paths."],
    ["a list with a number", '{"$include":[7]}', {}, "$include has an item that is not a path."],
    [
      "a list beside keys",
      '{"$include":"l.json","x":1}',
      { "/c/l.json": "[1]" },
      "What is included beside other keys must be an object; it was left out.",
    ],
    [
      "broken text",
      '{"$include":"l.json"}',
      { "/c/l.json": "{" },
      "/c/l.json is not valid JSON5 from line 1, column 2 on.",
    ],
  ];
  for (const [title, text, files, message] of failures) {
    it(`${title} is a problem, and the rest is read`, async () => {
      const { config, problems } = await read(text.replace(/}$/, ',"session":{"mainKey":"kept"}}'), files);
      assert.deepEqual([config.mainKey, problems.map((problem) => problem.message)], ["kept", [message]]);
    });
  }

  it("ends ten levels down", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, level) => [
        `/c/${level + 1}.json`,
        `{"session":{"mainKey":"${level + 1}"},"$include":"${level + 2}.json"}`,
      ]),
    );
    const { includedFiles, problems } = await read('{"$include":"1.json"}', files);
    assert.equal(includedFiles.length, 10);
    assert.deepEqual(
      problems.map(({ message, file }) => [message, file]),
      [["The include 11.json is nested more than 10 deep; it was not read.", "/c/10.json"]],
    );
  });

  it("cannot multiply without end", async () => {
    const wide = JSON.stringify({ $include: Array.from({ length: 100 }, (_, at) => `${at}.json`) });
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`/c/${at}.json`, wide]));
    const { problems } = await read('{"$include":"0.json"}', files);
    assert.ok(problems.some(({ message }) => message.startsWith("The config includes more than 200 files")));
  });

  it("does not change what objects are", async () => {
    const { config } = await read('{"__proto__":{"agents":{"list":[{"id":"evil"}]}},"$include":"a.json"}', {
      "/c/a.json": '{"__proto__":{"session":{"mainKey":"evil"}}}',
    });
    assert.deepEqual(config, emptyConfig);
  });
});

function read(
  text: string,
  included: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ConfigReading> {
  const readInclude = (file: string) => {
    const found = included[file];
    return Promise.resolve(
      found === undefined ? ({ kind: "problem", message: "gone" } as const) : ({ kind: "text", text: found } as const),
    );
  };
  return readOpenClawConfig(text, "/c/openclaw.json", { path: posix, env, files: { readInclude } });
}
