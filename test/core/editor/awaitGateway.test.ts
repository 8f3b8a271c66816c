import { deepEqual, equal } from "node:assert/strict";
import { evidence } from "../../../src/core/evidence/evidence";
import type { GatewayFact } from "../../../src/core/restore/gatewayFact";
import { awaitGateway } from "../../../src/editor/awaitGateway";

describe("waiting for the gateway", () => {
  it("ends as soon as it is as wanted", async () => {
    const world = new World("yes", "yes", "no", "yes");
    equal((await world.wait("no")).running, "no");
    deepEqual([world.looks, world.slept], [3, 2]);
  });

  it("gives the last answer when it takes too long, or was cancelled", async () => {
    const slow = new World("yes");
    equal((await slow.wait("no")).running, "yes");
    equal(slow.looks, 5);
    const cancelled = new World("unknown");
    cancelled.abort.abort();
    equal((await cancelled.wait("no")).running, "unknown");
    deepEqual([cancelled.looks, cancelled.slept], [1, 0]);
  });
});

class World {
  looks = 0;
  slept = 0;
  readonly abort = new AbortController();
  private readonly answers: readonly GatewayFact["running"][];

  constructor(...answers: readonly GatewayFact["running"][]) {
    this.answers = answers;
  }

  wait(wanted: "yes" | "no"): Promise<GatewayFact> {
    return awaitGateway({ gateway: () => Promise.resolve(this.look()) }, "/s", wanted, {
      looks: 5,
      signal: this.abort.signal,
      sleep: () => {
        this.slept++;
        return Promise.resolve();
      },
    });
  }

  private look(): GatewayFact {
    const running = this.answers[Math.min(this.looks++, this.answers.length - 1)] ?? "unknown";
    const because = [evidence("machine", () => running)] as const;
    return running === "yes" ? { running, pid: 1, port: 2, evidence: because } : { running, evidence: because };
  }
}
