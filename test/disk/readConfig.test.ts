import assert from "node:assert/strict";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readConfig, type ConfigFileReading } from "../../src/disk/readConfig";
import { makePipe, put, scratch, withPermissionsEnforced } from "./scratch";

describe("reading OpenClaw's config from disk", () => {
  it("takes the first that exists, with its includes", async () => {
    const state = scratch({ "clawdbot.json": '{ $include: "parts/agents.json5", session: { mainKey: "m" } }' });
    put(state, "parts/agents.json5", '{ agents: { list: [{ id: "ops" }] } }');
    const { configPath, config, includedFiles, problems } = await read(state);
    assert.deepEqual(
      [configPath, config.agents, config.mainKey, includedFiles, problems],
      [join(state, "clawdbot.json"), [{ id: "ops", isDefault: false }], "m", [join(state, "parts/agents.json5")], []],
    );
  });

  it("is nothing unusual when there is none", async () => {
    const { configPath, problems } = await read(scratch());
    assert.deepEqual([configPath, problems], [undefined, []]);
  });

  it("does not follow an include through a link out of its directory", async () => {
    const state = scratch({ "openclaw.json": '{ $include: "link.json" }' });
    symlinkSync(put(scratch(), "secret.json", '{"agents":{"list":[{"id":"evil"}]}}'), join(state, "link.json"));
    const { config, problems } = await read(state);
    assert.deepEqual(
      [config.agents, short(problems, state)],
      [[], ["config.include: ~/link.json leads out of the state directory through a link; it was not followed."]],
    );
  });

  it("follows a config that is itself a link only where that is trusted", async () => {
    const elsewhere = scratch({
      "real.json": '{ $include: "agents.json" }',
      "agents.json": '{"agents":{"list":[{"id":"ops"}]}}',
    });
    const state = scratch({ "agents.json": '{"agents":{"list":[{"id":"here"}]}}' });
    symlinkSync(join(elsewhere, "real.json"), join(state, "openclaw.json"));
    const [trusted, untrusted] = [await read(state, true), await read(state, false)];
    assert.deepEqual(
      [trusted.config.agents.map(({ id }) => id), untrusted.config.agents, short(untrusted.problems, state)],
      [
        ["here"],
        [],
        ["config.unreadable: ~/openclaw.json leads out of the state directory through a link; it was not followed."],
      ],
    );
  });

  it("says what stands in the way", async () => {
    const piped = scratch();
    makePipe(piped, "openclaw.json");
    const large = scratch({ "openclaw.json": " ".repeat(2 * 1024 * 1024 + 1) });
    const locked = scratch({ "openclaw.json": "{}" });
    chmodSync(locked, 0o755);
    chmodSync(join(locked, "openclaw.json"), 0o000);
    assert.deepEqual(
      [
        short((await read(piped)).problems, piped),
        short((await read(large)).problems, large),
        short((await withPermissionsEnforced(() => read(locked))).problems, locked),
      ],
      [
        ["config.unreadable: ~/openclaw.json is a named pipe, not a file; it was not opened."],
        ["config.unreadable: ~/openclaw.json is larger than 2 MB; OpenClaw does not read it either."],
        ["config.unreadable: There is no permission to read ~/openclaw.json."],
      ],
    );
  });
});

function read(state: string, trusted = true): Promise<ConfigFileReading> {
  const candidates = ["openclaw.json", "clawdbot.json"].map((name) => ({
    path: join(state, name),
    versions: { from: "2026.1.29", until: undefined },
  }));
  return readConfig(candidates, { env: {}, trusted });
}

function short(problems: ConfigFileReading["problems"], state: string): string[] {
  return problems.map(({ code, message }) => `${code}: ${message.replaceAll(state, "~")}`);
}
