import assert from "node:assert/strict";
import fc from "fast-check";
import { allCauses } from "../../../src/core/rotation/causes/allCauses";
import { explainBoundary } from "../../../src/core/rotation/explainBoundary";
import type { CauseKind, Confidence, Rotation } from "../../../src/core/rotation/rotation";
import type { RotationFacts } from "../../../src/core/rotation/rotationFacts";
import { someRotationFacts } from "./arbitraryFacts";

const parameters = {
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: 250 * Number(process.env["PROPERTY_SCALE"] ?? 1),
};

/** What may be taken away, and which causes it only ever speaks for. Where a cause is absent, it may speak against it. */
const removals: readonly {
  readonly name: string;
  readonly without: (facts: RotationFacts) => RotationFacts;
  readonly supports: readonly CauseKind[];
}[] = [
  {
    name: "the log",
    without: (facts) => ({ ...facts, logs: [] }),
    supports: ["rpc", "role-conflict", "history-corruption", "memory-flush", "pruned"],
  },
  {
    name: "what the log covers",
    without: (facts) => ({ ...facts, logCovers: undefined }),
    supports: Object.keys(allCauses) as CauseKind[],
  },
  { name: "commands.log", without: (facts) => ({ ...facts, commands: [] }), supports: ["command"] },
  { name: "memory notes", without: (facts) => ({ ...facts, notes: [] }), supports: ["command"] },
  {
    name: "cron runs",
    without: (facts) => ({ ...facts, cronRuns: [] }),
    supports: Object.keys(allCauses) as CauseKind[],
  },
  {
    name: "the trigger",
    without: (facts) => ({ ...facts, trigger: undefined }),
    supports: Object.keys(allCauses) as CauseKind[],
  },
  { name: "the row of before", without: (facts) => ({ ...facts, rowBefore: undefined }), supports: ["index-loss"] },
  {
    name: "the reset record",
    without: (facts) => ({ ...facts, resetRecord: undefined }),
    supports: Object.keys(allCauses) as CauseKind[],
  },
  {
    name: "what began together",
    without: (facts) => ({ ...facts, beganTogether: { count: 0, of: 0 } }),
    supports: ["index-loss", "pruned"],
  },
  { name: "the version", without: withoutVersion, supports: ["index-loss", "isolated-run", "pruned", "doctor"] },
  { name: "the knowledge of the zone", without: withoutZone, supports: [] },
  { name: "the next opening", without: (facts) => withoutOpening(facts, "to"), supports: ["command"] },
  {
    name: "the opening before",
    without: (facts) => withoutOpening(facts, "from"),
    supports: ["command", "isolated-run"],
  },
  { name: "how the old one ends", without: withoutEnding, supports: ["compaction-failure", "role-conflict"] },
  {
    name: "what followed",
    without: (facts) => ({ ...facts, boundary: { ...facts.boundary, to: undefined } }),
    supports: ["checkpoint-restore", "compaction-successor", "transcript-missing"],
  },
  {
    name: "the moment",
    without: (facts) => ({ ...facts, boundary: { ...facts.boundary, at: undefined, atFrom: "nothing" } }),
    supports: ["daily", "idle"],
  },
];

describe("taking evidence away", () => {
  for (const { name, without, supports } of removals) {
    it(`${name}: makes nothing certain, and no cause surer that it spoke for`, () => {
      fc.assert(
        fc.property(someRotationFacts, (facts) => {
          const before = explainBoundary(facts);
          const after = explainBoundary(without(facts));
          for (const { cause, confidence } of after.causes) {
            const earlier = confidenceOf(before, cause);
            assert.ok(confidence !== "certain" || earlier === 3, `${cause} became certain`);
            // What excluded a cause spoke against it here, and without that a line may still speak for it.
            const wasExcluded = before.excluded.some((one) => one.cause === cause);
            if (supports.includes(cause) && !wasExcluded)
              assert.ok(rank(confidence) <= earlier, `${cause} rose to ${confidence}`);
          }
        }),
        parameters,
      );
    });
  }

  it("all of it: unknown, with something that was looked at and what would settle it", () => {
    fc.assert(
      fc.property(someRotationFacts, (facts) => {
        const bare = removals.reduce((left, { without }) => without(left), withoutWindow(facts));
        const { causes, compared, missing } = explainBoundary(bare);
        assert.deepEqual(causes, []);
        assert.ok(compared.length > 0 && missing.length > 0);
      }),
      parameters,
    );
  });

  it("whatever the facts: no cause without evidence, none certain without a record, every sentence can be said", () => {
    fc.assert(
      fc.property(someRotationFacts, (facts) => {
        const rotation = explainBoundary(facts);
        const ranks = rotation.causes.map(({ confidence }) => rank(confidence));
        assert.deepEqual(
          ranks,
          [...ranks].sort((a, b) => b - a),
        );
        for (const cause of rotation.causes) assert.ok(cause.evidence.length > 0);
        for (const text of sentencesOf(rotation))
          assert.ok(text.length > 0 && !/undefined|NaN|\{\d\}|\[object/.test(text), text);
      }),
      parameters,
    );
  });
});

function sentencesOf(rotation: Rotation): string[] {
  return [
    ...rotation.causes.flatMap(({ evidence, against, missing }) => [
      ...evidence.map(({ text }) => text),
      ...against.map(({ text }) => text),
      ...missing,
    ]),
    ...rotation.excluded.flatMap(({ because }) => because.map(({ text }) => text)),
    ...rotation.compared.map(({ text }) => text),
    ...rotation.executedBy.evidence.map(({ text }) => text),
    ...rotation.missing,
  ];
}

function confidenceOf({ causes }: Rotation, kind: CauseKind): number {
  const found = causes.find(({ cause }) => cause === kind);
  return found === undefined ? 0 : rank(found.confidence);
}

function rank(confidence: Confidence): number {
  return { possible: 1, likely: 2, certain: 3 }[confidence];
}

function withoutVersion(facts: RotationFacts): RotationFacts {
  return { ...facts, surroundings: { ...facts.surroundings, version: { kind: "unknown" } } };
}

function withoutZone(facts: RotationFacts): RotationFacts {
  const [first, ...others] = facts.surroundings.zone;
  const assumed = { ...first, known: false };
  return { ...facts, surroundings: { ...facts.surroundings, zone: [assumed, ...others] } };
}

function withoutOpening(facts: RotationFacts, side: "from" | "to"): RotationFacts {
  return changeHead(facts, side, { opening: undefined, announced: undefined });
}

function withoutEnding(facts: RotationFacts): RotationFacts {
  return changeHead(facts, "from", { ending: undefined });
}

function changeHead(facts: RotationFacts, side: "from" | "to", change: object): RotationFacts {
  const { boundary } = facts;
  const window = boundary[side];
  const file = window?.primary;
  if (window === undefined || file?.head === undefined) return facts;
  const primary = { ...file, head: { ...file.head, ...change } };
  const archive = side === "from" && boundary.archive !== undefined ? primary : boundary.archive;
  return { ...facts, boundary: { ...boundary, [side]: { ...window, primary }, archive } };
}

/** The windows' own files, rows and keys, which are part of the boundary itself. */
function withoutWindow(facts: RotationFacts): RotationFacts {
  const { boundary } = facts;
  const from = {
    ...boundary.from,
    kind: "orphan" as const,
    primary: undefined,
    copies: [],
    trajectories: [],
    join: undefined,
  };
  return {
    ...facts,
    boundary: { ...boundary, from: { ...from, lastAt: undefined }, archive: undefined, conversation: undefined },
  };
}
