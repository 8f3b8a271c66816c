import type { RestoreReceipt } from "../../../src/core/restore/restoreJournal";
import type { RestorePlan } from "../../../src/core/restore/restorePlan";

/** A restore in place of `agent:main:main` in `/s`: `new` was current before, `old` is afterwards. */
export function aReceipt(plan: Partial<RestorePlan> = {}, receipt: Partial<RestoreReceipt> = {}): RestoreReceipt {
  const content = { kind: "file", bytes: 100, sha256: "a".repeat(64), mode: 0o600, mtimeMs: 1 } as const;
  const absent = { kind: "absent" } as const;
  return {
    plan: {
      ...{ schema: 1, id: "20261120T201530Z-1f2e3d4c", kind: "restore", createdAt: 1, of: undefined },
      ...{ stateDir: { path: "/s", realPath: "/s" }, agentId: "main", key: "agent:main:main", from: "new", to: "old" },
      source: "/s/agents/main/sessions/old.jsonl.reset.2026-11-20T04-00-00.000Z",
      changes: [
        { path: "/s/agents/main/sessions/old.jsonl", before: absent, after: content, role: "restored" },
        { path: `/s/agents/main/sessions/${setAside}`, before: absent, after: content, role: "set-aside" },
      ],
      ...{ backups: [], entries: [], sentences: ["It comes back."], advice: [] },
      ...plan,
    },
    ...{ outcome: "finished", endedAt: 2, verified: [], notes: [], undoneBy: undefined, directory: "/v" },
    ...receipt,
  };
}

export const setAside = "new.jsonl.reset.2026-11-20T20-15-30.000Z";
