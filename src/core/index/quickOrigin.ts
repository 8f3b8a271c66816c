/**
 * Whether a user message may name where it came from, in a field `provenance` (OpenClaw 2026.3.13+) anywhere from `from` on. In a
 * text the quotes around it would be escaped.
 */
export function mayNameOrigin(bytes: Buffer, view: DataView, from: number, end: number): boolean {
  if (end - from > LONG) return bytes.subarray(from, end).includes(PROVENANCE);
  // Of the first four groups of four letters one lies at a place that is looked at.
  for (let place = from; place < end; place += 4) {
    const letters = view.getInt32(place, true);
    if (letters !== PROV && letters !== ROVE && letters !== OVEN && letters !== VENA) continue;
    if (bytes.subarray(place - 4, place + 12).includes(PROVENANCE)) return true;
  }
  return false;
}

/** From here on native search is quicker, bytes. */
const LONG = 2_000;
const PROVENANCE = Buffer.from('"provenance"');
const [PROV, ROVE, OVEN, VENA] = ["prov", "rove", "oven", "vena"].map((text) => Buffer.from(text).readInt32LE());
