// What was done to real gateways, and why; see record.mjs.
const MAIN = "agent:main:main";
const remember = "Please remember that the release codename is Tamarack.";
const poll = ({ messages }) => /HEARTBEAT/i.test(JSON.stringify(messages.at(-1) ?? ""));
const polite = (request) => (poll(request) ? { text: "HEARTBEAT_OK" } : { text: `Noted (${String(request.number)}).` });

export const scenarios = [
  {
    version: "2026.4.21",
    name: "restart-tokyo",
    about: "A gateway in UTC+9 is restarted at night; the first message after 04:00 local meets a new session.",
    options: { timeZone: "Asia/Tokyo" },
    startAt: "2026-04-22T18:40:00Z",
    run: async ({ say, clock, restart, answers }) => {
      answers(polite);
      await say(MAIN, remember);
      await clock("2026-04-22T18:51:50Z");
      await say(MAIN, "Please write down what we decided.");
      await clock("2026-04-22T19:05:00Z");
      await restart();
      await clock("2026-04-22T19:07:40Z");
      await say(MAIN, "Are you back? Please continue.", { cause: "daily" });
    },
  },
  {
    version: "2026.3.13",
    name: "reset-button-log",
    about: "Two resets by a client, one command, with the gateway's own log.",
    startAt: "2026-03-30T09:00:00Z",
    run: async ({ say, call, answers, clock }) => {
      answers(polite);
      await say(MAIN, remember);
      await clock("2026-03-30T09:10:00Z");
      await call("sessions.reset", { key: MAIN }, { cause: "rpc" });
      await clock("2026-03-30T09:12:00Z");
      await say(MAIN, "What was the codename?");
      await clock("2026-03-30T09:20:00Z");
      await say(MAIN, "/new", { cause: "command" });
      await clock("2026-03-30T09:30:00Z");
      await call("sessions.reset", { key: MAIN, reason: "new" }, { cause: "rpc" });
    },
  },
  {
    version: "2026.4.21",
    name: "hooks",
    about: "The command-logger and session-memory hooks are on: a command leaves a line and a note.",
    options: {
      config: {
        hooks: {
          internal: {
            enabled: true,
            entries: { "session-memory": { enabled: true }, "command-logger": { enabled: true } },
          },
        },
      },
    },
    startAt: "2026-04-22T09:00:00Z",
    run: async ({ say, answers, clock }) => {
      answers(polite);
      await say(MAIN, remember);
      await clock("2026-04-22T09:15:00Z");
      await say(MAIN, "/new", { cause: "command" });
      await clock("2026-04-22T09:25:00Z");
      await say(MAIN, "/reset let us continue with the parser", { cause: "command" });
    },
  },
  {
    version: "2026.4.21",
    name: "overflow-error",
    about: "The model refuses a request as too long: an overflow error, and no rotation.",
    options: { contextWindow: 20_000 },
    startAt: "2026-04-22T09:00:00Z",
    run: async ({ say, answers, clock, pause }) => {
      answers(polite);
      await say(MAIN, remember);
      await say(MAIN, "And the staging database is called Alder.");
      await clock("2026-04-22T09:15:00Z");
      answers(() => ({
        status: 400,
        error: "This model's maximum context length is 20000 tokens. However, your messages resulted in 25000 tokens.",
      }));
      await say(MAIN, "Please summarise the plan.");
      await pause(2_000);
      answers(polite);
      await clock("2026-04-22T09:20:00Z");
      await say(MAIN, "Are you there?");
    },
  },
  {
    version: "2026.5.18",
    name: "role-order-error",
    about: "The model rejects the order of roles: errors, and no rotation.",
    startAt: "2026-05-19T09:00:00Z",
    run: async ({ say, answers, clock, pause }) => {
      answers(polite);
      await say(MAIN, remember);
      await say(MAIN, "And the staging database is called Alder.");
      await clock("2026-05-19T09:15:00Z");
      answers(() => ({
        status: 400,
        error:
          'messages: roles must alternate between "user" and "assistant", but found multiple "user" roles in a row',
      }));
      await say(MAIN, "Please summarise the plan.", {});
      await pause(2_000);
      answers(polite);
      await clock("2026-05-19T09:20:00Z");
      await say(MAIN, "Are you there?");
    },
  },
  {
    version: "2026.3.13",
    name: "no-successor",
    about:
      "The first message after 04:00 sets the conversation aside; the gateway is killed before the answer, and nothing follows.",
    startAt: "2026-03-30T20:15:00Z",
    run: async ({ say, sendOnly, answers, clock, pause, kill }) => {
      answers(polite);
      await say(MAIN, remember);
      await clock("2026-03-31T08:05:00Z");
      answers(() => ({ text: "late", delayMs: 60_000 }));
      await sendOnly(MAIN, "Good morning, where were we?", { cause: "daily" });
      await pause(5_000);
      await kill();
    },
  },
  {
    version: "2026.7.35",
    name: "pruned",
    about:
      "Forty days pass; a message in one conversation removes the row of another, and its transcript is set aside as deleted.",
    startAt: "2026-07-01T09:00:00Z",
    run: async ({ say, answers, clock }) => {
      answers(polite);
      await say("agent:main:telegram:direct:5551234", "Question from the phone.");
      await say(MAIN, remember);
      await clock("2026-08-10T09:00:00Z");
      await say(MAIN, "Hello again.", { cause: "daily" });
    },
  },
  {
    version: "2026.7.35",
    name: "ended-row",
    about:
      "A turn is aborted, the transcript is written to after the row: the next message begins anew, on the same morning.",
    startAt: "2026-07-21T09:00:00Z",
    run: async ({ say, sendOnly, step, state, answers, clock, pause, call }) => {
      answers(polite);
      await say(MAIN, remember);
      answers(() => ({ text: "late", delayMs: 30_000 }));
      await sendOnly(MAIN, "Please think for a while.");
      await pause(3_000);
      await call("chat.abort", { sessionKey: MAIN });
      await pause(2_000);
      await step("the transcript's time is moved past the row's", async () => {
        const { readFileSync, utimesSync } = await import("node:fs");
        const store = `${state}/agents/main/sessions/sessions.json`;
        const row = JSON.parse(readFileSync(store, "utf8"))[MAIN];
        const later = new Date(row.updatedAt + 5_000);
        utimesSync(row.sessionFile, later, later);
      });
      answers(polite);
      await clock("2026-07-21T09:10:00Z");
      await say(MAIN, "Where were we?", { cause: "ended-row" });
    },
  },
  {
    version: "2026.5.18",
    name: "heartbeat-traced",
    about: "Isolated heartbeats every twenty seconds, with run traces as real installs have them.",
    options: {
      trajectory: true,
      config: { agents: { defaults: { heartbeat: { every: "20s", isolatedSession: true } } } },
    },
    startAt: "2026-05-19T14:00:00Z",
    run: async ({ say, answers, pause, state, step }) => {
      const { writeFileSync } = await import("node:fs");
      writeFileSync(`${state}/workspace/HEARTBEAT.md`, "# Heartbeat\n\n- Check the notes.\n");
      answers(polite);
      await say(MAIN, remember);
      await step("three heartbeats", () => pause(65_000), { cause: "isolated-run" });
    },
  },
  {
    version: "2026.1.29",
    name: "seam",
    about:
      "Before archives: a conversation passes 04:00, an exec notice and a heartbeat carry the new session; the old file stays, unreferenced.",
    options: { config: { agents: { defaults: { heartbeat: { every: "30m" } } } } },
    startAt: "2026-01-30T20:15:00Z",
    run: async ({ say, answers, clock, call, pause, state }) => {
      const { writeFileSync } = await import("node:fs");
      writeFileSync(`${state}/workspace/HEARTBEAT.md`, "# Heartbeat\n\n- Check the notes.\n");
      answers(polite);
      await say(MAIN, remember);
      await say(MAIN, "And the staging database is called Alder.");
      await clock("2026-01-31T04:10:00Z");
      await call("wake", { mode: "now", text: "Exec completed (build-step, code 0) :: done" }, { cause: "daily" });
      await pause(8_000);
      await say(MAIN, "Where were we?");
    },
  },
];
