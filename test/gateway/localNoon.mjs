// Days as a gateway sees them. Conversations are made in its past, so that what is restored now is the newest there is.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A zone in which it is about noon now: a run never meets the daily boundary (04:00 of the gateway) by accident,
 * whatever the hour it is started at.
 */
export function localNoon(now = Date.now()) {
  const ahead = 12 - new Date(now).getUTCHours();
  const zone = ahead === 0 ? "Etc/UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${String(Math.abs(ahead))}`;
  const midnight = Math.floor((now + ahead * HOUR) / DAY) * DAY - ahead * HOUR;
  return {
    zone,
    /** `at(-1, "05:00")`: yesterday at five, there, as ISO time. */
    at: (days, time) => {
      const [hours = 0, minutes = 0] = time.split(":").map(Number);
      return new Date(midnight + days * DAY + hours * HOUR + minutes * 60_000).toISOString();
    },
  };
}
