import assert from "node:assert/strict";
import type { StateDir } from "../../../src/core/conversation/model";
import { surroundingsOf } from "../../../src/core/surroundings/surroundingsOf";
import { noEvidence } from "../../anEvidence";
import { aConfig } from "./aConfig";
import { aFile, anOpening, aStateDir } from "./aStateDir";

const now = Date.parse("2026-11-20T21:36:00Z");
const hour = 3_600_000;
const shared = "/tmp/openclaw/openclaw-2026-11-20.log";

describe("the zone of a log beside the state directory", () => {
  it("is known where the state directory was in use at the time of a line", () => {
    assert.equal(zoneIn(used(now - hour), [now - hour + 20_000]), "-09:00 known, UTC assumed");
    assert.equal(zoneIn(used(now - 5 * hour), [now - 5 * hour, now - hour]), "-09:00 known, UTC assumed");
  });

  it("is assumed at most where it may be another gateway's", () => {
    assert.equal(zoneIn(used(now - 90 * 24 * hour), [now - hour]), "UTC assumed, -09:00 assumed");
    assert.equal(zoneIn(aStateDir([]), [now - hour]), "UTC assumed, -09:00 assumed");
  });

  it("is not known from lines that lie in the future", () => {
    assert.equal(zoneIn(used(now - hour), [now + 5 * hour]), "UTC assumed, -09:00 assumed");
    assert.equal(zoneIn(used(now - hour), [now + hour], "/home/u/.openclaw/logs/gateway.log"), "UTC assumed, -09:00 assumed"); // prettier-ignore
  });

  it("is not known where the config has the log written elsewhere", () => {
    const configFacts = aConfig({ logging: { file: "/var/log/mine.log" } });
    const stateDir = { ...used(now - hour), configFacts };
    assert.equal(zoneIn(stateDir, [now - hour]), "UTC assumed, -09:00 assumed");
    assert.equal(zoneIn(stateDir, [now - hour], "/var/log/mine.1.log"), "-09:00 known, UTC assumed");
  });

  it("of its own is known, whenever it was in use", () => {
    const own = "/home/u/.openclaw/logs/gateway.log";
    assert.equal(zoneIn(aStateDir([]), [now - hour], own), "-09:00 known, UTC assumed");
  });

  it("that is doubtful takes nothing from a stamp further off", () => {
    const stamp = anOpening({ at: new Date(now - 100 * hour).toISOString(), offsetMinutes: 540 });
    assert.equal(zoneIn(aStateDir([stamp]), [now - hour]), "+09:00 known, UTC assumed, -09:00 assumed");
  });
});

/** With a conversation whose last entry was written then. */
function used(lastAt: number): StateDir {
  const stateDir = aStateDir([aFile("a.jsonl")]);
  const agents = stateDir.agents.map((agent) => ({
    ...agent,
    orphans: agent.orphans.map((window) => ({ ...window, firstAt: lastAt - hour / 2, lastAt })),
  }));
  return { ...stateDir, agents };
}

function zoneIn(stateDir: StateDir, lines: readonly number[], file = shared): string {
  const logs = lines.map((at, index) => ({
    at,
    offsetMinutes: -540,
    event: { kind: "heartbeat" } as const,
    text: "",
    place: { file, line: index + 1 },
    recordedAt: undefined,
  }));
  const { zone } = surroundingsOf(stateDir, noEvidence({ now, logs }))("main", undefined, now);
  return zone.map((each) => `${each.zone} ${each.known ? "known" : "assumed"}`).join(", ");
}
