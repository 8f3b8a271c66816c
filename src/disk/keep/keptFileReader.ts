import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import { ReadError } from "../../core/inspectorPort";
import { type KeptMark, markOf, markWithoutRecord } from "../../core/keep/keptMark";
import { copyOfRecord, parseKeptName, recordName } from "../../core/keep/keptName";
import { LARGEST_RECORD, parseRecord } from "../../core/keep/keptRecord";
import type { SessionFileReader } from "../scanDirectory";
import { readPlainEnds } from "../scanEnds";
import { sessionFileReader } from "../scanFiles";

/** Bytes; hardly any is larger, and buffers for thousands of larger ones would cost more than the reading. */
const USUAL_RECORD = 4 * 1024;

/** Reads the kept copies in `directory` like transcripts, each with the record beside it. */
export function keptFileReader(directory: string): SessionFileReader {
  return {
    ...sessionFileReader([directory]),
    nameOf: parseKeptName,
    tellsOf: copyOfRecord,
    readKept: (base, bytes) => readMark(directory, base, bytes),
  };
}

async function readMark(directory: string, base: string, bytes: number): Promise<KeptMark> {
  const file = path.join(directory, base);
  const text = await recordTextOf(directory, base);
  if (text === undefined) {
    return markWithoutRecord(base, {
      code: "kept.record-missing",
      message: l10n.t(
        "{0} is a kept copy without a record: when it was made, of what and of which conversation is not known. Its content is shown as it is.",
        file,
      ),
      file,
    });
  }
  const record = parseRecord(text);
  if (record === undefined) {
    const damaged = path.join(directory, recordName(base));
    return markWithoutRecord(base, {
      code: "kept.record-damaged",
      message: l10n.t(
        "The record {0} is damaged. The copy itself is shown as it is; keeping the original again makes a new record, and moves this one aside.",
        damaged,
      ),
      file: damaged,
    });
  }
  const mark = markOf(record);
  if (record.copy.bytes === bytes) return mark;
  return {
    ...mark,
    problem: {
      code: "kept.copy-differs",
      message: l10n.t(
        "{0} has {1} bytes, and its record says {2}: it is not what was kept. Keep the original again where it is still there.",
        file,
        bytes,
        record.copy.bytes,
      ),
      file,
    },
  };
}

/** Undefined: there is none. What cannot be read is as good as damaged. Thousands are read before the first tree is shown. */
async function recordTextOf(directory: string, base: string): Promise<string | undefined> {
  try {
    const file = path.join(directory, recordName(base));
    let { head } = await readPlainEnds(file, USUAL_RECORD);
    if (head.length === USUAL_RECORD) head = (await readPlainEnds(file, LARGEST_RECORD)).head;
    return Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("utf8");
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return error.code === "vanished" ? undefined : "";
  }
}
