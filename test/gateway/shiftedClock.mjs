// Loaded into a gateway before anything else: its clock is ahead of the real one by what SHIFTED_CLOCK_FILE says (ms).

import { readFileSync } from "node:fs";

const file = process.env["SHIFTED_CLOCK_FILE"];
if (file !== undefined) {
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  let offset = 0;
  let readAt = -Infinity;
  const now = () => {
    const real = realNow();
    if (real - readAt > 200) {
      readAt = real;
      offset = Number(readFileSync(file, "utf8")) || 0;
    }
    return real + offset;
  };
  class ShiftedDate extends RealDate {
    constructor(...values) {
      if (values.length === 0) super(now());
      else super(...values);
    }
    static now() {
      return now();
    }
  }
  globalThis.Date = new Proxy(ShiftedDate, {
    apply: () => new ShiftedDate().toString(),
  });
}
