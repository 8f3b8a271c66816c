import assert from "node:assert/strict";
import fc from "fast-check";
import { conversationGroup, conversationLabel } from "../../../src/core/names/conversationLabel";
import { parseSessionKey } from "../../../src/core/names/sessionKey";

const uuid = "8041104b-ca4f-4a56-95c9-4875a6bf8f86";
const run = "989f3336-75f8-4242-ba54-1eab697a5083";

describe("conversationLabel and conversationGroup", () => {
  const cases: [key: string, label: string, group: string][] = [
    ["agent:main:main", "main", "people"],
    ["main", "main", "people"],
    ["agent:main:direct:5551234", "direct chat 5551234", "people"],
    ["agent:main:telegram:direct:5551234", "Telegram · direct chat 5551234", "people"],
    ["agent:main:telegram:dm:5551234", "Telegram · direct chat 5551234", "people"],
    ["agent:main:whatsapp:work:direct:+15551234567", "WhatsApp (work) · direct chat +15551234567", "people"],
    ["agent:main:matrix:direct:@alice:example.org", "Matrix · direct chat @alice:example.org", "people"],
    ["agent:main:discord:channel:900100", "Discord · channel 900100", "people"],
    ["agent:main:slack:channel:c1:thread:170.5", "Slack · channel c1 · thread 170.5", "people"],
    ["agent:main:telegram:group:-100123:topic:7", "Telegram · group -100123 · topic 7", "people"],
    ["agent:main:matrix:room:!abc:example.org", "Matrix · room !abc:example.org", "people"],
    ["agent:main:main:heartbeat", "Heartbeat of main", "heartbeat"],
    ["agent:main:main:heartbeat:heartbeat:heartbeat", "Heartbeat of main, suffix repeated 3 times", "heartbeat"],
    ["agent:main:telegram:direct:5:heartbeat", "Heartbeat of Telegram · direct chat 5", "heartbeat"],
    ["agent:main:heartbeat-recovered-20260401", "main, set aside by doctor 20260401", "people"],
    [`agent:main:cron:${uuid}`, "Cron job 8041104b", "cron"],
    [`agent:main:cron:${uuid}:run:${run}`, "Cron job 8041104b, run 989f3336", "cron"],
    ["cron:nightly", "Cron job nightly", "cron"],
    [`agent:main:subagent:${uuid}`, "Sub-agent 8041104b", "subagent"],
    [`agent:main:subagent:${uuid}:subagent:${run}`, "Sub-agent 989f3336", "subagent"],
    [`agent:codex:acp:${uuid}`, "ACP session 8041104b", "subagent"],
    [`agent:main:hook:${uuid}`, "Web hook 8041104b", "other"],
    ["agent:main:node-kitchen", "Node kitchen", "other"],
    [`agent:main:dashboard:${uuid}`, "Dashboard chat 8041104b", "people"],
    [`agent:main:tui-${uuid}`, "Terminal chat 8041104b", "people"],
    [`agent:main:explicit:model-run-${uuid}`, "One-off run 8041104b", "other"],
    [`agent:main:recovered:${uuid}`, "Recovered session 8041104b", "people"],
    ["global", "global (all chats)", "people"],
    ["unknown", "unknown", "other"],
    ["agent:main:scratch", "scratch", "people"],
    ["agent:main:", "agent:main:", "people"],
    ["", "(empty key)", "people"],
    ["agent:main:scratch\u001b[31m\n\u202ered", "scratch␛[31m ⟨U+202E⟩red", "people"],
  ];
  for (const [key, label, group] of cases) {
    it(JSON.stringify(key), () => {
      assert.deepEqual([conversationLabel(key), conversationGroup(key)], [label, group]);
    });
  }

  const naming = { label: undefined, displayName: undefined, subject: undefined };
  it("takes the name the row knows in place of the id", () => {
    const named = (key: string, row: Partial<Record<keyof typeof naming, string>>) =>
      conversationLabel(key, { ...naming, ...row });
    assert.deepEqual(
      [
        named("agent:main:main", { label: "Patent planning", displayName: "x" }),
        named("agent:main:telegram:group:-100123", { subject: "Family" }),
        named("agent:main:discord:channel:900100", { displayName: "discord:#general" }),
        named(`agent:main:cron:${uuid}`, { label: "Cron: nightly-check" }),
        named(`agent:main:subagent:${uuid}`, { label: "word-count" }),
        named("agent:main:telegram:direct:5551234", { label: "  " }),
      ],
      [
        "main · Patent planning",
        "Telegram · group Family",
        "Discord · channel #general",
        "Cron job nightly-check",
        "Sub-agent word-count",
        "Telegram · direct chat 5551234",
      ],
    );
  });
});

describe("parseSessionKey", () => {
  it("keeps what follows the agent whole", () => {
    assert.deepEqual(parseSessionKey("agent:ops:whatsapp:work:group:12:34@g.us:topic:9"), {
      key: "agent:ops:whatsapp:work:group:12:34@g.us:topic:9",
      agentId: "ops",
      rest: "whatsapp:work:group:12:34@g.us:topic:9",
      about: {
        kind: "group",
        channel: "whatsapp",
        account: "work",
        id: "12:34@g.us",
        thread: { kind: "topic", id: "9" },
      },
    });
  });

  it("splits any key into parts that give it back, and labels it with one visible line", () => {
    const word = fc.oneof(
      fc.constantFrom(
        "agent",
        "main",
        "direct",
        "dm",
        "group",
        "thread",
        "heartbeat",
        "cron",
        "run",
        "subagent",
        "tui-1",
        "",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 9 }).map((words) => words.join(":")),
        (key) => {
          const { agentId, rest } = parseSessionKey(key);
          assert.equal(agentId === undefined ? rest : `agent:${agentId}:${rest}`, key);
          assert.doesNotMatch(conversationLabel(key), /[\n\u001b\u202e]/);
          conversationGroup(key);
        },
      ),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 300 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});
