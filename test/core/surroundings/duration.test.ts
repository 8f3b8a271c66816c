import assert from "node:assert/strict";
import { parseDuration } from "../../../src/core/surroundings/duration";

describe("a duration of the config", () => {
  it("is a number with a unit, several, or a number alone", () => {
    const written = ["20s", "30m", "1h", "24h", "7d", "2w", "500ms", "1h30m", "1.5h", " 30M ", "0m", "45"];
    assert.deepEqual(
      written.map((text) => parseDuration(text, "m")),
      [20e3, 18e5, 36e5, 864e5, 6048e5, 12096e5, 500, 54e5, 54e5, 18e5, 0, 27e5],
    );
    assert.deepEqual([parseDuration(30, "d"), parseDuration("30", "d")], [2592e6, 2592e6]);
  });

  it("is nothing else", () => {
    const written = ["", "soon", "-5m", "5 m", "m", "1e3s", "5y", "9".repeat(40) + "d", "1m".repeat(50_000), "30m now"];
    const numbers = [Number.NaN, Infinity, -1, 1e300];
    for (const value of [...written, ...numbers]) assert.equal(parseDuration(value, "m"), undefined, String(value));
  });
});
