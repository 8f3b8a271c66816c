import type { Evidence } from "../evidence/evidence";

/** Something that only some versions of OpenClaw leave, and when it was left. */
export interface VersionMark {
  /** Epoch ms. */
  readonly at: number;
  /** Both ends inclusive; undefined: open. Equal for a mark that names its version. */
  readonly from: string | undefined;
  readonly until: string | undefined;
  /** The version by name, and which side of its moment that says something about. */
  readonly names?: { readonly version: string; readonly holds: "around" | "after" } | undefined;
  readonly evidence: () => Evidence;
}

/** A mark that names its version, as written: `2026.4.21`, `v2026.4.21`. */
export function namedMark(
  at: number,
  written: string,
  holds: "around" | "after",
  evidence: () => Evidence,
): VersionMark {
  const version = written.replace(/^v/, "");
  return { at, from: version, until: version, names: { version, holds }, evidence };
}
