import assert from "node:assert/strict";
import fc from "fast-check";
import { IndexBuilder } from "../../../src/core/index/indexBuilder";
import { decodeIndex, encodeIndex, INDEX_VERSION } from "../../../src/core/index/serializeIndex";
import type { TranscriptIndex } from "../../../src/core/index/transcriptIndex";
import { arbitraryTranscript } from "./arbitraryTranscript";

function indexOf(bytes: Buffer): TranscriptIndex {
  const builder = new IndexBuilder();
  builder.push(bytes);
  return builder.end();
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const settings = {
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: Math.ceil(100 * Number(process.env["PROPERTY_SCALE"] ?? 1)),
};

describe("encodeIndex and decodeIndex", () => {
  it("give back the same index", () => {
    fc.assert(
      fc.property(arbitraryTranscript, ({ bytes }) => {
        const index = indexOf(bytes);
        assert.deepEqual(decodeIndex(throughJson(encodeIndex(index))), index);
      }),
      settings,
    );
  });

  it("drop what another version wrote", () => {
    const encoded = encodeIndex(indexOf(Buffer.from("{}\n"))) as Record<string, unknown>;
    assert.notEqual(decodeIndex(encoded), undefined);
    assert.equal(decodeIndex({ ...encoded, v: INDEX_VERSION + 1 }), undefined);
  });

  it("take nothing for an index that is none", () => {
    for (const value of [undefined, null, 7, "x", [], {}, { v: INDEX_VERSION }])
      assert.equal(decodeIndex(value), undefined);
  });

  it("take no count that is none", () => {
    const encoded = encodeIndex(indexOf(Buffer.from("{}\n"))) as Record<string, unknown>;
    const poisoned: Record<string, unknown> = {
      roles: [-1, 1e308, 0, 0, 0],
      size: [0.5, 1, 1],
      kinds: { message: -1 },
      pages: [1, 1e308],
      problems: [1, { code: "line.half", message: "…", line: -1 }],
      branches: [true, [1, -5, "a", null, null]],
    };
    for (const [name, value] of Object.entries(poisoned))
      assert.equal(decodeIndex({ ...encoded, [name]: value }), undefined, name);
  });

  it("never throw, whatever was changed", () => {
    const encoded = encodeIndex(
      indexOf(Buffer.from('{"type":"session","id":"s"}\n{"type":"label","id":"a","parentId":"x"}\n[]\n{')),
    ) as Record<string, unknown>;
    const wrong = fc.constantFrom<unknown>(undefined, null, 1, "x", [], {}, [null], [[]], [{}], [1, "x"], { a: "b" });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(encoded)), wrong, (name, value) => {
        const decoded = decodeIndex(throughJson({ ...encoded, [name]: value }));
        assert.ok(decoded === undefined || typeof decoded.bytes === "number");
      }),
      settings,
    );
  });
});
