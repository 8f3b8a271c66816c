import { createHash } from "node:crypto";
import { posix } from "node:path";
import { type FileToKeep, keepFile, type Kept } from "../../../src/core/keep/keepFile";
import type { KeepWorld } from "../../../src/core/keep/keptDirectory";
import { parseKeptName, recordName } from "../../../src/core/keep/keptName";
import { parseRecord } from "../../../src/core/keep/keptRecord";
import { ModelFiles } from "../restore/modelFiles";

export const source = "/state/agents/main/sessions/a.jsonl.reset.2026-04-01T09-00-00.000Z";
export const directory = "/home/kept/0123456789abcdef/main";
export const content = "header\nfirst\nsecond\n";
const original = posix.basename(source);

export const request: FileToKeep = {
  source,
  directory,
  known: [],
  stateDir: "/state",
  about: {
    originalName: original,
    originalPath: source,
    agentId: "main",
    windowId: "main/a/1",
    sessionId: "a",
    key: "agent:main:main",
    joinEvidence: "The index says so.",
    joinRung: "usage-family",
  },
};

/** A file system with one archive and a home directory. */
export function withArchive(): ModelFiles {
  const files = new ModelFiles();
  files.put(source, content);
  files.putDirectory("/home");
  return files;
}

let uuids = 0;

export const now = Date.parse("2026-04-02T10:00:00Z");

export function keep(files: ModelFiles, what: Partial<FileToKeep> = {}, at = now): Promise<Kept> {
  const world: KeepWorld = {
    files,
    hash: () => {
      const hash = createHash("sha256");
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
    },
    newUuid: () => `00000000-0000-4000-8000-${String(uuids++).padStart(12, "0")}`,
    now: () => at,
    join: (...parts) => posix.join(...parts),
    dirname: (path) => posix.dirname(path),
  };
  return keepFile(world, { ...request, ...what });
}

/** Copies by name, with whether they are whole and whether their record says so. */
export function copiesIn(files: ModelFiles): Readonly<Record<string, string>> {
  const all = files.contents();
  const found: Record<string, string> = {};
  for (const [path, bytes] of all) {
    const name = posix.basename(path);
    if (posix.dirname(path) !== directory || parseKeptName(name).kind === "side") continue;
    const record = parseRecord(textOf(all.get(posix.join(directory, recordName(name)))));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const said = record === undefined ? "no record" : record.copy.sha256 === sha256 ? "as recorded" : "not as recorded";
    found[name] = `${textOf(bytes) === content ? "whole" : "other"}, ${said}`;
  }
  return found;
}

export const whole = { [original]: "whole, as recorded" };

/** Everything in the folder that is neither copy nor record. */
export function restIn(files: ModelFiles): readonly string[] {
  return [...files.contents().keys()].filter(
    (path) => posix.dirname(path) === directory && posix.basename(path).startsWith("."),
  );
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : new TextDecoder().decode(bytes);
}
