import assert from "node:assert/strict";
import { anOpening } from "../../anOpening";
import { agent, file, row, stamp, told } from "./builders";

const main = row("main", "now");
const telegram = row("telegram:direct:5", "tg");
const cron = row("cron:job", "run");

function spoken(base: string, at: string, sender?: string) {
  return file(base, { at, opening: anOpening(sender === undefined ? {} : { sender }) });
}

describe("the only conversation of an agent", () => {
  const now = spoken("now.jsonl", "12:00");
  const orphan = spoken("old.jsonl", "08:00");

  it("gets what nothing else names: before archives a reset left no other trace", () => {
    const built = agent([orphan, now], [main, cron]);
    assert.deepEqual(told(built)["main"], ["live now", "orphan old by only-conversation"]);
    assert.match(
      built.conversations.find(({ label }) => label === "main")?.windows[1]?.join?.evidence ?? "",
      /a guess/,
    );
  });

  it("is none where there are two", () => {
    assert.deepEqual(told(agent([orphan, now], [main, telegram]))["orphans"], ["orphan old"]);
  });

  it("not what another person said", () => {
    const files = [spoken("old.jsonl", "08:00", "aaaaaaaa"), spoken("now.jsonl", "12:00", "bbbbbbbb")];
    assert.deepEqual(told(agent(files, [main]))["orphans"], ["orphan old"]);
  });

  it("not what began after the current window, or was deleted, or was opened by a sub-agent's task", () => {
    const later = spoken("later.jsonl", "13:00");
    const deleted = spoken(`gone.jsonl.deleted.${stamp("09:00")}`, "08:00");
    const task = file("task.jsonl", { at: "09:30", opening: anOpening({ speaker: "subagent-task" }) });
    const unread = file("unread.jsonl", { at: "10:30" });
    assert.equal(told(agent([later, deleted, task, unread, now], [main]))["orphans"]?.length, 4);
  });
});
