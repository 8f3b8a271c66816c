import assert from "node:assert/strict";
import { machineTurnOf, ownPrompts } from "../../../src/core/index/machineTurn";
import { otherPrompts } from "./referenceIndex";

const notice = "System: [2026-04-22 09:00:01 UTC] Node connected\n\n";
const untrusted = "System (untrusted): [2026-04-22 09:00:01 UTC] Exec failed (build, code 1)";
const context = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nx\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>";
const stamp = "[Wed 2026-04-22 09:00 UTC] ";
const sender = 'Sender (untrusted metadata):\n```json\n{\n  "label": "Ada"\n}\n```\n\n';
const heartbeat = "Read HEARTBEAT.md if it exists (workspace context).";

describe("machineTurnOf", () => {
  it("knows the gateway's own prompts by how they begin", () => {
    assert.equal(machineTurnOf(heartbeat), "heartbeat");
    assert.equal(machineTurnOf("[OpenClaw heartbeat poll]"), "heartbeat");
    for (const text of [
      "[cron:8041104b nightly] check the build",
      "Exec completed (x, code 0)",
      "Exec failed (x, code 1)",
      "A scheduled reminder has been triggered. Go",
      "A scheduled cron event was triggered. Go",
      "A new session was started via /new or /reset. Go",
      "[OpenClaw session reset] Go",
      "[Subagent Task] count",
      "[Inter-session message] sourceSession=a",
      "OpenClaw runtime context (internal):\nx",
    ]) {
      assert.equal(machineTurnOf(text), "other", text);
    }
  });

  it("takes anything else for a person's, also where a prompt stands behind who sent it and when", () => {
    for (const text of [
      "",
      "hello",
      stamp + heartbeat,
      sender + heartbeat,
      ` ${heartbeat}`,
      "Exec done",
      "[cron job]",
    ]) {
      assert.equal(machineTurnOf(text), undefined, text);
    }
  });

  it("looks behind notices of the gateway", () => {
    for (const text of [untrusted, notice, notice + untrusted, context, `${context}\n\n`, notice + context]) {
      assert.equal(machineTurnOf(text), "other", text);
    }
    for (const before of [notice, notice + notice, `${untrusted}\nmore\n\n`, `${context}\n\n`, notice + context]) {
      assert.equal(machineTurnOf(before + heartbeat), "heartbeat", before);
      assert.equal(machineTurnOf(`${before}hello`), undefined, before);
      assert.equal(machineTurnOf(before + stamp + heartbeat), undefined, before);
    }
  });

  it("has the plain letters of all wordings", () => {
    const heartbeats = ["[OpenClaw heartbeat poll]", "Read HEARTBEAT.md if it exists"];
    assert.deepEqual(ownPrompts.map(({ beginning }) => beginning).sort(), [...heartbeats, ...otherPrompts].sort());
  });

  it("asks each notice once, however many there are", () => {
    assert.equal(machineTurnOf(notice.repeat(20_000) + heartbeat), "heartbeat");
  });
});
