import { fail } from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { TranscriptTitle } from "../../../src/core/render/rendered";
import { renderTranscript } from "../../../src/core/render/renderTranscript";
import { itemsOfBytes } from "../transcript/records";
import { options, pageOfItems, title } from "./pages";

const root = join(process.env["REPOSITORY_ROOT"] ?? process.cwd(), "test/fixtures");
const sessions = "state/agents/main/sessions";

/** What the gateway of each release really wrote, as a person sees it. Read a changed file before accepting it. */
describe("recorded transcripts as text (ACCEPT_GOLDEN=1 accepts)", () => {
  const cases: readonly (readonly [golden: string, file: string, title?: Partial<TranscriptTitle>])[] = [
    ["2026.3.13-heartbeat", `2026.3.13/heartbeat-shared/${sessions}/cdf47afa-ea65-4065-aad0-4abb45ff1d6e.jsonl`],
    ["2026.4.21-basic", `2026.4.21/basic/${sessions}/9a95ef6e-52e2-4ebe-9858-8f2a3250542b.jsonl`],
    ["2026.4.21-subagent", `2026.4.21/subagent-cron/${sessions}/44b48f50-e51a-45c6-85f8-2a845b01912d.jsonl`],
    ["2026.5.18-compaction", `2026.5.18/compaction-restart/${sessions}/e1bdfd93-6a9d-4b9a-bb99-5a2e8dba3fdd.jsonl`],
    [
      "2026.5.18-heartbeat",
      `2026.5.18/heartbeat-shared/${sessions}/e28dd856-9d8c-4d1a-aeac-caf9e011684e.jsonl.reset.2026-05-20T04-00-28.531Z`,
      { kind: "reset", archivedAt: Date.parse("2026-05-20T04:00:28.531Z") },
    ],
    ["2026.7.35-trajectory", `2026.7.35/trajectory/${sessions}/57c8e55a-44b1-459e-b575-c62be8c64b5c.trajectory.jsonl`],
    [
      "2026.7.35-new",
      `2026.7.35/manual-resets/${sessions}/9dbb5e9e-5f7d-4de3-ae38-a943afe94bec.jsonl.reset.2026-07-21T09-30-23.378Z`,
      { kind: "reset", archivedAt: Date.parse("2026-07-21T09:30:23.378Z") },
    ],
    [
      "2026.9.6-upgraded",
      `2026.9.6/upgraded-from-7.35/${sessions}/6a9dcfca-70b8-4787-8908-80e35f5050e6.jsonl.reset.2026-07-21T09-25-16.905Z`,
      { kind: "reset", archivedAt: Date.parse("2026-07-21T09:25:16.905Z") },
    ],
  ];
  for (const [golden, file, more] of cases) {
    it(golden, () => {
      const bytes = readFileSync(join(root, "corpora", file));
      const page = pageOfItems(itemsOfBytes(bytes));
      const shown = options({ timeZone: "Europe/Berlin", title: { ...title, file: basename(file), ...more } });
      const { text } = renderTranscript(page, shown);
      expectGolden(join(root, "golden", `${golden}.txt`), text);
    });
  }
});

function expectGolden(path: string, text: string): void {
  const actual = `${path}.actual`;
  if (process.env["ACCEPT_GOLDEN"] === "1") {
    writeFileSync(path, text);
    rmSync(actual, { force: true });
    return;
  }
  if (existsSync(path) && readFileSync(path, "utf8") === text) {
    rmSync(actual, { force: true });
    return;
  }
  writeFileSync(actual, text);
  fail(`${basename(path)} differs from what is rendered now; compare it with ${basename(actual)}.`);
}
