import type { JSONPath } from "jsonc-parser";
import type { Place } from "../evidence/evidence";
import type { ConfigFacts, Configured, ConfiguredHeartbeat, ConfiguredReset } from "../surroundings/surroundings";
import { isVersion } from "../surroundings/versionFact";
import type { JsonObject } from "../transcript/entry";
import { normalizeAgentId } from "./agentId";
import { configLines, type ConfigLines } from "./configLines";
import { substituteVariables } from "./configVariables";
import { isJsonObject } from "./jsonObject";

export interface ConfigSource {
  /** The config as its file holds it, for the lines. */
  readonly text: string;
  /** Absolute path. */
  readonly file: string;
  readonly lookUp: (name: string) => string | undefined;
}

/**
 * What explaining needs of a config, and nothing else of it. `value` is the whole config, includes merged in. What is of
 * another type than OpenClaw takes is left out; whether OpenClaw would refuse it is not judged here.
 */
export function configFactsOf(value: unknown, { text, file, lookUp }: ConfigSource): ConfigFacts {
  const at = new Reader(isJsonObject(value) ? value : {}, configLines(text), file, lookUp);
  const session = ["session"];
  const maintenance = [...session, "maintenance"];
  const defaults = ["agents", "defaults"];
  return {
    file,
    reset: at.reset([...session, "reset"]),
    resetByType: at.each([...session, "resetByType"], (path) => at.reset(path)),
    resetByChannel: at.each([...session, "resetByChannel"], (path) => at.reset(path)),
    idleMinutes: at.number([...session, "idleMinutes"]),
    resetTriggers: at.texts([...session, "resetTriggers"]),
    maintenance: {
      mode: at.text([...maintenance, "mode"]),
      // `pruneDays` is the older name (up to 2026.7.35).
      pruneAfter: at.textOrNumber([...maintenance, "pruneAfter"]) ?? at.number([...maintenance, "pruneDays"]),
      maxEntries: at.number([...maintenance, "maxEntries"]),
      resetArchiveRetention:
        at.textOrNumber([...maintenance, "resetArchiveRetention"]) ??
        at.false([...maintenance, "resetArchiveRetention"]),
      maxDiskBytes: at.textOrNumber([...maintenance, "maxDiskBytes"]),
    },
    heartbeat: at.heartbeat([...defaults, "heartbeat"]),
    ...agentsOf(at),
    userTimezone: at.text([...defaults, "userTimezone"]),
    logFile: at.text(["logging", "file"]),
    contextWindows: contextWindowsOf(at),
    primaryModel: at.text([...defaults, "model", "primary"]) ?? at.text([...defaults, "model"]),
    contextTokens: at.number([...defaults, "contextTokens"]),
    truncateAfterCompaction: at.boolean([...defaults, "compaction", "truncateAfterCompaction"]),
    gatewayPort: at.number(["gateway", "port"]),
    lastTouched: lastTouchedOf(at),
  };
}

/** Agents, types, channels or models beyond so many are not taken; one that was made to has hundreds of thousands. */
const MOST_OF_A_KIND = 1_000;

/** Characters of a text; a heartbeat's prompt is the longest there is. */
const LONGEST_TEXT = 16 * 1024;

class Reader {
  constructor(
    private readonly config: JsonObject,
    private readonly lines: ConfigLines,
    private readonly file: string,
    private readonly lookUp: (name: string) => string | undefined,
  ) {}

  value(path: JSONPath): unknown {
    let value: unknown = this.config;
    for (const step of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string | number, unknown>)[step];
    }
    return value;
  }

  object(path: JSONPath): JsonObject | undefined {
    const value = this.value(path);
    return isJsonObject(value) ? value : undefined;
  }

  list(path: JSONPath): readonly unknown[] {
    const value = this.value(path);
    return Array.isArray(value) ? (value as unknown[]).slice(0, MOST_OF_A_KIND) : [];
  }

  place(path: JSONPath): Place {
    return { file: this.file, line: this.lines.lineOf(this.inText(path)) };
  }

  number(path: JSONPath): Configured<number> | undefined {
    return this.configured(path, numberOf(this.value(path)));
  }

  text(path: JSONPath): Configured<string> | undefined {
    return this.configured(path, this.textOf(this.value(path)));
  }

  textOrNumber(path: JSONPath): Configured<string | number> | undefined {
    return this.text(path) ?? this.number(path);
  }

  boolean(path: JSONPath): Configured<boolean> | undefined {
    const value = this.value(path);
    return this.configured(path, typeof value === "boolean" ? value : undefined);
  }

  false(path: JSONPath): Configured<false> | undefined {
    return this.configured(path, this.value(path) === false ? (false as const) : undefined);
  }

  texts(path: JSONPath): Configured<readonly string[]> | undefined {
    if (!Array.isArray(this.value(path))) return undefined;
    const texts = this.list(path).flatMap((item) => this.textOf(item) ?? []);
    return this.configured(path, texts);
  }

  /** What `read` makes of each member of the object at `path`, by its name in lower case. */
  each<T>(path: JSONPath, read: (path: JSONPath) => T | undefined): Readonly<Record<string, T>> {
    const found: [string, T][] = [];
    for (const name of Object.keys(this.object(path) ?? {}).slice(0, MOST_OF_A_KIND)) {
      const value = read([...path, name]);
      if (value !== undefined && name !== "__proto__") found.push([name.trim().toLowerCase(), value]);
    }
    return Object.fromEntries(found);
  }

  reset(path: JSONPath): ConfiguredReset | undefined {
    const block = this.object(path);
    if (block === undefined) return undefined;
    return {
      mode: this.textOf(block["mode"]),
      atHour: numberOf(block["atHour"]),
      idleMinutes: numberOf(block["idleMinutes"]),
      place: this.place(path),
    };
  }

  heartbeat(path: JSONPath): ConfiguredHeartbeat | undefined {
    const block = this.object(path);
    if (block === undefined) return undefined;
    const flag = (name: string): boolean | undefined => (typeof block[name] === "boolean" ? block[name] : undefined);
    return {
      every: this.textOf(block["every"]),
      isolatedSession: flag("isolatedSession"),
      lightContext: flag("lightContext"),
      session: this.textOf(block["session"]),
      target: this.textOf(block["target"]),
      model: this.textOf(block["model"]),
      prompt: this.textOf(block["prompt"]),
      place: this.place(path),
    };
  }

  private configured<T>(path: JSONPath, value: T | undefined): Configured<T> | undefined {
    return value === undefined ? undefined : { value, place: this.place(path) };
  }

  private textOf(value: unknown): string | undefined {
    if (typeof value !== "string" || value.length > LONGEST_TEXT) return undefined;
    const { text } = substituteVariables(value, this.lookUp);
    return text.trim() === "" ? undefined : text;
  }

  /** Lists of included files stand before the file's own: an agent is found again by its id. */
  private inText(path: JSONPath): JSONPath {
    const at = path.findIndex((step) => typeof step === "number");
    if (at < 0) return path;
    const list = path.slice(0, at);
    const item = this.value(path.slice(0, at + 1));
    const id = isJsonObject(item) ? item["id"] : undefined;
    const index = typeof id === "string" ? this.lines.indexIn(list, (other) => other === id) : undefined;
    return index === undefined ? [...list, -1] : [...list, index, ...path.slice(at + 1)];
  }
}

/** `agents.list[]` (up to 2026.7.35, still accepted later) and `agents.entries{}` (2026.8.1+). */
function agentsOf(at: Reader): Pick<ConfigFacts, "agentHeartbeats" | "defaultAgentId"> {
  const heartbeats = new Map<string, ConfiguredHeartbeat>();
  let first: string | undefined;
  let chosen: string | undefined;
  const take = (name: unknown, path: JSONPath): void => {
    if (typeof name !== "string" || name.trim() === "") return;
    const id = normalizeAgentId(name);
    first ??= id;
    if (at.value([...path, "default"]) === true) chosen ??= id;
    const heartbeat = at.heartbeat([...path, "heartbeat"]);
    if (heartbeat !== undefined) heartbeats.set(id, heartbeat);
  };
  at.list(["agents", "list"]).forEach((_, index) => {
    take(at.value(["agents", "list", index, "id"]), ["agents", "list", index]);
  });
  const entries = ["agents", "entries"];
  for (const name of Object.keys(at.object(entries) ?? {}).slice(0, MOST_OF_A_KIND)) take(name, [...entries, name]);
  return { agentHeartbeats: Object.fromEntries(heartbeats), defaultAgentId: chosen ?? first };
}

function contextWindowsOf(at: Reader): Readonly<Record<string, number>> {
  const found: [string, number][] = [];
  const providers = ["models", "providers"];
  for (const provider of Object.keys(at.object(providers) ?? {}).slice(0, MOST_OF_A_KIND)) {
    at.list([...providers, provider, "models"]).forEach((model) => {
      if (!isJsonObject(model) || typeof model["id"] !== "string" || found.length >= MOST_OF_A_KIND) return;
      const window = numberOf(model["contextWindow"]);
      if (window !== undefined) found.push([`${provider}/${model["id"]}`, window]);
    });
  }
  return Object.fromEntries(found);
}

function lastTouchedOf(at: Reader): ConfigFacts["lastTouched"] {
  const path = ["meta", "lastTouchedVersion"];
  const version = at.value(path);
  if (typeof version !== "string" || !isVersion(version.trim())) return undefined;
  const moment = at.value(["meta", "lastTouchedAt"]);
  const time = typeof moment === "number" ? moment : typeof moment === "string" ? Date.parse(moment) : Number.NaN;
  return { version: version.trim(), at: Number.isFinite(time) ? time : undefined, place: at.place(path) };
}

/** Anything that is a number at all; what makes no sense of it is judged where it is used. */
function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
