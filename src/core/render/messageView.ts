import * as l10n from "@vscode/l10n";
import { formatDuration } from "../text/formatTime";
import { formatNumber } from "../text/formatSize";
import type {
  AssistantMessage,
  BashMessage,
  CustomMessageEntry,
  MessageEntry,
  OtherMessage,
  ToolResultMessage,
  TranscriptItem,
  Usage,
  UserMessage,
} from "../transcript/entry";
import { childResult, type Envelope, type Noise, splitEnvelope } from "../transcript/envelope";
import { detail, exitCodeOf, leadingText, type Speaker, speakerOf } from "../transcript/speaker";
import { blockViews, resultLimit, spokenLimit } from "./blockViews";
import type { ViewContext } from "./entryView";
import { compactJson } from "./jsonText";
import { marks } from "./marks";
import { speakerFacts, speakerName } from "./speakerName";
import type { BlockView, EntryView, Run, TextLimit } from "./view";

export function messageView(item: TranscriptItem, entry: MessageEntry, context: ViewContext): EntryView {
  const { message } = entry;
  switch (message.role) {
    case "user":
      return userView(item, entry, message, context);
    case "assistant":
      return assistantView(item, entry, message, context);
    case "toolResult":
      return resultView(item, entry, message, context);
    case "bashExecution":
      return bashView(item, entry, message, context);
    case "other":
      return otherView(item, entry, message, context);
  }
}

/** What plugins and OpenClaw itself tell the model; some of it the user never saw. */
export function customMessageView(item: TranscriptItem, entry: CustomMessageEntry, context: ViewContext): EntryView {
  const speaker = speakerOf(entry);
  const hidden = !entry.display;
  const blocks = blockViews(entry.blocks, hidden ? resultLimit : spokenLimit);
  return {
    item,
    kind: "context",
    shape: "entry",
    mark: marks.context,
    heading: [...who(speaker), ...time(context, entry)],
    title: speakerName(speaker),
    blocks: hidden
      ? blocks.map((block) => (block.kind === "text" ? elided(block.label, block.text, block.part) : block))
      : blocks,
  };
}

function userView(item: TranscriptItem, entry: MessageEntry, message: UserMessage, context: ViewContext): EntryView {
  const envelope = splitEnvelope(leadingText(message));
  const speaker = speakerOf(entry, envelope);
  const person = speaker.kind === "user";
  const blocks = blockViews(message.blocks, person ? spokenLimit : resultLimit, wordsOf(envelope, person));
  const name = speakerName(speaker);
  const words = firstWords(envelope.text);
  return {
    item,
    kind: person ? "user" : "machine",
    shape: "turn",
    mark: person ? marks.user : marks.machine,
    heading: [...who(speaker), ...time(context, entry, envelope.stamp, true)],
    title: person && words !== "" ? titled(name, words) : name,
    blocks: blocks.length > 0 ? blocks : [nothing(l10n.t("(no text)"))],
  };
}

function assistantView(
  item: TranscriptItem,
  entry: MessageEntry,
  message: AssistantMessage,
  context: ViewContext,
): EntryView {
  const speaker = speakerOf(entry);
  const calls = message.blocks.flatMap((block) => (block.kind === "toolCall" ? [block] : []));
  if (calls.length > 1) {
    for (const { id, arguments: given } of calls)
      if (id !== undefined) context.calls.set(id, compactJson(given, 60).text);
  }
  const blocks = blockViews(message.blocks, spokenLimit);
  if (message.errorMessage !== undefined && message.errorMessage !== "") {
    blocks.push(
      { kind: "note", mark: marks.damage, runs: [{ text: l10n.t("the model's provider reported an error") }] },
      { kind: "text", label: l10n.t("error"), text: message.errorMessage, part: "error", limit: resultLimit },
    );
  }
  const words = firstWords(leadingText(message)) || calls.map(({ name }) => name ?? "?").join(", ");
  const name = speakerName(speaker);
  const mirror = speaker.kind === "mirror";
  return {
    item,
    kind: mirror ? "mirror" : "assistant",
    shape: "entry",
    mark: mirror ? marks.mirror : marks.assistant,
    heading: [
      ...who(speaker),
      ...time(context, entry),
      ...(mirror ? [] : usageRuns(message.usage)),
      ...stopRuns(message.stopReason),
      ...(speaker.kind === "assistant" && speaker.silent ? [{ text: l10n.t("silent: not delivered") }] : []),
    ],
    title: words === "" ? name : titled(name, words),
    blocks: blocks.length > 0 ? blocks : [nothing(l10n.t("(nothing)"))],
  };
}

function resultView(
  item: TranscriptItem,
  entry: MessageEntry,
  message: ToolResultMessage,
  context: ViewContext,
): EntryView {
  const name = speakerName(speakerOf(entry));
  const code = exitCodeOf(message);
  const duration = detail(message, "durationMs");
  const call = message.toolCallId === undefined ? undefined : context.calls.get(message.toolCallId);
  const outcome = message.isError
    ? l10n.t("failed")
    : (code ?? 0) === 0
      ? l10n.t("ok")
      : l10n.t("exit code {0}", code ?? 0);
  return {
    item,
    kind: "tool",
    shape: "result",
    mark: marks.result,
    heading: [
      { text: name },
      { text: outcome },
      ...(call === undefined ? [] : [{ text: call }]),
      ...(typeof duration === "number" ? [{ text: formatDuration(duration) }] : []),
      ...time(context, entry),
    ],
    title: titled(name, outcome),
    blocks: blockViews(message.blocks, resultLimit),
  };
}

/** A command that the user ran in the chat, with what it printed. */
function bashView(item: TranscriptItem, entry: MessageEntry, message: BashMessage, context: ViewContext): EntryView {
  const command = message.command ?? "";
  const output = message.output ?? "";
  const blocks: BlockView[] = [];
  if (command !== "")
    blocks.push({ kind: "text", label: l10n.t("command"), text: command, part: "command", limit: resultLimit });
  if (output !== "") {
    blocks.push({ kind: "note", mark: marks.result, runs: [{ text: l10n.t("output") }] });
    blocks.push({ kind: "text", label: l10n.t("output"), text: output, part: "output", limit: resultLimit });
  }
  const name = speakerName(speakerOf(entry));
  const code = message.exitCode;
  return {
    item,
    kind: "tool",
    shape: "turn",
    mark: marks.machine,
    heading: [
      { text: name },
      ...(code === undefined ? [] : [{ text: l10n.t("exit code {0}", code) }]),
      ...time(context, entry, undefined, true),
    ],
    title: command === "" ? name : titled(name, firstWords(command)),
    blocks: [...blocks, ...blockViews(message.blocks, resultLimit)],
  };
}

function otherView(item: TranscriptItem, entry: MessageEntry, message: OtherMessage, context: ViewContext): EntryView {
  const role = message.writtenRole;
  const name = role === undefined ? l10n.t("message without a role") : l10n.t("message of unknown role {0}", role);
  const blocks = blockViews(message.blocks, resultLimit);
  const raw = compactJson(message.raw, 160);
  return {
    item,
    kind: "unknown",
    shape: "entry",
    mark: marks.unknown,
    heading: [{ text: name }, ...time(context, entry)],
    title: name,
    blocks: blocks.length > 0 ? blocks : [nothing(raw.text)],
  };
}

const eventLimit: TextLimit = { lines: 5, characters: 600 };

/** The words first, then one line for everything that was wrapped around them. */
function wordsOf(envelope: Envelope, person: boolean): BlockView[] {
  const views: BlockView[] = [];
  const limit = person ? spokenLimit : resultLimit;
  if (envelope.text !== "")
    views.push({ kind: "text", label: l10n.t("text"), text: envelope.text, part: "words", limit });
  envelope.noise.forEach((noise, index) => {
    const label = noiseLabel(noise);
    const part = `noise-${index}`;
    if (noise.kind === "system-events") {
      // What happened meanwhile is short and worth seeing, unlike the rest.
      views.push({ kind: "note", mark: marks.state, runs: [{ text: label }] });
      views.push({ kind: "text", label, text: noise.text.trim(), part, limit: eventLimit });
      return;
    }
    views.push(elided(label, noise.text.trim(), part));
    const result = noise.kind === "runtime-context" ? childResult(noise.text) : undefined;
    if (result !== undefined && result !== "") {
      views.push({
        kind: "text",
        label: l10n.t("result of the sub-agent"),
        text: result,
        part: `child-${index}`,
        limit,
      });
    }
  });
  return views;
}

function noiseLabel(noise: Noise): string {
  switch (noise.kind) {
    case "metadata":
      return noise.name === "Sender" ? l10n.t("sender metadata") : l10n.t("metadata: {0}", noise.name ?? "?");
    case "system-events":
      return l10n.t("system events");
    case "runtime-context":
      return l10n.t("runtime context");
    case "bootstrap":
      return l10n.t("bootstrap notice");
    case "memory":
      return l10n.t("memories put in front");
  }
}

function elided(label: string, text: string, part: string): BlockView {
  return { kind: "elided", label, text, part };
}

function nothing(text: string): BlockView {
  return { kind: "note", mark: marks.state, runs: [{ text }] };
}

function who(speaker: Speaker): Run[] {
  return [speakerName(speaker), ...speakerFacts(speaker)].map((text) => ({ text }));
}

function time(context: ViewContext, entry: MessageEntry | CustomMessageEntry, stamp?: string, full = false): Run[] {
  const run = context.clock.run(entry.at, entry.timestamp, stamp, full);
  return run ? [run] : [];
}

function usageRuns(usage: Usage | undefined): Run[] {
  if (!usage) return [];
  const runs = [
    { text: l10n.t("{0} tokens in", formatNumber(usage.input)) },
    { text: l10n.t("{0} out", formatNumber(usage.output)) },
  ];
  if (usage.cacheRead > 0) runs.push({ text: l10n.t("{0} from cache", formatNumber(usage.cacheRead)) });
  if (usage.costTotal > 0) runs.push({ text: `$${usage.costTotal.toFixed(usage.costTotal < 0.1 ? 4 : 2)}` });
  return runs;
}

/** `stop` and `toolUse` are how an answer ought to end. */
function stopRuns(reason: string | undefined): Run[] {
  if (reason === undefined || reason === "stop" || reason === "toolUse") return [];
  return [{ text: l10n.t("stopped: {0}", reason) }];
}

const titleLength = 80;

function firstWords(text: string): string {
  return text
    .slice(0, 4 * titleLength)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, titleLength);
}

function titled(name: string, words: string): string {
  return l10n.t("{0}: {1}", name, words);
}
