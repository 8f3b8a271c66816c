import { formatArchiveStamp } from "../names/archiveStamp";
import type { FileName } from "../names/fileName";
import { parseFileName } from "../names/parseFileName";

/** OpenClaw's own rule for ids (2026.1.29–2026.9.6); anything else never becomes part of a name. */
const sessionIdPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/i;

/** Whether a transcript of this session can have a name that OpenClaw takes for one: `a.trajectory.jsonl` would be a run trace. */
export function canBeNamed(sessionId: string): boolean {
  return sessionIdPattern.test(sessionId) && parseFileName(`${sessionId}.jsonl`).kind === "transcript";
}

/**
 * The name under which a conversation comes back: `<id>.jsonl`, with the `-topic-…` of where it comes from; when that is taken, the
 * form OpenClaw uses for forks, `2026-03-31T12-00-00-000Z_<id>.jsonl`. In 2026.3.28–5.7 `<old id>.jsonl` may be the conversation that
 * is current now, under a header of another id. `isTaken` is asked with names that differ from existing ones by case only, too.
 */
export function targetName(
  sessionId: string,
  source: FileName,
  now: number,
  isTaken: (name: string) => boolean,
): string {
  const stem = `${sessionId}${topicOf(source)}`;
  const plain = `${stem}.jsonl`;
  if (!isTaken(plain)) return plain;
  return firstFree(now, (at) => `${formatArchiveStamp(at).replace(".", "-")}_${stem}.jsonl`, isTaken);
}

/** `<name>.jsonl.reset.2026-03-31T12-00-00.000Z`, as a reset would have named it. */
export function setAsideName(name: string, now: number, isTaken: (name: string) => boolean): string {
  return firstFree(now, (at) => `${name}.reset.${formatArchiveStamp(at)}`, isTaken);
}

/** Tells names that are in use. Always without regard to case: a state directory is copied to other file systems, too. */
export function takenNames(names: readonly string[]): (name: string) => boolean {
  const taken = new Set(names.map(folded));
  return (name) => taken.has(folded(name));
}

function firstFree(now: number, nameAt: (at: number) => string, isTaken: (name: string) => boolean): string {
  let at = Math.floor(now);
  while (isTaken(nameAt(at))) at++;
  return nameAt(at);
}

function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** `-topic-a%20b` as it is written, not decoded; OpenClaw leaves no separators in it. A checkpoint that was archived still has its own part in the stem. */
function topicOf(source: FileName): string {
  if (!("stem" in source)) return "";
  const [, topic = ""] = /^(?:.*Z_)?.+?(-topic-.+?)(?:\.checkpoint\.[0-9a-f-]{36})?$/is.exec(source.stem) ?? [];
  const isPlain = !/[/\\:\p{Cc}]/u.test(topic) && parseFileName(`x${topic}.jsonl`).kind === "transcript";
  return isPlain ? topic : "";
}
