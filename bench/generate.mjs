// Large inputs for the benchmarks, made from the recorded transcripts in test/fixtures: what a line looks like and how long it is
// comes from there. Seeded, so every machine measures the same bytes. They are kept in the cache folder, outside the
// repository, and made once.
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached, cacheFolder } from "../scripts/cache.mjs";

/** Raise it when the steps below change: other bytes then get another name. */
const RECIPE = 2;
const corpora = fileURLToPath(new URL("../test/fixtures/corpora", import.meta.url));

/** One line in so many bytes is longer than 500 KB: what a tool printed, or a picture. */
const BYTES_PER_LONG_LINE = 16_000_000;

/**
 * One transcript of about so many megabytes (1 MB = 1,000,000 bytes); its path.
 *
 * @param {number} megabytes
 * @returns {Promise<string>}
 */
export async function largeTranscript(megabytes) {
  const folder = await cached(`bench-r${RECIPE}-transcript-${megabytes}MB`, (unfinished) => {
    console.log(`Making a transcript of ${megabytes} MB …`);
    const writer = new TranscriptWriter(random(megabytes));
    writer.write(join(unfinished, "transcript.jsonl"), megabytes * 1_000_000);
  });
  return join(folder, "transcript.jsonl");
}

/**
 * A state directory with many transcripts of one agent: live ones that `sessions.json` names, archives and orphans; its path.
 *
 * @param {{ transcripts: number, megabytes: number }} size
 * @returns {Promise<string>}
 */
export async function largeStateDirectory({ transcripts, megabytes }) {
  const name = `bench-r${RECIPE}-state-${transcripts}x${megabytes}MB`;
  const folder = await cached(name, (unfinished) => {
    console.log(`Making a state directory of ${transcripts} transcripts, ${megabytes} MB …`);
    const [path, lastPath] = [join(unfinished, ".openclaw"), join(cacheFolder(), name, ".openclaw")];
    writeStateDirectory({ path, lastPath, transcripts, bytes: megabytes * 1_000_000 });
  });
  return join(folder, ".openclaw");
}

/** Removes everything made here, of this recipe and of earlier ones. */
export function removeGenerated() {
  const folder = cacheFolder();
  let names = [];
  try {
    names = readdirSync(folder).filter((name) => /^bench-r\d+-/.test(name));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
  return names.length;
}

/** Writes to `path`; the rows of the index name the files where they will be in the end, below `lastPath`. */
function writeStateDirectory({ path, lastPath, transcripts, bytes }) {
  const next = random(transcripts);
  const sessions = join(path, "agents", "main", "sessions");
  const lastSessions = join(lastPath, "agents", "main", "sessions");
  mkdirSync(sessions, { recursive: true });
  writeFileSync(join(path, "openclaw.json"), JSON.stringify({ meta: { lastTouchedVersion: "2026.4.21" } }));
  const writer = new TranscriptWriter(next);
  const store = {};

  // Most conversations are short and a few are very long: sizes from a distribution with a heavy tail, scaled to the total.
  const weights = Array.from({ length: transcripts }, () => 1 / (0.02 + next()) ** 1.2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    const id = uuid(next);
    const share = (bytes * weight) / total;
    const isLive = index % 25 === 0;
    const isArchive = !isLive && index % 3 === 0;
    const at = Date.parse("2026-04-01T00:00:00.000Z") + index * 60_000;
    const stamp = new Date(at).toISOString().replaceAll(":", "-");
    const file = join(sessions, `${id}.jsonl${isArchive ? `.reset.${stamp}` : ""}`);
    const lastAt = writer.write(file, share, { id, endsAt: at - 3_600_000 });
    utimesSync(file, lastAt / 1000, lastAt / 1000);
    if (isLive) {
      const key = index === 0 ? "agent:main:main" : `agent:main:telegram:direct:${5_550_000 + index}`;
      store[key] = {
        sessionId: id,
        updatedAt: lastAt,
        sessionFile: join(lastSessions, `${id}.jsonl`),
        chatType: "direct",
      };
    }
  }
  writeFileSync(join(sessions, "sessions.json"), JSON.stringify(store, undefined, 2));
}

/** Writes transcripts turn by turn, each turn like a recorded one. */
class TranscriptWriter {
  constructor(next) {
    this.next = next;
    this.recorded = recordedTurns();
    this.untilLongLine = BYTES_PER_LONG_LINE * 0.5;
  }

  /** Returns the time of the last entry, epoch ms. */
  write(file, bytes, { id = uuid(this.next), endsAt = undefined } = {}) {
    const { next, recorded } = this;
    const descriptor = openSync(file, "w");
    let at = Date.parse("2026-03-01T08:00:00.000Z");
    if (endsAt !== undefined) at = endsAt - bytes * 40;
    let parentId = null;
    let written = 0;
    let text = `${JSON.stringify({ type: "session", version: 3, id, timestamp: new Date(at).toISOString(), cwd: "/home/dev/.openclaw/workspace" })}\n`;
    const add = (record) => {
      at += Math.floor(next() * 20_000);
      const fresh = hex(next, 8);
      const line = this.line(record, fresh, parentId, at);
      parentId = fresh;
      this.untilLongLine -= line.length;
      text += `${line}\n`;
      if (text.length < 1_000_000) return;
      written += writeSync(descriptor, text);
      text = "";
    };
    recorded.opening.forEach(add);
    while (written + text.length < bytes) recorded.turns[Math.floor(next() * recorded.turns.length)].forEach(add);
    writeSync(descriptor, text);
    closeSync(descriptor);
    return at;
  }

  /** A recorded row with an identity, a time and words of its own. */
  line(record, id, parentId, at) {
    const row = { ...record, ...("id" in record ? { id, parentId, timestamp: new Date(at).toISOString() } : {}) };
    if (!row.message) return JSON.stringify(row);
    row.message = { ...row.message, timestamp: at - Math.floor(this.next() * 3_000) };
    const { message } = row;
    if (typeof message.content === "string") message.content = this.words(message);
    else
      message.content = message.content.map((block) =>
        block.type === "text" ? { ...block, text: this.words(message, block.text) } : block,
      );
    if (message.usage && message.provider !== "openclaw") message.usage = this.usage(message.usage);
    if (message.responseId) message.responseId = `chatcmpl-${hex(this.next, 24)}`;
    if (message.role === "toolResult" && this.untilLongLine < 0) {
      this.untilLongLine = BYTES_PER_LONG_LINE;
      message.content = [this.longBlock()];
    }
    return JSON.stringify(row);
  }

  /** The beginning of one recorded text and the end of another of the same role: as long as those, and new. */
  words(message, text = message.content) {
    const texts = this.recorded.texts.get(message.role) ?? [text];
    const other = texts[Math.floor(this.next() * texts.length)];
    const cut = Math.floor(this.next() * text.length);
    return text.slice(0, cut) + other.slice(Math.floor((cut / Math.max(1, text.length)) * other.length));
  }

  /** Prices as for a model one pays for; what was recorded cost nothing. */
  usage({ output }) {
    const { next } = this;
    const input = Math.floor(next() * 120_000);
    const cacheRead = Math.floor(next() * 90_000);
    const price = (tokens, perMillion) => (tokens * perMillion) / 1_000_000;
    const cost = {
      input: price(input, 3),
      output: price(output, 15),
      cacheRead: price(cacheRead, 0.3),
      cacheWrite: 0,
      total: 0,
    };
    cost.total = cost.input + cost.output + cost.cacheRead;
    return { input, output, cacheRead, cacheWrite: 0, totalTokens: input + output + cacheRead, cost };
  }

  longBlock() {
    const bytes = 500_000 + Math.floor(this.next() * 700_000);
    if (this.next() < 0.3) return { type: "image", data: hex(this.next, 64).repeat(bytes / 64), mimeType: "image/png" };
    const line = `  "name": "package-${hex(this.next, 8)}", "version": "1.2.3",\n\tconst value = { list: [1, 2], text: "a" };\n`;
    return { type: "text", text: line.repeat(bytes / line.length) };
  }
}

/** A turn is a user message and what followed it until the next one. */
function recordedTurns() {
  const opening = [];
  const turns = [];
  const texts = new Map();
  for (const path of readdirSync(corpora, { recursive: true, encoding: "utf8" }).sort()) {
    const isTranscript = /sessions[\\/][0-9a-f-]{36}\.jsonl(\.(reset|deleted)\.[^.]+\.[0-9]+Z)?$/.test(path);
    if (!isTranscript) continue;
    let turn;
    for (const text of readFileSync(join(corpora, path), "utf8").split("\n")) {
      if (text === "") continue;
      const row = JSON.parse(text);
      if (row.type === "session") continue;
      if (row.message?.role === "user") turns.push((turn = []));
      if (turn) turn.push(row);
      else if (turns.length === 0) opening.push(row);
      for (const said of textsOf(row.message))
        texts.set(row.message.role, [...(texts.get(row.message.role) ?? []), said]);
    }
  }
  return { opening, turns, texts };
}

function textsOf(message) {
  if (typeof message?.content === "string") return [message.content];
  return (message?.content ?? []).flatMap(({ type, text }) => (type === "text" ? [text] : []));
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function hex(next, length) {
  let text = "";
  while (text.length < length)
    text += Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return text.slice(0, length);
}

function uuid(next) {
  const digits = hex(next, 32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}
