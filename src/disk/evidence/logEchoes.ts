import type { LogRecord } from "../../core/log/logRecord";

/** So far apart are a line in the log and the same line as it was printed, ms. */
const ECHO_MS = 50;
/** A log that says the same thing a thousand times in a moment is not gone through for each of them. */
const MOST_AT_ONCE = 20;

/**
 * Oldest first. What a gateway logs it also prints, and its service keeps that as well: the same line in two files, a moment
 * apart, counts once.
 */
export function withoutEchoes(records: readonly LogRecord[]): readonly LogRecord[] {
  const sorted = [...records].sort(
    (one, other) => one.at - other.at || (one.place.offset ?? 0) - (other.place.offset ?? 0),
  );
  const kept: LogRecord[] = [];
  const latest = new Map<string, LogRecord[]>();
  for (const record of sorted) {
    // The console shortens subsystems: `[ws]` for `[gateway/ws]`.
    const said = `${JSON.stringify(record.event)}\n${record.text.replace(/^\[[^\]]*\] /, "")}`;
    const before = (latest.get(said) ?? []).filter(({ at }) => record.at - at <= ECHO_MS);
    const echoed = before.findIndex(({ place }) => place.file !== record.place.file);
    if (echoed >= 0) {
      before.splice(echoed, 1); // one echo each
      latest.set(said, before);
      continue;
    }
    latest.set(said, [...before.slice(-MOST_AT_ONCE), record]);
    kept.push(record);
  }
  return kept;
}
