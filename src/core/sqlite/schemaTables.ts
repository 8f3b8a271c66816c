import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import type { ByteSource } from "./byteSource";
import { committedPages } from "./writeAheadLog";

export interface SchemaTables {
  /** Names of the ordinary and virtual tables, in the order of the schema. */
  readonly tables: readonly string[];
  /** Set when the file is no database, or the schema could be read in part only. */
  readonly problem: Problem | undefined;
}

/**
 * The names of the tables of an SQLite database, read from its schema b-tree without an SQLite library: enough to tell what
 * the file is for, on any Node, without opening (and thereby touching) a database that a gateway has open.
 *
 * `log` is the `-wal` file beside it, when there is one.
 */
export async function readSchemaTables(database: ByteSource, log?: ByteSource, file?: string): Promise<SchemaTables> {
  const tables: string[] = [];
  try {
    const reader = await PageReader.open(database, log);
    if (reader) for await (const table of schemaTables(reader)) tables.push(table);
    return { tables, problem: undefined };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return {
      tables,
      problem: { code: "sqlite.unreadable", message: error.message, ...(file === undefined ? {} : { file }) },
    };
  }
}

/** The bytes are not what the file format says. The message is for people. */
class Malformed extends Error {}

const ROOT_PAGE = 1;
const FILE_HEADER_BYTES = 100;
const LEAF = 0x0d;
const INTERIOR = 0x05;

/** A schema of a thousand tables fits in far fewer pages; a damaged file must not send us through all of it. */
const MAX_SCHEMA_PAGES = 10_000;

async function* schemaTables(reader: PageReader): AsyncGenerator<string> {
  const seen = new Set<number>();
  const pending = [ROOT_PAGE];
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    if (seen.has(number))
      throw new Malformed(l10n.t("The SQLite database is damaged: its schema leads back to page {0}.", number));
    if (seen.size >= MAX_SCHEMA_PAGES)
      throw new Malformed(l10n.t("The SQLite database is damaged: its schema has no end."));
    seen.add(number);
    const page = await reader.page(number);
    const start = number === ROOT_PAGE ? FILE_HEADER_BYTES : 0;
    const kind = page.getUint8(start);
    if (kind !== LEAF && kind !== INTERIOR) {
      throw new Malformed(l10n.t("The SQLite database is damaged: page {0} is no part of its schema.", number));
    }
    const cells = page.getUint16(start + 3);
    const pointers = start + (kind === LEAF ? 8 : 12);
    const children: number[] = [];
    for (let cell = 0; cell < cells; cell++) {
      const at = checked(page, pointers + 2 * cell, 2).getUint16(pointers + 2 * cell);
      if (kind === INTERIOR) children.push(checked(page, at, 4).getUint32(at));
      else {
        const table = tableOfCell(page, at, reader.encoding, number);
        if (table !== undefined) yield table;
      }
    }
    if (kind === INTERIOR) children.push(page.getUint32(start + 8));
    pending.push(...children.reverse());
  }
}

/** A row of the schema: type, name, table name, root page, SQL. Undefined unless its type is `table`. */
function tableOfCell(page: DataView, at: number, encoding: string, number: number): string | undefined {
  const payload = varint(page, at);
  const rowid = varint(page, payload.next);
  const headerSize = varint(page, rowid.next);
  const type = varint(page, headerSize.next);
  const name = varint(page, type.next);
  // Text of n bytes has the serial type 13 + 2n. Both stand in the beginning of the payload, never on an overflow page.
  const typeBytes = (type.value - 13) / 2;
  const nameBytes = (name.value - 13) / 2;
  const body = rowid.next + headerSize.value;
  if (!(typeBytes >= 0 && nameBytes >= 0) || body + typeBytes + nameBytes > page.byteLength) {
    throw new Malformed(
      l10n.t("The SQLite database is damaged: a row of its schema on page {0} makes no sense.", number),
    );
  }
  const decoder = new TextDecoder(encoding);
  const text = (from: number, length: number) =>
    decoder.decode(new Uint8Array(page.buffer, page.byteOffset + from, length));
  return text(body, typeBytes) === "table" ? text(body + typeBytes, nameBytes) : undefined;
}

/** Big-endian base 128, at most nine bytes. Sizes beyond 2^53 do not occur; they come out wrong and fail their range check. */
function varint(page: DataView, at: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = checked(page, at + index, 1).getUint8(at + index);
    if (index === 8) return { value: value * 256 + byte, next: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: at + index + 1 };
  }
  throw new Malformed(l10n.t("The SQLite database is damaged."));
}

function checked(page: DataView, at: number, length: number): DataView {
  if (at + length > page.byteLength) {
    throw new Malformed(l10n.t("The SQLite database is damaged: a row of its schema points outside its page."));
  }
  return page;
}

class PageReader {
  private constructor(
    private readonly database: ByteSource,
    private readonly log: ByteSource | undefined,
    private readonly pageSize: number,
    private readonly inLog: ReadonlyMap<number, number>,
    readonly encoding: string,
  ) {}

  /** Undefined for an empty database: SQLite makes files of 0 bytes until the first table. */
  static async open(database: ByteSource, log: ByteSource | undefined): Promise<PageReader | undefined> {
    const own = await database.read(0, FILE_HEADER_BYTES);
    const header = own.length === 0 && log ? await firstPageInLog(log) : own;
    if (header.length === 0) return undefined;
    const magic = new TextDecoder("latin1").decode(header.subarray(0, 16));
    if (header.length < FILE_HEADER_BYTES || magic !== "SQLite format 3\0") {
      throw new Malformed(l10n.t("The file is no SQLite database, or it is encrypted."));
    }
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const pageSize = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
    if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) {
      throw new Malformed(l10n.t("The SQLite database is damaged: its page size is {0}.", pageSize));
    }
    const encoding = ["utf-8", "utf-8", "utf-16le", "utf-16be"][view.getUint32(56)] ?? "utf-8";
    return new PageReader(database, log, pageSize, log ? await committedPages(log, pageSize) : new Map(), encoding);
  }

  async page(number: number): Promise<DataView> {
    const atInLog = this.inLog.get(number);
    const bytes =
      atInLog !== undefined && this.log
        ? await this.log.read(atInLog, this.pageSize)
        : await this.database.read((number - 1) * this.pageSize, this.pageSize);
    if (number < 1 || bytes.length < this.pageSize) {
      throw new Malformed(l10n.t("The SQLite database is damaged: page {0} is missing.", number));
    }
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

/** A database whose every page is still in its log. */
async function firstPageInLog(log: ByteSource): Promise<Uint8Array> {
  const header = await log.read(0, 32);
  if (header.length < 32) return new Uint8Array(0);
  const pageSize = new DataView(header.buffer, header.byteOffset, header.byteLength).getUint32(8);
  const at = (await committedPages(log, pageSize)).get(ROOT_PAGE);
  return at === undefined ? new Uint8Array(0) : await log.read(at, FILE_HEADER_BYTES);
}
