import { equal } from "node:assert/strict";
import { versionInTrajectory } from "../../../src/core/index/trajectoryVersion";

describe("the version in a run trace", () => {
  const started = '{"traceSchema":"openclaw-trajectory","type":"session.started","data":{}}\n';
  const metadata = (version: string) =>
    `{"traceSchema":"openclaw-trajectory","type":"trace.metadata","data":{"capturedAt":"x","harness":{"type":"openclaw","name":"OpenClaw","version":"${version}","gitSha":"aa94808","os":{`;

  it("is that of the harness, also when the record is cut off", () => {
    equal(versionInTrajectory(started + metadata("2026.7.35")), "2026.7.35");
  });

  it("is nothing that looks like no version, and nothing of other records", () => {
    equal(versionInTrajectory(metadata("a sentence of somebody")), undefined);
    equal(versionInTrajectory(metadata("2026.7.35").replace("trace.metadata", "model.completed")), undefined);
    equal(versionInTrajectory(""), undefined);
  });
});
