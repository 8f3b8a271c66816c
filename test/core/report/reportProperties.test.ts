import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { renderExplanation } from "../../../src/core/report/renderExplanation";
import type { RenderedReport } from "../../../src/core/report/renderedReport";
import { reportJson } from "../../../src/core/report/reportJson";
import { displayWidth } from "../../../src/core/text/displayWidth";
import { visibleText } from "../../../src/core/text/visibleText";
import {
  aCause,
  aConversation,
  aFinding,
  aLookAlike,
  aResetAt,
  aRotation,
  aStateDir,
  aWindow,
  explanationsOf,
  someEvidence,
} from "../../anExplanation";

const seed = Number(process.env["PROPERTY_SEED"] ?? 20261120);
const numRuns = 50 * Number(process.env["PROPERTY_SCALE"] ?? 1);

/** Everything a report is made of says the key and the label, as evidence does. */
function reportAbout(key: string, said: string) {
  const [from, to] = [aWindow("old-1", { kind: "reset", firstAt: 1, lastAt: 2 }), aWindow("new-1", { firstAt: 3 })];
  const conversation = aConversation(key, to, from);
  const sentences = [`The row of ${key} says so.`, `It is ${conversation.label}.`, said];
  const evidence = sentences.map((sentence) => someEvidence(sentence));
  const [first = someEvidence()] = evidence;
  const rotation = aRotation({
    ...{ from, to, conversation },
    causes: [aCause("daily", "possible", { evidence, against: evidence, missing: sentences })],
    excluded: [{ cause: "idle", because: [first] }],
    executedBy: { kind: "heartbeat", evidence },
    knownIssues: [{ issue: 1, about: sentences.join(" ") }],
  });
  const finding = aFinding({
    title: `${conversation.label} was reset`,
    detail: sentences.join(" "),
    next: `Look at ${key}.`,
    subject: { stateDir: rotation.stateDir, agentId: "main", key, rotationId: rotation.id },
  });
  const explanations = explanationsOf([rotation], [finding], [aLookAlike(said, { key })]);
  const stateDir = aStateDir([conversation]);
  const report = (withText: boolean, width?: number): RenderedReport =>
    renderExplanation({
      ...{ rotation, conversation, explanations, stateDir },
      options: { timeZone: "UTC", now: aResetAt + 3_600_000, withText, width },
    });
  const text = (withText: boolean): string => report(withText).text;
  const json = (withText: boolean): string =>
    JSON.stringify(reportJson(explanations, { stateDirs: [stateDir], withText }));
  return { report, text, json };
}

const channel = fc.constantFrom("", "telegram:", "whatsapp:business:", "signal:");
const digits = fc.stringMatching(/^[1-9][0-9]{8,13}$/);
const phone = fc.tuple(fc.constantFrom("", "+"), digits).map((parts) => parts.join(""));
const eMail = fc.tuple(fc.stringMatching(/^[a-z]{3,10}$/), fc.stringMatching(/^[a-z]{3,10}$/)).map((parts) => {
  const [name, host] = parts;
  return `${name}.who@${host}.example`;
});

describe("reports, whatever they are about", () => {
  it("never show the phone number or the address of a key unless they are asked to", () => {
    const property = fc.property(channel, fc.oneof(phone, eMail), (prefix, peer) => {
      const { text, json } = reportAbout(`agent:main:${prefix}direct:${peer}`, `A message came from ${peer}.`);
      const bare = peer.replace("+", "");
      const joined = text(false).replace(/\s+/g, "");
      deepEqual([joined.includes(bare), json(false).includes(bare)], [false, false]);
      deepEqual([text(true).replace(/\s+/g, "").includes(bare), json(true).includes(bare)], [true, true]);
    });
    fc.assert(property, { seed, numRuns });
  });

  it("obey no control character, and break no line but at its width", () => {
    const hostile = fc.string({ unit: "binary", maxLength: 60 });
    const property = fc.property(hostile, hostile, fc.integer({ min: 40, max: 130 }), (key, said, width) => {
      const { text, links } = reportAbout(`agent:main:${key}`, said).report(true, width);
      deepEqual(visibleText(text), text);
      const lines = text.split("\n");
      // The title is one line, and a path is never broken: it is copied.
      const whole = new Set([0, ...links.map(({ line }) => line)]);
      for (const [number, line] of lines.entries()) {
        if (!whole.has(number)) ok(displayWidth(line) <= width, `${String(displayWidth(line))}: ${line}`);
      }
    });
    fc.assert(property, { seed, numRuns });
  });

  it("stay short when a key or a sentence is endless", () => {
    for (const endless of ["x", "\u001b[2J", "\u202e", "広", "👩‍💻", "a b\n"]) {
      const text = reportAbout(`agent:main:${endless.repeat(10_000)}`, endless.repeat(10_000)).text(false);
      ok(text.length < 60_000, `${JSON.stringify(endless)}: ${String(text.length)}`);
      ok(Math.max(...text.split("\n").map((line) => line.length)) <= 2_000);
    }
  });
});
