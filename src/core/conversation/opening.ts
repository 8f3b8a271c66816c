import type { MessageEntry } from "../transcript/entry";
import { type Noise, splitEnvelope } from "../transcript/envelope";
import { leadingText, type Speaker, speakerOf, tellsOfFinishedCommand } from "../transcript/speaker";
import { wordings } from "../transcript/wordings";
import type { Opening } from "./model";
import { endsInCurrentTime, zoneHintOf } from "./zoneHint";

const heartbeatPrompts = wordings.filter(({ turn }) => turn === "heartbeat");

/** The block OpenClaw puts before a person's text (2026.3.x–5.x): who sent it. Stays the same for one sender in one place. */
const senderBlock = /^Sender \(untrusted metadata\):\n```json\n([^`]*?)\n```/;

/** A command as a word of its own: kept literally from 2026.7 on, and where the sender was not allowed to use it. */
const typedPattern = /^\/(new|reset)(?!\S)/;

/** What the first user message of a transcript tells of who opened it, and how. Keeps none of the text. */
export function openingOf(
  entry: MessageEntry,
  { line, offset }: { readonly line: number; readonly offset: number },
): Opening {
  const text = leadingText(entry.message);
  const envelope = splitEnvelope(text);
  const block = senderBlock.exec(text)?.[1];
  const speaker = believable(speakerOf(entry, envelope), envelope.stamp !== undefined || block !== undefined);
  const systemEvents = envelope.noise.filter(({ kind }) => kind === "system-events");
  return {
    heartbeat: heartbeatPrompts.some(({ pattern }) => pattern.test(text)),
    sender: block === undefined ? undefined : fingerprint(block),
    speaker: speaker.kind,
    startup: speaker.kind === "startup" ? speaker.command : undefined,
    typedCommand: commandOf(envelope.text),
    systemEvents: systemEvents.length > 0,
    execNotice: systemEvents.some((noise: Noise) => tellsOfFinishedCommand(noise.text)),
    stamped: envelope.stamp !== undefined,
    currentTime: endsInCurrentTime(envelope.text),
    zone: zoneHintOf(envelope, entry.message.at ?? entry.at),
    at: entry.at,
    line,
    offset,
  };
}

/**
 * What reached the gateway from outside carries a stamp or says who sent it (up to 2026.5.18); prompts of the gateway's own
 * carry neither (all recordings). So whoever types the words of such a prompt is still a person.
 */
function believable(speaker: Speaker, cameFromOutside: boolean): Speaker {
  const isOwnPrompt = speaker.kind === "startup" || speaker.kind === "heartbeat";
  return isOwnPrompt && cameFromOutside ? { kind: "user", name: undefined } : speaker;
}

function commandOf(words: string): Opening["typedCommand"] {
  const command = typedPattern.exec(words)?.[1];
  return command === "new" || command === "reset" ? command : undefined;
}

/** FNV-1a, 32 bits: enough to compare the few senders of one directory, too little to read a name from. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
