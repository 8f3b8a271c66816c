import { deepEqual, equal } from "node:assert/strict";
import { renderTranscript } from "../../../src/core/render/renderTranscript";
import { itemsOfBytes } from "../transcript/records";
import { options, pageOfItems, title } from "./pages";

describe("a trajectory as text", () => {
  it("shows the runs, what started them, what went in and what came out", () => {
    const items = itemsOfBytes(
      Buffer.from(
        [
          record("session.started", 1, { trigger: "heartbeat", toolCount: 26 }),
          record("trace.metadata", 2, { harness: { name: "OpenClaw", version: "2026.7.35" } }),
          record("context.compiled", 3, {
            systemPrompt: "You are\nhelpful.",
            prompt: "poll",
            messages: [{}, {}],
            tools: [{}],
          }),
          record("prompt.submitted", 4, { prompt: "[OpenClaw heartbeat poll]", systemPrompt: "You are\nhelpful." }),
          record("model.completed", 5, {
            timedOut: true,
            aborted: false,
            usage: { input: 4677, output: 16 },
            assistantTexts: ["HEARTBEAT_OK"],
          }),
          record("session.ended", 6, { status: "error" }),
        ].join("\n"),
      ),
    );
    const page = pageOfItems(items);
    const file = "s-1.trajectory.jsonl";
    const rendered = renderTranscript(page, options({ title: { ...title, kind: "trajectory-only", file } }));
    equal(
      rendered.text.replace(/whole record, [^·\n]*?bytes/g, "whole record, …"),
      `
main · agent:main:main
trajectory s-1.trajectory.jsonl · what the model was given, run by run

── run, trigger heartbeat · 2026-07-21 09:00:01 · local/fake-1 · tools: 26 · whole record, …
  · trace.metadata · 09:00:02 · OpenClaw 2026.7.35 · whole record, …
  · context.compiled · 09:00:03 · system prompt 16 bytes · earlier messages: 2 · tools: 1 · whole record, …
  ▸ system prompt, 2 lines, 16 bytes
  · prompt.submitted · 09:00:04 · whole record, …
    [OpenClaw heartbeat poll]
  · model.completed · 09:00:05 · 4,677 tokens in · 16 out · timedOut · whole record, …
    HEARTBEAT_OK
  · session.ended · 09:00:06 · error · whole record, …

· end of the transcript
`.slice(1),
    );
    deepEqual(
      rendered.sections.map(({ title: name, children }) => [name, children.length]),
      [["run, trigger heartbeat", 5]],
    );
  });
});

function record(type: string, second: number, data: object): string {
  return JSON.stringify({
    traceSchema: "openclaw-trajectory",
    type,
    ts: `2026-07-21T09:00:0${second}.101Z`,
    sessionId: "s-1",
    sessionKey: "agent:main:main",
    runId: "r-1",
    provider: "local",
    modelId: "fake-1",
    data,
  });
}
