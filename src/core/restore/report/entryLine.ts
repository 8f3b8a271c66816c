import { toldTime } from "../../text/toldTime";
import type { PlanDiscretion } from "./planDiscretion";

/** A line of an entry as it may be shown: times and counts are no telephone numbers. */
export function shownLine(line: string, { text }: PlanDiscretion): string {
  return numberOf(line) === undefined ? text(line) : line;
}

/** What the time in a line is in words: `2026-03-31 12:00:00 UTC`, of `"updatedAt": 1774958400000,`. */
export function timeInLine(line: string): string | undefined {
  const number = numberOf(line);
  return number?.name.endsWith("At") === true ? toldTime(number.value) : undefined;
}

function numberOf(line: string): { readonly name: string; readonly value: number } | undefined {
  const [, name = "", value] = /^ *"(\w{1,40})": (\d{1,16}),?$/.exec(line) ?? [];
  return value !== undefined && /(?:At|Ms|Tokens|Count)$/.test(name) ? { name, value: Number(value) } : undefined;
}
