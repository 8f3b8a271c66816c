import assert from "node:assert/strict";
import { checkEra } from "../../../../src/core/restore/checks/era";
import { checkEraToCome } from "../../../../src/core/restore/checks/eraToCome";
import { restoreFacts } from "../../../aRestore";
import { said } from "./said";

describe("where sessions are kept", () => {
  it("is fine with files", () => {
    assert.deepEqual(said(checkEra), [
      "ok: Sessions are in files here (sessions.json and transcripts), as OpenClaw up to 2026.7 keeps them.",
    ]);
  });

  it("stops at tables", () => {
    assert.deepEqual(said(checkEra, { stateDir: { ...stateDir, era: "sqlite" } }), [
      "blocker: OpenClaw keeps sessions of this state directory in a database. A changed sessions.json does nothing there, or keeps the gateway from starting. → Read the conversation here or export it; OpenClaw itself can fork a conversation from before a reset in its Control UI. Nothing is written into a database.",
    ]);
  });

  it("stops at both, and names the database", () => {
    assert.deepEqual(
      said(checkEra, {
        stateDir: {
          ...stateDir,
          era: "mixed",
          agents: [
            {
              ...agent,
              sqlite: { databasePath: "/s/agents/main/agent/openclaw-agent.sqlite", tables: ["session_nodes"] },
            },
          ],
        },
      }),
      [
        "blocker: OpenClaw keeps the sessions of agent main in a database (/s/agents/main/agent/openclaw-agent.sqlite). A changed sessions.json does nothing there, or keeps the gateway from starting. → Read the conversation here or export it; OpenClaw itself can fork a conversation from before a reset in its Control UI. Nothing is written into a database.",
      ],
    );
  });

  it("stops at a layout that is not known", () => {
    assert.deepEqual(said(checkEra, { stateDir: { ...stateDir, era: "unknown" } }), [
      "blocker: How OpenClaw keeps sessions here cannot be told: the layout of /s is not known. → Read the conversation here or export it; nothing is written into a layout that is not known.",
    ]);
  });

  it("stops where a new index would keep 2026.9.6 from starting", () => {
    assert.deepEqual(
      said(checkEraToCome, { version: "2026.9.6", indexText: undefined, index: { state: { kind: "absent" } } }),
      [
        "blocker: OpenClaw 2026.9.6 keeps sessions in a database and does not start while it finds a sessions.json that was not taken over. → Read the conversation here or export it; nothing is written.",
      ],
    );
  });

  it("warns before the first start after an upgrade", () => {
    assert.deepEqual(said(checkEraToCome, { version: "2026.9.6" }), [
      "warning: Sessions are still in files here, but OpenClaw 2026.9.6 keeps them in a database and takes the files over when it starts. → Restore before its first start, and look after it whether the conversation was taken over.",
    ]);
  });

  it("says nothing with 2026.7.35, the last that keeps files", () => {
    assert.deepEqual(said(checkEraToCome, { version: "2026.7.35" }), []);
  });
});

const { stateDir, agent } = restoreFacts();
