import assert from "node:assert/strict";
import fc from "fast-check";
import { IndexBuilder } from "../../../src/core/index/indexBuilder";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { arbitraryTranscript, type Transcript } from "./arbitraryTranscript";
import { referenceIndex } from "./referenceIndex";

const scale = Number(process.env["PROPERTY_SCALE"] ?? 1);
const settings = (numRuns: number): fc.Parameters<unknown> => ({
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: Math.ceil(numRuns * scale),
});

function indexOf(chunks: readonly Buffer[], options?: ConstructorParameters<typeof IndexBuilder>[0]): TranscriptIndex {
  const builder = new IndexBuilder(options);
  for (const chunk of chunks) {
    const lent = Buffer.from(chunk);
    builder.push(lent);
    lent.fill(0x7d); // the memory is used again
  }
  return builder.end();
}

function chunksOf({ bytes, cuts }: Transcript): Buffer[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

describe("the quick index equals the one from a full parse", function () {
  this.timeout(20_000 * Math.max(1, scale));

  it("of any transcript, damaged or not, in any chunks", () => {
    fc.assert(
      fc.property(arbitraryTranscript, (transcript) => {
        assert.deepEqual(indexOf(chunksOf(transcript)), referenceIndex(transcript.bytes));
      }),
      settings(1_000),
    );
  });

  it("when lines are too long", () => {
    fc.assert(
      fc.property(arbitraryTranscript, fc.integer({ min: 50, max: 900 }), (transcript, maxLineBytes) => {
        const index = indexOf(chunksOf(transcript), { maxLineBytes });
        assert.deepEqual(index, referenceIndex(transcript.bytes, maxLineBytes));
      }),
      settings(150),
    );
  });

  it("when the file grows: reading on gives the same as reading anew", () => {
    fc.assert(
      fc.property(arbitraryTranscript, fc.nat(), (transcript, at) => {
        const { bytes } = transcript;
        const before = bytes.subarray(0, at % (bytes.length + 1));
        const resumeFrom = indexOf([before]);
        const resumed = new IndexBuilder({ resumeFrom });
        resumed.push(Buffer.from(bytes.subarray(resumed.nextOffset)));
        assert.deepEqual(withoutParentOffsets(resumed.end()), withoutParentOffsets(referenceIndex(bytes)));
      }),
      settings(350),
    );
  });
});

/** A builder that reads on does not remember where earlier entries stand. */
function withoutParentOffsets(index: TranscriptIndex): TranscriptIndex {
  const { withoutLastLine } = index;
  return {
    ...index,
    branches: index.branches.map(({ line, offset, id, parentId }) => ({ line, offset, id, parentId })),
    ...(withoutLastLine ? { withoutLastLine: withoutParentOffsets(withoutLastLine) } : {}),
  };
}
