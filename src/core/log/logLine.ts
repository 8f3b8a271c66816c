/** One line of a log, taken apart without looking at what it says. */
export interface LogLine {
  /** Epoch ms; undefined when the line does not say. */
  readonly at: number | undefined;
  /** Minutes ahead of UTC, where an offset is written. `Z` says nothing about the gateway's clock. */
  readonly offsetMinutes: number | undefined;
  /** `gateway/ws`, in the console `ws`; undefined for what was printed without one, a model's reply among it. */
  readonly subsystem: string | undefined;
  /** `INFO`, `ERROR`, …; "" where a log file does not say; undefined in the console, which never does. */
  readonly level: string | undefined;
  readonly message: string;
  /** What was logged beside the message, when it is JSON: `{"pruned":3}`. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is longer is not parsed; its time is looked for as text. */
const MAX_LINE = 64 * 1024;

const noData: Readonly<Record<string, unknown>> = {};

/**
 * The three forms in which one and the same line is found:
 *
 *     {"0":"{\"subsystem\":\"gateway/ws\"}","1":"⇄ res ✓ …","_meta":{"date":"…Z",…},"time":"…+00:00"}   the log file
 *     2026-04-22T09:00:02.603+00:00 [ws] ⇄ res ✓ …                                                    the console, a service's log
 *     Apr 22 09:00:02 host openclaw[123]: 2026-04-22T09:00:02.603+00:00 [ws] ⇄ res ✓ …                journald, docker, …
 *
 * Undefined for a line that is none of them and begins with no `[subsystem]` either.
 */
export function splitLogLine(line: string): LogLine | undefined {
  const plain = line.includes("\u001b") ? line.replace(colour, "") : line;
  if (plain.length > MAX_LINE) return timeOnly(plain);
  const { time, rest } = withoutPrefix(plain);
  if (rest.startsWith("{")) return fromJson(rest) ?? undefined;
  return fromConsole(rest, time);
}

const colour = /\u001b\[[\d;]{0,20}[A-Za-z]/g;

const stamp = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)";
const consoleForm = new RegExp(`^(${stamp})\\s+(.*)$`, "s");
const subsystemForm = /^\[([\w@.:/-]{1,80})\]\s+(.*)$/s;

/** What others put before a line: journald (two styles of time), docker compose, kubernetes. */
const prefixes: readonly RegExp[] = [
  new RegExp(
    `^(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|(?<time>${stamp})) [\\w.:-]{1,255} [\\w.@/-]{1,64}(?:\\[\\d+\\])?: (?<rest>.*)$`,
    "s",
  ),
  new RegExp(`^(?<time>${stamp}) (?:stdout|stderr) [FP] (?<rest>.*)$`, "s"),
  /^[\w.-]{1,100}\s{1,40}\| (?<rest>.*)$/s,
];

function withoutPrefix(line: string): { readonly time: string | undefined; readonly rest: string } {
  for (const prefix of prefixes) {
    const { time, rest } = prefix.exec(line)?.groups ?? {};
    if (rest !== undefined) return { time, rest: rest.trimStart() };
  }
  return { time: undefined, rest: line.trimStart() };
}

function fromConsole(text: string, outerTime: string | undefined): LogLine | undefined {
  const [, ownTime, afterTime] = consoleForm.exec(text) ?? [];
  const { at, offsetMinutes } = readTime(ownTime ?? outerTime);
  const [, subsystem, message] = subsystemForm.exec(afterTime ?? text) ?? [];
  if (at === undefined && subsystem === undefined) return undefined;
  return { at, offsetMinutes, subsystem, level: undefined, message: message ?? afterTime ?? text, data: noData };
}

function fromJson(text: string): LogLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut short by a crash or by the bounds of what was read: nothing more to learn from it.
    return undefined;
  }
  const fields = asObject(value);
  if (fields === undefined) return undefined;
  const meta = asObject(fields["_meta"]);
  const own = readTime(fields["time"]);
  const at = own.at ?? readTime(meta?.["date"]).at;
  if (at === undefined) return undefined;
  const parts = ["0", "1", "2", "3"].map((name) => fields[name]);
  // Only a logger writes this object. Words that begin with `[ws]` are a model's as well as anybody's.
  const subsystem = subsystemIn(parts[0]);
  const words = (subsystem === undefined ? parts : parts.slice(1)).find((part) => typeof part === "string");
  const data = parts.find((part) => asObject(part) !== undefined);
  return {
    at,
    offsetMinutes: own.offsetMinutes,
    subsystem,
    level: asText(meta?.["logLevelName"]) ?? "",
    message: asText(words) ?? asText(fields["message"]) ?? asText(asObject(data)?.["message"]) ?? "",
    data: asObject(data) ?? noData,
  };
}

function subsystemIn(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    const named = asObject(JSON.parse(value));
    return asText(named?.["subsystem"]) ?? asText(named?.["module"]);
  } catch {
    return undefined; // words that merely begin with a brace
  }
}

/** For a line of megabytes: it still says when it was, so that a search by time finds its way. */
function timeOnly(line: string): LogLine | undefined {
  const found =
    consoleForm.exec(line.slice(0, 100))?.[1] ??
    longJsonTime.exec(line.slice(-2000))?.[1] ??
    longJsonTime.exec(line.slice(0, 2000))?.[1];
  const { at, offsetMinutes } = readTime(found);
  return at === undefined
    ? undefined
    : { at, offsetMinutes, subsystem: undefined, level: undefined, message: "", data: noData };
}

const longJsonTime = new RegExp(`"(?:time|date)":"(${stamp})"`);

function readTime(text: unknown): { readonly at: number | undefined; readonly offsetMinutes: number | undefined } {
  const none = { at: undefined, offsetMinutes: undefined };
  if (typeof text !== "string" || text.length > 40) return none;
  const [, moment, zone] = zonedTime.exec(text) ?? [];
  if (moment === undefined || zone === undefined) return none;
  const offset = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = Date.parse(moment.replace(",", ".") + offset);
  if (Number.isNaN(at)) return none;
  if (zone === "Z") return { at, offsetMinutes: undefined };
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return { at, offsetMinutes: zone.startsWith("-") && minutes !== 0 ? -minutes : minutes };
}

const zonedTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)(Z|[+-]\d\d:?\d\d)$/;

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
