// What lies in a state directory, as bytes.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const sessionsOf = (state) => join(state, "agents", "main", "sessions");
export const indexOf = (state) => join(sessionsOf(state), "sessions.json");
export const rowsOf = (state) => JSON.parse(readFileSync(indexOf(state), "utf8"));
export const namesIn = (state) => readdirSync(sessionsOf(state)).sort();
export const hashOf = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Name, mode and hash of everything in the sessions directory but locks; text, so that it compares. */
export function fingerprint(state) {
  const folder = sessionsOf(state);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.endsWith(".lock"))
    .sort()
    .map((name) => [name, statSync(join(folder, name))])
    .map(([name, { mode }, file = join(folder, name)]) =>
      [name, mode.toString(8), statSync(file).isFile() ? hashOf(file) : "directory"].join(" "),
    )
    .join("\n");
}

/** Transcripts that hold all of these words, and none of those. */
export function transcriptsWith(state, words, without = []) {
  return namesIn(state)
    .filter((name) => name.includes(".jsonl") && !name.includes(".trajectory") && !name.endsWith(".lock"))
    .map((name) => join(sessionsOf(state), name))
    .filter((file) => {
      const text = readFileSync(file, "utf8");
      return words.every((word) => text.includes(word)) && !without.some((word) => text.includes(word));
    });
}

export const headerId = (file) => JSON.parse(readFileSync(file, "utf8").split("\n", 1)[0]).id;
/** Of a reset. */
export const isArchive = (file) => /\.jsonl\.reset\./.test(basename(file));
/** A plain transcript: the gateway goes on in it when it is given back. */
export const isTranscript = (file) => /^[0-9a-f-]{36}\.jsonl$/.test(basename(file));
