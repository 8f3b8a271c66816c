/**
 * The records in the text of one line. Normally that is one. A crash in the middle of a write leaves half a record without a
 * newline, and the next append continues on the same line; zeroed blocks of the disk leave runs of NUL between them.
 */
export type RecordText = ReadRecord | BrokenRecord | UnreadRest;

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

/** What follows the first thousand records of one line: nobody writes that, and each of them would become an item. */
export interface UnreadRest {
  readonly kind: "unread";
  readonly text: string;
}

/** `at`: index of the first character that does not fit, where it is known. */
export type JsonFailure =
  { readonly kind: "ends-early" } | { readonly kind: "unexpected"; readonly at: number | undefined };

/** So many records of one line are read. */
const MOST_RECORDS = 1_000;

/** `countsOnly`: why a record is broken is not asked. `text` begins and ends with no white space. */
export function recordTexts(text: string, countsOnly = false): RecordText[] {
  // Asked first, because an exception costs more than all else that is done with a line, and a file may be full of rubbish.
  if (text.startsWith("\0") && onlyNul.test(text)) return [];
  const isHopeless = !mayBeginJson.test(text) || (countsOnly && !mayEndJson.test(text));
  if (isHopeless && !text.includes('{"type":"', 1)) return [{ kind: "broken", why: notJson, otherRecords: false }];
  const whole = parseJson(text);
  if (whole.kind === "value") return [whole];

  const withoutNul = text.replaceAll("\0", "");
  if (withoutNul.trim() === "") return [];
  if (withoutNul.length < text.length) {
    // NULs around a record, or in the place of some of its text.
    const readable = parseJson(withoutNul);
    if (readable.kind === "value") return [readable];
  }

  const { texts, rest } = piecesOf(text);
  const pieces = texts.length === 1 && texts[0] === text ? [whole] : texts.map((piece) => parseJson(piece));
  if (!pieces.some(({ kind }) => kind === "value")) return [{ kind: "broken", why: whole.why, otherRecords: false }];
  const records = pieces.map((piece): RecordText =>
    piece.kind === "value" ? piece : { kind: "broken", why: piece.why, otherRecords: true },
  );
  return rest === "" ? records : [...records, { kind: "unread", text: rest }];
}

const onlyNul = /^[\0\s]*$/;
/** NULs may stand before a record, and behind it. */
const mayBeginJson =
  /^(?:\0|\{[\0-\x20]{0,99}[\x22}]|\{[\0-\x20]{100}|\[[\0-\x20]{0,99}[[\]{\x22\-\dtfn]|\x22|-?\d+(?:[.eE]|$)|true$|false$|null$)/;
const mayEndJson = /[\0}\]\x22\del]$/;
const notJson: JsonFailure = { kind: "unexpected", at: undefined };

/**
 * How records begin. Inside the text of a message the quotes would be escaped, so such a beginning is a record of its own, or
 * else one embedded in another as an object, which matters only here, where the line is broken anyway.
 */
const recordStart =
  /\{"type":"(?:session|message|compaction|branch_summary|model_change|thinking_level_change|custom|custom_message|label|session_info|leaf|link|reset)","(?:id|version|customType|timestamp|parentId)":/g;

function piecesOf(text: string): { readonly texts: readonly string[]; readonly rest: string } {
  const texts: string[] = [];
  let start = 0;
  const take = (end: number): void => {
    const piece = text.slice(start, end).replaceAll("\0", " ").trim();
    if (piece !== "") texts.push(piece);
    start = end;
  };
  for (const { index } of text.matchAll(recordStart)) {
    take(index);
    if (texts.length === MOST_RECORDS) return { texts, rest: text.slice(start) };
  }
  take(text.length);
  return { texts, rest: "" };
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
