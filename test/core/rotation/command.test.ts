import assert from "node:assert/strict";
import { judgeCommand } from "../../../src/core/rotation/causes/command";
import { storeRow } from "../conversation/builders";
import { aPolicy, dailyByStart, given, type Given, short, time, unknownVersion } from "./rotationFacts";

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
    const startup = { to: { opening: { speaker: "startup" } as const } };
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

  it("the answer to a command hours later, of a release that answers none, or of an unknown one", () => {
    const judge = (facts: Given): string => short(judgeCommand(given({ version: "2026.5.18", ...facts })));
    const announced = { announced: "new" as const };
    assert.equal(judge({ to: { head: announced, header: "07:00", first: "07:00" } }), "silent");
    assert.equal(judge({ to: { head: announced }, version: "2026.3.13" }), "silent");
    assert.equal(judge({ to: { head: announced }, version: unknownVersion }), "command likely");
  });

  it("typed and kept: certain with OpenClaw's answer, else it may have been refused", () => {
    const typed = { to: { opening: { typedCommand: "reset" } as const }, policy: [aPolicy({})] as const };
    const answered = { to: { ...typed.to, head: { announced: "reset" as const } } };
    assert.equal(short(judgeCommand(given({ ...answered, version: "2026.7.35" }))), "command certain");
    assert.equal(short(judgeCommand(given({ ...typed, version: "2026.7.35" }))), "command likely");
    assert.equal(short(judgeCommand(given({ ...typed, version: unknownVersion }))), "command likely");
    assert.equal(short(judgeCommand(given({ ...typed, version: "2026.4.21" }))), "command possible");
  });

  it("typed where a daily reset was due, or where the config has other triggers: possible", () => {
    const typed = { to: { opening: { typedCommand: "new" } as const }, version: "2026.7.35" };
    assert.equal(short(judgeCommand(given({ ...typed, policy: [dailyByStart] }))), "command possible");
    const config = { resetTriggers: { value: ["/fresh"], place: { file: "/c.json" } } } as never;
    const judgement = judgeCommand(given({ ...typed, policy: [aPolicy({})], more: { config } }));
    assert.equal(short(judgement), "command possible");
    assert.deepEqual(judgement.kind === "holds" && judgement.cause.against.map(({ text }) => text), [
      "session.resetTriggers does not name /new.",
    ]);
  });

  it("words of a prompt of other releases: somebody typed them; a release that may write them: likely", () => {
    const words = { to: { opening: { speaker: "startup" } as const }, policy: [aPolicy({})] as const };
    const marker = { ...words, to: { opening: { speaker: "startup", startup: "new" } as const } };
    assert.equal(short(judgeCommand(given({ ...words, version: "2026.7.35" }))), "command excluded");
    assert.equal(short(judgeCommand(given({ ...marker, version: "2026.3.13" }))), "command excluded");
    assert.equal(short(judgeCommand(given({ ...words, version: unknownVersion }))), "command likely");
    assert.equal(short(judgeCommand(given({ ...marker, version: "2026.4.29" }))), "command certain");
    assert.equal(short(judgeCommand(given({ ...marker, version: "2026.7.35" }))), "command likely");
  });

  it("a message without a stamp: the command was cut off (up to 2026.5.18)", () => {
    const bare = { to: { opening: { stamped: false } } };
    const stamped = { from: { opening: { stamped: true } } };
    assert.equal(short(judgeCommand(given({ ...bare, ...stamped }))), "command likely");
    assert.equal(short(judgeCommand(given(bare))), "command possible", "no message had a stamp");
    const config = { heartbeat: { prompt: "Look around." }, agentHeartbeats: {} } as never;
    assert.equal(short(judgeCommand(given({ ...bare, ...stamped, more: { config } }))), "command possible");
    const ofHeartbeat = storeRow("main", "new-1", { originProvider: "heartbeat" });
    assert.equal(short(judgeCommand(given({ ...bare, ...stamped, row: ofHeartbeat }))), "silent");
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

  it("a memory note that names the old session: likely when it is of that time", () => {
    const note = { base: "2026-03-31-plan.md", sessionKey: "agent:main:main", sessionId: "old-1" };
    const judge = (at: number | undefined): string =>
      short(judgeCommand(given({ more: { notes: [{ ...note, place: { file: "/n.md" }, at }] } })));
    assert.equal(judge(time("04:00:20")), "command likely");
    assert.equal(judge(time("09:00")), "silent");
    assert.equal(judge(undefined), "silent");
  });

  it("a deletion and an isolated run are no commands", () => {
    const startup = { to: { opening: { speaker: "startup" } as const } };
    assert.equal(short(judgeCommand(given({ ...startup, how: "deleted" }))), "silent");
    assert.equal(short(judgeCommand(given({ ...startup, key: "agent:main:cron:job-1" }))), "silent");
  });
});
