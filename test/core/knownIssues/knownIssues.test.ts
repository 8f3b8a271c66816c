import assert from "node:assert/strict";
import type { KnownIssueMatch, Rotation } from "../../../src/core/rotation/rotation";
import { issuesOfFindings } from "../../../src/core/knownIssues/findingIssues";
import { issuesOfFinding, issuesOfRotation } from "../../../src/core/knownIssues/knownIssues";
import { issuesOfRotations } from "../../../src/core/knownIssues/rotationIssues";
import { compareVersions } from "../../../src/core/surroundings/versionFact";
import type { VersionFact } from "../../../src/core/surroundings/surroundings";
import { aCause, aFile, aRotation, aWindow, someEvidence, someSurroundings } from "../../anExplanation";
import { anOpening } from "../../anOpening";

function numbers(found: readonly KnownIssueMatch[]): number[] {
  return found.map(({ issue }) => issue);
}

function exactly(version: string): VersionFact {
  return { kind: "exact", version, evidence: [someEvidence()] };
}

/** A rotation as that version would have made it. */
function rotation(version: string | VersionFact, more: Partial<Rotation>): number[] {
  const fact = typeof version === "string" ? exactly(version) : version;
  return numbers(issuesOfRotation(aRotation({ surroundings: someSurroundings({ version: fact }), ...more })));
}

const by = (kind: Rotation["executedBy"]["kind"]) => ({ executedBy: { kind, evidence: [] } });

describe("known issues of rotations", () => {
  it("#58409: a machine's turn carries out the daily reset, up to 2026.3.31", () => {
    assert.deepEqual(rotation("2026.3.13", by("heartbeat")), [58409]);
    assert.deepEqual(rotation("2026.3.31", by("cron")), [58409]);
    assert.deepEqual(rotation("2026.4.1", by("heartbeat")), []);
    assert.deepEqual(rotation("2026.3.13", { ...by("heartbeat"), causes: [aCause("command")] }), []);
  });

  it("#70330: nobody configured it, and a person's message carried it out", () => {
    assert.deepEqual(rotation("2026.4.21", by("user-message")), [70330]);
    assert.deepEqual(rotation("2026.4.21", { ...by("user-message"), origin: "configured" }), []);
    assert.deepEqual(rotation("2026.8.1", by("user-message")), []);
    assert.deepEqual(rotation("2026.4.21", { ...by("user-message"), causes: [aCause("idle")] }), []);
  });

  it("#4099: an exec notice opens a session that left no archive", () => {
    const from = aWindow("old-1", { kind: "orphan" });
    const to = aWindow("new", {
      primary: aFile("new.jsonl", { head: { headerId: "new", opening: anOpening({ execNotice: true }) } as never }),
    });
    assert.deepEqual(rotation("2026.1.24-3", { from, to, archive: undefined, causes: [], origin: "unknown" }), [4099]);
    assert.deepEqual(
      rotation("2026.1.24-3", {
        from,
        archive: undefined,
        causes: [aCause("compaction-failure")],
        ...by("exec-notice"),
      }),
      [4099, 70472],
    );
    assert.deepEqual(rotation("2026.1.24-3", { to, causes: [], origin: "unknown" }), []);
  });

  it("failures: what is deleted instead of archived", () => {
    const from = aWindow("old-1", { kind: "missing", primary: undefined });
    const lost = { from, archive: undefined, origin: "failure" } as const;
    assert.deepEqual(rotation("2026.6.11", { ...lost, causes: [aCause("role-conflict", "certain")] }), [97529]);
    assert.deepEqual(rotation("2026.7.1", { ...lost, causes: [aCause("role-conflict", "certain")] }), []);
    assert.deepEqual(rotation("2026.4.21", { ...lost, causes: [aCause("history-corruption", "certain")] }), [58447]);
    assert.deepEqual(rotation("2026.7.35", { causes: [aCause("ended-row")], origin: "failure" }), [99964]);
  });

  it("a version that is not known well enough fits none", () => {
    assert.deepEqual(rotation({ kind: "unknown" }, by("heartbeat")), []);
    const range = (from: string, until: string): VersionFact => ({
      kind: "range",
      from,
      until,
      evidence: [someEvidence()],
    });
    assert.deepEqual(rotation(range("2026.3.7", "2026.4.20"), by("heartbeat")), []);
    assert.deepEqual(rotation(range("2026.3.7", "2026.3.31"), by("heartbeat")), [58409]);
  });
});

describe("known issues of findings", () => {
  it("by code, marks and version", () => {
    assert.deepEqual(
      numbers(issuesOfFinding("hole", { version: exactly("2026.5.4"), marks: ["interaction", "trajectory"] })),
      [78273],
    );
    assert.deepEqual(numbers(issuesOfFinding("hole", { version: exactly("2026.5.4"), marks: ["interaction"] })), []);
    assert.deepEqual(numbers(issuesOfFinding("hole", { version: exactly("2026.3.12"), marks: ["trajectory"] })), []);
    assert.deepEqual(numbers(issuesOfFinding("heartbeat.not-isolated", { version: exactly("2026.5.18") })), [84218]);
    assert.deepEqual(numbers(issuesOfFinding("heartbeat.nested-key", { version: exactly("2026.4.10") })), []);
    assert.deepEqual(numbers(issuesOfFinding("heartbeat.nested-key", { version: { kind: "unknown" } })), []);
  });
});

describe("the tables of known issues", () => {
  const all = [...issuesOfRotations, ...issuesOfFindings];

  it("ranges are versions, first to last", () => {
    for (const { issue, affected } of all) {
      assert.match(affected.from, /^2026\.\d+\.\d+$/, String(issue));
      assert.ok(affected.until === undefined || compareVersions(affected.from, affected.until) <= 0, String(issue));
    }
  });

  it("each says something in a whole sentence; what was only reported for a cause says so", () => {
    for (const { issue, about } of all) assert.match(about(), /^[A-Z].*\.$/, String(issue));
  });
});
