import type { SessionFile } from "../core/conversation/model";
import { messageCount } from "../core/index/transcriptIndex";
import { formatCount } from "../core/text/formatCount";
import { formatBytes } from "../core/text/formatSize";
import { formatAge, formatTime } from "../core/text/formatTime";
import type { WhenContext } from "./treeNode";

/** `1,204 messages`; nothing as long as a file was not counted. */
export function messages(files: readonly SessionFile[]): readonly string[] {
  const known = files.flatMap((file) => file.index ?? []);
  if (known.length === 0 || known.length < files.length) return [];
  return [
    formatCount(
      "message",
      known.reduce((sum, index) => sum + messageCount(index.roles), 0),
    ),
  ];
}

export function size(files: readonly SessionFile[]): readonly string[] {
  return files.length === 0 ? [] : [formatBytes(files.reduce((sum, file) => sum + file.bytes, 0))];
}

export function age(context: WhenContext, at: number | undefined): readonly string[] {
  return at === undefined ? [] : [formatAge(context.now - at)];
}

export function time(context: WhenContext, at: number): string {
  return formatTime(at, { timeZone: context.timeZone, precision: "minute" });
}

/** What of a time is not yet said by one before it: `2027-01-02 08:05`, `04-23 08:05` in the same year, `08:05` on that day. */
export function timeAfter(before: string, text: string): string {
  if (before.slice(0, 11) === text.slice(0, 11)) return text.slice(11);
  return before.slice(0, 5) === text.slice(0, 5) ? text.slice(5) : text;
}
