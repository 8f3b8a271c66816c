import { deepEqual, equal } from "node:assert/strict";
import type { TranscriptEntry } from "../../../src/core/transcript/entry";
import { type Speaker, speakerOf } from "../../../src/core/transcript/speaker";
import { wordings } from "../../../src/core/transcript/wordings";
import { header, itemsOf, type Line, msg, row } from "./records";

describe("who speaks", () => {
  const said: readonly (readonly [string, Speaker])[] = [
    ["hello", { kind: "user", name: undefined }],
    ["[OpenClaw heartbeat poll]", { kind: "heartbeat" }],
    ["Read HEARTBEAT.md if it exists (workspace context). Follow it strictly.", { kind: "heartbeat" }],
    ["What does 'Read HEARTBEAT.md if it exists' mean?", { kind: "user", name: undefined }],
    [
      "System: [2026-03-31 04:01:00 UTC] Exec failed (build-step, code 1)\n\nRead HEARTBEAT.md if it exists (workspace context).",
      { kind: "heartbeat" },
    ],
    [
      "System: [2026-04-23 04:00:00 UTC] Exec failed (build-step, code 1)\n\nAn async command you ran earlier has completed. The result is shown above.",
      { kind: "exec-notice" },
    ],
    ["System: [2026-04-23 04:00:00 UTC] Exec completed (x, code 0)", { kind: "exec-notice" }],
    ["System (untrusted): [2026-04-23 04:00:00 UTC] Node connected", { kind: "system-event" }],
    ["System: [2026-04-23 04:00:00 UTC] Node connected\n\nhello", { kind: "user", name: undefined }],
    ["[OpenClaw exec completion]", { kind: "exec-notice" }],
    ["[OpenClaw session event]", { kind: "system-event" }],
    ["[OpenClaw cron wake]", { kind: "cron", job: undefined, name: undefined }],
    [
      "A scheduled reminder has been triggered. The reminder content is:\n\nfeed the cat",
      { kind: "cron", job: undefined, name: undefined },
    ],
    ["[cron:bf27eed7 nightly-check] Nightly check.", { kind: "cron", job: "bf27eed7", name: "nightly-check" }],
    [
      "A new session was started via /new or /reset. Run your Session Startup sequence.",
      { kind: "startup", command: undefined },
    ],
    ["[OpenClaw session new]", { kind: "startup", command: "new" }],
    ["[OpenClaw session reset]", { kind: "startup", command: "reset" }],
    [
      "[Inter-session message] sourceSession=agent:main:main sourceChannel=webchat sourceTool=sessions_send isUser=false\nhi",
      { kind: "inter-session", from: "agent:main:main", tool: "sessions_send" },
    ],
    ["[Tue 2026-05-19 09:00 UTC] [Subagent Context] You are a subagent.", { kind: "subagent-task" }],
    [
      "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nx\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>",
      { kind: "runtime-context", hidden: false },
    ],
    ["/new please", { kind: "user", name: undefined }],
  ];
  for (const [text, speaker] of said) {
    it(`a user row "${text.slice(0, 60).replaceAll("\n", " ")}"`, () => {
      deepEqual(speakerOfRow(msg("1", null, "user", text)), speaker);
      deepEqual(speakerOfRow(msg("1", null, "user", [{ type: "text", text }])), speaker);
    });
  }

  it("provenance comes before wording", () => {
    const provenance = {
      kind: "inter_session",
      sourceSessionKey: "agent:main:subagent:7",
      sourceTool: "subagent_announce",
    };
    deepEqual(speakerOfRow(msg("1", null, "user", "[OpenClaw heartbeat poll]", { provenance })), {
      kind: "inter-session",
      from: "agent:main:subagent:7",
      tool: "subagent_announce",
    });
  });

  it("a message known to be from outside is a user's, whatever it says", () => {
    const extra = { provenance: { kind: "external_user" } };
    equal(speakerOfRow(msg("1", null, "user", "[OpenClaw heartbeat poll]", extra)).kind, "user");
    equal(speakerOfRow(msg("1", null, "user", "[OpenClaw session new]", extra)).kind, "startup");
    equal(speakerOfRow(msg("1", null, "user", "[OpenClaw session new] what is that?", extra)).kind, "user");
  });

  it("words behind the marker of a heartbeat are somebody's", () => {
    equal(speakerOfRow(msg("1", null, "user", "[OpenClaw heartbeat poll] ?")).kind, "user");
    equal(speakerOfRow(msg("1", null, "user", "[OpenClaw heartbeat poll]\nx")).kind, "heartbeat");
  });

  it("internal turns by the tool they come from", () => {
    const kindOf = (sourceTool: string): string =>
      speakerOfRow(msg("1", null, "user", "x", { provenance: { kind: "internal_system", sourceTool } })).kind;
    deepEqual(["heartbeat", "exec", "cron", "else"].map(kindOf), ["heartbeat", "exec-notice", "cron", "system-event"]);
  });

  it("assistants, silent replies, and rows the gateway wrote itself", () => {
    const speak = (text: string, extra: Readonly<Record<string, unknown>> = { provider: "p", model: "m" }): Speaker =>
      speakerOfRow(msg("1", null, "assistant", [{ type: "text", text }], extra));
    const assistant = { kind: "assistant", provider: "p", model: "m" };
    deepEqual(speak("hi"), { ...assistant, silent: false });
    deepEqual(speak("NO_REPLY"), { ...assistant, silent: true });
    deepEqual(speak("NO_REPLY, he said"), { ...assistant, silent: false });
    deepEqual(speak("HEARTBEAT_OK all well"), { ...assistant, silent: true });
    deepEqual(speak(`HEARTBEAT_OK ${"x".repeat(301)}`), { ...assistant, silent: false });
    deepEqual(speak("hi", { provider: "openclaw", model: "delivery-mirror" }), { kind: "mirror", delivered: true });
    deepEqual(speak("hi", { provider: "openclaw", model: "gateway-injected" }), { kind: "mirror", delivered: false });
  });

  it("tools fail by flag or by exit code", () => {
    const ok = (extra: Readonly<Record<string, unknown>>): Speaker =>
      speakerOfRow(msg("1", null, "toolResult", [], { toolName: "exec", ...extra }));
    deepEqual(ok({}), { kind: "tool", name: "exec", ok: true });
    deepEqual(ok({ isError: true }), { kind: "tool", name: "exec", ok: false });
    deepEqual(ok({ details: { exitCode: 1 } }), { kind: "tool", name: "exec", ok: false });
  });

  it("rows that are no messages", () => {
    const kindOf = (line: Line): string => speakerOfRow(line).kind;
    equal(
      kindOf(row("custom_message", "1", null, { customType: "openclaw.runtime-context", display: false })),
      "runtime-context",
    );
    equal(kindOf(row("custom_message", "1", null, { customType: "weather" })), "plugin");
    equal(kindOf(row("model_change", "1", null)), "state");
    equal(kindOf(row("compaction", "1", null)), "compaction");
    equal(kindOf(row("link", "1", null)), "unknown");
  });

  it("every wording is anchored and says where it was seen", () => {
    deepEqual(
      wordings.filter(
        ({ pattern, source }) => !pattern.source.startsWith("^") || pattern.flags !== "" || source === "",
      ),
      [],
    );
  });
});

function speakerOfRow(line: Line): Speaker {
  return speakerOf(entryOf(line));
}

function entryOf(line: Line): TranscriptEntry {
  for (const item of itemsOf(header(), line)) if (item.kind === "entry") return item.entry;
  throw new Error("no entry");
}
