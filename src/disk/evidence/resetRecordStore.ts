import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { isInsideOrEqual } from "../../core/locations/containment";
import type { ResetRecord } from "../../core/rotation/rotationFacts";
import { futureRealPath } from "../cacheStore";
import { isAbsent } from "../readErrors";
import { listName, sameFacts, type ListedName } from "../scanListing";
import { makeDirectory } from "./makeDirectory";
import { TimeLimitError, withinTime } from "./timeLimit";
import { decodeResetRecord, encodeResetRecord, mergedRecords } from "./keptResetRecord";

const MAX_FILE_BYTES = 5 * 1024 * 1024;
/** So much is left when the oldest are dropped, so that this is rare. */
const ROOM = 0.8;

/** Windows has none of these flags. */
const NO_FOLLOW =
  ((constants as Partial<Record<string, number>>)["O_NOFOLLOW"] ?? 0) |
  ((constants as Partial<Record<string, number>>)["O_NONBLOCK"] ?? 0);

/**
 * What explains rotations that were seen while running, kept because logs are deleted after a day and rows are overwritten at
 * once. One file per state directory, one line per record, in a directory of our own that several processes may share: lines
 * are only appended, and what is there twice is put together when it is read.
 */
export class ResetRecordStore {
  private last: Promise<unknown> = Promise.resolve();
  /** Where the file system did not answer once, nobody waits again. */
  private stuck: TimeLimitError | undefined;
  private readonly known = new Map<string, { readonly listed: ListedName; readonly records: readonly ResetRecord[] }>();

  constructor(
    private readonly directory: string,
    private readonly maxFileBytes = MAX_FILE_BYTES,
    /** What takes too long is reported as an error. */
    private readonly inTime: typeof withinTime = withinTime,
  ) {}

  /** Throws what the file system throws; never writes into the state directory. */
  async add(record: ResetRecord, stateDirRealPath: string): Promise<void> {
    const line = encodeResetRecord(record);
    if (line === undefined) return;
    await this.inTurn(async () => {
      if (isInsideOrEqual(path, stateDirRealPath, await futureRealPath(this.directory))) return;
      await makeDirectory(this.directory);
      const file = this.fileOf(stateDirRealPath);
      const bytes = await append(file, line);
      if (bytes > this.maxFileBytes) await this.dropOldest(file);
    });
  }

  /** In order of time, each rotation once. What cannot be understood is left out. */
  async load(stateDirRealPath: string): Promise<readonly ResetRecord[]> {
    return this.inTurn(async () => {
      const file = this.fileOf(stateDirRealPath);
      const listed = await listName(this.directory, path.basename(file));
      if (listed === undefined) return [];
      const before = this.known.get(file);
      if (before !== undefined && sameFacts(before.listed, listed)) return before.records;
      const records = recordsIn(await this.read(file));
      this.known.set(file, { listed, records });
      return records;
    });
  }

  private async dropOldest(file: string): Promise<void> {
    const lines: string[] = [];
    let left = this.maxFileBytes * ROOM;
    const newestFirst = [...recordsIn(await this.read(file))].sort((one, other) => other.recordedAt - one.recordedAt);
    for (const record of newestFirst) {
      const line = encodeResetRecord(record) ?? "";
      left -= Buffer.byteLength(line);
      if (left < 0) break;
      lines.push(line);
    }
    const temporary = `${file}.${String(process.pid)}.${randomUUID()}.tmp`;
    try {
      const written = await open(temporary, "wx", 0o600);
      try {
        await written.writeFile(lines.reverse().join(""));
      } finally {
        await written.close();
      }
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** What lies there may have been put there by anybody: no link is followed, no pipe waited for, no giant loaded. */
  private async read(file: string): Promise<string> {
    try {
      const opened = await open(file, constants.O_RDONLY | NO_FOLLOW);
      try {
        const facts = await opened.stat();
        if (!facts.isFile()) return "";
        const length = Math.min(facts.size, this.maxFileBytes * 2);
        const { buffer, bytesRead } = await opened.read(Buffer.alloc(length), 0, length, facts.size - length);
        return buffer.toString("utf8", 0, bytesRead);
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (isAbsent(error)) return "";
      throw error;
    }
  }

  private fileOf(stateDirRealPath: string): string {
    const name = createHash("sha256").update(stateDirRealPath).digest("hex").slice(0, 32);
    return path.join(this.directory, `${name}.resets.jsonl`);
  }

  /** Within one process one thing after the other: no record is added while the file is replaced. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const begin = async (): Promise<T> => {
      if (this.stuck !== undefined) throw this.stuck;
      try {
        return await this.inTime(`keeping evidence in ${this.directory}`, work);
      } catch (error) {
        if (error instanceof TimeLimitError) this.stuck = error;
        throw error;
      }
    };
    const result = this.last.then(begin, begin);
    this.last = result.catch(() => undefined);
    return result;
  }
}

/** The size of the file afterwards, bytes. */
async function append(file: string, line: string): Promise<number> {
  const { O_APPEND, O_CREAT, O_RDWR } = constants;
  const opened = await open(file, O_RDWR | O_APPEND | O_CREAT | NO_FOLLOW, 0o600);
  try {
    const { size } = await opened.stat();
    // A line that was cut off by a crash must not take the next one with it.
    const isTorn = size > 0 && (await opened.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== 10;
    await opened.writeFile(isTorn ? `\n${line}` : line);
    return size + Buffer.byteLength(line);
  } finally {
    await opened.close();
  }
}

function recordsIn(text: string): readonly ResetRecord[] {
  return mergedRecords(text.split("\n").flatMap((line) => (line === "" ? [] : (decodeResetRecord(line) ?? []))));
}
