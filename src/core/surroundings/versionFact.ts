import type { VersionRange } from "../locations/versionRange";
import type { VersionFact } from "./surroundings";

/**
 * Orders OpenClaw versions, oldest first: `2026.1.24-3` comes after `2026.1.24`, `2026.7.2-beta.4` before `2026.7.2`. The line
 * 2026.7.33–7.35 continues 2026.7.1 with files and stands before 2026.7.2-beta, which has tables; so a range that ends with
 * 2026.7.35 holds all releases that keep sessions in files, and none of the others. What is no version comes first.
 */
export function compareVersions(one: string, other: string): number {
  return versionOrder(one) - versionOrder(other);
}

/** A number that grows with the version; -1 for what is none. */
export function versionOrder(version: string): number {
  const known = orders.get(version);
  if (known !== undefined) return known;
  // A state directory names a few dozen; the same few are compared hundreds of thousands of times.
  if (orders.size >= MOST_ORDERS) orders.clear();
  const order = parseOrder(version);
  orders.set(version, order);
  return order;
}

/** Whether a text is a version of OpenClaw as it writes them: `2026.4.21`, `v2026.4.21`, `2026.7.2-beta.4`. */
export function isVersion(text: string): boolean {
  return versionText.test(text);
}

/** Whether the version that ran lies in `range`, both ends included; "maybe" when it may and may not. */
export function within(fact: VersionFact, range: VersionRange): "yes" | "no" | "maybe" {
  if (fact.kind === "unknown") return "maybe";
  const [from, until] =
    fact.kind === "exact"
      ? [versionOrder(fact.version), versionOrder(fact.version)]
      : [orderOf(fact.from, -Infinity), orderOf(fact.until, Infinity)];
  const first = range.from === FIRST ? -Infinity : versionOrder(range.from);
  const last = orderOf(range.until, Infinity);
  if (until < first || from > last) return "no";
  return from >= first && until <= last ? "yes" : "maybe";
}

/** Ranges that begin with it have no beginning: there was no OpenClaw of that name before. */
const FIRST = "2026.1.0";

function orderOf(version: string | undefined, open: number): number {
  return version === undefined ? open : versionOrder(version);
}

const orders = new Map<string, number>();
const MOST_ORDERS = 1_000;

const NOT_A_VERSION = -1;

/** Few digits each: what is compared stays an exact number, however hostile the text. */
const versionText = /^v?(\d{4})\.(\d{1,2})\.(\d{1,3})(-[0-9A-Za-z.-]{1,40})?$/;

function parseOrder(version: string): number {
  const [, year, month, patch, suffix] = versionText.exec(version) ?? [];
  if (year === undefined || month === undefined || patch === undefined) return NOT_A_VERSION;
  const [release, line, repeat] = [Number(year) * 100 + Number(month), Number(month), Number(patch)];
  return ((release * 1000 + lineOf(line, repeat)) * 1000 + patchOf(line, repeat)) * 2000 + suffixOrder(suffix);
}

/** 7.33–7.35 go on from 7.1. */
const isExtendedLine = (month: number, patch: number): boolean => month === 7 && patch >= 33;

function lineOf(month: number, patch: number): number {
  return isExtendedLine(month, patch) ? 1 : patch;
}

function patchOf(month: number, patch: number): number {
  return isExtendedLine(month, patch) ? patch : 0;
}

/** `-beta.4` before the release, `-3` after it. */
function suffixOrder(suffix: string | undefined): number {
  if (suffix === undefined) return RELEASE;
  const repeated = /^-(\d{1,3})$/.exec(suffix)?.[1];
  if (repeated !== undefined) return RELEASE + Number(repeated);
  return Math.min(RELEASE - 1, Number(/(\d{1,3})$/.exec(suffix)?.[1] ?? 0));
}

const RELEASE = 1000;
