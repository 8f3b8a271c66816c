import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { StorageEra } from "../../../../src/core/conversation/model";
import { evidence } from "../../../../src/core/evidence/evidence";
import { checkRestore } from "../../../../src/core/restore/checkRestore";
import { draftRestore } from "../../../../src/core/restore/draftRestore";
import type { GatewayFact } from "../../../../src/core/restore/gatewayFact";
import { renderPlan } from "../../../../src/core/restore/report/renderPlan";
import { planJson } from "../../../../src/core/restore/report/planJson";
import type { DiskFacts, IndexFacts, RowFact, SourceFacts } from "../../../../src/core/restore/restoreFacts";
import type { RestoreRequest } from "../../../../src/core/restore/restoreRequest";
import type { LockFact } from "../../../../src/core/rotation/rotationFacts";
import type { Surroundings } from "../../../../src/core/surroundings/surroundings";
import { aFile, someEvidence, someSurroundings } from "../../../anExplanation";
import {
  anArchivedIndex,
  aContent,
  aDisplaced,
  anIndexText,
  anEntry,
  aRestorableWindow,
  aSource,
  mainKey,
  newId,
  oldId,
  restoreFacts,
  sessionsPath,
} from "../../../aRestore";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = Math.ceil(150 * Number(process.env["PROPERTY_SCALE"] ?? 1));

describe("checks of any facts", () => {
  it("never crash, and say what to do in whole sentences on one line", () => {
    // A plan of usual facts: what disk says may be another thing by the time that it is checked again.
    const drafted = draftRestore(restoreFacts());
    assert.ok(!("refused" in drafted));
    fc.assert(
      fc.property(someFacts, fc.boolean(), (facts, isPlanned) => {
        const draft = isPlanned ? drafted : undefined;
        const checks = checkRestore(facts, draft);
        for (const { level, text, remedy } of checks) {
          assert.equal(remedy === undefined, level === "ok", text);
          for (const sentence of [text, remedy ?? "."]) {
            assert.doesNotMatch(sentence, unsafe);
            assert.ok(sentence.length > 0 && sentence.length <= 3_100, sentence);
          }
        }
        if (facts.gateway.running === "yes" || !facts.trusted || facts.stateDir.era === "sqlite") {
          assert.ok(checks.some(({ level }) => level === "blocker"));
        }
        const checked = { plan: draft?.plan, checks };
        const { text } = renderPlan(checked, { timeZone: "UTC", now: facts.now, width: 80, window: facts.window });
        assert.doesNotMatch(text, unsafe);
        assert.equal(planJson(checked).checks.length, checks.length);
      }),
      { seed, numRuns },
    );
  });
});

/** Whatever a terminal or an editor would obey; line breaks are the report's own. */
const unsafe = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    mainKey,
    oldId,
    newId,
    "",
    "\x1b[31mred\n",
    "agent:main:x:direct:$(touch PWNED)",
    "\u202eevil",
    "x".repeat(5_000),
  ),
);
const number = fc.oneof(
  fc.integer({ min: -10, max: 2e13 }),
  fc.constantFrom(0, NaN, Infinity, -Infinity, 8.64e15, 9e15, Date.UTC(2026, 2, 31, 12), Date.UTC(1970, 0, 1)),
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const path = fc.oneof(
  text.map((name) => `${sessionsPath}/${name.replaceAll("\0", "")}`),
  fc.constantFrom(`${sessionsPath}/sessions.json`, "/etc/passwd", "C:\\x\\y", ""),
);
const problem = text.map((why) => ({ code: "file.unreadable", message: `It cannot be read: ${why}` }) as const);

const gateway: fc.Arbitrary<GatewayFact> = fc
  .oneof(
    fc.record({ running: fc.constant("yes" as const), pid: maybe(number), port: maybe(number) }),
    fc.record({ running: fc.constantFrom("no" as const, "unknown" as const) }),
  )
  .map((fact) => ({ ...fact, evidence: [evidence("lock", () => "A\u0007lock.")] }));

const lock: fc.Arbitrary<LockFact> = fc.record({
  place: fc.record({ file: path }),
  of: maybe(text),
  pid: maybe(number),
  since: maybe(number),
  alive: maybe(fc.boolean()),
});

const row: fc.Arbitrary<RowFact> = fc.record({
  storePath: path,
  key: text,
  sessionId: maybe(text),
  file: maybe(path),
  status: maybe(fc.constantFrom("running", "done", "killed")),
  updatedAt: maybe(number),
});

const request: fc.Arbitrary<Partial<RestoreRequest>> = fc.record({
  target: fc.oneof(
    text.map((key) => ({ kind: "in-place", key }) as const),
    maybe(text).map((key) => ({ kind: "new-key", key }) as const),
  ),
  displaced: fc.constantFrom({ kind: "archive" } as const, { kind: "new-key" } as const),
  gatewayIsStopped: fc.boolean(),
  file: maybe(path),
});

const index = fc.record({
  header: maybe(
    fc.record({
      id: text,
      version: number,
      at: maybe(number),
      cwd: maybe(text),
      parentSession: maybe(text),
      line: fc.constantFrom(1, 2),
    }),
  ),
  problemCount: fc.nat(),
  problems: fc.array(problem, { maxLength: 2 }),
  masked: fc.record({ count: fc.nat(3), firstLine: maybe(number) }),
  roles: fc.record({
    ...{ user: fc.nat(3), assistant: fc.nat(3), toolResult: fc.nat(3), other: fc.nat(3) },
    ...{ mirror: fc.nat(2), machine: fc.nat(3), heartbeat: fc.nat(3) },
  }),
});

const source: fc.Arbitrary<Partial<SourceFacts>> = fc.record({
  file: text.map((base) => aFile(base)),
  realPath: path,
  index: maybe(index.map(anArchivedIndex)),
  firstLine: maybe(text),
  unpackedBytes: fc.nat(),
  links: fc.nat(3),
  problem: maybe(problem),
  supersets: fc.array(
    text.map((base) => aFile(base)),
    { maxLength: 2 },
  ),
});

const indexFacts: fc.Arbitrary<Partial<IndexFacts>> = fc.record({
  path,
  symlink: fc.boolean(),
  uid: maybe(fc.nat(3)),
  state: fc.oneof(
    fc.constant({ kind: "absent" } as const),
    problem.map((each) => ({ kind: "unreadable", problem: each }) as const),
    fc.nat().map((bytes) => ({ kind: "too-large", bytes }) as const),
    text.map((said) => ({ kind: "read", bytes: new TextEncoder().encode(said), content: aContent(said) }) as const),
  ),
});

const disk: fc.Arbitrary<DiskFacts> = fc.record({
  vault: path,
  vaultInsideStateDir: fc.boolean(),
  vaultProblem: maybe(problem),
  free: fc.record({ sessions: maybe(number), vault: maybe(number) }),
  sameFileSystem: fc.record({ vault: maybe(fc.boolean()), source: maybe(fc.boolean()) }),
  caseInsensitive: fc.boolean(),
  sessions: fc.record({ writable: fc.boolean(), uid: maybe(fc.nat(3)), mode: fc.nat(0o777) }),
  uid: maybe(fc.nat(3)),
  neighbours: fc.record({ uid: maybe(fc.nat(3)), mode: fc.nat(0o777) }),
  newest: maybe(number),
});

const surroundings: fc.Arbitrary<Surroundings> = fc
  .record({
    version: fc.oneof(
      fc.constant({ kind: "unknown" } as const),
      fc
        .constantFrom("2026.1.29", "2026.3.13", "2026.4.21", "2026.5.18", "2026.7.35", "2026.9.6", "nonsense")
        .map((version) => ({ kind: "exact", version, evidence: [someEvidence()] }) as const),
      fc
        .tuple(maybe(fc.constant("2026.4.1")), maybe(fc.constant("2026.8.1")))
        .map(([from, until]) => ({ kind: "range", from, until, evidence: [someEvidence()] }) as const),
    ),
    zone: fc.constantFrom("UTC", "Asia/Tokyo", "+09:00", "Nowhere/Land", ""),
    atHour: maybe(number),
    minutes: maybe(number),
  })
  .map(({ version, zone, atHour, minutes }) => {
    const usual = someSurroundings();
    return {
      ...usual,
      version,
      zone: [{ ...usual.zone[0], zone }],
      policy: [
        {
          daily: atHour === undefined ? undefined : { atHour, clock: "updatedAt" as const },
          idle: minutes === undefined ? undefined : { minutes, clock: "updatedAt" as const },
          isDefault: false,
          evidence: [someEvidence()] as const,
        },
      ],
    };
  });

const someFacts = fc
  .record({
    ...{ request, source, index: indexFacts, disk, surroundings, gateway },
    now: number,
    era: fc.constantFrom<StorageEra>("files", "sqlite", "mixed", "empty", "unknown"),
    names: fc.array(text, { maxLength: 4 }),
    rows: fc.array(row, { maxLength: 4 }),
    locks: fc.array(lock, { maxLength: 3 }),
    unfinished: fc.array(text, { maxLength: 2 }),
    trusted: fc.boolean(),
    hasDisplaced: fc.boolean(),
    hasFile: fc.boolean(),
    isLive: fc.boolean(),
  })
  .map(({ era, hasDisplaced, hasFile, isLive, ...given }) => {
    const usual = restoreFacts({ indexText: anIndexText({ [mainKey]: anEntry }) });
    const displaced = hasDisplaced ? aDisplaced(hasFile ? {} : { file: undefined, messages: undefined }) : undefined;
    const window = aRestorableWindow(aSource(given.source).file, isLive ? { kind: "live" } : {});
    return restoreFacts({ ...given, displaced, window, stateDir: { ...usual.stateDir, era } });
  });
