/**
 * Milliseconds of a duration as OpenClaw's config writes it (2026.1.29–2026.9.6: parseDurationMs): a number with `ms`, `s`, `m`,
 * `h`, `d` or (in later releases) `w`, several of them one after the other, fractions allowed. A number alone, as text or not,
 * counts `unit`s: minutes for a heartbeat, days for retention. Undefined for anything else.
 *
 *     parseDuration("30m", "m")     1_800_000
 *     parseDuration("1h30m", "m")   5_400_000
 *     parseDuration(30, "d")        2_592_000_000
 */
export function parseDuration(value: string | number, unit: DurationUnit): number | undefined {
  if (typeof value === "number") return length(value, unit);
  const text = value.trim().toLowerCase();
  if (text === "" || text.length > LONGEST) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return length(Number(text), unit);
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, of] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    sum += length(Number(amount), of as DurationUnit) ?? Number.NaN;
  }
  return Number.isFinite(sum) ? sum : undefined;
}

export type DurationUnit = "ms" | "s" | "m" | "h" | "d" | "w";

/** Characters; a duration that somebody wrote has a handful. */
const LONGEST = 64;

const milliseconds: Readonly<Record<DurationUnit, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

function length(amount: number, unit: DurationUnit): number | undefined {
  const result = Math.round(amount * milliseconds[unit]);
  return Number.isSafeInteger(result) && result >= 0 ? result : undefined;
}
