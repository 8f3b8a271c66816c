import type { VersionRange } from "../locations/versionRange";

/** A public report about OpenClaw, in our words. */
export interface KnownIssue {
  /** Number in openclaw/openclaw. */
  readonly issue: number;
  /** A whole sentence. Says "reported as" where the cause was only reported. */
  readonly about: () => string;
  readonly affected: VersionRange;
  /** Number of the change that ended it, where one is known. */
  readonly fixedBy: number | undefined;
  /** Who says why it happens: `maintainer` stated or fixed it, `reporter` traced it, `inferred` by others from what was seen. */
  readonly grade: "maintainer" | "reporter" | "inferred";
}
