/**
 * The OpenClaw releases in which a rule was seen, both ends included. `until: undefined` means it still holds in the newest
 * release inspected (2026.9.6).
 */
export interface VersionRange {
  readonly from: string;
  readonly until: string | undefined;
}
