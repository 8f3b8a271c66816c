import { readdir } from "node:fs/promises";
import * as path from "node:path";
import type { CronRun, MemoryNote } from "../core/conversation/agentInput";
import { ReadError } from "../core/inspectorPort";
import type { Problem } from "../core/problem";
import { openBytes } from "./byteSource";
import { isInside } from "../core/locations/containment";
import { problemOf } from "./readErrors";
import { realPathOf } from "./regularFile";
import { concurrently } from "./scanLimit";
import { listDirectory, sameFacts, type ListedName } from "./scanListing";
import { parseCronRun, parseMemoryNote } from "./scanSideText";

/** Side evidence is searched in the newest files only, and in a bounded part of each. */
const MAX_FILES = 500;
const CRON_BYTES = 256 * 1024;
const NOTE_BYTES = 4 * 1024;

export interface SideFindings {
  readonly cronRuns: readonly CronRun[];
  readonly memoryNotes: readonly MemoryNote[];
  /** The same notes with the files they stand in. */
  readonly noteFiles: readonly NoteFile[];
  /** What could not be read; the rest counts all the same. */
  readonly problems: readonly Problem[];
}

export interface NoteFile {
  readonly note: MemoryNote;
  /** Absolute path. */
  readonly file: string;
  /** Epoch ms. */
  readonly mtimeMs: number;
}

/** What lies beside the sessions of a state directory and names sessions: read once, and again where it changed. */
export class SideEvidenceReader {
  private readonly cronRuns: ChangedFiles<readonly CronRun[]>;
  private readonly notes = new Map<string, ChangedFiles<readonly NoteFile[]>>();

  /** @param stateDir its real path: nothing is read that lies elsewhere */
  constructor(private readonly stateDir: string) {
    this.cronRuns = this.filesIn(["cron", "runs"], ".jsonl", async (file, { base, bytes }) => {
      const text = await this.readPart(file, Math.max(0, bytes - CRON_BYTES), CRON_BYTES);
      return text.split("\n").flatMap((line) => parseCronRun(base, line) ?? []);
    });
  }

  async read(signal: AbortSignal): Promise<SideFindings> {
    const problems: Problem[] = [];
    const cronRuns = (await this.cronRuns.look(problems, signal)).flat();
    const noteFiles: NoteFile[] = [];
    for (const workspace of await this.workspaces()) {
      noteFiles.push(...(await this.notesOf(workspace).look(problems, signal)).flat());
    }
    return { cronRuns, memoryNotes: noteFiles.map(({ note }) => note), noteFiles, problems };
  }

  /** `workspace`, and `workspace-<agent>` where there are several agents. */
  private async workspaces(): Promise<string[]> {
    // That the state directory itself cannot be listed is reported where its agents are looked for.
    const names = await readdir(this.stateDir).catch(() => []);
    return names.filter((name) => name === "workspace" || name.startsWith("workspace-")).sort();
  }

  private notesOf(workspace: string): ChangedFiles<readonly NoteFile[]> {
    const known = this.notes.get(workspace);
    if (known !== undefined) return known;
    const made = this.filesIn([workspace, "memory"], ".md", async (file, { base, mtimeMs }) => {
      const note = parseMemoryNote(base, await this.readPart(file, 0, NOTE_BYTES));
      return note === undefined ? [] : [{ note, file, mtimeMs }];
    });
    this.notes.set(workspace, made);
    return made;
  }

  private filesIn<Value>(parts: readonly string[], suffix: string, make: MakeValue<Value>): ChangedFiles<Value> {
    return new ChangedFiles(path.join(this.stateDir, ...parts), this.stateDir, suffix, make);
  }

  private async readPart(file: string, offset: number, length: number): Promise<string> {
    const source = await openBytes(file, { within: this.stateDir });
    try {
      return Buffer.from(await source.read(offset, length)).toString("utf8");
    } finally {
      await source.close();
    }
  }
}

type MakeValue<Value> = (file: string, listed: ListedName) => Promise<Value>;

/** The newest files of a directory with a value each, made again when the file changed. */
class ChangedFiles<Value> {
  private known = new Map<string, { readonly listed: ListedName; readonly value: Value }>();

  constructor(
    private readonly directory: string,
    private readonly within: string,
    private readonly suffix: string,
    private readonly make: MakeValue<Value>,
  ) {}

  /** What cannot be read is added to `problems` and left out. */
  async look(problems: Problem[], signal: AbortSignal): Promise<readonly Value[]> {
    const newest = (await this.list())
      .filter(({ base, type }) => type === "file" && base.endsWith(this.suffix))
      .sort((one, other) => other.mtimeMs - one.mtimeMs)
      .slice(0, MAX_FILES);
    const known = new Map<string, { readonly listed: ListedName; readonly value: Value }>();
    await concurrently(8, newest, async (listed) => {
      signal.throwIfAborted();
      const before = this.known.get(listed.base);
      if (before !== undefined && sameFacts(before.listed, listed)) {
        known.set(listed.base, before);
        return;
      }
      try {
        known.set(listed.base, { listed, value: await this.make(path.join(this.directory, listed.base), listed) });
      } catch (error) {
        if (!(error instanceof ReadError)) throw error;
        problems.push(problemOf(error));
      }
    });
    this.known = known;
    return newest.flatMap(({ base }) => {
      const found = known.get(base);
      return found === undefined ? [] : [found.value];
    });
  }

  private async list(): Promise<readonly ListedName[]> {
    // Neither has to exist, and a workspace that is a link to elsewhere is nothing wrong; it is just not followed.
    const real = await realPathOf(this.directory).catch(() => undefined);
    if (real === undefined || !isInside(path, this.within, real)) return [];
    const listing = await listDirectory(this.directory);
    return listing.outcome === "listed" ? listing.names : [];
  }
}
