import { redactText } from "../evidence/redact";
import type { Place } from "../evidence/evidence";
import { shortened } from "../text/shortened";
import { visibleLine } from "../text/visibleText";
import { splitLogLine, type LogLine } from "./logLine";
import type { LogEvent, LogRecord } from "./logRecord";
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
  const event = wanted ? eventOf(split, before) : undefined;
  const at = split.at ?? before;
  if (event !== undefined && at !== undefined) {
    const { offsetMinutes } = split;
    return { kind: "record", record: { at, offsetMinutes, event, text: textOf(split), place, recordedAt: undefined } };
  }
  if (split.at === undefined) return { kind: "unreadable" };
  const version = wanted && split.subsystem !== undefined ? versionIn(split.message.slice(0, 500)) : undefined;
  if (version !== undefined) return { kind: "version", version, at: split.at };
  return { kind: "other", at: split.at, offsetMinutes: split.offsetMinutes };
}

const MAX_PARSED = 64 * 1024;

function eventOf(line: LogLine, before: number | undefined): LogEvent | undefined {
  const subsystem = line.subsystem?.slice(line.subsystem.lastIndexOf("/") + 1);
  for (const wording of logWordings) {
    if (line.at === undefined && (wording.undated !== true || before === undefined)) continue;
    if (!mayPrint(subsystem, wording)) continue;
    const match = wording.pattern.exec(line.message);
    if (match !== null) return wording.event(match, line);
  }
  return undefined;
}

function mayPrint(subsystem: string | undefined, wording: LogWording): boolean {
  // What is printed without a subsystem is a sentence that must match to its end; having one makes it no less OpenClaw's.
  if (wording.subsystem === "none") return true;
  if (subsystem === undefined) return false;
  return wording.subsystem === "any" || wording.subsystem.test(subsystem);
}

function versionIn(text: string): string | undefined {
  for (const { pattern } of versionWordings) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Shown before it is redacted: a character that nobody sees could hide a number. */
function textOf({ subsystem, message }: LogLine): string {
  const said = subsystem === undefined ? message : `[${subsystem}] ${message}`;
  return shortened(redactText(visibleLine(said, 1000)), MAX_TEXT);
}
