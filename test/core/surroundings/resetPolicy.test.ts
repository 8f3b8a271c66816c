import assert from "node:assert/strict";
import fc from "fast-check";
import { policiesOf, traitsOf } from "../../../src/core/surroundings/resetPolicy";
import type { PolicyFact, ResetPolicy, VersionFact } from "../../../src/core/surroundings/surroundings";
import { compareVersions } from "../../../src/core/surroundings/versionFact";
import { storeRowFromFields } from "../../../src/core/store/storeRowFields";
import { aConfig } from "./aConfig";

const main = "agent:main:main";
const group = "agent:main:discord:channel:900100";
const thread = "agent:main:telegram:group:-100:topic:7";

describe("the reset policy", () => {
  it("where nothing is configured: daily at four up to 2026.7.35, none from 2026.8.1", () => {
    const versions = [
      "2026.1.24-3",
      "2026.3.13",
      "2026.4.21",
      "2026.4.24",
      "2026.4.25",
      "2026.7.35",
      "2026.8.1",
      "2026.9.6",
    ];
    assert.deepEqual(
      versions.map((version) => said(policiesOf(undefined, traitsOf(main, undefined), exact(version)))),
      [
        ["daily 4 updatedAt, default"],
        ["daily 4 updatedAt, default"],
        ["daily 4 updatedAt, default"],
        ["daily 4 updatedAt, default"],
        ["daily 4 sessionStartedAt, default"],
        ["daily 4 sessionStartedAt, default"],
        ["none, default"],
        ["none, default"],
      ],
    );
  });

  it("as it is configured, by version", () => {
    const versions = ["2026.3.13", "2026.3.24", "2026.4.25", "2026.8.1"];
    const configs: readonly (readonly [session: object, ...expected: string[]])[] = [
      [
        { reset: { idleMinutes: 90 } },
        "daily 4 updatedAt, idle 90 updatedAt",
        "daily 4 updatedAt, idle 90 updatedAt",
        "daily 4 sessionStartedAt, idle 90 lastInteractionAt",
        "daily 4 sessionStartedAt, idle 90 lastInteractionAt",
      ],
      [{ reset: { mode: "idle" } }, "idle 60 updatedAt", "none", "none", "none"],
      [
        { reset: { mode: "idle", idleMinutes: 525_600 } },
        "idle 525600 updatedAt",
        "idle 525600 updatedAt",
        "idle 525600 lastInteractionAt",
        "idle 525600 lastInteractionAt",
      ],
      [
        { idleMinutes: 30 },
        "idle 30 updatedAt",
        "idle 30 updatedAt",
        "idle 30 lastInteractionAt",
        // Such a config is refused; without it there is the default.
        "none, default",
      ],
      [{ reset: { mode: "none" } }, "daily 4 updatedAt", "daily 4 updatedAt", "daily 4 sessionStartedAt", "none"],
      [
        { reset: { mode: "daily", atHour: 25 } },
        "daily 4 updatedAt",
        "daily 4 updatedAt",
        "daily 4 sessionStartedAt",
        "daily 4 sessionStartedAt",
      ],
      [
        { reset: { mode: "daily", atHour: 0 } },
        "daily 0 updatedAt",
        "daily 0 updatedAt",
        "daily 0 sessionStartedAt",
        "daily 0 sessionStartedAt",
      ],
      [{ reset: {} }, "daily 4 updatedAt", "daily 4 updatedAt", "daily 4 sessionStartedAt", "daily 4 sessionStartedAt"],
    ];
    for (const [session, ...expected] of configs) {
      const found = versions.map((version) =>
        said(policiesOf(aConfig({ session }), traitsOf(main, undefined), exact(version))).join(" | "),
      );
      assert.deepEqual(found, expected, JSON.stringify(session));
    }
  });

  it("goes by channel alone, else by type over the base", () => {
    const config = aConfig({
      session: {
        reset: { mode: "daily", atHour: 5, idleMinutes: 600 },
        resetByType: { group: { mode: "idle", idleMinutes: 5 }, thread: { atHour: 6 }, dm: { atHour: 7 } },
        resetByChannel: { Telegram: { mode: "idle", idleMinutes: 1 } },
      },
    });
    const ask = (key: string, fields: Readonly<Record<string, unknown>> = {}, version = "2026.4.21"): string[] =>
      said(policiesOf(config, traitsOf(key, storeRowFromFields(key, new Map(Object.entries(fields)))), exact(version)));
    assert.deepEqual(ask(main), ["daily 7 updatedAt, idle 600 updatedAt"]);
    // `dm` is refused from 2026.8.1 on.
    assert.deepEqual(ask(main, {}, "2026.8.1"), ["daily 5 sessionStartedAt, idle 600 lastInteractionAt"]);
    assert.deepEqual(ask(group), ["idle 5 updatedAt"]);
    assert.deepEqual(ask(`${group}:heartbeat`), ["idle 5 updatedAt"]);
    assert.deepEqual(ask("agent:main:odd", { chatType: "group" }), ["idle 5 updatedAt"]);
    assert.deepEqual(ask("agent:main:slack:channel:c1:thread:9"), ["daily 6 updatedAt, idle 600 updatedAt"]);
    assert.deepEqual(ask(thread), ["idle 1 updatedAt"]);
    assert.deepEqual(ask(main, { lastChannel: "telegram" }), ["idle 1 updatedAt"]);
    assert.deepEqual(ask("agent:main:constructor:direct:5"), ["daily 7 updatedAt, idle 600 updatedAt"]);
  });

  it("of other types makes it daily up to 2026.7.35", () => {
    const config = aConfig({ session: { idleMinutes: 30, resetByType: { group: { mode: "idle" } } } });
    assert.deepEqual(said(policiesOf(config, traitsOf(main, undefined), exact("2026.4.21"))), [
      "daily 4 updatedAt, idle 30 updatedAt",
    ]);
  });

  it("is one of several where the version is not known, that of the most recent first", () => {
    assert.deepEqual(said(policiesOf(undefined, traitsOf(main, undefined), { kind: "unknown" })), [
      "none, default",
      "daily 4 sessionStartedAt, default",
      "daily 4 updatedAt, default",
    ]);
    assert.deepEqual(said(policiesOf(undefined, traitsOf(main, undefined), range("2026.4.1", "2026.4.31"))), [
      "daily 4 sessionStartedAt, default",
      "daily 4 updatedAt, default",
    ]);
    assert.deepEqual(said(policiesOf(undefined, traitsOf(main, undefined), range(undefined, "2026.3.31"))), [
      "daily 4 updatedAt, default",
    ]);
    // Nobody looked at the betas that came with tables.
    assert.deepEqual(said(policiesOf(undefined, traitsOf(main, undefined), exact("2026.7.2-beta.4"))), [
      "none, default",
      "daily 4 sessionStartedAt, default",
    ]);
  });

  it("may be none for a conversation that a command line's own session carries", () => {
    const row = storeRowFromFields(main, new Map([["cliSessionIds", { "claude-cli": "abc" }]]));
    assert.deepEqual(said(policiesOf(undefined, traitsOf(main, row), exact("2026.5.18"))), [
      "daily 4 sessionStartedAt, default",
      "none, default",
    ]);
    assert.deepEqual(said(policiesOf(undefined, traitsOf(main, row), exact("2026.4.21"))), [
      "daily 4 updatedAt, default",
    ]);
    const config = aConfig({ session: { reset: { mode: "daily" } } });
    assert.deepEqual(said(policiesOf(config, traitsOf(main, row), exact("2026.5.18"))), ["daily 4 sessionStartedAt"]);
  });

  it("says which line it comes from, or whose default it is", () => {
    const config = aConfig({
      session: { reset: { atHour: 3 }, resetByChannel: { heartbeat: { mode: "idle", idleMinutes: 9 } } },
    });
    const [configured] = policiesOf(config, traitsOf(main, undefined), exact("2026.3.13"));
    assert.deepEqual(
      configured.evidence.map(({ source, text, place }) => [source, text, place?.line]),
      [
        ["config", "The config sets a reset policy: mode not set, atHour 3, idleMinutes not set.", 3],
        [
          "default",
          "Up to 2026.4.24 OpenClaw goes by when the entry of the conversation in the index was last changed (updatedAt), which any message does.",
          undefined,
        ],
        [
          "config",
          "resetByChannel.heartbeat is set: up to 2026.3.31 turns of a heartbeat without a channel go by it instead.",
          7,
        ],
      ],
    );
    const [byDefault] = policiesOf(undefined, traitsOf(main, undefined), exact("2026.5.18"));
    assert.deepEqual(
      byDefault.evidence.map(({ text }) => text),
      [
        "Where the config sets nothing, OpenClaw up to 2026.7.35 resets daily at 4:00 of the gateway's local time.",
        "From 2026.4.25 on OpenClaw goes for a daily reset by when the session was started (sessionStartedAt), and for idleness by when somebody last wrote (lastInteractionAt).",
      ],
    );
  });

  it("is among those that are said, however little is known of the version", () => {
    const version = fc.constantFrom(
      "2026.1.24-3",
      "2026.3.13",
      "2026.3.20",
      "2026.4.21",
      "2026.5.18",
      "2026.7.35",
      "2026.9.6",
    );
    const minutes = fc.option(fc.integer({ min: -1, max: 600 }), { nil: undefined });
    const block = fc.record(
      {
        mode: fc.constantFrom("daily", "idle", "none", "weekly"),
        atHour: fc.integer({ min: -1, max: 24 }),
        idleMinutes: minutes,
      },
      { requiredKeys: [] },
    );
    const blocks = fc.dictionary(fc.constantFrom("direct", "dm", "group", "thread", "discord"), block);
    const session = fc.record(
      { reset: block, resetByType: blocks, resetByChannel: blocks, idleMinutes: minutes },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        version,
        version,
        version,
        session,
        fc.constantFrom(main, group, thread),
        (one, two, three, written, key) => {
          const [from, ran, until] = [one, two, three].sort(compareVersions);
          const config = aConfig({ session: written });
          const [truly] = said(policiesOf(config, traitsOf(key, undefined), exact(ran ?? "")));
          for (const fact of [
            range(from, until),
            range(from, undefined),
            range(undefined, until),
            { kind: "unknown" } as const,
          ]) {
            assert.ok(said(policiesOf(config, traitsOf(key, undefined), fact)).includes(truly ?? ""));
          }
        },
      ),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 300 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });
});

function said(policies: PolicyFact): string[] {
  return policies.map(({ daily, idle, isDefault }: ResetPolicy) =>
    [
      ...(daily ? [`daily ${daily.atHour} ${daily.clock}`] : []),
      ...(idle ? [`idle ${idle.minutes} ${idle.clock}`] : []),
      ...(daily || idle ? [] : ["none"]),
      ...(isDefault ? ["default"] : []),
    ].join(", "),
  );
}

const evidence = [{ source: "log", text: "", place: undefined, recordedAt: undefined }] as const;

function exact(version: string): VersionFact {
  return { kind: "exact", version, evidence };
}

function range(from: string | undefined, until: string | undefined): VersionFact {
  return { kind: "range", from, until, evidence };
}
