import type { RestoreCheck } from "../../src/core/restore/restoreCheck";
import type { RestoreReceipt } from "../../src/core/restore/restoreJournal";
import type { CheckedPlan, RestorePlan } from "../../src/core/restore/restorePlan";
import type { RestoreRequest } from "../../src/core/restore/restoreRequest";
import type { Restorer } from "../../src/core/restore/restorer";
import { unexpectedRestorer } from "./fakeInspector";
import { minutes } from "./snapshotBuilder";

export function aPlan(more: Partial<RestorePlan> = {}): RestorePlan {
  return {
    schema: 1,
    id: "20260721T093000Z-1f2e3d4c",
    kind: "restore",
    createdAt: minutes(30),
    of: undefined,
    stateDir: { path: "/s", realPath: "/s" },
    agentId: "main",
    key: "agent:main:main",
    from: "bbbb2222",
    to: "aaaa1111",
    source: "/s/agents/main/sessions/aaaa1111.jsonl.reset.2026-07-21T09-00-00.000Z",
    changes: [
      {
        path: "/s/agents/main/sessions/aaaa1111.jsonl",
        before: { kind: "absent" },
        after: { kind: "file", bytes: 2048, sha256: "0".repeat(64), mode: 0o600, mtimeMs: minutes(30) },
        role: "restored",
      },
    ],
    backups: [],
    entries: [
      {
        key: "agent:main:main",
        before: '{\n  "sessionId": "bbbb2222"\n}',
        after: '{\n  "sessionId": "aaaa1111"\n}',
      },
    ],
    sentences: ["agent:main:main gets session aaaa1111 back."],
    advice: [
      {
        file: "/s/openclaw.json",
        path: ["session", "reset"],
        value: { mode: "idle", idleMinutes: 525_600 },
        why: "The daily reset at 04:00 would set it aside again.",
        text: 'session: { reset: { mode: "idle", idleMinutes: 525600 } }',
      },
    ],
    ...more,
  };
}

export function aReceipt(plan: RestorePlan = aPlan(), more: Partial<RestoreReceipt> = {}): RestoreReceipt {
  return {
    plan,
    outcome: "finished",
    endedAt: plan.createdAt + 1_000,
    verified: ["The index was read back."],
    notes: [],
    undoneBy: undefined,
    directory: `/vault/restores/${plan.id}`,
    ...more,
  };
}

export function aCheck(level: RestoreCheck["level"], more: Partial<RestoreCheck> = {}): RestoreCheck {
  return {
    code: "gateway",
    level,
    text: "A gateway runs as process 4711.",
    remedy: level === "ok" ? undefined : "Stop it: openclaw gateway stop",
    ...more,
  };
}

/** Says what it was asked to do, and does what a test says. */
export function fakeRestorer(
  planned: CheckedPlan,
  more: Partial<Restorer> = {},
): Restorer & { readonly requests: RestoreRequest[]; readonly applied: CheckedPlan[] } {
  const requests: RestoreRequest[] = [];
  const applied: CheckedPlan[] = [];
  return {
    ...unexpectedRestorer,
    vaultOf: () => Promise.resolve("/vault"),
    plan: (request) => {
      requests.push(request);
      return Promise.resolve(planned);
    },
    apply: (given) => {
      applied.push(given);
      return Promise.resolve(aReceipt(given.plan));
    },
    ...more,
    requests,
    applied,
  };
}
