import * as l10n from "@vscode/l10n";
import type { SessionFile } from "../conversation/model";
import { evidence, type Evidence } from "../evidence/evidence";
import type { VersionRange } from "../locations/versionRange";
import type { LogRecord } from "../log/logRecord";
import { isoTime } from "../text/formatTime";
import { isZone, offsetMinutesAt, zoneOfOffset } from "./zoneOffset";

/** An offset or a zone that was seen at some moment. */
export interface ZoneSighting {
  /** Epoch ms. */
  readonly at: number;
  readonly from: "log" | "stamp";
  readonly offsetMinutes: number | undefined;
  /** An IANA name that is one. */
  readonly name: string | undefined;
  readonly evidence: () => Evidence;
  /** Read from the stamp before somebody's words, where anybody can write one. */
  readonly beforeWords?: boolean;
  /** In a log that may be another gateway's (doubtfulLogs.ts). */
  readonly isDoubtful?: boolean;
}

/** From 2026.7.1 on messages are stored without stamps (run: 2026.7.35): one that is there was typed. */
export const withoutStamps: VersionRange = { from: "2026.7.1", until: undefined };

/** The offset that a line of a log is written with. @param isDoubtful whether the log may be another gateway's */
export function sightingInLog(
  { at, offsetMinutes, place, recordedAt }: LogRecord,
  isDoubtful: boolean,
): ZoneSighting | undefined {
  const zone = offsetMinutes === undefined ? undefined : zoneOfOffset(offsetMinutes);
  if (zone === undefined || !Number.isFinite(at)) return undefined;
  const time = isoTime(at) ?? "";
  const say = (): string =>
    isDoubtful
      ? l10n.t("A log that may be another gateway's writes its times with the offset {0} at {1}.", zone, time)
      : l10n.t("The gateway's log writes its times with the offset {0} at {1}.", zone, time);
  return {
    at,
    from: "log",
    offsetMinutes,
    name: undefined,
    isDoubtful,
    evidence: () => evidence("log", say, place, recordedAt),
  };
}

/** The local time that the first message of a transcript carries. */
export function sightingInFile({ path, head }: SessionFile): ZoneSighting | undefined {
  const opening = head?.opening;
  const hint = opening?.zone;
  if (opening === undefined || hint === undefined || opening.at === undefined) return undefined;
  const { at, line, offset } = opening;
  const name = hint.name !== undefined && isZone(hint.name) ? hint.name : undefined;
  const offsetMinutes = hint.offsetMinutes ?? (name === undefined ? undefined : offsetMinutesAt(at, name));
  const zone = name ?? (offsetMinutes === undefined ? undefined : zoneOfOffset(offsetMinutes));
  if (zone === undefined || !Number.isFinite(at)) return undefined;
  const say = (): string =>
    hint.label === zone
      ? l10n.t("A message of {0} carries the gateway's local time, in {1}.", isoTime(at) ?? "", zone)
      : l10n.t(
          "A message of {0} carries the gateway's local time ({1}), which is {2}.",
          isoTime(at) ?? "",
          hint.label,
          zone,
        );
  return {
    at,
    from: "stamp",
    offsetMinutes,
    name,
    beforeWords: opening.stamped,
    evidence: () => evidence("transcript", say, { file: path, line, offset }),
  };
}
