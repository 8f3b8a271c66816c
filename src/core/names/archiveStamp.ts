/**
 * The time in an archive's name: UTC, ISO 8601, with every `:` written as `-` because Windows allows no colon. The dot before
 * the milliseconds stays: `2026-03-31T04-00-00.397Z`. It is the moment of the rename, so of the reset (all versions).
 */
const stamp = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})(\.\d{3})?Z$/;

/** Epoch ms, or undefined when the text is no stamp or names a moment that does not exist (`2026-02-30…`). */
export function parseArchiveStamp(text: string): number | undefined {
  const match = stamp.exec(text);
  if (!match) return undefined;
  const [, day, hours, minutes, seconds, fraction] = match;
  const iso = `${day}T${hours}:${minutes}:${seconds}${fraction ?? ".000"}Z`;
  return existingMoment(iso);
}

/** `formatArchiveStamp(0)` is `1970-01-01T00-00-00.000Z`. */
export function formatArchiveStamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replaceAll(":", "-");
}

/**
 * The time that forks and truncation successors carry in front of their id, here with the dot replaced as well:
 * `2026-03-31T04-00-00-397Z`.
 */
export function parsePrefixStamp(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/.exec(text);
  if (!match) return undefined;
  const [, day, hours, minutes, seconds, milliseconds] = match;
  return existingMoment(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
}

/** Date.parse accepts the 30th of February and 24:00 and moves on to the next day; a name that says so is no stamp. */
function existingMoment(iso: string): number | undefined {
  const moment = new Date(iso);
  const moved = moment.getUTCDate() !== Number(iso.slice(8, 10)) || moment.getUTCHours() !== Number(iso.slice(11, 13));
  return Number.isNaN(moment.getTime()) || moved ? undefined : moment.getTime();
}
