import { deepEqual, equal } from "node:assert/strict";
import { causeExplained, causeName } from "../../../src/core/report/causeName";
import { noticeSentence, rotationSentence } from "../../../src/core/report/rotationSentence";
import type { CauseKind, ExecutorKind, Rotation } from "../../../src/core/rotation/rotation";
import { aCause, aResetAt, aRotation } from "../../anExplanation";

const by = (kind: ExecutorKind): Pick<Rotation, "executedBy"> => ({ executedBy: { kind, evidence: [] } });

describe("the sentence about a rotation", () => {
  const cases: readonly (readonly [Partial<Rotation>, string])[] = [
    [
      { ...by("heartbeat") },
      "main was reset on 2026-03-31 at 13:00:00 UTC+9: daily reset (likely), carried out by a heartbeat.",
    ],
    [{}, "main was reset on 2026-03-31 at 13:00:00 UTC+9: daily reset (likely)."],
    [{ at: undefined }, "main was reset at an unknown time: daily reset (likely)."],
    [
      { causes: [aCause("command", "certain")], ...by("command") },
      "main was reset on 2026-03-31 at 13:00:00 UTC+9: command /new or /reset (certain).",
    ],
    [
      { causes: [aCause("isolated-run", "certain")], ...by("heartbeat") },
      "main began anew on 2026-03-31 at 13:00:00 UTC+9: a session for each run (certain), carried out by a heartbeat.",
    ],
    [
      { causes: [aCause("deleted", "likely")], ...by("gateway") },
      "main was deleted on 2026-03-31 at 13:00:00 UTC+9 (likely).",
    ],
    [
      { causes: [aCause("pruned", "possible")], ...by("gateway") },
      "main was deleted on 2026-03-31 at 13:00:00 UTC+9: retention (possible).",
    ],
    [
      { causes: [aCause("compaction-successor")] },
      "main went on in a new file on 2026-03-31 at 13:00:00 UTC+9: successor file of a compaction (likely).",
    ],
    [
      { causes: [aCause("checkpoint-restore")] },
      "main went back to an earlier state on 2026-03-31 at 13:00:00 UTC+9: return to a checkpoint (likely).",
    ],
    [
      { causes: [aCause("doctor")] },
      "main was moved aside on 2026-03-31 at 13:00:00 UTC+9: clean-up by doctor (likely).",
    ],
    [
      { causes: [], ...by("cron") },
      "main was cut on 2026-03-31 at 13:00:00 UTC+9, carried out by a cron job. Why cannot be told.",
    ],
    [{ causes: [], at: Number.NaN }, "main was cut at an unknown time. Why cannot be told."],
  ];
  for (const [partial, sentence] of cases) {
    it(sentence, () => {
      equal(rotationSentence(aRotation(partial), "main", "Asia/Tokyo"), sentence);
    });
  }

  it("is there for every cause, with a name and an explanation", () => {
    const kinds: readonly CauseKind[] = [
      ...(["command", "rpc", "daily", "idle", "ended-row", "compaction-failure", "role-conflict"] as const),
      ...(["history-corruption", "memory-flush", "isolated-run", "index-loss", "transcript-missing"] as const),
      ...(["compaction-successor", "checkpoint-restore", "deleted", "pruned", "doctor"] as const),
    ];
    const texts = kinds.flatMap((kind) => [
      causeName(kind),
      causeExplained(kind),
      rotationSentence(aRotation({ causes: [aCause(kind)] }), "main", "UTC"),
      noticeSentence(aRotation({ causes: [aCause(kind)] }), "UTC"),
    ]);
    deepEqual([new Set(texts).size, texts.filter((text) => text === "" || text.includes("{"))], [texts.length, []]);
  });
});

describe("the sentence of a notification", () => {
  const cost = { messages: 8_323, tokens: undefined, firstAt: undefined, lastAt: undefined };
  const cases: readonly (readonly [Partial<Rotation>, string])[] = [
    [{ cost }, "main was reset at 04:00, daily reset: 8,323 messages set aside"],
    [{ cost: { ...cost, messages: 1 } }, "main was reset at 04:00, daily reset: 1 message set aside"],
    [{ cost: { ...cost, messages: undefined } }, "main was reset at 04:00, daily reset"],
    [
      { cost, causes: [aCause("idle", "possible")] },
      "main was reset at 04:00, idle reset (possible): 8,323 messages set aside",
    ],
    [{ cost, causes: [aCause("deleted")] }, "main was deleted at 04:00: 8,323 messages set aside"],
    [{ cost, causes: [] }, "main was cut at 04:00, and nothing tells why: 8,323 messages set aside"],
    [
      { conversation: undefined, at: aResetAt + 60_000 },
      "Session old-1 was reset at 04:01, daily reset: 8 messages set aside",
    ],
  ];
  for (const [partial, sentence] of cases) {
    it(sentence, () => {
      equal(noticeSentence(aRotation(partial), "UTC"), sentence);
    });
  }
});
