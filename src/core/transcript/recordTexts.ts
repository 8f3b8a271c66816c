/**
 * The records in the text of one line. Normally that is one. A crash in the middle of a write leaves half a record without a
 * newline, and the next append continues on the same line; zeroed blocks of the disk leave runs of NUL between them.
 */
export type RecordText = ReadRecord | BrokenRecord;

export interface ReadRecord {
  readonly kind: "value";
  readonly value: unknown;
  /** It became readable only after raw control characters in its texts were escaped, as the writer should have done. */
  readonly escaped: boolean;
}

export interface BrokenRecord {
  readonly kind: "broken";
  readonly why: JsonFailure;
  /** Whether something on the same line could be read. */
  readonly otherRecords: boolean;
}

/** `at`: index of the first character that does not fit, where it is known. */
export type JsonFailure =
  { readonly kind: "ends-early" } | { readonly kind: "unexpected"; readonly at: number | undefined };

export function recordTexts(text: string): RecordText[] {
  const whole = parseJson(text);
  if (whole.kind === "value") return [whole];

  const withoutNul = text.replaceAll("\0", "");
  if (withoutNul.trim() === "") return [];
  if (withoutNul.length < text.length) {
    // NULs around a record, or in the place of some of its text.
    const readable = parseJson(withoutNul);
    if (readable.kind === "value") return [readable];
  }

  const pieces = piecesOf(text).map((piece) => parseJson(piece));
  if (!pieces.some(({ kind }) => kind === "value")) return [{ kind: "broken", why: whole.why, otherRecords: false }];
  return pieces.map((piece) =>
    piece.kind === "value" ? piece : { kind: "broken", why: piece.why, otherRecords: true },
  );
}

/**
 * How records begin. Inside the text of a message the quotes would be escaped, so such a beginning is a record of its own, or
 * else one embedded in another as an object, which matters only here, where the line is broken anyway.
 */
const recordStart =
  /\{"type":"(?:session|message|compaction|branch_summary|model_change|thinking_level_change|custom|custom_message|label|session_info|leaf|link|reset)","(?:id|version|customType|timestamp|parentId)":/g;

function piecesOf(text: string): string[] {
  const starts = [0, ...Array.from(text.matchAll(recordStart), ({ index }) => index), text.length];
  return starts.flatMap((start, index) => {
    const piece = text
      .slice(start, starts[index + 1])
      .replaceAll("\0", " ")
      .trim();
    return piece === "" ? [] : [piece];
  });
}

type Parsed = ReadRecord | { readonly kind: "broken"; readonly why: JsonFailure };

function parseJson(text: string): Parsed {
  const parsed = parseAsWritten(text);
  if (parsed.kind === "value") return parsed;
  const escaped = text.replace(/[\u0001-\u001f]/g, (raw) => `\\u${raw.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const repaired = escaped === text ? parsed : parseAsWritten(escaped);
  return repaired.kind === "value" ? { ...repaired, escaped: true } : parsed;
}

function parseAsWritten(text: string): Parsed {
  try {
    return { kind: "value", value: JSON.parse(text) as unknown, escaped: false };
  } catch (error) {
    return { kind: "broken", why: failureOf(error, text.length) };
  }
}

/** V8 tells the place only inside its sentence, and the sentence quotes the text: it must not be shown or kept as it is. */
function failureOf(error: unknown, length: number): JsonFailure {
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("Unexpected end of JSON input")) return { kind: "ends-early" };
  const [, at] = / at position (\d+)/.exec(message) ?? [];
  if (at === undefined) return { kind: "unexpected", at: undefined };
  return Number(at) >= length ? { kind: "ends-early" } : { kind: "unexpected", at: Number(at) };
}
