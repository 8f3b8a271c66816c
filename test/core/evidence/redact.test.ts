import assert from "node:assert/strict";
import fc from "fast-check";
import { redactKey, redactText } from "../../../src/core/evidence/redact";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = 300 * Number(process.env["PROPERTY_SCALE"] ?? 1);

describe("redactText", () => {
  const cases: readonly (readonly [text: string, redacted: string])[] = [
    ["send to +1 555 123 4567 failed", "send to …4567 failed"],
    ["call (030) 1234567 now", "call …4567 now"],
    ["chat -1001234567890 not found", "chat -…7890 not found"],
    ["Authorization: Bearer abc123def456", "Authorization: Bearer …"],
    ['{"apiKey":"sk-proj-abcdefghijklmnop1234"}', '{"apiKey":"…"}'],
    ["token=hunter2hunter2 password: geheim", "token=… password: …"],
    ["bot 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx", "bot …"],
    ["https://me:secret@example.org/path", "https://…@example.org/path"],
    ["reply to jane.doe+x@mail.example.com.", "reply to …@…."],
    [
      "Restarting session agent:main:telegram:direct:+15551234567 -> abc",
      "Restarting session agent:main:telegram:direct:…4567 -> abc",
    ],
    ["call (555) 123-4567 of 3 (2026-04-01)", "call …4567 of 3 (2026-04-01)"],
    ["key 9f86d081884c7d659a2feaa0c55ad015 used", "key … used"],
  ];
  it("keeps days, times and the beginning of a hash", () => {
    const time = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    const hash = fc.stringMatching(/^[\da-f]{12}$/);
    fc.assert(
      fc.property(time, hash, fc.nat(99), (at, beginning, count) => {
        const iso = at.toISOString();
        const told = `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
        for (const text of [iso, `(${iso})`, `(${told} UTC)`, `(${iso.slice(0, 10)})`, `${String(count)} (${told} …)`])
          assert.equal(redactText(text), text);
        const read = `5,000 bytes, SHA-256 ${beginning}…, permissions 0600.`;
        assert.equal(redactText(read), read);
      }),
      { seed, numRuns },
    );
  });

  it("hides a telephone number, in parentheses or not", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{9}$/), (digits) => {
        const spaced = `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
        for (const text of [`call ${digits}`, `call (${digits})`, `call ${spaced}`, `call +${digits} (2026-04-01)`])
          assert.ok(
            !redactText(text).replaceAll("2026-04-01", "").includes(digits.slice(0, 3)) ||
              digits.slice(-4).includes(digits.slice(0, 3)),
            text,
          );
      }),
      { seed, numRuns },
    );
  });

  for (const [text, redacted] of cases) {
    it(`takes out what is private: ${text}`, () => {
      assert.equal(redactText(text), redacted);
    });
  }

  const kept = [
    "Preserving existing session mapping for agent:main:main.",
    "run 5ed384de-9c61-44b8-bd80-d92f8d1e3906 ended",
    "between 2026-03-31T04:00:00.397Z and 2026-03-31 13:00 (+09:00)",
    "the 04:00 boundary in +09:00 (2026-04-22T19:00:00.000Z) lies between them; 13:00:05 2026-04-22",
    "listening on ws://127.0.0.1:18789, ws://[::1]:18789 (PID 32025)",
    "releasing lock held for 7200000ms; 12345678 bytes, 8,323 messages",
    "estimatedPromptTokens=8993 reserveTokens=1200000 totalTokens: 8993",
    "OpenClaw 2026.3.13",
    "Process 4194301 runs and has held it (PID 4194301); lock pid=4194301",
    "conn=19110834…0776 id=23456789…1234",
    "/home/dev/.openclaw/agents/main/sessions/2026-03-31T04-00-00-397Z_c59a2a8c-555e-4d03-9d67-49252b2567bc.jsonl",
    "Auto-compaction failed (Context overflow: prompt too large for the model (precheck).).",
  ];
  for (const text of kept) {
    it(`keeps what is compared: ${text}`, () => {
      assert.equal(redactText(text), text);
    });
  }

  it("changes nothing the second time, and takes no time over long text", () => {
    const word = fc.constantFrom(
      "agent:",
      "main:",
      "token=",
      "+",
      "1234567",
      "a1",
      "@",
      ".de",
      " ",
      "-",
      "…",
      "Bearer ",
      "x".repeat(40),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }), (words) => {
        const once = redactText(words.join(""));
        assert.equal(redactText(once), once);
      }),
      { seed, numRuns },
    );
    // Whoever does quadratic work here runs into the runner's time limit.
    for (const piece of ["a", "1", "1 ", "a@", "agent:", "token=", "a1-", "1."])
      redactText(piece.repeat(100_000 / piece.length));
  });
});

describe("redactKey", () => {
  const cases: readonly (readonly [key: string, redacted: string])[] = [
    ["agent:main:main", "agent:main:main"],
    ["agent:main:telegram:direct:+15551234567", "agent:main:telegram:direct:…4567"],
    ["agent:main:telegram:direct:+15551234567:heartbeat", "agent:main:telegram:direct:…4567:heartbeat"],
    ["agent:main:telegram:direct:5551234", "agent:main:telegram:direct:…1234"],
    ["agent:main:telegram:direct:5550000", "agent:main:telegram:direct:…0000"],
    ["agent:main:direct:alice", "agent:main:direct:…ce"],
    ["agent:main:direct:bob", "agent:main:direct:…b"],
    ["agent:main:direct:42", "agent:main:direct:…"],
    ["agent:main:imessage:direct:jane@example.com", "agent:main:imessage:direct:…e@…"],
    ["agent:main:telegram:group:-1001234567890:topic:42", "agent:main:telegram:group:…7890:topic:42"],
    ["agent:main:whatsapp:+15551234567", "agent:main:whatsapp:…4567"],
    ["agent:main:cron:c0ffee00-1234-4123-8123-1234567890ab", "agent:main:cron:c0ffee00-1234-4123-8123-1234567890ab"],
    ["agent:main:subagent:4915112345678", "agent:main:subagent:…5678"],
    ["agent:main:acp:4915112345678", "agent:main:acp:…5678"],
    ["agent:main:tui-4915112345678", "agent:main:tui-…5678"],
    ["agent:main:tui-c0ffee00-1234-4123-8123-123456789012", "agent:main:tui-c0ffee00-1234-4123-8123-123456789012"],
    ["agent:main:cron:alice.secret@example.com", "agent:main:cron:…@…"],
    ["agent:main:cron:daily:run:4915112345678", "agent:main:cron:daily:run:…5678"],
    ["agent:main:explicit:sk-ant-api03-ABCDEFGHIJKLMNOPQRSTUVWX", "agent:main:explicit:…"],
    ["agent:main:hook:note-4915112345678", "agent:main:hook:note-…5678"],
    ["agent:main:heartbeat-recovered-4915112345678a", "agent:main:heartbeat-recovered-…5678a"],
    ["agent:main:heartbeat-recovered-2026-05-05T10-00-00Z", "agent:main:heartbeat-recovered-2026-05-05T10-00-00Z"],
  ];
  for (const [key, redacted] of cases) {
    it(key, () => {
      assert.equal(redactKey(key), redacted);
      assert.equal(redactKey(redacted), redacted);
    });
  }
});
