import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import { parseCommandRecord } from "../../core/log/commandRecord";
import type { CommandRecord } from "../../core/rotation/rotationFacts";
import { openBytes } from "../byteSource";
import { listName, sameFacts, type ListedName } from "../scanListing";
import { linesIn } from "./logBytes";

/** Thousands of commands. */
const TAIL_BYTES = 1024 * 1024;

/** The newest part of `logs/commands.log`, read again when it changed. */
export class CommandLogReader {
  private known: { readonly listed: ListedName; readonly records: readonly CommandRecord[] } | undefined;

  constructor(private readonly open: typeof openBytes = openBytes) {}

  /** Oldest first, as written. Throws ReadError. */
  async read({ path: stateDir, realPath }: StateDir, signal: AbortSignal): Promise<readonly CommandRecord[]> {
    const directory = path.join(stateDir, "logs");
    const listed = await listName(directory, "commands.log");
    if (listed === undefined) return [];
    if (this.known !== undefined && sameFacts(this.known.listed, listed)) return this.known.records;
    const file = path.join(directory, listed.base);
    const source = await this.open(file, { within: realPath, signal });
    try {
      const base = Math.max(0, source.size - TAIL_BYTES);
      const bytes = await source.read(base, source.size - base, signal);
      const records: CommandRecord[] = [];
      for (const { offset, text } of linesIn(bytes, base, { whole: base === 0, last: true })) {
        const record = parseCommandRecord(text, { file, offset });
        if (record !== undefined) records.push(record);
      }
      this.known = { listed, records };
      return records;
    } finally {
      await source.close();
    }
  }
}
