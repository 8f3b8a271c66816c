/**
 * A decimal number without sign and exponent in the bytes from `from` to `end`, exactly as `JSON.parse` reads it; NaN when there
 * is none, or when it is better left to `Number`. Costs are sums of products, so many have 16 or 17 digits, where simple
 * arithmetic is off in the last bit; and making a string of each costs more than the rest of the line.
 */
export function readDecimal(bytes: Uint8Array, from: number, end: number): number {
  // The number is (first + rest / 10^restDigits) / 10^(fraction - restDigits): both integers are exact.
  let first = 0;
  let rest = 0;
  let restDigits = 0;
  let fraction = 0;
  let point = -1;
  for (let at = from; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (first < ENOUGH) first = first * 10 + digit;
      else {
        rest = rest * 10 + digit;
        restDigits++;
      }
      if (point !== -1) fraction++;
    } else if (digit === POINT && point === -1 && at > from) point = at;
    else return NaN;
  }
  if (from === end || point === end - 1) return NaN;
  const divisor = powersOfTen[fraction - restDigits];
  const scale = powersOfTen[restDigits];
  if (divisor === undefined || scale === undefined || restDigits > 15) return NaN;
  const quotient = first / divisor;
  if (restDigits === 0) return quotient; // of two exact numbers: the nearest there is

  // What the rounded quotient leaves over, found exactly, and what is still to come: a correction of about the last bit.
  const correction = (remainder(first, quotient, divisor) + rest / scale) / divisor;
  const nearest = quotient + correction;
  // The correction itself is off by far less than this; only next to the middle between two numbers could it matter.
  return quotient + correction * (1 + 1e-9) === nearest && quotient + correction * (1 - 1e-9) === nearest
    ? nearest
    : NaN;
}

/** `dividend - quotient * divisor` without rounding: the product as a sum of exact parts (Dekker 1971). */
function remainder(dividend: number, quotient: number, divisor: number): number {
  const product = quotient * divisor;
  const quotientHigh = highPart(quotient);
  const divisorHigh = highPart(divisor);
  const quotientLow = quotient - quotientHigh;
  const divisorLow = divisor - divisorHigh;
  const error =
    product -
    quotientHigh * divisorHigh -
    quotientHigh * divisorLow -
    quotientLow * divisorHigh -
    quotientLow * divisorLow;
  return dividend - product + error;
}

/** The upper half of the 53 bits. */
function highPart(value: number): number {
  const shifted = value * 134217729; // 2^27 + 1
  return shifted - (shifted - value);
}

const ZERO = 0x30;
const POINT = 0x2e - ZERO;
/** From here on another digit might not fit into the 53 bits of a number. */
const ENOUGH = 1e14;
/** All powers of ten that are exact. */
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
