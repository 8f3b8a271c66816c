import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import type { RestoreRequest } from "../../../src/core/restore/restoreRequest";
import type { CheckedPlan } from "../../../src/core/restore/restorePlan";
import type { Restorer } from "../../../src/core/restore/restorer";
import { RestorePlans } from "../../../src/editor/restorePlans";
import type { PlanSubject } from "../../../src/editor/planSubject";

const undo: PlanSubject = { kind: "undo", stateDir: "/s", id: "1" };

describe("the plans that are open", () => {
  it("are made once, and anew when somebody checks again", async () => {
    const restorer = new FakeRestorer();
    const plans = new RestorePlans({ restorer });
    const first = await plans.of(restore("a"));
    equal(await plans.of(restore("a")), first);
    const second = await plans.again(restore("a"));
    notEqual(second.checked, first.checked);
    equal(await plans.of(restore("a")), second);
    deepEqual(restorer.asked, ["a no word", "a no word"]);
  });

  it("take the user's word for one plan alone", async () => {
    const restorer = new FakeRestorer();
    const plans = new RestorePlans({ restorer });
    equal((await plans.again(restore("a"), true)).gatewayIsStopped, true);
    await plans.of(restore("b"));
    await plans.again(restore("a"));
    await plans.again(undo, true);
    deepEqual(restorer.asked, ["a word", "b no word", "a no word", "undo word"]);
  });

  it("are made anew by another restorer, which knows nothing of those before", async () => {
    const inspector = { restorer: new FakeRestorer() };
    const plans = new RestorePlans(inspector);
    const first = await plans.of(restore("a"));
    inspector.restorer = new FakeRestorer();
    notEqual(await plans.of(restore("a")), first);
    deepEqual(inspector.restorer.asked, ["a no word"]);
  });

  it("are forgotten when they were applied, could not be made, or are many", async () => {
    const restorer = new FakeRestorer();
    const plans = new RestorePlans({ restorer });
    await plans.of(restore("a"));
    plans.forget(restore("a"));
    await plans.of(restore("a"));
    restorer.fails = true;
    await rejects(plans.again(restore("a")));
    restorer.fails = false;
    await plans.of(restore("a"));
    for (let n = 0; n < 20; n++) await plans.of(restore(`n${n}`));
    await plans.of(restore("a"));
    equal(restorer.asked.filter((each) => each.startsWith("a ")).length, 5);
  });
});

function restore(windowId: string): PlanSubject {
  const target = { kind: "in-place", key: "agent:main:main" } as const;
  return { kind: "restore", stateDir: "/s", agentId: "main", windowId, target, displaced: { kind: "archive" } };
}

class FakeRestorer implements Restorer {
  readonly asked: string[] = [];
  fails = false;

  plan = ({ windowId, gatewayIsStopped }: RestoreRequest) => this.give(windowId, gatewayIsStopped);
  planUndo = (_stateDir: string, _id: string, isStopped = false) => this.give("undo", isStopped);
  planSwitchBack = (_stateDir: string, _id: string, isStopped: boolean) => this.give("switch-back", isStopped);
  gateway = () => Promise.resolve({ running: "no", evidence: [{ source: "machine", text: "" }] } as never);
  vaultOf = never;
  apply = never;
  list = never;
  unfinished = never;
  recover = never;
  rehearse = never;
  contentPath = never;

  private give(what: string, word: boolean): Promise<CheckedPlan> {
    this.asked.push(`${what} ${word ? "word" : "no word"}`);
    return this.fails ? Promise.reject(new Error("gone")) : Promise.resolve({ plan: undefined, checks: [] });
  }
}

function never(): Promise<never> {
  return Promise.reject(new Error("Nobody asks this."));
}
