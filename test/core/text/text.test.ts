import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCount } from "../../../src/core/text/formatCount";
import { displayWidth, fitWidth } from "../../../src/core/text/displayWidth";
import { formatBytes } from "../../../src/core/text/formatSize";
import { formatAge, formatDuration, formatTime, isoTime } from "../../../src/core/text/formatTime";
import { shortened } from "../../../src/core/text/shortened";
import { visibleLine, visibleText } from "../../../src/core/text/visibleText";

const table = (format: (value: number) => string, cases: Record<string, string>) => {
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((value) => [value, format(Number(value))])), cases);
};

describe("sizes, counts and times for people", () => {
  it("formatBytes", () => {
    table(formatBytes, {
      0: "0 bytes",
      1: "1 byte",
      1023: "1,023 bytes",
      1024: "1 KB",
      1587: "1.5 KB",
      42_000: "41 KB",
      1_048_000: "1,023 KB",
      1_048_500: "1 MB",
      1_288_490_189: "1.2 GB",
    });
  });

  it("formatCount", () => {
    table((count) => formatCount("message", count), {
      0: "0 messages",
      1: "1 message",
      2: "2 messages",
      12345: "12,345 messages",
    });
    assert.equal(formatCount("copy", 2), "2 copies");
  });

  it("formatAge", () => {
    const minute = 60_000;
    table((minutes) => formatAge(minutes * minute), {
      0.9: "just now",
      1: "1 min ago",
      59: "59 min ago",
      185: "3 h ago",
      2879: "47 h ago",
      2880: "2 d ago",
      131040: "3 months ago",
      1576800: "3 years ago",
      [-185]: "in 3 h",
    });
  });

  it("formatDuration", () => {
    table(formatDuration, {
      [-5]: "0 ms",
      350: "350 ms",
      12_999: "12 s",
      200_000: "3 min 20 s",
      180_000: "3 min",
      7_500_000: "2 h 5 min",
      273_600_000: "3 d 4 h",
    });
  });

  const at = Date.UTC(2026, 6, 21, 9, 0, 10, 846);
  it("formatTime", () => {
    assert.deepEqual(
      [
        formatTime(at, { timeZone: "UTC" }),
        formatTime(at, { timeZone: "Asia/Tokyo", offset: true, precision: "minute" }),
        formatTime(at, { timeZone: "America/New_York", precision: "millisecond" }),
        formatTime(Date.UTC(2026, 0, 1), { timeZone: "UTC" }),
        formatTime(NaN),
        formatTime(1e300),
      ],
      [
        "2026-07-21 09:00:10",
        "2026-07-21 18:00 UTC+9",
        "2026-07-21 05:00:10.846",
        "2026-01-01 00:00:00",
        "unknown time",
        "unknown time",
      ],
    );
  });

  it("isoTime", () => {
    assert.deepEqual(
      [isoTime(at), isoTime(undefined), isoTime(1e300)],
      ["2026-07-21T09:00:10.846Z", undefined, undefined],
    );
  });
});

describe("visibleText", () => {
  const cases: [title: string, text: string, shown: string][] = [
    ["plain text, tabs and newlines stay", "a\tb\nπ 漢字 é", "a\tb\nπ 漢字 é"],
    ["ANSI escapes", "\u001b[31mred\u001b[0m", "␛[31mred␛[0m"],
    ["C1 controls", "\u009b31m", "⟨U+009B⟩31m"],
    ["NUL, DEL, a lone carriage return", "\0\x7f\rover", "␀␡␍over"],
    ["Windows line ends", "a\r\nb", "a\nb"],
    ["bidi controls", "\u202egnp.exe\u2066", "⟨U+202E⟩gnp.exe⟨U+2066⟩"],
    ["zero-width characters", "pass\u200bword\ufeff\u2060\u200d!", "pass⟨U+200B⟩word⟨U+FEFF⟩⟨U+2060⟩⟨U+200D⟩!"],
    ["line separators of Unicode", "a\u2028b", "a⟨U+2028⟩b"],
    ["tag characters", "hi\u{e0041}\u{e0042}", "hi⟨U+E0041⟩⟨U+E0042⟩"],
    [
      "characters without a shape",
      "a\u034fb\u115f\u1160\u3164\uffa0\u180e\u{1d173}\u{1d17a}",
      "a⟨U+034F⟩b⟨U+115F⟩⟨U+1160⟩⟨U+3164⟩⟨U+FFA0⟩⟨U+180E⟩⟨U+1D173⟩⟨U+1D17A⟩",
    ],
    ["selectors behind selectors", "a\ufe0f\ufe00 \ufe01b", "a\ufe0f⟨U+FE00⟩ ⟨U+FE01⟩b"],
    [
      "selectors of a form stay",
      "❤\ufe0f 1\ufe0f\u20e3 👩‍❤\ufe0f‍👩 葛\u{e0100}",
      "❤\ufe0f 1\ufe0f\u20e3 👩‍❤\ufe0f‍👩 葛\u{e0100}",
    ],
    ["unpaired surrogates", "a\ud800b\udc00", "a⟨U+D800⟩b⟨U+DC00⟩"],
    ["emoji sequences stay", "👩‍💻 👩🏽‍🚀 ❤️‍🔥 🇫🇷", "👩‍💻 👩🏽‍🚀 ❤️‍🔥 🇫🇷"],
    [
      "the flag of Scotland stays",
      "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
      "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    ],
    ["joiners as spelling stay", "می‌خواهم क्‍ष", "می‌خواهم क्‍ष"],
  ];
  for (const [title, text, shown] of cases) {
    it(title, () => {
      assert.equal(visibleText(text), shown);
    });
  }

  it("leaves nothing a terminal would obey, and what it made visible alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const shown = visibleText(text);
        assert.doesNotMatch(shown, /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u);
        assert.equal(visibleText(shown), shown);
      }),
      {
        seed: Number(process.env["PROPERTY_SEED"] ?? 20261120),
        numRuns: 500 * Number(process.env["PROPERTY_SCALE"] ?? 1),
      },
    );
  });

  it("visibleLine keeps to one line and to its limit", () => {
    assert.deepEqual(
      [visibleLine("  a\n b\t c "), visibleLine("abcdef", 4), visibleLine("👩‍💻".repeat(400), 10).length <= 20],
      ["a b c", "abc…", true],
    );
  });
});

describe("displayWidth", () => {
  const cases: [text: string, width: number][] = [
    ["", 0],
    ["plain", 5],
    ["é e\u0301", 3],
    ["漢字", 4],
    ["ﾊﾝ", 2],
    ["한글", 4],
    ["👩‍💻🇫🇷❤️", 6],
    ["· … ␛ ⚠", 7],
  ];
  for (const [text, width] of cases) {
    it(JSON.stringify(text), () => {
      assert.equal(displayWidth(text), width);
    });
  }

  it("fitWidth cuts between characters, never through one", () => {
    assert.deepEqual(
      [fitWidth("plain", 5), fitWidth("plain", 4), fitWidth("漢字", 3), fitWidth("漢字", 2), fitWidth("x", 0)],
      ["plain", "pla…", "漢…", "…", ""],
    );
  });
});

describe("a value in a sentence", () => {
  const cases: readonly (readonly [value: string, limit: number, shown: string])[] = [
    ["/a/b.jsonl", 10, "/a/b.jsonl"],
    ["/a/very/long/path/sessions.json", 20, "/a/very/long/…s.json"],
    ["aaaaaa😀aaaaaaaaaaaa", 10, "aaaaaa…aaa"],
    ["aaaaaaaaaaaaaa😀aa", 10, "aaaaaa…aa"],
    ["aaaaa😀aaaaaaaaaaaa", 10, "aaaaa…aaa"],
  ];
  for (const [value, limit, shown] of cases) {
    it(`${value} in ${String(limit)} characters`, () => {
      assert.equal(shortened(value, limit), shown);
    });
  }
  it("of a megabyte is short", () => {
    assert.equal(shortened("x".repeat(1_000_000)).length, 200);
  });
});
