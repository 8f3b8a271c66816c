import { findClosing } from "./findClosing";

/**
 * Where the list closes that is the content of an assistant message, so that what follows are the message's own fields.
 *
 * A full parse would step through all of the content. Here only the closing braces are looked at, which native search finds:
 * few texts hold many. The first one that is followed by `],"` ends the content, provided that
 *
 * - no closing brace before it is followed by a comma and a quote, as it would be if the message ended there and another key
 *   of the record came next. White space between them counts for nothing. Inside a text such a quote would be escaped; and
 * - what follows reaches to the end of the line without a further level (the caller sees to that): so it belongs to an object
 *   that is closed by the last brace but one, which is a value of the record. As the message did not end before, it is the
 *   message, and not the argument of some tool that looks like one.
 *
 * Where a brace is followed by a comma and a quote, as in `"arguments":{…},"partialArgs":"…"`, the long way is taken, step by step.
 */
export function findContentEnd(bytes: Buffer, view: DataView, from: number, end: number): number {
  if (bytes[from] === CLOSE_LIST) return from;
  let at = from;
  for (;;) {
    at = bytes.indexOf(CLOSE, at);
    if (at === -1 || at >= end) return -1;
    let next = behindSpace(bytes, at + 1);
    while (bytes[next] === CLOSE) next = behindSpace(bytes, next + 1);
    at = next;
    if (bytes[next] === CLOSE_LIST) {
      if (bytes[next + 1] === COMMA && bytes[next + 2] === QUOTE) return next;
    } else if (bytes[next] === COMMA) {
      at = behindSpace(bytes, next + 1);
      if (bytes[at] === QUOTE) return findClosing(bytes, view, from, end);
    }
  }
}

function behindSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === RETURN) at++;
  return at;
}

const TAB = 0x09;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_LIST = 0x5d;
const CLOSE = 0x7d;
