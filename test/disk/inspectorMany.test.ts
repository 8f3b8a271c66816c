import { deepEqual, equal, ok } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  append,
  changeAfter,
  conversation,
  header,
  inspect,
  message,
  onlyAgent,
  sessions,
  stateDir,
  store,
  transcript,
} from "./inspectorSandbox";
import { scratch } from "./scratch";
import { watchesOfTheProcess } from "./watchCount";

describe("ten thousand transcripts", function () {
  this.timeout(60_000);
  const key = "agent:main:main";
  let directory = "";

  before(() => {
    directory = stateDir({
      [`${sessions}/sessions.json`]: store({ [key]: "live" }),
      [`${sessions}/live.jsonl`]: transcript(header("live", 30_000), message("a1", null, 30_001)),
    });
    for (let at = 1; at < 10_000; at++) {
      const id = `s${at}`;
      const name = `${id}.jsonl.reset.${new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString().replaceAll(":", "-")}`;
      writeFileSync(join(directory, sessions, name), transcript(header(id, at), message(`m${at}`, null, at)));
    }
  });

  it("are watched with a handful of OS watches, and one that grows shares all the others", async () => {
    const cacheDir = scratch();
    const inspector = inspect(directory, { cacheDir });
    await inspector.refresh();
    await inspector.whenIndexed();
    equal(onlyAgent(inspector.snapshot).indexed.done, 10_000);
    const watchesBefore = watchesOfTheProcess();
    await changeAfter(inspector, () => {
      inspector.watch();
    });
    await inspector.refresh();
    ok(inspector.watching.watches <= 100, `${inspector.watching.watches} watches`);
    if (process.platform === "linux") equal(watchesOfTheProcess() - watchesBefore, inspector.watching.watches);

    const agent = onlyAgent(inspector.snapshot);
    await changeAfter(inspector, () => {
      append(directory, `${sessions}/live.jsonl`, message("a2", "a1", 30_002));
    });
    const after = onlyAgent(inspector.snapshot);
    equal(conversation(inspector.snapshot, key).windows[0]?.primary?.index?.roles.user, 2);
    equal(after.orphans, agent.orphans);
    deepEqual(after.indexed, agent.indexed);
  });
});
