import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The state directories behind five public reports (openclaw/openclaw#<number>), as they would be found: recordings of gateways that were
 * made to do the same, with the version in the config that every real install has, and what else the report tells.
 */
export const publicReports = [58409, 84218, 4099, 46250, 70330] as const;

export type PublicReport = (typeof publicReports)[number];

/** Writes the directory that a report is about. `target` must not exist. */
export function writePublicReport(report: PublicReport, target: string): void {
  switch (report) {
    case 58409:
      recorded("corpora/2026.3.13/heartbeat-shared", target);
      movedTo(times58409, target);
      break;
    case 84218:
      recorded("made/84218", target);
      break;
    case 4099:
      recorded("recorded/2026.1.29/seam", target);
      break;
    case 46250:
      recorded("recorded/2026.3.13/no-successor", target);
      spokenToForHours(target);
      break;
    case 70330:
      recorded("recorded/2026.4.21/restart-tokyo", target);
      movedTo(times70330, target);
      break;
  }
}

/** As the reports say. */
const times58409 = {
  lastActivity: Date.parse("2026-03-31T03:57:42.000Z"),
  reset: Date.parse("2026-03-31T04:00:00.397Z"),
};
const times70330 = {
  lastActivity: Date.parse("2026-04-22T18:51:55.000Z"),
  reset: Date.parse("2026-04-22T19:07:46.300Z"),
};

/** The same state directory as #58409, of a gateway whose clock was in UTC+9. */
export function writeReport58409InTokyo(target: string): void {
  writePublicReport(58409, target);
  rewrite(target, (text) =>
    text
      .replaceAll(/\b2026-03-31 (\d\d):(\d\d)(:\d\d)? UTC/g, (_, hour: string, minute: string, seconds = "") => {
        return `2026-03-31 ${String(Number(hour) + 9)}:${minute}${String(seconds)} GMT+9`;
      })
      .replaceAll(/\b4:(\d\d) AM \(UTC\) \/ 2026-03-31 13:\d\d GMT\+9/g, "1:$1 PM (Asia/Tokyo) / 2026-03-31 04:$1 UTC")
      .replaceAll(isoTimes, (time, offset: string) => (offset === "Z" ? time : isoAt(Date.parse(time), "+09:00"))),
  );
}

const fixtures = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test", "fixtures");
const sessions = "agents/main/sessions";

function recorded(scenario: string, target: string): void {
  const from = join(fixtures, scenario);
  cpSync(join(from, "state"), target, { recursive: true });
  mkdirSync(join(target, "logs"), { recursive: true });
  for (const name of readdirSync(from).filter((each) => each.endsWith(".log"))) {
    cpSync(join(from, name), join(target, "logs", name));
  }
  // Every real config has this; the recorder writes its own.
  const { version, events } = read(join(from, "expected.json")) as Expected;
  const config = join(target, "openclaw.json");
  const meta = { lastTouchedVersion: version, lastTouchedAt: events[0]?.at };
  writeFileSync(config, JSON.stringify({ meta, ...(read(config) as object) }, null, 2));
}

interface Expected {
  readonly version: string;
  readonly events: readonly { readonly at: string }[];
}

/** When things happened in a report, epoch ms. */
interface ReportedTimes {
  readonly lastActivity: number;
  readonly reset: number;
}

/**
 * Gives a recording with one archive the times of a report: everything up to the last activity is moved by the same, everything from a
 * minute before the reset, and everything from the new session's header on.
 */
function movedTo({ lastActivity, reset }: ReportedTimes, target: string): void {
  const directory = join(target, sessions);
  const archive = readdirSync(directory).find((name) => name.includes(".reset.")) ?? "";
  const stamp = archive.split(".reset.")[1] ?? "";
  const recordedReset = Date.parse(stamp.replace(/T(\d\d)-(\d\d)-/, "T$1:$2:"));
  const recordedEnd = timesIn(join(directory, archive)).at(-1) ?? Number.NaN;
  const next = readdirSync(directory).find((name) => name.endsWith(".jsonl")) ?? "";
  const recordedHeader = timesIn(join(directory, next))[0] ?? Number.NaN;
  // A slow machine took its time to begin.
  const header = reset + Math.min(recordedHeader - recordedReset, 400);
  const moved = (at: number): number => {
    if (at < recordedReset - 60_000) return at + lastActivity - recordedEnd;
    return at < recordedHeader ? at + reset - recordedReset : at + header - recordedHeader;
  };
  rewrite(target, (text) =>
    text
      .replaceAll(isoTimes, (time, offset: string) => isoAt(moved(Date.parse(time)), offset))
      .replaceAll(/\b17[67]\d{10}\b/g, (time) => String(moved(Number(time)))),
  );
  const restamped = new Date(reset).toISOString().replaceAll(":", "-");
  renameSync(join(directory, archive), join(directory, archive.replace(stamp, restamped)));
}

const isoTimes = /\b2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)/g;

/** `2026-03-31T13:00:00.397+09:00` for an offset of `+09:00`. */
function isoAt(at: number, offset: string): string {
  const hours = offset === "Z" ? 0 : Number.parseInt(offset, 10);
  return new Date(at + hours * 3_600_000).toISOString().replace("Z", offset);
}

/** The times of the lines of a transcript. */
function timesIn(file: string): readonly number[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => Date.parse((JSON.parse(line) as { timestamp: string }).timestamp));
}

/** Hours of messages of which nothing was written: the row moves on, a lock is taken away, a connection is lost. */
function spokenToForHours(target: string): void {
  const index = join(target, sessions, "sessions.json");
  const rows = read(index) as Record<string, object>;
  const main = { ...rows["agent:main:main"], updatedAt: Date.parse("2026-03-31T14:05:00.000Z") };
  writeFileSync(index, JSON.stringify({ ...rows, "agent:main:main": main }, null, 2));
  const log = join(target, "logs", "gateway.log");
  const lines = [
    "2026-03-31T08:17:40.000+00:00 [session-write-lock] releasing lock held for 720123ms (max=720000ms)",
    "2026-03-31T14:06:00.000+00:00 [ws] webchat disconnected code=1006 reason=n/a conn=1",
    "",
  ];
  writeFileSync(log, `${readFileSync(log, "utf8").trimEnd()}\n${lines.join("\n")}`);
}

function rewrite(target: string, change: (text: string) => string): void {
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
