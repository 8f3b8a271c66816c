import assert from "node:assert/strict";
import { parseOpening } from "../../../src/core/conversation/opening";

const sender = (label: string): string =>
  `Sender (untrusted metadata):\n\`\`\`json\n{\n  "label": "${label}"\n}\n\`\`\`\n\n[Mon 2026-03-30 09:15 UTC] `;

describe("who opened a transcript", () => {
  it("heartbeat prompts of all versions, and nobody who quotes one", () => {
    const texts = [
      "Read HEARTBEAT.md if it exists (workspace context). Follow it strictly.",
      "[OpenClaw heartbeat poll]",
      "Please read HEARTBEAT.md",
      "What does [OpenClaw heartbeat poll] mean?",
    ];
    assert.deepEqual(
      texts.map((text) => parseOpening(text).heartbeat),
      [true, true, false, false],
    );
  });

  it("the same sender has the same fingerprint, whatever they say; none of it can be read", () => {
    const [one, same, other] = [sender("Ada") + "Hi", sender("Ada") + "Bye", sender("Bob") + "Hi"].map(
      (text) => parseOpening(text).sender,
    );
    assert.match(one ?? "", /^[0-9a-f]{8}$/);
    assert.equal(one, same);
    assert.notEqual(one, other);
  });

  it("without the block there is no sender", () => {
    assert.deepEqual(parseOpening("[Mon 2026-03-30 09:15 UTC] Hello"), { heartbeat: false, sender: undefined });
  });
});
