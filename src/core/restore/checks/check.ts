import { shortened } from "../../text/shortened";
import { visibleLine } from "../../text/visibleText";
import { baseName } from "../places";
import type { CheckCode, RestoreCheck } from "../restoreCheck";
import type { RestoreFacts } from "../restoreFacts";
import type { RestoreDraft } from "../restorePlan";

/** One hazard, looked at. Says nothing where it cannot be meant: a new key displaces nothing. */
export type Check = (facts: RestoreFacts, draft: RestoreDraft | undefined) => Iterable<RestoreCheck>;

/** What is known of the place alone: enough to judge whether anything may be written, for undo as well. */
export type PlaceFacts = Pick<
  RestoreFacts,
  "request" | "now" | "stateDir" | "surroundings" | "rows" | "gateway" | "locks" | "disk" | "unfinished" | "trusted"
>;

export type PlaceCheck = (facts: PlaceFacts) => Iterable<RestoreCheck>;

export function ok(code: CheckCode, text: string): RestoreCheck {
  return { code, level: "ok", text: sentence(text), remedy: undefined };
}

export function warning(code: CheckCode, text: string, remedy: string): RestoreCheck {
  return { code, level: "warning", text: sentence(text), remedy: sentence(remedy) };
}

export function confirm(code: CheckCode, text: string, remedy: string): RestoreCheck {
  return { code, level: "confirm", text: sentence(text), remedy: sentence(remedy) };
}

export function blocker(code: CheckCode, text: string, remedy: string): RestoreCheck {
  return { code, level: "blocker", text: sentence(text), remedy: sentence(remedy) };
}

/** A key, a name or a path of somebody else's within a sentence. */
export function quoted(value: string): string {
  return visibleLine(shortened(value), 220);
}

/** A file's own name: its directory is said elsewhere, and a sentence with several paths is not read. */
export function nameOf(path: string): string {
  return quoted(baseName(path));
}

/** The first few of a list: `a, b, c, …`. */
export function someOf(values: readonly string[]): string {
  const some = values.slice(0, NAMED).map(quoted);
  return values.length > NAMED ? `${some.join(", ")}, …` : some.join(", ");
}

const NAMED = 5;

/** Reasons of the operating system and messages of problems come in as they are. */
function sentence(text: string): string {
  return visibleLine(text, MAX_SENTENCE);
}

const MAX_SENTENCE = 1_500;
