import assert from "node:assert/strict";
import { judgeCommand } from "../../../src/core/rotation/causes/command";
import { given, short, time, unknownVersion } from "./rotationFacts";

describe("a command", () => {
  const line = { action: "new", source: undefined, place: { file: "/commands.log", line: 3 } };

  it("a line of commands.log: certain", () => {
    const facts = given({ more: { commands: [{ ...line, at: time("04:00:01"), sessionKey: "agent:main:main" }] } });
    assert.equal(short(judgeCommand(facts)), "command certain");
  });

  it("a line about another conversation, or long before: silent", () => {
    const other = { ...line, at: time("04:00:01"), sessionKey: "agent:main:telegram:direct:1" };
    const before = { ...line, at: time("03:50"), sessionKey: "agent:main:main" };
    assert.equal(short(judgeCommand(given({ more: { commands: [other, before] } }))), "silent");
  });

  it("the prompt of a bare command: certain with an archive, possible where the old transcript was left", () => {
    const startup = { to: { opening: { speaker: "startup", startup: "new" } as const } };
    assert.equal(short(judgeCommand(given(startup))), "command certain");
    assert.equal(short(judgeCommand(given({ ...startup, how: "orphan" }))), "command possible");
    assert.equal(short(judgeCommand(given({ ...startup, how: "orphan", version: "2026.1.30" }))), "command certain");
  });

  it("the prompt of a command that came an hour later: possible", () => {
    const later = { header: "05:00", first: "05:00", opening: { speaker: "startup", at: time("05:00") } as const };
    assert.equal(short(judgeCommand(given({ to: later }))), "command possible");
  });

  it("OpenClaw's own answer to it: certain", () => {
    assert.equal(
      short(judgeCommand(given({ to: { head: { announced: "new" } }, version: "2026.5.18" }))),
      "command certain",
    );
  });

  it("typed and kept: certain from 2026.7.1 on, a refusal before", () => {
    const typed = { to: { opening: { typedCommand: "reset" } as const } };
    assert.equal(short(judgeCommand(given({ ...typed, version: "2026.7.35" }))), "command certain");
    assert.equal(short(judgeCommand(given({ ...typed, version: unknownVersion }))), "command likely");
    assert.equal(short(judgeCommand(given({ ...typed, version: "2026.4.21" }))), "command possible");
  });

  it("a message without a stamp: the command was cut off (up to 2026.5.18)", () => {
    const bare = { to: { opening: { stamped: false } } };
    assert.equal(short(judgeCommand(given(bare))), "command likely");
    assert.equal(short(judgeCommand(given({ ...bare, version: unknownVersion }))), "silent");
    const stampedBefore = { ...bare, from: { opening: { stamped: true } }, version: unknownVersion };
    assert.equal(short(judgeCommand(given(stampedBefore))), "command possible");
    assert.equal(short(judgeCommand(given({ ...bare, version: "2026.7.35" }))), "command excluded");
  });

  it("a message with its stamp, a machine's turn: excluded", () => {
    assert.equal(short(judgeCommand(given({ to: { opening: { stamped: true } } }))), "command excluded");
    assert.equal(
      short(judgeCommand(given({ to: { opening: { speaker: "heartbeat", heartbeat: true } } }))),
      "command excluded",
    );
  });

  it("a memory note that names the old session: likely", () => {
    const note = {
      base: "2026-03-31-plan.md",
      sessionKey: "agent:main:main",
      sessionId: "old-1",
      place: { file: "/n.md" },
      at: undefined,
    };
    assert.equal(short(judgeCommand(given({ more: { notes: [note] } }))), "command likely");
  });

  it("a deletion and an isolated run are no commands", () => {
    const startup = { to: { opening: { speaker: "startup" } as const } };
    assert.equal(short(judgeCommand(given({ ...startup, how: "deleted" }))), "silent");
    assert.equal(short(judgeCommand(given({ ...startup, key: "agent:main:cron:job-1" }))), "silent");
  });
});
