import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parseLogLine } from "../../../src/core/log/parseLogLine";

const recorded = path.join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test", "fixtures", "recorded");

/** By log: line, event and what is shown of it. All other lines are nothing to us, a model's replies among them. */
const expected: Readonly<Record<string, readonly string[]>> = {
  "2026.1.29/seam/gateway.log": [
    "4 gateway-start: [gateway] listening on ws://127.0.0.1:35417 (PID 19652)",
    "10 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.3.13/no-successor/gateway.log": [
    "5 gateway-start: [gateway] listening on ws://127.0.0.1:43137, ws://[::1]:43137 (PID 8095)",
  ],
  "2026.3.13/reset-button-log/gateway.log": [
    "5 gateway-start: [gateway] listening on ws://127.0.0.1:45887, ws://[::1]:45887 (PID 622)",
    "9 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.4.21/hooks/gateway.log": [
    "7 gateway-start: [gateway] ready",
    "19 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.4.21/hooks/openclaw.log": [
    "7 gateway-start: [gateway] ready",
    "20 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.4.21/restart-tokyo/gateway.log": [
    "7 gateway-start: [gateway] ready",
    "16 gateway-stop: [gateway] received SIGTERM; shutting down",
    "24 gateway-start: [gateway] ready",
    "33 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.4.21/restart-tokyo/openclaw.log": [
    "7 gateway-start: [gateway] ready",
    "17 gateway-stop: [gateway] received SIGTERM; shutting down",
    "25 gateway-start: [gateway] ready",
    "35 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.5.18/heartbeat-traced/gateway.log": [
    "7 gateway-start: [gateway] http server listening",
    "13 rpc chat.send: [ws] ⇄ res ✓ chat.send 265ms runId=6cf31a2f-2e1e-42bb-bc86-c01d9be439ab conn=72dd6db5…601a id=2",
    "15 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.5.18/heartbeat-traced/openclaw.log": [
    "7 gateway-start: [gateway] http server listening",
    "13 rpc chat.send: [gateway/ws] ⇄ res ✓ chat.send 265ms runId=6cf31a2f-2e1e-42bb-bc86-c01d9be439ab conn=72dd6db5…601a id=2",
    "108 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.5.18/role-order-error/gateway.log": [
    "7 gateway-start: [gateway] http server listening",
    "13 rpc chat.send: [ws] ⇄ res ✓ chat.send 250ms runId=0edca802-e799-425b-8ba2-753b364011f0 conn=719f1826…47f9 id=2",
    "27 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.5.18/role-order-error/openclaw.log": [
    "7 gateway-start: [gateway] http server listening",
    "13 rpc chat.send: [gateway/ws] ⇄ res ✓ chat.send 250ms runId=0edca802-e799-425b-8ba2-753b364011f0 conn=719f1826…47f9 id=2",
    "124 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.7.35/pruned/gateway.log": [
    "7 gateway-start: [gateway] http server listening",
    "13 rpc chat.send: [ws] ⇄ res ✓ chat.send 96ms runId=cccc1900-bdff-4025-aacd-83d25948f81c conn=19110834…0fa6 id=2",
    "18 pruned: [sessions/store] pruned stale session entries",
    "22 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
  "2026.7.35/pruned/openclaw.log": [
    "7 gateway-start: [gateway] http server listening",
    "13 rpc chat.send: [gateway/ws] ⇄ res ✓ chat.send 96ms runId=cccc1900-bdff-4025-aacd-83d25948f81c conn=19110834…0fa6 id=2",
    "83 pruned 1: [sessions/store] pruned stale session entries",
    "109 gateway-stop: [gateway] received SIGTERM; shutting down",
  ],
};

describe("every line of the recorded logs", () => {
  for (const [log, events] of Object.entries(expected)) {
    it(log, () => {
      assert.deepEqual(eventsOf(log), events);
    });
  }

  it("there is no other log", () => {
    const logs = readdirSync(recorded, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: version }) => readdirSync(path.join(recorded, version)).map((name) => `${version}/${name}`))
      .flatMap((scenario) => [`${scenario}/gateway.log`, `${scenario}/openclaw.log`])
      .filter((log) => existsSync(path.join(recorded, log)));
    assert.deepEqual(logs.sort(), Object.keys(expected).sort());
  });
});

function eventsOf(log: string): readonly string[] {
  let before: number | undefined;
  return readFileSync(path.join(recorded, log), "utf8")
    .split("\n")
    .flatMap((text, index) => {
      const line = String(index + 1);
      const parsed = parseLogLine(text, { file: log }, before);
      if (parsed.kind === "version") return [`${line} version ${parsed.version}`];
      if (parsed.kind === "other") before = parsed.at;
      if (parsed.kind !== "record") return [];
      const { at, event, text: shown } = parsed.record;
      before = at;
      const detail = event.kind === "rpc" ? ` ${event.method}` : event.kind === "pruned" ? countOf(event.count) : "";
      return [`${line} ${event.kind}${detail}: ${shown}`];
    });
}

function countOf(count: number | undefined): string {
  return count === undefined ? "" : ` ${String(count)}`;
}
