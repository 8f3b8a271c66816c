import assert from "node:assert/strict";
import fc from "fast-check";
import { readDecimal } from "../../../src/core/index/readDecimal";

function read(text: string): number {
  return readDecimal(Buffer.from(`:${text}}`), 1, 1 + text.length);
}

const settings = {
  seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
  numRuns: Math.ceil(2_000 * Number(process.env["PROPERTY_SCALE"] ?? 1)),
};

describe("readDecimal", () => {
  it("reads what people and programs write", () => {
    for (const text of [
      "0",
      "7",
      "0.5",
      "0.0034",
      "0.10987570000000001",
      "123456789012345.67",
      "0.30000000000000004",
    ]) {
      assert.equal(read(text), Number(text), text);
    }
  });

  it("leaves the rest alone", () => {
    for (const text of [
      "",
      ".",
      "1.",
      ".5",
      "-1",
      "+1",
      "1e5",
      "1.2.3",
      "x",
      "1x",
      "0.00000000000000000000000001",
      "123456789012345678",
    ]) {
      assert.equal(read(text), NaN, text);
    }
  });

  it("is exact for whatever JavaScript writes as a sum of costs, and answers", () => {
    const cost = fc.tuple(fc.nat(200_000), fc.nat(90_000), fc.nat(9_000)).map(([input, cached, output]) => {
      return String(1 + (input * 3) / 1e6 + (cached * 0.3) / 1e6 + (output * 15) / 1e6);
    });
    const any = fc.double({ min: 1e-3, max: 1e6, noNaN: true }).map(String);
    fc.assert(
      fc.property(fc.oneof(cost, any), (text) => {
        assert.equal(read(text), Number(text));
      }),
      settings,
    );
  });

  it("is exact wherever it answers", () => {
    const digits = (max: number): fc.Arbitrary<string> =>
      fc.array(fc.nat(9), { minLength: 1, maxLength: max }).map((list) => list.join(""));
    fc.assert(
      fc.property(digits(12), digits(18), (whole, fraction) => {
        const text = `${whole}.${fraction}`;
        const value = read(text);
        assert.ok(Number.isNaN(value) || value === Number(text), `${text}: ${value}`);
      }),
      settings,
    );
  });
});
