import assert from "node:assert/strict";
import { openingOf } from "../../../src/core/conversation/opening";
import type { Opening } from "../../../src/core/conversation/model";
import { parseEntry } from "../../../src/core/transcript/parseEntry";
import { anOpening } from "../../anOpening";

const at = Date.parse("2026-03-30T09:15:07.250Z");

/** The opening by a user row with this text, received at 2026-03-30T09:15:07.250Z unless said otherwise. */
function opening(text: string, received = at, more: object = {}): Opening {
  const timestamp = new Date(received).toISOString();
  const message = { role: "user", content: [{ type: "text", text }], timestamp: received, ...more };
  const entry = parseEntry({ type: "message", id: "a", parentId: null, timestamp, message });
  assert.ok(entry.type === "message");
  return openingOf(entry, { line: 5, offset: 512 });
}

const place = { at, line: 5, offset: 512 };
const sender = (label: string): string =>
  `Sender (untrusted metadata):\n\`\`\`json\n{\n  "label": "${label}"\n}\n\`\`\`\n\n[Mon 2026-03-30 09:15 UTC] `;
const utc = { label: "UTC", name: undefined, offsetMinutes: 0 };

describe("who opened a transcript", () => {
  it("heartbeat prompts of all versions, and nobody who quotes one", () => {
    const texts = [
      "Read HEARTBEAT.md if it exists (workspace context). Follow it strictly.",
      "[OpenClaw heartbeat poll]",
      "Please read HEARTBEAT.md",
      "What does [OpenClaw heartbeat poll] mean?",
    ];
    assert.deepEqual(
      texts.map((text) => opening(text).heartbeat),
      [true, true, false, false],
    );
  });

  it("the same sender has the same fingerprint, whatever they say; none of it can be read", () => {
    const [one, same, other] = [sender("Ada") + "Hi", sender("Ada") + "Bye", sender("Bob") + "Hi"].map(
      (text) => opening(text).sender,
    );
    assert.match(one ?? "", /^[0-9a-f]{8}$/);
    assert.equal(one, same);
    assert.notEqual(one, other);
  });

  it("a person's message with the gateway's stamp", () => {
    const expected = anOpening({ ...place, stamped: true, zone: utc });
    assert.deepEqual(opening("[Mon 2026-03-30 09:15 UTC] Hello"), expected);
  });

  it("a person's message without it: nothing is known of the zone", () => {
    assert.deepEqual(opening("Hello"), anOpening(place));
  });

  it("a heartbeat that was woken by a finished command", () => {
    const text =
      "System: [2026-03-31 04:01:04 UTC] Exec failed (build-step, code 1)\n\nRead HEARTBEAT.md if it exists (workspace context).\n" +
      "Current time: Tuesday, March 31st, 2026 — 4:01 AM (UTC) / 2026-03-31 04:01 UTC";
    assert.deepEqual(
      opening(text),
      anOpening({
        ...place,
        speaker: "heartbeat",
        systemEvents: true,
        execNotice: true,
        currentTime: true,
        zone: { label: "UTC", name: undefined, offsetMinutes: 0 },
      }),
    );
  });

  it("system lines without a finished command", () => {
    const { speaker, systemEvents, execNotice, zone } = opening(
      "System (untrusted): [2026-03-30 14:15:01 EST] Node connected\n\nHello",
    );
    assert.deepEqual([speaker, systemEvents, execNotice], ["user", true, false]);
    // The event may be hours older than the row, and `EST` does not say how far that is from UTC.
    assert.deepEqual(zone, { label: "EST", name: undefined, offsetMinutes: undefined });
  });

  it("startup prompts, and the command where the wording tells it", () => {
    const texts = [
      "A new session was started via /new or /reset. Say hi briefly.",
      "[OpenClaw session new]",
      "[OpenClaw session reset]",
      "hello [OpenClaw session new]",
    ];
    assert.deepEqual(
      texts.map((text) => [opening(text).speaker, opening(text).startup]),
      [
        ["startup", undefined],
        ["startup", "new"],
        ["startup", "reset"],
        ["user", undefined],
      ],
    );
  });

  it("a person who types the gateway's own prompts: what comes from outside carries a stamp or names its sender", () => {
    for (const prompt of ["A new session was started via /new or /reset.", "[OpenClaw heartbeat poll]"]) {
      for (const before of ["[Mon 2026-03-30 09:15 UTC] ", sender("Ada")]) {
        assert.deepEqual([opening(before + prompt).speaker, opening(before + prompt).startup], ["user", undefined]);
      }
    }
  });

  it("commands that are kept literally, as words", () => {
    const texts = ["/new", "/reset go on", "[Mon 2026-03-30 09:15 UTC] /new\nx", "/newer", "say /new", "/status"];
    assert.deepEqual(
      texts.map((text) => opening(text).typedCommand),
      ["new", "reset", "new", undefined, undefined, undefined],
    );
  });

  it("what the row itself says of its origin comes first", () => {
    const inter = { provenance: { kind: "inter_session", sourceSessionKey: "agent:main:main" } };
    assert.equal(opening("[Mon 2026-03-30 09:15 UTC] Hello", at, inter).speaker, "inter-session");
  });
});

describe("the gateway's zone in a first message", () => {
  const zones: Record<string, readonly [text: string, received: string, zone: Opening["zone"]]> = {
    "a label that says the offset": [
      "[Fri 2026-11-20 21:05 GMT+9] hello",
      "2026-11-20T12:05:30.000Z",
      { label: "GMT+9", name: undefined, offsetMinutes: 540 },
    ],
    "a stamp that is later than its row was typed": [
      "[Sat 2026-11-21 09:05 GMT+9] x",
      "2026-11-20T12:05:30.000Z",
      undefined,
    ],
    "also when the message waited": [
      "[Fri 2026-11-20 21:05 GMT+9] hello",
      "2026-11-20T12:55:30.000Z",
      { label: "GMT+9", name: undefined, offsetMinutes: 540 },
    ],
    "half hours": [
      "[Fri 2026-11-20 17:35 GMT+5:30] hello",
      "2026-11-20T12:05:30.000Z",
      { label: "GMT+5:30", name: undefined, offsetMinutes: 330 },
    ],
    "an abbreviation, by the row's own time": [
      "[Fri 2026-11-20 07:05 EST] hello",
      "2026-11-20T12:05:30.000Z",
      { label: "EST", name: undefined, offsetMinutes: -300 },
    ],
    "an abbreviation that the clocks do not bear out": [
      "[Fri 2026-11-20 07:05 EST] hello",
      "2026-11-20T12:13:00.000Z",
      { label: "EST", name: undefined, offsetMinutes: undefined },
    ],
    "a difference that no zone has": [
      "[Fri 2026-11-20 07:05 EST] hello",
      "2026-11-22T12:05:30.000Z",
      { label: "EST", name: undefined, offsetMinutes: undefined },
    ],
    "a Current time line of 2026.3.13 and 2026.4.21": [
      "Go.\nCurrent time: Friday, November 20th, 2026 — 9:06 PM (Asia/Tokyo) / 2026-11-20 12:06 UTC",
      "2026-11-20T12:06:30.000Z",
      { label: "Asia/Tokyo", name: "Asia/Tokyo", offsetMinutes: 540 },
    ],
    "that of 2026.5.18, with 24 hours, and a late row": [
      "Go.\nCurrent time: Friday, November 20th, 2026 - 7:06 (America/New_York)\nReference UTC: 2026-11-20 12:06 UTC",
      "2026-11-20T13:06:30.000Z",
      { label: "America/New_York", name: "America/New_York", offsetMinutes: -300 },
    ],
    "a line of the system": [
      "System: [2026-11-20 21:07:01 GMT+9] Node connected\n\nhello",
      "2026-11-20T18:00:00.000Z",
      { label: "GMT+9", name: undefined, offsetMinutes: 540 },
    ],
    "a day that does not exist": [
      "[Fri 2026-13-45 07:05 EST] x",
      "2026-11-20T12:05:30.000Z",
      { label: "EST", name: undefined, offsetMinutes: undefined },
    ],
    "nothing of the kind": ["It is 21:05 GMT+9 here", "2026-11-20T12:05:30.000Z", undefined],
  };
  for (const [name, [text, received, zone]] of Object.entries(zones)) {
    it(name, () => {
      assert.deepEqual(opening(text, Date.parse(received)).zone, zone);
    });
  }
});
