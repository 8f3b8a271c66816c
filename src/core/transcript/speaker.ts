import { isMirror, type Message, type Provenance, type TranscriptEntry } from "./entry";
import { type Envelope, splitEnvelope } from "./envelope";
import { type MachineTurn, silentReplies, wordings } from "./wordings";

/** Who an entry is from. OpenClaw stores what machines say to the agent as user messages; people want to tell them apart. */
export type Speaker =
  | { readonly kind: "user"; readonly name: string | undefined }
  | {
      readonly kind: "assistant";
      readonly provider: string | undefined;
      readonly model: string | undefined;
      /** The reply was not delivered to anybody. */
      readonly silent: boolean;
    }
  /** Written by the gateway itself, not by a model: command answers, notices, copies of what went to a channel. */
  | { readonly kind: "mirror"; readonly delivered: boolean }
  | { readonly kind: "tool"; readonly name: string | undefined; readonly ok: boolean }
  | { readonly kind: "bash"; readonly ok: boolean }
  | { readonly kind: "heartbeat" }
  | { readonly kind: "cron"; readonly job: string | undefined; readonly name: string | undefined }
  | { readonly kind: "exec-notice" }
  | { readonly kind: "system-event" }
  | { readonly kind: "subagent-task" }
  | { readonly kind: "inter-session"; readonly from: string | undefined; readonly tool: string | undefined }
  /** The prompt that OpenClaw puts in place of a bare `/new` or `/reset`. Older releases do not tell which. */
  | { readonly kind: "startup"; readonly command: "new" | "reset" | undefined }
  /** What the model is told about its surroundings; `hidden` from the user. */
  | { readonly kind: "runtime-context"; readonly hidden: boolean }
  | { readonly kind: "plugin"; readonly customType: string | undefined; readonly hidden: boolean }
  | { readonly kind: "compaction" }
  | { readonly kind: "branch-summary" }
  /** State of the session, no words: model changes, labels, control rows. */
  | { readonly kind: "state" }
  | { readonly kind: "unknown"; readonly written: string | undefined };

export type SpeakerKind = Speaker["kind"];

/** `envelope` saves splitting the text again when the caller has done it. */
export function speakerOf(entry: TranscriptEntry, envelope?: Envelope): Speaker {
  switch (entry.type) {
    case "message":
      return speakerOfMessage(entry.message, envelope);
    case "custom_message":
      return entry.customType === "openclaw.runtime-context"
        ? { kind: "runtime-context", hidden: !entry.display }
        : { kind: "plugin", customType: entry.customType, hidden: !entry.display };
    case "compaction":
      return { kind: "compaction" };
    case "branch_summary":
      return { kind: "branch-summary" };
    case "unknown":
      return { kind: "unknown", written: entry.writtenType };
    case "model_change":
    case "thinking_level_change":
    case "custom":
    case "label":
    case "session_info":
    case "leaf":
    case "reset":
      return { kind: "state" };
  }
}

/** The text of the first text block: where OpenClaw writes envelopes and markers. */
export function leadingText(message: Message): string {
  for (const block of message.blocks) if (block.kind === "text") return block.text;
  return "";
}

function speakerOfMessage(message: Message, envelope: Envelope | undefined): Speaker {
  switch (message.role) {
    case "user":
      return speakerOfUserRow(message.provenance, envelope ?? splitEnvelope(leadingText(message)));
    case "assistant":
      if (isMirror(message)) return { kind: "mirror", delivered: message.model === "delivery-mirror" };
      return { kind: "assistant", provider: message.provider, model: message.model, silent: isSilent(message) };
    case "toolResult":
      return { kind: "tool", name: message.toolName, ok: !message.isError && (exitCodeOf(message) ?? 0) === 0 };
    case "bashExecution":
      return { kind: "bash", ok: (message.exitCode ?? 0) === 0 };
    case "other":
      return { kind: "unknown", written: message.writtenRole };
  }
}

/** Tools that run programs report failure here, with `isError` false. */
export function exitCodeOf(message: Message): number | undefined {
  const code = detail(message, "exitCode");
  return typeof code === "number" ? code : undefined;
}

/** A field of a tool result's `details`, as written. */
export function detail(message: Message, name: string): unknown {
  const details = message.raw["details"];
  if (typeof details !== "object" || details === null || !Object.hasOwn(details, name)) return undefined;
  return (details as Readonly<Record<string, unknown>>)[name];
}

/** Provenance is written by the gateway and cannot be typed; wordings can, so they come second. */
function speakerOfUserRow(provenance: Provenance | undefined, envelope: Envelope): Speaker {
  if (provenance?.kind === "inter_session") {
    return { kind: "inter-session", from: provenance.sourceSessionKey, tool: provenance.sourceTool };
  }
  if (provenance?.kind === "internal_system") return internalSystem(provenance, envelope);
  const worded = byWording(envelope);
  // A message known to be from outside is a user's, whatever it says; only its own /new and /reset leave a marker, alone.
  const isOwn = provenance?.kind !== "external_user" || (worded?.kind === "startup" && isMarkerAlone(envelope));
  if (worded && isOwn) return worded;
  return { kind: "user", name: envelope.sender };
}

function isMarkerAlone({ text }: Envelope): boolean {
  return /^\[OpenClaw session (?:new|reset)\]\s*$/.test(text);
}

/** `[OpenClaw heartbeat poll] ?` is somebody's: the gateway writes nothing behind it in that line (all recordings). */
function isMarkerWithMore(words: string): boolean {
  return /^\[OpenClaw heartbeat poll\][^\S\n]*\S/.test(words);
}

function internalSystem(provenance: Provenance, envelope: Envelope): Speaker {
  if (provenance.sourceTool === "heartbeat") return { kind: "heartbeat" };
  if (provenance.sourceTool === "exec") return { kind: "exec-notice" };
  const worded = byWording(envelope);
  if (worded) return worded;
  if (provenance.sourceTool === "cron") return { kind: "cron", job: undefined, name: undefined };
  return { kind: "system-event" };
}

function byWording(envelope: Envelope): Speaker | undefined {
  // All of them tell by how the words begin; how long these are must not matter.
  const beginning = envelope.text.slice(0, 4096);
  for (const { turn, pattern } of wordings) {
    const match = pattern.exec(beginning);
    if (match && !(turn === "heartbeat" && isMarkerWithMore(beginning))) return machineTurn(turn, match.groups ?? {});
  }
  if (envelope.text !== "") return undefined;
  const events = envelope.noise.find(({ kind }) => kind === "system-events");
  if (events) return { kind: tellsOfFinishedCommand(events.text) ? "exec-notice" : "system-event" };
  if (envelope.noise.some(({ kind }) => kind === "runtime-context")) return { kind: "runtime-context", hidden: false };
  return undefined;
}

/** Whether system lines hold the notice of a finished command: `System: [2026-04-22 09:00:01 UTC] Exec failed (build-step, code 1)`. */
export function tellsOfFinishedCommand(systemLines: string): boolean {
  return /\] Exec (?:completed|failed) \(/.test(systemLines);
}

function machineTurn(turn: MachineTurn, found: Readonly<Record<string, string | undefined>>): Speaker {
  switch (turn) {
    case "cron":
      return { kind: "cron", job: found["job"], name: found["name"] };
    case "inter-session":
      return { kind: "inter-session", from: found["from"], tool: found["tool"] };
    case "startup":
      return {
        kind: "startup",
        command: found["command"] === "new" || found["command"] === "reset" ? found["command"] : undefined,
      };
    case "runtime-context":
      return { kind: "runtime-context", hidden: false };
    case "heartbeat":
    case "exec-notice":
    case "system-event":
    case "subagent-task":
      return { kind: turn };
  }
}

function isSilent(message: Message): boolean {
  if (message.blocks.some(({ kind }) => kind === "toolCall" || kind === "image")) return false;
  const text = message.blocks
    .flatMap((block) => (block.kind === "text" ? [block.text] : []))
    .join("\n")
    .trim();
  if (text === silentReplies.noReply) return true;
  const { token, maxRest } = silentReplies.heartbeat;
  if (!text.startsWith(token) && !text.endsWith(token)) return false;
  return text.length - token.length <= maxRest;
}
