import * as l10n from "@vscode/l10n";
import { formatBytes, formatNumber } from "../text/formatSize";
import type { JsonObject, TranscriptItem, UnknownEntry } from "../transcript/entry";
import { resultLimit } from "./blockViews";
import type { Clock } from "./clock";
import { readableJson } from "./jsonText";
import { marks } from "./marks";
import { modelName } from "./speakerName";
import type { BlockView, EntryView, Run } from "./view";

/**
 * Trajectories are traces of runs (`<id>.trajectory.jsonl`, OpenClaw 2026.4.22 to 2026.7.35): what the model was given and
 * what it answered. Not transcripts: no header, no ids; each record names its session and its run.
 */
export function isTraceRecord(entry: UnknownEntry): boolean {
  return entry.raw["traceSchema"] === "openclaw-trajectory";
}

/** The start of a run is a turn; its other records are one line each, with the texts that matter beneath. */
export function trajectoryView(item: TranscriptItem, entry: UnknownEntry, clock: Clock): EntryView {
  const { raw } = entry;
  const data = objectIn(raw, "data") ?? {};
  const type = entry.writtenType ?? "?";
  const begins = type === "session.started";
  const trigger = stringIn(data, "trigger");
  const written = stringIn(raw, "ts");
  const time = clock.run(written === undefined ? undefined : Date.parse(written), written, undefined, begins);
  const whole: BlockView = {
    kind: "elided",
    label: l10n.t("whole record"),
    text: readableJson(raw),
    part: "record",
    inline: true,
  };
  const name = begins ? l10n.t("run, trigger {0}", trigger ?? "?") : type;
  return {
    item,
    kind: begins && trigger === "user" ? "user" : begins ? "machine" : "context",
    shape: begins ? "turn" : "result",
    mark: begins ? (trigger === "user" ? marks.user : marks.machine) : marks.state,
    heading: [
      { text: name },
      ...(time ? [time] : []),
      ...(begins ? modelName(stringIn(raw, "provider"), stringIn(raw, "modelId")).map((text) => ({ text })) : []),
      ...factsOf(type, data).map((text): Run => ({ text })),
    ],
    title: name,
    blocks: [...textsOf(type, data), whole],
  };
}

/** What the record is worth knowing by, in a few words. */
function factsOf(type: string, data: JsonObject): string[] {
  switch (type) {
    case "session.started": {
      const tools = data["toolCount"];
      return typeof tools === "number" ? [l10n.t("tools: {0}", formatNumber(tools))] : [];
    }
    case "trace.metadata": {
      const harness = objectIn(data, "harness") ?? {};
      return [[stringIn(harness, "name"), stringIn(harness, "version")].filter((part) => part !== undefined).join(" ")];
    }
    case "context.compiled":
      return [
        l10n.t("system prompt {0}", formatBytes(Buffer.byteLength(stringIn(data, "systemPrompt") ?? ""))),
        l10n.t("earlier messages: {0}", lengthOf(data["messages"])),
        ...(Array.isArray(data["tools"]) ? [l10n.t("tools: {0}", lengthOf(data["tools"]))] : []),
      ];
    case "model.completed": {
      const usage = objectIn(data, "usage") ?? {};
      return [
        ...numberFact(usage["input"], (count) => l10n.t("{0} tokens in", count)),
        ...numberFact(usage["output"], (count) => l10n.t("{0} out", count)),
        ...troubles(data),
      ];
    }
    case "trace.artifacts":
      return [stringIn(data, "finalStatus") ?? "", ...troubles(data)];
    case "session.ended":
      return [stringIn(data, "status") ?? "", ...troubles(data)];
    default:
      return [];
  }
}

function textsOf(type: string, data: JsonObject): BlockView[] {
  switch (type) {
    case "context.compiled":
      return elidedText(l10n.t("system prompt"), data["systemPrompt"], "system");
    case "prompt.submitted":
      return shownText(l10n.t("prompt"), data["prompt"], "prompt");
    case "model.completed": {
      const texts: unknown = data["assistantTexts"];
      if (!Array.isArray(texts)) return [];
      return texts.flatMap((text: unknown, index) => shownText(l10n.t("answer"), text, `answer-${index}`));
    }
    default:
      return [];
  }
}

/** `timedOut`, `aborted`, …: the flags that are set. */
function troubles(data: JsonObject): string[] {
  return Object.keys(data).filter((key) => data[key] === true && /abort|timedOut/i.test(key));
}

function shownText(label: string, text: unknown, part: string): BlockView[] {
  return typeof text === "string" && text !== "" ? [{ kind: "text", label, text, part, limit: resultLimit }] : [];
}

function elidedText(label: string, text: unknown, part: string): BlockView[] {
  return typeof text === "string" && text !== "" ? [{ kind: "elided", label, text, part }] : [];
}

function numberFact(value: unknown, sentence: (count: string) => string): string[] {
  return typeof value === "number" ? [sentence(formatNumber(value))] : [];
}

function lengthOf(value: unknown): string {
  return formatNumber(Array.isArray(value) ? value.length : 0);
}

function objectIn(from: JsonObject, key: string): JsonObject | undefined {
  const value = Object.hasOwn(from, key) ? from[key] : undefined;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function stringIn(from: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(from, key) ? from[key] : undefined;
  return typeof value === "string" ? value : undefined;
}
