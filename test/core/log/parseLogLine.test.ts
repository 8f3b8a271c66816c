import assert from "node:assert/strict";
import fc from "fast-check";
import type { LogEvent } from "../../../src/core/log/logRecord";
import { parseLogLine } from "../../../src/core/log/parseLogLine";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = 300 * Number(process.env["PROPERTY_SCALE"] ?? 1);
const place = { file: "/logs/gateway.log", offset: 0 };
const id = "5ed384de-9c61-44b8-bd80-d92f8d1e3906";
const time = "2026-04-22T18:00:02.603+09:00";
const at = Date.parse(time);

describe("parseLogLine", () => {
  const events: readonly (readonly [words: string, event: LogEvent])[] = [
    ["[ws] ⇄ res ✓ sessions.reset 86ms conn=304bf958…139f id=8", { kind: "rpc", method: "sessions.reset", ok: true }],
    [
      "[ws] ⇄ res ✗ sessions.delete 2ms errorCode=INVALID_REQUEST errorMessage=no such session conn=304bf958…139f id=8",
      { kind: "rpc", method: "sessions.delete", ok: false },
    ],
    [
      `Auto-compaction failed (prompt too large (precheck).). Restarting session agent:main:main -> ${id} and retrying.`,
      { kind: "compaction-failed", key: "agent:main:main", newId: id },
    ],
    [
      "Auto-compaction failed (Context overflow: prompt too large for the model (precheck).). Preserving existing session mapping for agent:main:main.",
      { kind: "mapping-preserved", key: "agent:main:main" },
    ],
    [
      `Role ordering conflict (roles must alternate). Restarting session agent:main:main -> ${id}.`,
      { kind: "role-conflict", key: "agent:main:main", newId: id },
    ],
    [
      "Session history corrupted (Gemini function call ordering). Resetting session: agent:main:main",
      { kind: "history-corrupted", key: "agent:main:main" },
    ],
    [
      `Memory flush exhausted. Rotating bloated session agent:main:main -> ${id}.`,
      { kind: "memory-flush-exhausted", key: "agent:main:main", newId: id },
    ],
    [
      "[agent/cli-backend] cli session reset: provider=claude-cli reason=system-prompt",
      { kind: "cli-session-reset", reason: "system-prompt" },
    ],
    [
      "[main-session-restart-recovery] marked interrupted main session failed: agent:main:main (transcript tail is not resumable)",
      { kind: "restart-recovery", key: "agent:main:main" },
    ],
    ["[sessions/store] pruned stale session entries", { kind: "pruned", count: undefined }],
    ["[sessions/store] capped session entry count", { kind: "capped", count: undefined }],
    [
      "[gateway] listening on ws://127.0.0.1:18789, ws://[::1]:18789 (PID 32025)",
      { kind: "gateway-start", version: undefined },
    ],
    ["[gateway] ready (0 plugins, 1.6s)", { kind: "gateway-start", version: undefined }],
    ["[gateway] http server listening (0 plugins, 0.8s)", { kind: "gateway-start", version: undefined }],
    ["[gateway] received SIGTERM; shutting down", { kind: "gateway-stop" }],
    ["[heartbeat] failed: model timed out", { kind: "heartbeat" }],
    [
      "[session-write-lock] releasing lock held for 720123ms (max=720000ms): /s/a.jsonl.lock",
      { kind: "lock-released", heldMs: 720123 },
    ],
    ["[ws] webchat disconnected code=1006 reason=n/a conn=1", { kind: "connection-closed", code: 1006 }],
    ["[discord] gateway: WebSocket connection closed with code 1006", { kind: "connection-closed", code: 1006 }],
    [
      "[agent/embedded] [context-overflow-precheck] sessionKey=agent:main:main route=compact_only estimatedPromptTokens=8993 promptBudgetBeforeReserve=8000",
      { kind: "precheck", key: "agent:main:main", estimatedTokens: 8993, budgetTokens: 8000 },
    ],
    [
      "[agent/embedded] context overflow detected (attempt 1/3); attempting auto-compaction for local/fake-1",
      { kind: "overflow" },
    ],
    ["[reload] config change detected; evaluating reload (session.reset)", { kind: "config-reload" }],
  ];
  for (const [words, event] of events) {
    it(`understands: ${words}`, () => {
      const expected = { at, offsetMinutes: 540, event, place, recordedAt: undefined };
      for (const line of [
        `${time} ${words}`,
        `Apr 22 09:00:02 host openclaw[123]: ${time} ${words}`,
        `gateway-1  | ${time} ${words}`,
      ]) {
        const parsed = parseLogLine(line, place);
        assert.equal(parsed.kind, "record");
        assert.ok("record" in parsed);
        const { text, ...rest } = parsed.record;
        assert.deepEqual(rest, expected);
        assert.ok(text.length <= 300 && text !== "");
      }
    });
  }

  it("reads the log file's own form, with what was logged beside the message", () => {
    const line = JSON.stringify({
      "0": '{"subsystem":"sessions/store"}',
      "1": { pruned: 3, maxAgeMs: 2592000000 },
      "2": "pruned stale session entries",
      _meta: { date: "2026-04-22T09:00:02.603Z", logLevelName: "INFO" },
      time,
    });
    assert.deepEqual(parseLogLine(line, place), {
      kind: "record",
      record: {
        at,
        offsetMinutes: 540,
        event: { kind: "pruned", count: 3 },
        text: "[sessions/store] pruned stale session entries",
        place,
        recordedAt: undefined,
      },
    });
    const bare = {
      "0": "[session-write-lock] releasing lock held for 5ms (max=3ms): /s/a.jsonl.lock",
      _meta: { date: "2026-04-22T09:00:02.603Z", logLevelName: "WARN" },
    };
    const parsed = parseLogLine(JSON.stringify(bare), place);
    assert.deepEqual("record" in parsed && [parsed.record.at, parsed.record.offsetMinutes, parsed.record.event], [
      at,
      undefined,
      { kind: "lock-released", heldMs: 5 },
    ]);
    const latest = { message: "received SIGTERM; shutting down", "0": '{"subsystem":"gateway"}', time, hostname: "h" };
    const stop = parseLogLine(JSON.stringify(latest), place);
    assert.deepEqual("record" in stop && stop.record.event, { kind: "gateway-stop" });
  });

  it("keeps nothing of what a model said", () => {
    for (const words of [
      "Done. [ws] ⇄ res ✓ sessions.reset was called",
      "⇄ res ✓ sessions.reset 86ms",
      "Your log says: Auto-compaction failed (x). Preserving existing session mapping for agent:main:main.",
      `Auto-compaction failed (x). Restarting session agent:main:main -> ${id} and retrying. That is what I found.`,
      "releasing lock held for 720000ms",
    ]) {
      assert.deepEqual(parseLogLine(`${time} ${words}`, place), { kind: "other", at, offsetMinutes: 540 });
    }
    assert.deepEqual(parseLogLine("and a second line of it, [ws] ⇄ res ✓ sessions.reset", place), {
      kind: "unreadable",
    });
    assert.deepEqual(parseLogLine("--- start 2026-03-30T09:00:00.348Z ---", place), { kind: "unreadable" });
  });

  it("takes the time of the line before for what is written without one", () => {
    const line = "[session-write-lock] releasing lock held for 720123ms (max=720000ms): /s/a.jsonl.lock";
    assert.deepEqual(parseLogLine(line, place), { kind: "unreadable" });
    assert.deepEqual(parseLogLine(line.slice(0, line.indexOf(": /")), place, at), { kind: "unreadable" });
    const parsed = parseLogLine(line, place, at);
    assert.deepEqual("record" in parsed && [parsed.record.at, parsed.record.event], [
      at,
      { kind: "lock-released", heldMs: 720123 },
    ]);
  });

  it("learns the version where it is printed", () => {
    assert.deepEqual(parseLogLine("🦞 OpenClaw 2026.3.13 (61d171a) — a line of fun", place), {
      kind: "version",
      version: "2026.3.13",
      at: undefined,
    });
    assert.deepEqual(
      parseLogLine(
        "\u001b[90m2026-04-22T09:00:02.603Z\u001b[39m \u001b[36m[gateway]\u001b[39m update available (latest): v2026.5.12 (current v2026.5.4). Run: openclaw update",
        place,
      ),
      { kind: "version", version: "2026.5.4", at },
    );
  });

  it("shows OpenClaw's own words, redacted, and none that came from elsewhere", () => {
    const shown = [
      ["[heartbeat] failed for +15551234567 SECRET", "[heartbeat] …"],
      [
        `Auto-compaction failed (SECRET). Restarting session (x) to +1555). Restarting session agent:main:whatsapp:direct:+15551234567 -> ${id} and retrying.`,
        `Auto-compaction failed (…). Restarting session agent:main:whatsapp:direct:…4567 -> ${id} and retrying.`,
      ],
      [
        "Auto-compaction failed (Context overflow: prompt too large for the model (precheck).). Preserving existing session mapping for agent:main:main.",
        "Auto-compaction failed (Context overflow: prompt too large for the model (precheck).). Preserving existing session mapping for agent:main:main.",
      ],
      [
        `[ws] ⇄ res ✓ sessions.reset 86ms runId=${id} note=SECRET conn=304bf958…139f id=8`,
        `[ws] ⇄ res ✓ sessions.reset 86ms runId=${id} conn=304bf958…139f id=8`,
      ],
      [
        "[ws] ⇄ res ✗ sessions.reset 86ms errorCode=UNAVAILABLE errorMessage=no SECRET here conn=304bf958…139f id=8",
        "[ws] ⇄ res ✗ sessions.reset 86ms errorCode=UNAVAILABLE conn=304bf958…139f id=8",
      ],
      ["[whatsapp] closed SECRET code=1006 SECRET", "[whatsapp] … closed … code=1006"],
      [
        "[agent/embedded] context overflow detected (attempt 1/3); attempting auto-compaction for SECRET",
        "[agent/embedded] context overflow detected",
      ],
      [
        "[agent/embedded] [context-overflow-precheck] sessionKey=agent:main:main provider=SECRET route=compact_only estimatedPromptTokens=9 promptBudgetBeforeReserve=8",
        "[agent/embedded] [context-overflow-precheck] sessionKey=agent:main:main route=compact_only estimatedPromptTokens=9 promptBudgetBeforeReserve=8",
      ],
    ] as const;
    const parsed = shown.map(([words]) => parseLogLine(`${time} ${words}`, place));
    assert.deepEqual(
      parsed.map((line) => ("record" in line ? line.record.text : line.kind)),
      shown.map(([, text]) => text),
    );
  });

  it("takes no word for OpenClaw's that another subsystem prints, or none", () => {
    for (const words of [
      `[whatsapp] Session history corrupted (Gemini function call ordering). Resetting session: agent:main:main`,
      `[note] pruned stale session entries`,
      `[sessions/store] pruned stale session entries of SECRET`,
      `[ws] ⇄ res ✓ sessions.reset 5ms`,
      `[ws] ⇄ res ✓ sessions.reset 5ms conn=1 id=2`,
      `[ws] ⇄ res ✓ sessions.reset 5ms conn=304bf958…139f id=8 - that is what the log says`,
      `[channels/ws] ⇄ res ✓ sessions.reset 5ms conn=304bf958…139f id=8`,
      `Auto-compaction failed (x). Restarting session main -> ${id} and retrying.`,
      `Auto-compaction failed (x). Restarting session agent:main:main -> 5 and retrying.`,
      `Auto-compaction failed (x). Restarting session agent:main:main -> ${id} and retrying`,
      `Memory flush exhausted. Rotating bloated session agent:main:main -> ${id}`,
      `Session history corrupted (Gemini function call ordering). Resetting session: agent:main:main I think`,
      `OpenClaw 2026.3.13 (61d171a) runs here`,
    ]) {
      assert.deepEqual(parseLogLine(`${time} ${words}`, place), { kind: "other", at, offsetMinutes: 540 }, words);
    }
    for (const words of ["You run OpenClaw 2026.3.13 (61d171a)", "OpenClaw 2026.3.13 is what you run"]) {
      assert.deepEqual(parseLogLine(words, place), { kind: "unreadable" });
    }
  });

  it("takes the subsystem of a line in the log file from nowhere but its own place", () => {
    const answer = "⇄ res ✓ sessions.reset 5ms conn=304bf958…139f id=8";
    const corrupted = "Session history corrupted (Gemini function call ordering). Resetting session: agent:main:main";
    const level = (logLevelName: string): object => ({
      _meta: { logLevelName, date: "2026-04-22T09:00:02.603Z" },
      time,
    });
    const kinds = [
      { "0": '{"subsystem":"gateway/ws"}', "1": answer, ...level("INFO") },
      { "0": '{"subsystem":"gateway/ws"}', "1": "⇄ res ✓ sessions.reset 5ms", ...level("INFO") },
      { "0": `[ws] ${answer}`, ...level("INFO") },
      { "0": answer, subsystem: "gateway/ws", ...level("INFO") },
      { "0": "hello", "1": '{"subsystem":"gateway/ws"}', "2": answer, ...level("INFO") },
      { "0": '{"subsystem":"gateway/ws"}', message: '{"subsystem":"gateway/ws"}', ...level("INFO") },
      // What a model says is printed with the level of information.
      { "0": corrupted, message: corrupted, ...level("INFO") },
      { "0": corrupted, message: corrupted, time },
      { "0": corrupted, message: corrupted, ...level("ERROR") },
      { "0": `${corrupted}\nand more`, ...level("ERROR") },
    ].map((line) => {
      const parsed = parseLogLine(JSON.stringify(line), place);
      return "record" in parsed ? parsed.record.event.kind : parsed.kind;
    });
    assert.deepEqual(kinds, [
      "rpc",
      "rpc",
      "other",
      "other",
      "other",
      "other",
      "other",
      "other",
      "history-corrupted",
      "other",
    ]);
  });

  it("survives anything, quickly", () => {
    const piece = fc.constantFrom(
      time,
      " [ws] ",
      "⇄ res ✓ ",
      "Auto-compaction failed (",
      "closed ",
      "code=",
      "{",
      '"time":"',
      "\0",
      "agent:",
      ")",
      ". Restarting session ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 15 }), (parts) => {
        parseLogLine(parts.join(""), place);
      }),
      { seed, numRuns },
    );
    // Whoever does quadratic work here runs into the runner's time limit.
    for (const words of ["closed ", "Auto-compaction failed (", "a ", "agent:main:", '{"0":', "\u001b["]) {
      parseLogLine(`${time} [ws] ${words.repeat(1_000_000 / words.length)}`, place);
      parseLogLine(words.repeat(60_000 / words.length), place);
      parseLogLine(`${time} ${words.repeat(60_000 / words.length)}`, place);
    }
  });
});
