import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decompress } from "fzstd";
import { EntryId } from "../../../src/core/index/entryId";
import { IndexBuilder } from "../../../src/core/index/indexBuilder";
import { QuickFacts } from "../../../src/core/index/quickFacts";
import { quickLook } from "../../../src/core/index/quickLook";
import { decodeIndex, encodeIndex } from "../../../src/core/index/serializeIndex";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { splitLines } from "../../../src/core/jsonl/splitLines";
import type { Block } from "../../../src/core/transcript/entry";
import { branchesOfFile } from "../../../src/core/transcript/branches";
import { problemsOfIndex } from "../../../src/core/transcript/problemsOfIndex";
import { speakerOf } from "../../../src/core/transcript/speaker";
import { parseLine } from "../../../src/core/transcript/parseLine";
import { referenceIndex } from "./referenceIndex";

const root = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures/corpora");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.jsonl/.test(path) && !path.endsWith(".lock"))
  .sort();
const transcripts = files.filter((path) => /[\\/]sessions[\\/]/.test(path) && !path.includes(".trajectory."));

function read(path: string): Buffer {
  const bytes = readFileSync(join(root, path));
  return path.endsWith(".zst") ? Buffer.from(decompress(bytes)) : bytes;
}

function indexOf(bytes: Buffer, chunkBytes = 64 * 1024): TranscriptIndex {
  const builder = new IndexBuilder();
  for (let at = 0; at < bytes.length; at += chunkBytes) builder.push(bytes.subarray(at, at + chunkBytes));
  return builder.end();
}

describe("the index of recorded files", () => {
  it("is that of a full parse, in chunks of any size", () => {
    assert.ok(files.length > 150, `${files.length} files`);
    for (const path of files) {
      const bytes = read(path);
      const expected = referenceIndex(bytes);
      assert.deepEqual(indexOf(bytes), expected, path);
      assert.deepEqual(indexOf(bytes, 997), expected, path);
    }
  });

  it("finds no damage in their trees", () => {
    for (const path of transcripts) {
      const bytes = read(path);
      const codes = problemsOfIndex(indexOf(bytes)).map(({ code }) => code);
      const items = splitLines(bytes).flatMap((line, at) =>
        parseLine(
          line.bytes,
          { line: at + 1, offset: line.offset, bytes: line.length },
          { complete: line.ended, firstLine: at === 0 },
        ),
      );
      assert.deepEqual(
        [codes.filter((code) => code.startsWith("tree.")), branchesOfFile(items).problems],
        [[], []],
        path,
      );
    }
  });

  it("survives being written to the cache and read back", () => {
    for (const path of files) {
      const index = indexOf(read(path));
      assert.deepEqual(decodeIndex(JSON.parse(JSON.stringify(encodeIndex(index)))), index, path);
    }
  });

  it("holds nothing of what was said", () => {
    let texts = 0;
    for (const path of transcripts) {
      const bytes = read(path);
      const cached = JSON.stringify(encodeIndex(indexOf(bytes)));
      for (const text of textsOf(bytes)) {
        texts++;
        const quoted = JSON.stringify(text).slice(1, -1);
        assert.ok(!cached.includes(quoted), `${path}: ${text}`);
      }
    }
    assert.ok(texts > 1_000, `${texts} texts`);
  });

  it("is told by quick looks, save headers", () => {
    const previous = new EntryId();
    const facts = new QuickFacts();
    let quick = 0;
    const slow = new Map<string, number>();
    for (const path of transcripts) {
      for (const { bytes } of splitLines(read(path))) {
        const padded = Buffer.alloc(bytes.length + 512);
        padded.set(bytes);
        const view = new DataView(padded.buffer, padded.byteOffset, padded.byteLength);
        if (quickLook(padded, view, 0, bytes.length, previous, facts)) quick++;
        else {
          const kind = kindOf(bytes);
          slow.set(kind, (slow.get(kind) ?? 0) + 1);
        }
      }
    }
    assert.deepEqual([...slow.keys()].sort(), ["header"]);
    assert.ok(quick > 1_000, `${quick} lines`);
  });
});

/** What people, models and tools said, without the few short words that could be anything. */
function textsOf(bytes: Buffer): string[] {
  return splitLines(bytes).flatMap((line) => {
    const position = { line: undefined, offset: line.offset, bytes: line.length };
    const [item] = parseLine(line.bytes, position, { complete: true, firstLine: false });
    if (item?.kind !== "entry") return [];
    const { entry } = item;
    if (entry.type === "compaction") return [entry.summary];
    if (entry.type === "message") return entry.message.blocks.flatMap(textsOfBlock);
    return entry.type === "custom_message" ? entry.blocks.flatMap(textsOfBlock) : [];
  });
}

function textsOfBlock(block: Block): string[] {
  const text = "text" in block ? block.text : "";
  return text.length >= 8 ? [text, ...text.split(/\s/).filter((word) => word.length >= 12)] : [];
}

function kindOf(bytes: Uint8Array): string {
  const position = { line: 1, offset: 0, bytes: bytes.length };
  const [item] = parseLine(bytes, position, { complete: true, firstLine: true });
  if (item?.kind !== "entry") return item?.kind ?? "blank";
  if (item.entry.type !== "message") return item.entry.type;
  const { kind } = speakerOf(item.entry);
  return `${item.entry.message.role}, ${kind}`;
}
