import { redactText } from "../evidence/redact";
import type { Place } from "../evidence/evidence";
import { shortened } from "../text/shortened";
import { visibleLine } from "../text/visibleText";
import { splitLogLine, type LogLine } from "./logLine";
import type { LogRecord } from "./logRecord";
import { anyWording, logWordings, versionWordings, type LogWording } from "./logWordings";

/** What one line of a log is to us. */
export type ParsedLogLine =
  | { readonly kind: "record"; readonly record: LogRecord }
  /** Nothing of interest, but it says when it was. */
  | { readonly kind: "other"; readonly at: number; readonly offsetMinutes: number | undefined }
  /** It says which OpenClaw runs. `at` where the line says when. */
  | { readonly kind: "version"; readonly version: string; readonly at: number | undefined }
  /** No line of OpenClaw's, or cut short. */
  | { readonly kind: "unreadable" };

const MAX_TEXT = 300;

/**
 * A line in any form a log is kept in (`splitLogLine`). Replies of a model are printed to the console as well, without a
 * subsystem: nothing of such a line is kept unless the whole of it is one of OpenClaw's own sentences.
 *
 * @param before epoch ms of the line before it, for the few lines that are written without a time
 */
export function parseLogLine(line: string, place: Place, before?: number): ParsedLogLine {
  const split = splitLogLine(line);
  const wanted = line.length <= MAX_PARSED && anyWording.test(line);
  if (split === undefined) {
    const version = wanted && line.length < 500 ? versionIn(line) : undefined;
    return version === undefined ? { kind: "unreadable" } : { kind: "version", version, at: undefined };
  }
  const said = wanted ? saidIn(split, before) : undefined;
  const at = split.at ?? before;
  if (said !== undefined && at !== undefined) {
    const { offsetMinutes } = split;
    const { event, text } = said;
    return { kind: "record", record: { at, offsetMinutes, event, text, place, recordedAt: undefined } };
  }
  if (split.at === undefined) return { kind: "unreadable" };
  const version = wanted && split.subsystem === "gateway" ? versionIn(split.message.slice(0, 500)) : undefined;
  if (version !== undefined) return { kind: "version", version, at: split.at };
  return { kind: "other", at: split.at, offsetMinutes: split.offsetMinutes };
}

const MAX_PARSED = 64 * 1024;

function saidIn(line: LogLine, before: number | undefined): Pick<LogRecord, "event" | "text"> | undefined {
  for (const wording of logWordings) {
    if (line.at === undefined && (wording.undated !== true || before === undefined)) continue;
    if (!mayPrint(line, wording)) continue;
    const match = wording.pattern.exec(line.message);
    if (match === null) continue;
    const event = wording.event(match, line);
    return event && { event, text: textOf(line.subsystem, wording.shown?.(match) ?? match[0]) };
  }
  return undefined;
}

function mayPrint({ subsystem, level }: LogLine, { printedBy, level: own }: LogWording): boolean {
  if (printedBy !== "none") return subsystem !== undefined && printedBy.includes(subsystem);
  return subsystem === undefined && (level === undefined || level === own);
}

function versionIn(text: string): string | undefined {
  for (const { pattern } of versionWordings) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Made visible before it is redacted: a character that nobody sees could hide a number. */
function textOf(subsystem: string | undefined, said: string): string {
  const text = subsystem === undefined ? said : `[${subsystem}] ${said}`;
  return shortened(redactText(visibleLine(text, 1000)), MAX_TEXT);
}
