import { wordings } from "../transcript/wordings";
import type { Opening } from "./model";

const heartbeatPrompts = wordings.filter(({ turn }) => turn === "heartbeat");

/** The block OpenClaw puts before a person's text (2026.3.x–5.x): who sent it. Stays the same for one sender in one place. */
const senderBlock = /^Sender \(untrusted metadata\):\n```json\n([^`]*?)\n```/;

/** What the text of the first user message tells of who opened the transcript. Keeps none of the text. */
export function parseOpening(firstUserText: string): Opening {
  const block = senderBlock.exec(firstUserText)?.[1];
  return {
    heartbeat: heartbeatPrompts.some(({ pattern }) => pattern.test(firstUserText)),
    sender: block === undefined ? undefined : fingerprint(block),
  };
}

/** FNV-1a, 32 bits: enough to compare the few senders of one directory, too little to read a name from. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
