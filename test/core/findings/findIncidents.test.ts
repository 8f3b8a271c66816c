import assert from "node:assert/strict";
import fc from "fast-check";
import { compareFindings, findIncidents } from "../../../src/core/findings/findIncidents";
import type { Finding } from "../../../src/core/findings/finding";
import { aConversation, aFile, aFinding, aRotation, aWindow } from "../../anExplanation";
import { storeRow } from "../conversation/builders";
import { aLine, anInput, at, withRow } from "./aFindingInput";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const runs = 200 * Number(process.env["PROPERTY_SCALE"] ?? 1);

describe("findIncidents", () => {
  it("finds nothing where nothing is", () => {
    assert.deepEqual([...findIncidents(anInput([]))], []);
    assert.deepEqual([...findIncidents(anInput([withRow("main", {}, aWindow("a"))]))], []);
  });

  it("runs every rule", () => {
    const reset = aWindow("old", {
      kind: "reset",
      archivedAt: at("10:00"),
      primary: aFile("old.jsonl.reset.2026-04-01T10-00-00.000Z"),
    });
    const conversation = withRow(
      "main",
      { totalTokens: 9 },
      aWindow("a", { kind: "missing", primary: undefined }),
      reset,
    );
    const found = [...findIncidents(anInput([conversation], { rotations: [aRotation()], version: "2026.4.21" }))];
    assert.deepEqual(found.map(({ code }) => code).sort(), [
      "archive.will-be-deleted",
      "rotation.no-successor",
      "rotation.unexpected",
      "row.transcript-missing",
    ]);
  });

  it("a rule that fails throws, and names itself", () => {
    const broken = { ...anInput([]), rotations: null as unknown as [] };
    assert.throws(() => [...findIncidents(broken)], /The rule unexpectedRotations failed on \/s\./);
  });

  it("the worst first, then the newest, the same whatever the order was", () => {
    const order = ["e9", "e1", "w5", "i?"];
    const severities = { e: "error", w: "warning", i: "info" } as const;
    const all = order.map((name): Finding => {
      const severity = severities[name.charAt(0) as "e"];
      return aFinding({ title: name, severity, at: name.endsWith("?") ? undefined : Number(name.slice(1)) });
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (shuffled) => {
        assert.deepEqual(
          [...shuffled].sort(compareFindings).map(({ title }) => title),
          order,
        );
      }),
      { seed, numRuns: runs },
    );
  });

  it("whatever stands in rows, files and logs: whole findings, or none", () => {
    const time = fc.oneof(fc.constant(undefined), fc.double(), fc.integer({ min: at("01:00"), max: at("28T00:00") }));
    const text = fc.oneof(fc.constant(undefined), fc.string({ maxLength: 30 }), fc.constant("heartbeat"));
    const row = fc.record({
      lastInteractionAt: time,
      updatedAt: time,
      sessionStartedAt: time,
      status: text,
      originProvider: text,
      totalTokens: time,
      compactionCount: time,
    });
    const kind = fc.constantFrom("live", "missing", "reset", "orphan", "trajectory-only" as const);
    const window = fc.record({ kind, from: time, to: time, archivedAt: time, trace: time });
    const input = fc.record({
      row,
      windows: fc.array(window, { maxLength: 5 }),
      log: fc.array(time, { maxLength: 5 }),
      now: time,
      key: fc.string({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(input, ({ row, windows, log, now, key }) => {
        const built = windows.map(({ kind, from, to, archivedAt, trace }, number) => {
          const head = {
            headerId: `s${String(number)}`,
            headerAt: from,
            headerVersion: 3,
            cwd: undefined,
            firstEntryId: "1",
            firstAt: from,
            lastAt: to,
            sessionKey: undefined,
            problem: undefined,
          };
          const file = aFile(
            kind === "reset" ? `s${String(number)}.jsonl.reset.2026-04-02T10-00-00.000Z` : `s${String(number)}.jsonl`,
            { head },
          );
          const trajectories =
            trace === undefined
              ? []
              : [aFile(`s${String(number)}.trajectory.jsonl`, { head: { ...head, lastAt: trace } })];
          const isThere = kind !== "missing" && kind !== "trajectory-only";
          return aWindow(`s${String(number)}`, {
            kind,
            firstAt: from,
            lastAt: to,
            archivedAt,
            trajectories,
            primary: isThere ? file : undefined,
          });
        });
        const conversation = {
          ...aConversation(`agent:main:${key}`, ...built),
          row: storeRow(key, built[0]?.sessionId, row),
        };
        const logs = log.flatMap((when) =>
          when === undefined
            ? []
            : [aLine(when, { kind: "lock-released", heldMs: when }), aLine(when, { kind: "compaction-start" })],
        );
        for (const finding of findIncidents(
          anInput([conversation], { evidence: { logs, now: now ?? 0 }, orphans: built, version: "2026.4.21" }),
        )) {
          assert.ok(finding.evidence.length > 0);
          for (const said of [
            finding.title,
            finding.detail,
            finding.next,
            ...finding.evidence.map(({ text }) => text),
          ]) {
            assert.ok(said.length > 0 && !/undefined|NaN|\[object/.test(said.replaceAll(key, "")), said);
          }
        }
      }),
      { seed, numRuns: runs },
    );
  });

  it("thousands of conversations with thousands of lines of log take no quadratic time", () => {
    const conversations = Array.from({ length: 3_000 }, (_, number) => {
      const id = String(number);
      const head = {
        headerId: id,
        headerAt: at("08:00"),
        headerVersion: 3,
        cwd: undefined,
        firstEntryId: "1",
        firstAt: at("08:00"),
        lastAt: at("09:00") + number,
        sessionKey: undefined,
        problem: undefined,
      };
      const archive = aFile(`${id}.jsonl.reset.2026-04-02T10-00-00.000Z`, { head });
      return withRow(
        `direct:${id}`,
        { lastInteractionAt: at("5T09:00"), totalTokens: 5 },
        aWindow(`n${id}`, { kind: "missing", primary: undefined }),
        aWindow(id, { kind: "reset", archivedAt: at("2T10:00"), lastAt: at("09:00") + number, primary: archive }),
      );
    });
    const orphans = Array.from({ length: 3_000 }, (_, number) =>
      aWindow(`o${String(number)}`, { kind: "orphan", lastAt: at("09:00") }),
    );
    const logs = Array.from({ length: 3_000 }, (_, number) =>
      aLine(at("10:00") + number * 60_000, { kind: "lock-released", heldMs: 9 }),
    );
    // Whoever does quadratic work here runs into the runner's time limit.
    const found = [...findIncidents(anInput(conversations, { orphans, evidence: { logs }, version: "2026.4.21" }))];
    // What is too much of one kind is told together.
    assert.deepEqual(
      found
        .filter(({ title }) => title.endsWith("more findings like this"))
        .map(({ code, severity }) => `${severity} ${code}`),
      ["error rotation.no-successor", "info hole", "error row.transcript-missing"],
    );
    assert.ok(found.length < 700);
  });
});
