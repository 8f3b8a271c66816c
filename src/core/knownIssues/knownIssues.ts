import type { FindingCode } from "../findings/finding";
import { firstCause, type KnownIssueMatch, type Rotation } from "../rotation/rotation";
import type { VersionFact } from "../surroundings/surroundings";
import { within } from "../surroundings/versionFact";
import { type FindingMark, issuesOfFindings } from "./findingIssues";
import type { KnownIssue } from "./knownIssue";
import { issuesOfRotations } from "./rotationIssues";

/**
 * Which public reports a rotation looks like: the first cause, the signature and the version must fit. A version that is not
 * known well enough fits none. A match never names a cause; the cause is judged before.
 */
export function issuesOfRotation(rotation: Omit<Rotation, "knownIssues">): readonly KnownIssueMatch[] {
  const cause = firstCause(rotation);
  const { version } = rotation.surroundings;
  return issuesOfRotations
    .filter((issue) => issue.causes.includes(cause) && isIn(issue, version) && issue.fits(rotation))
    .map(toMatch);
}

export interface FindingFacts {
  readonly version: VersionFact;
  /** What the finding rests on, where its code alone says too little. */
  readonly marks?: readonly FindingMark[];
}

/** Which public reports a finding looks like. */
export function issuesOfFinding(code: FindingCode, { version, marks = [] }: FindingFacts): readonly KnownIssueMatch[] {
  return issuesOfFindings
    .filter((issue) => issue.codes.includes(code) && isIn(issue, version))
    .filter(({ marks: wanted }) => wanted === undefined || wanted.every((mark) => marks.includes(mark)))
    .map(toMatch);
}

function isIn({ affected }: KnownIssue, version: VersionFact): boolean {
  return within(version, affected) === "yes";
}

function toMatch({ issue, about }: KnownIssue): KnownIssueMatch {
  return { issue, about: about() };
}
